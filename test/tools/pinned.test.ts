import { createHash } from 'node:crypto';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inNode, repository } from './node';

const name = 'node-binary';
const version = '24.1.0';
const integrityOf = (bytes: Buffer) =>
	`sha512-${createHash('sha512').update(bytes).digest('base64')}`;

let folder: string;
let registry: Server;
/** What the registry gives out under the package's name and version. */
let served: Buffer;

/** A tarball of the package, with a binary that says something. */
function tarball(says: string): Buffer {
	const root = join(folder, 'package');
	mkdirSync(join(root, 'bin'), { recursive: true });
	writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version }));
	writeFileSync(join(root, 'bin', 'node'), says);
	const file = join(folder, `${says}.tgz`);
	execFileSync('tar', ['-czf', file, '-C', folder, 'package']);
	return readFileSync(file);
}

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'livekit-sip-pinned-'));
	registry = createServer(({ url, headers }, answer) => {
		if (url?.endsWith('.tgz')) {
			answer.end(served);
			return;
		}
		const dist = { tarball: `http://${headers.host}/a.tgz`, integrity: integrityOf(served) };
		answer.setHeader('content-type', 'application/json');
		answer.end(
			JSON.stringify({ name, 'dist-tags': {}, versions: { [version]: { name, version, dist } } }),
		);
	});
	await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
	registry.close();
	registry.closeAllConnections();
	rmSync(folder, { recursive: true, force: true });
});

/** Installs it into an empty folder, and gives what is in the binary then, or what was said. */
async function install(integrity: string): Promise<string> {
	const target = mkdtempSync(join(folder, 'target-'));
	const { port } = registry.address() as AddressInfo;
	const wanted = JSON.stringify({ name, version, integrity });
	const script = `import { installPinned } from ${JSON.stringify(join(repository, 'local/n8n/npm.mjs'))};
		await installPinned(${JSON.stringify(target)}, ${wanted}).catch(({ message }) => console.log(message));`;
	// Not spawnSync: the registry runs in this process.
	const said = await new Promise<string>((resolve) => {
		execFile(
			process.execPath,
			['--input-type=module', '--eval', script],
			{
				env: {
					PATH: process.env.PATH,
					npm_config_registry: `http://127.0.0.1:${port}`,
					npm_config_cache: join(folder, 'cache'),
				},
			},
			(_fault, stdout, stderr) => resolve(stdout + stderr),
		);
	});
	const binary = join(target, 'node_modules', name, 'bin', 'node');
	return existsSync(binary) ? readFileSync(binary, 'utf8') : said;
}

test('a package is installed if it is, byte for byte, the pinned one', async () => {
	served = tarball('genuine');
	expect(await install(integrityOf(served))).toBe('genuine');
});

test('other bytes under the same name and version are refused, also if the registry vouches for them', async () => {
	const genuine = tarball('genuine');
	served = tarball('forged');
	expect(await install(integrityOf(genuine))).toContain('EINTEGRITY');
	// Nor from npm's cache, into which they have come by another install.
	expect(await install(integrityOf(served))).toBe('forged');
	expect(await install(integrityOf(genuine))).toContain('EINTEGRITY');
});

test('the Node of every platform is pinned to a version and its bytes', () => {
	const { value } = inNode({ 'local/n8n/node24.mjs': 'nodePackages' }, 'nodePackages') as {
		value: Record<string, { version: string; integrity: string }>;
	};
	const platforms = Object.values(value);
	expect(platforms.length).toBeGreaterThanOrEqual(5);
	for (const { version: exact, integrity } of platforms) {
		expect(exact).toMatch(/^24\.\d+\.\d+$/);
		const [algorithm, hash] = integrity.split('-');
		expect([algorithm, Buffer.from(hash, 'base64').length]).toEqual(['sha512', 64]);
	}
	expect(new Set(platforms.map(({ integrity }) => integrity)).size).toBe(platforms.length);
});

test('n8n is pinned to a version', () => {
	const { value } = inNode({ 'local/n8n/install.mjs': 'n8nVersions' }, 'n8nVersions') as {
		value: Record<string, string>;
	};
	for (const exact of Object.values(value)) expect(exact).toMatch(/^\d+\.\d+\.\d+$/);
});
