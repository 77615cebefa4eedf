import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../child.mjs';
import { repoRoot } from './paths.mjs';
import { lastLines, withProgress } from './progress.mjs';

/** Folders of the sources that dist is made of. */
export const sourceFolders = ['nodes', 'credentials', 'livekit', 'icons'];
/** All that dist depends on. */
const sources = [
	...sourceFolders,
	'gulpfile.js',
	'tools/bundle.cjs',
	'tools/licenses.cjs',
	'package.json',
	'tsconfig.json',
];

async function newestChange(path) {
	const found = await stat(path).catch(() => undefined);
	if (!found) return 0;
	if (!found.isDirectory()) return found.mtimeMs;
	// The folder's own time tells of deleted files.
	const changes = await Promise.all(
		(await readdir(path)).map((name) => newestChange(join(path, name))),
	);
	return Math.max(found.mtimeMs, ...changes);
}

async function isBuilt() {
	const { n8n } = JSON.parse(await readFile(join(repoRoot, 'package.json'), 'utf8'));
	const found = await Promise.all(
		[...n8n.nodes, ...n8n.credentials].map((path) =>
			stat(join(repoRoot, path)).catch(() => undefined),
		),
	);
	if (!found.every(Boolean)) return false;
	const changed = await Promise.all(sources.map((path) => newestChange(join(repoRoot, path))));
	return Math.max(...changed) < Math.min(...found.map(({ mtimeMs }) => mtimeMs));
}

async function gulp(task) {
	const bin = join(repoRoot, 'node_modules', 'gulp', 'bin', 'gulp.js');
	return await run(process.execPath, [bin, task], { cwd: repoRoot });
}

/**
 * Writes dist anew from sources whose types nobody has checked.
 *
 * @returns {Promise<string | undefined>} what the bundler complained about, undefined if it did not
 */
export async function bundle() {
	const { code, output } = await gulp('bundle');
	return code === 0 ? undefined : lastLines(output, 60);
}

/**
 * Builds dist with the repository's own build command, unless dist is newer than all sources.
 *
 * @throws with what the build printed, when it does not compile
 */
export async function ensureBuilt() {
	if (await isBuilt()) return;
	await withProgress('Building the package', async () => {
		const { code, output } = await gulp('build');
		if (code !== 0) throw new Error(`The build stopped:\n${lastLines(output, 60)}`);
	});
}
