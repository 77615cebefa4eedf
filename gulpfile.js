const { execFile } = require('node:child_process');
const { access, rm, writeFile } = require('node:fs/promises');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');
const { licensesOf } = require('./tools/licenses.cjs');

const run = promisify(execFile);
const tsc = require.resolve('typescript/bin/tsc');

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function types() {
	try {
		await run(process.execPath, [tsc, '--noEmit', '-p', 'tsconfig.json']);
	} catch (error) {
		throw new Error(error.stdout || error.message, { cause: error });
	}
}

/** The source of an entry of package.json's "n8n" key: dist/nodes/X/X.node.js comes from nodes/X/X.node.ts. */
async function sourceOf(entry) {
	const source = entry.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	await access(source).catch((cause) => {
		throw new Error(`package.json lists ${entry}, but ${source} does not exist`, { cause });
	});
	return source;
}

async function bundle() {
	const entryPoints = await Promise.all([...n8n.credentials, ...n8n.nodes].map(sourceOf));
	const { metafile } = await esbuild.build({
		entryPoints,
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		format: 'cjs',
		platform: 'neutral',
		target: 'node18',
		// Neutral sees no "main" fields by default, and n8n's scanner reads the bundle: names and layout stay as written.
		mainFields: ['module', 'main'],
		external: ['n8n-workflow', 'node:*'],
		charset: 'utf8',
		legalComments: 'inline',
		logLevel: 'warning',
		metafile: true,
	});
	await writeFile('dist/THIRD_PARTY_LICENSES.txt', await licensesOf(metafile, __dirname));
}

function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		allowEmpty: true,
	}).pipe(dest('dist'));
}

// Types first: a type that does not fit must not leave others without the last good build.
exports.build = series(types, clean, parallel(bundle, assets));
exports.default = exports.build;
// For `npm run dev`.
exports.bundle = parallel(bundle, assets);
