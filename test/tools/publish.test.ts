import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

import { repository } from './node';

interface Workflow {
	readonly jobs: {
		readonly publish: { readonly steps: ReadonlyArray<{ run?: string; env?: object }> };
	};
}
const workflow = parse(
	readFileSync(join(repository, '.github', 'workflows', 'publish.yml'), 'utf8'),
) as Workflow;
const step = workflow.jobs.publish.steps.find(({ run }) => run !== undefined)!;

interface Published {
	readonly authorization?: string;
	readonly body: {
		readonly versions: Readonly<Record<string, { readonly dist: { readonly integrity: string } }>>;
		readonly access: string;
	};
}

let folder: string;
let registry: Server;
let published: Published[];

async function answer(request: IncomingMessage): Promise<number> {
	if (request.method !== 'PUT') return 404;
	const body = JSON.parse(await text(request)) as Published['body'];
	published.push({ authorization: request.headers.authorization, body });
	return 200;
}

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'livekit-sip-publish-'));
	published = [];
	registry = createServer((request, response) => {
		void answer(request).then((status) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
	mkdirSync(join(folder, 'packed'));
	mkdirSync(join(folder, 'package'));
	const scripts = { prepublishOnly: 'touch ran', prepack: 'touch ran', publish: 'touch ran' };
	const manifest = { name: 'a-package', version: '1.0.0', scripts };
	writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
	execFileSync('tar', ['-czf', join(folder, 'packed', 'a.tgz'), '-C', folder, 'package']);
});
afterEach(() => {
	registry.close();
	registry.closeAllConnections();
	rmSync(folder, { recursive: true, force: true });
});

const tarball = () => readFileSync(join(folder, 'packed', 'a.tgz'));

/** Runs the step's script as GitHub's runner does. Only the provenance, which npm makes on GitHub alone, is left out. */
async function runStep(sha256: string, token = ''): Promise<{ code: number; output: string }> {
	const { port } = registry.address() as AddressInfo;
	const env = {
		PATH: process.env.PATH,
		HOME: folder,
		RUNNER_TEMP: folder,
		SHA256: sha256,
		NPM_TOKEN: token,
		NPM_CONFIG_REGISTRY: `http://127.0.0.1:${port}/`,
		NPM_CONFIG_CACHE: join(folder, 'cache'),
	};
	return await new Promise((resolve) => {
		const child = execFile(
			'bash',
			['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run!],
			{ cwd: folder, env },
			(_fault, stdout, stderr) => resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
		);
	});
}
const sha256 = () => createHash('sha256').update(tarball()).digest('hex');

test('the publishing step sends the packed file, with the token, and runs no script', async () => {
	expect(await runStep(sha256(), 'npm_secret')).toMatchObject({ code: 0 });
	const integrity = `sha512-${createHash('sha512').update(tarball()).digest('base64')}`;
	expect(published).toMatchObject([
		{
			authorization: 'Bearer npm_secret',
			body: { access: 'public', versions: { '1.0.0': { dist: { integrity } } } },
		},
	]);
	expect(readdirSync(folder)).not.toContain('ran');
	expect(readFileSync(join(folder, 'npmrc'), 'utf8')).not.toContain('npm_secret');
});

test('it publishes nothing that the build did not pack', async () => {
	const { code, output } = await runStep('0'.repeat(64), 'npm_secret');
	expect([code === 0, output, published]).toEqual([false, expect.stringContaining('FAILED'), []]);
});

test('without a token it leaves it to npm to prove who it is', async () => {
	const { code, output } = await runStep(sha256());
	expect([code === 0, output]).toEqual([false, expect.stringContaining('ENEEDAUTH')]);
	expect(readdirSync(folder)).not.toContain('npmrc');
});

test('npm is told to make the provenance, and the token is on no command line', () => {
	expect(step.env).toMatchObject({ NPM_CONFIG_PROVENANCE: 'true' });
	const mentions = step.run!.split('\n').filter((line) => line.includes('NPM_TOKEN'));
	expect(mentions.map((line) => line.trim())).toEqual([
		'if [ -n "$NPM_TOKEN" ]; then',
		'echo "${registry#http*:}:_authToken=\\${NPM_TOKEN}" > "$RUNNER_TEMP/npmrc"',
	]);
});
