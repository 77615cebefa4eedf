const { execFile } = require('node:child_process');
const { rm, writeFile } = require('node:fs/promises');
const { promisify } = require('node:util');
const { dest, parallel, series, src } = require('gulp');
const { bundle: bundleSources } = require('./tools/bundle.cjs');
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

async function bundle() {
	const metafile = await bundleSources({ write: true });
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
