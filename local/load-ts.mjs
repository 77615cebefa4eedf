import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cacheFolder = join(root, 'node_modules', '.cache', 'livekit-sip');

/**
 * A bundle has one place, its sources had many: each source keeps its own `__dirname` and
 * `import.meta.url`, so that a file read beside the source is found from the bundle too.
 */
const keepSourcePlace = {
	name: 'keep-source-place',
	setup(build) {
		build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const source = await readFile(path, 'utf8');
			const place = /\b__dirname\b/.test(source)
				? `const __dirname = ${JSON.stringify(dirname(path))};`
				: '';
			const url = JSON.stringify(pathToFileURL(path).href);
			return { contents: place + source.replaceAll('import.meta.url', url), loader: 'ts' };
		});
	},
};

/** n8n-workflow's ES modules leave file endings out, so Node can load only its CommonJS ones. */
const workflowAsCommonJs = {
	name: 'workflow-as-common-js',
	setup(build) {
		const place = JSON.stringify(pathToFileURL(join(root, 'package.json')).href);
		build.onResolve({ filter: /^n8n-workflow$/ }, ({ path }) => ({ path, namespace: 'workflow' }));
		build.onLoad({ filter: /.*/, namespace: 'workflow' }, () => ({
			contents: `module.exports = require('create-require').createRequire(${place})('n8n-workflow');`,
		}));
		build.onResolve({ filter: /^create-require$/, namespace: 'workflow' }, ({ path }) => ({
			path,
			namespace: 'create-require',
		}));
		build.onLoad({ filter: /.*/, namespace: 'create-require' }, () => ({
			contents: "export { createRequire } from 'node:module';",
		}));
	},
};

/**
 * Imports a TypeScript file from plain Node, without a build step: esbuild bundles it (packages stay
 * external) into `node_modules/.cache/livekit-sip/`. Equal content gives the same file, so two calls
 * share one module.
 *
 * @param {string} file absolute, or relative to the repository
 * @returns {Promise<any>} the module's namespace
 * @throws esbuild's own report when the file does not compile
 */
export async function loadTs(file) {
	const { build } = await import('esbuild');
	const entry = resolve(root, file);
	const { outputFiles } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		bundle: true,
		write: false,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		packages: 'external',
		sourcemap: 'inline',
		logLevel: 'error',
		plugins: [keepSourcePlace, workflowAsCommonJs],
	});
	const code = outputFiles[0].contents;
	const hash = createHash('sha256').update(code).digest('hex').slice(0, 12);
	const bundle = join(cacheFolder, `${basename(entry, '.ts')}-${hash}.mjs`);
	if (!existsSync(bundle)) {
		await mkdir(cacheFolder, { recursive: true });
		const unfinished = `${bundle}.${process.pid}`;
		await writeFile(unfinished, code);
		await rename(unfinished, bundle);
	}
	return await import(pathToFileURL(bundle).href);
}
