import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, sourceFolders } from './build.mjs';
import { installedFolder } from './package.mjs';
import { repoRoot } from './paths.mjs';
import { secondsSince } from './progress.mjs';

/** Editors write a file in several steps, and several files at once. */
const quietMs = 200;

/** What makes n8n watch the packages it has loaded (n8n's server.js and load-nodes-and-credentials.js, 2.41.1). */
export const reloadEnvironment = { N8N_DEV_RELOAD: 'true' };

export const aboutReload = `Changes in ${sourceFolders.join(', ')} are bundled and put into this n8n, which loads the package anew and shows it in
the editor. Types are not checked (npm run typecheck). Active workflows keep the code that they were activated with.`;

/** How often n8n has said that it loads the package anew. */
async function reloads({ logFile }) {
	return (await readFile(logFile, 'utf8')).split('Hot reload triggered for').length - 1;
}

async function reload(n8n, name) {
	const begin = performance.now();
	const complaint = await bundle();
	if (complaint) return console.log(`Not bundled, n8n keeps what it has:\n${complaint}`);
	const before = await reloads(n8n);
	await cp(join(repoRoot, 'dist'), join(installedFolder(n8n.userFolder, name), 'dist'), {
		recursive: true,
	});
	for (let tries = 0; tries < 50 && (await reloads(n8n)) === before; tries++)
		await new Promise((resolve) => setTimeout(resolve, quietMs));
	console.log(
		(await reloads(n8n)) > before
			? `n8n has the changes, after ${secondsSince(begin)}.`
			: 'Bundled, but n8n does not load it anew: end this command and start it again.',
	);
}

/**
 * Bundles the package whenever one of its sources changes, and puts it into a running n8n. It goes on until the process ends.
 *
 * @param {import('./instance.mjs').N8nInstance} n8n started with `reloadEnvironment`
 * @param {string} name of the package
 */
export async function reloadOnChange(n8n, name) {
	// Not at the top: a fresh clone has no packages yet.
	const { default: gulp } = await import('gulp');
	const paths = sourceFolders.map((folder) => `${folder}/**`);
	gulp.watch(paths, { cwd: repoRoot, delay: quietMs }, async () => await reload(n8n, name));
}
