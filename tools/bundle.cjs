const { access } = require('node:fs/promises');
const { join } = require('node:path');
const esbuild = require('esbuild');
const { n8n } = require('../package.json');

const root = join(__dirname, '..');

/** The source of an entry of package.json's "n8n" key: dist/nodes/X/X.node.js comes from nodes/X/X.node.ts. */
async function sourceOf(entry) {
	const source = entry.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	await access(join(root, source)).catch((cause) => {
		throw new Error(`package.json lists ${entry}, but ${source} does not exist`, { cause });
	});
	return source;
}

/**
 * Bundles what ships.
 *
 * @param {{write: boolean}} options write: into dist; else it is only looked at
 * @returns {Promise<import('esbuild').Metafile>} what went into the bundle
 */
async function bundle({ write }) {
	const entryPoints = await Promise.all([...n8n.credentials, ...n8n.nodes].map(sourceOf));
	const { metafile } = await esbuild.build({
		absWorkingDir: root,
		entryPoints,
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		write,
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
	return metafile;
}

module.exports = { bundle };
