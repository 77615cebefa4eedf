import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { npm } from './npm.mjs';
import { repoRoot } from './paths.mjs';
import { withProgress } from './progress.mjs';

async function readPackages(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8')).packages;
	} catch (cause) {
		if (cause.code === 'ENOENT') return undefined;
		throw cause;
	}
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install reads as not installed. */
async function isInstalled(folder) {
	const installed = await readPackages(join(folder, 'node_modules', '.package-lock.json'));
	const wanted = await readPackages(join(folder, 'package-lock.json'));
	if (!installed || !wanted) return false;
	return Object.entries(wanted).every(
		([path, { version, optional, peer }]) =>
			path === '' ||
			installed[path]?.version === version ||
			(!installed[path] && (optional || peer)),
	);
}

/**
 * Installs what a folder's package-lock.json names, if it is not there yet. The repository's .npmrc
 * switches npm's pre- and post-scripts off, so the commands call this by themselves.
 *
 * @param {string} [folder] absolute path, the repository by default
 * @returns {Promise<number>} seconds spent on installing, 0 when all was there
 */
export async function ensureDependencies(folder = repoRoot) {
	if (await isInstalled(folder)) return 0;
	const start = performance.now();
	const where = relative(repoRoot, folder);
	await withProgress(`Installing packages${where && ` in ${where}`}`, async () => {
		// Not `npm ci`: it refuses a lock file that lacks the optional binaries of other platforms.
		await npm(
			['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
			{ cwd: folder },
		);
	});
	return (performance.now() - start) / 1000;
}
