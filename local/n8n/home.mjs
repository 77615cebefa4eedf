import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from './paths.mjs';

const fileOf = (folder) => join(folder, 'start.json');

/**
 * The folder in which the start command keeps its n8n from one start to the next, so that workflows
 * made in the editor survive. Each LiveKit server has its own: credentials of one never meet another.
 *
 * @param {string} [serverUrl] a real server; the local one when left out
 * @returns {string} absolute path
 */
export function homeFolder(serverUrl) {
	if (!serverUrl) return join(cacheRoot, 'home-local');
	const { host } = new URL(serverUrl);
	const hash = createHash('sha256').update(serverUrl).digest('hex').slice(0, 8);
	return join(cacheRoot, `home-${host.replace(/[^\w.-]/g, '_')}-${hash}`);
}

/**
 * What the start command remembers about a home: the owner's login, what it imported, who runs.
 *
 * @param {string} folder from `homeFolder`
 * @returns {Promise<{owner: {email: string, firstName: string, lastName: string, password: string},
 *   imported: Record<string, string>, running?: {pid: number, url: string}, liveKitPort?: number}>}
 */
export async function readState(folder) {
	await mkdir(folder, { recursive: true });
	const stored = await readFile(fileOf(folder), 'utf8').then(JSON.parse, () => ({}));
	const owner = {
		email: 'owner@n8n.local',
		firstName: 'LiveKit',
		lastName: 'Quickstart',
		password: `Quickstart-${randomBytes(5).toString('hex')}`,
	};
	return { owner, imported: {}, ...stored };
}

/** Writes the state down, readable for its owner only: it holds a password. */
export async function writeState(folder, state) {
	await writeFile(fileOf(folder), JSON.stringify(state, null, '\t'), { mode: 0o600 });
}

/**
 * Whether another start command uses this home. Two would share one database.
 *
 * @param {{running?: {pid: number, url: string}}} state
 */
export async function isInUse({ running }) {
	if (!running || running.pid === process.pid) return false;
	try {
		process.kill(running.pid, 0);
		return (await fetch(`${running.url}/healthz`)).ok;
	} catch {
		return false;
	}
}

/** Forgets everything that was kept, the user's own workflows too. */
export async function removeHome(folder) {
	await rm(folder, { recursive: true, force: true });
}
