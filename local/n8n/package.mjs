import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../child.mjs';
import { npm } from './npm.mjs';
import { repoRoot } from './paths.mjs';

/**
 * Packs what is in dist, exactly as `npm publish` would.
 *
 * @param {string} [into] folder for the tarball, a temporary one by default
 * @returns {Promise<string>} absolute path of the tarball
 */
export async function packPackage(into) {
	const folder = into ?? (await mkdtemp(join(tmpdir(), 'livekit-sip-pack-')));
	const output = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: repoRoot,
	});
	const [{ filename }] = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
	return join(folder, filename);
}

/**
 * Where n8n has a community package that it installed.
 *
 * @param {string} userFolder n8n's user folder (the one that holds `.n8n`)
 * @param {string} name of the package
 */
export function installedFolder(userFolder, name) {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', name);
}

async function unpack(tarball, folder) {
	await mkdir(folder, { recursive: true });
	const { code, output } = await run('tar', [
		'-xzf',
		tarball,
		'-C',
		folder,
		'--strip-components=1',
	]);
	if (code !== 0) throw new Error(`${tarball} cannot be unpacked: ${output}`);
}

/**
 * Puts a packed package where n8n puts the community packages it installs, and in the same state: as a
 * dependency of `.n8n/nodes/package.json`, with the other kinds of dependencies stripped (n8n's
 * community-packages.service.js, downloadPackage).
 *
 * @param {string} tarball absolute path
 * @param {string} userFolder n8n's user folder (the one that holds `.n8n`)
 * @returns {Promise<{name: string, version: string, checksum: string}>} checksum: SHA-256 of the tarball, hex
 */
export async function installPackage(tarball, userFolder) {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const unpacked = join(nodesFolder, '.unpacking');
	await rm(unpacked, { recursive: true, force: true });
	await unpack(tarball, unpacked);
	const manifestFile = join(unpacked, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(
		await readFile(manifestFile, 'utf8'),
	);
	await writeFile(manifestFile, JSON.stringify(manifest, null, 2));

	const installed = installedFolder(userFolder, manifest.name);
	await mkdir(join(nodesFolder, 'node_modules'), { recursive: true });
	await rm(installed, { recursive: true, force: true });
	await rename(unpacked, installed);

	const listFile = join(nodesFolder, 'package.json');
	const list = await readFile(listFile, 'utf8').then(JSON.parse, () => ({
		name: 'installed-nodes',
		private: true,
	}));
	const dependencies = { ...list.dependencies, [manifest.name]: manifest.version };
	await writeFile(listFile, JSON.stringify({ ...list, dependencies }, null, 2));
	const checksum = createHash('sha256')
		.update(await readFile(tarball))
		.digest('hex');
	return { name: manifest.name, version: manifest.version, checksum };
}
