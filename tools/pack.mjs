import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Absolute path of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Packs the repository as `npm publish` would, unpacks it beside, hands both to `use`, and removes them.
 *
 * @template T
 * @param {(pack: {folder: string, size: number, files: {path: string, size: number}[]}) => Promise<T>} use
 *   folder: the unpacked package; size: of the tarball, in bytes; files: paths inside the package, sizes in bytes
 * @returns {Promise<T>}
 */
export async function withPack(use) {
	const temporary = await mkdtemp(join(tmpdir(), 'livekit-sip-check-'));
	try {
		const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', temporary];
		const { stdout } = await run(npm, args, { cwd: root });
		const [{ filename, size, files }] = Object.values(JSON.parse(stdout));
		await run('tar', ['-xzf', filename], { cwd: temporary });
		// All that the host lends a community package.
		await mkdir(join(temporary, 'node_modules'));
		await symlink(
			join(root, 'node_modules', 'n8n-workflow'),
			join(temporary, 'node_modules', 'n8n-workflow'),
			'junction',
		);
		return await use({ folder: join(temporary, 'package'), size, files });
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
}

/**
 * Prints what was found and the closing line `N passed, N failed`, and sets the exit code.
 *
 * @param {{name: string, fault?: string}[]} checks a check without a fault has passed
 */
export function report(checks) {
	for (const { name, fault } of checks)
		console.log(fault ? `failed: ${name}\n${fault}` : `passed: ${name}`);
	const failed = checks.filter(({ fault }) => fault).length;
	console.log(`${checks.length - failed} passed, ${failed} failed`);
	process.exitCode = failed === 0 ? 0 : 1;
}
