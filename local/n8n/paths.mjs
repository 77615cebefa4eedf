import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const repoRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where the big downloads live (n8n, Node 24): outside the repository, shared by all clones. */
export const cacheRoot = join(
	process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
	'n8n-nodes-livekit-sip',
);
