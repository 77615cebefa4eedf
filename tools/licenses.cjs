// The notices that the licences of bundled packages ask for. What is bundled is read from the bundle itself: a list kept by
// hand would miss the next package.
const { readFile, readdir } = require('node:fs/promises');
const { basename, join } = require('node:path');

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
// One package may have several: libphonenumber-js has its own, and that of Google's numbering plans.
const LICENSE_FILE = /^(licen[cs]e|copying|notice)\b/i;

// What a source file of ours holds of somebody else's data, and where the text of its licence is.
const DATA = new Map([
	[
		'livekit/callees/prefixZones.ts',
		{
			title: "Map of phone numbers to time zones of Google's libphonenumber (Apache-2.0)",
			notice:
				'Copyright (C) The Libphonenumber Authors. Changed: abbreviated, and with all zones of the country for numbers of no place.',
			license: 'node_modules/libphonenumber-js/LICENSE.Apache',
		},
	],
]);

/** Paths of the files that code of a bundle comes from; what was shaken off does not count. */
function heldFiles(metafile) {
	const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
	return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

/**
 * Folders of the packages of which a bundle holds code, relative and sorted; what was shaken off does not count.
 *
 * @param {import('esbuild').Metafile} metafile
 * @returns {string[]}
 */
function bundledPackages(metafile) {
	const folders = heldFiles(metafile).map((path) => PACKAGE.exec(path)?.[0]);
	return [...new Set(folders.filter(Boolean))].sort();
}

async function manifestOf(folder) {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

/**
 * The packages of which a bundle holds code.
 *
 * @param {import('esbuild').Metafile} metafile
 * @param {string} root folder that the paths of the metafile start from
 * @returns {Promise<{name: string, version: string, license: string}[]>} in the order of their folders
 */
async function bundledLibraries(metafile, root) {
	const manifests = bundledPackages(metafile).map((folder) => manifestOf(join(root, folder)));
	return (await Promise.all(manifests)).map(({ name, version, license }) => ({
		name,
		version,
		license,
	}));
}

async function noticeOf(folder) {
	const { name, version, license } = await manifestOf(folder);
	const files = (await readdir(folder)).filter((file) => LICENSE_FILE.test(file)).sort();
	if (files.length === 0)
		throw new Error(
			`${name} ${version} is bundled, but has no licence file to pass on. Find its licence, or do without it.`,
		);
	const texts = await Promise.all(
		files.map(
			async (file) => `--- ${file} ---\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`,
		),
	);
	return [`${name} ${version} (${license})\n`, ...texts].join('\n');
}

async function noticeOfData({ title, notice, license }, root) {
	const text = await readFile(join(root, license), 'utf8');
	return `${title}\n\n${notice}\n\n--- ${basename(license)} ---\n\n${text.trim()}\n`;
}

/**
 * The licence texts of all packages of which a bundle holds code, and of data that files of ours hold.
 *
 * @param {import('esbuild').Metafile} metafile
 * @param {string} root folder that the paths of the metafile start from
 * @returns {Promise<string>}
 * @throws Error when a bundled package has no licence file
 */
async function licensesOf(metafile, root) {
	const notices = await Promise.all(
		bundledPackages(metafile).map((folder) => noticeOf(join(root, folder))),
	);
	const held = new Set(heldFiles(metafile));
	const data = [...DATA].filter(([path]) => held.has(path));
	return [
		'This package holds code of the packages below, and data, under their licences.\n',
		...notices,
		...(await Promise.all(data.map(([, one]) => noticeOfData(one, root)))),
	].join(`\n${'='.repeat(80)}\n\n`);
}

module.exports = { bundledLibraries, bundledPackages, licensesOf };
