import * as fc from '../support/fastCheck';

import { inNode } from './node';

/** What a shell may hold, of which no program that `npm start` starts has any use. */
const secrets = {
	LIVEKIT_URL: 'wss://a.example',
	LIVEKIT_API_KEY: 'APIx',
	LIVEKIT_API_SECRET: 'x',
	LIVEKIT_KEYS: 'APIx: x',
	AWS_SECRET_ACCESS_KEY: 'x',
	AWS_SESSION_TOKEN: 'x',
	GITHUB_TOKEN: 'x',
	GH_TOKEN: 'x',
	OPENAI_API_KEY: 'x',
	DATABASE_URL: 'x',
	N8N_ENCRYPTION_KEY: 'x',
	NODE_OPTIONS: '',
	SSH_AUTH_SOCK: 'x',
	PGPASSWORD: 'x',
};
const registry = { NPM_TOKEN: 'x', NODE_AUTH_TOKEN: 'x', 'npm_config_//registry/:_authToken': 'x' };
const useful = { HOME: '/home/a', https_proxy: 'http://proxy', LC_ALL: 'C', TMPDIR: '/tmp' };
const all = { ...secrets, ...registry, ...useful };

const showsItsVariables = "['-p', 'JSON.stringify(process.env)']";

test('a program that is run, started or asked sees what it needs, and no secret', () => {
	const imports = { 'local/child.mjs': 'run, start, printed' };
	const run = `JSON.parse((await run(process.execPath, ${showsItsVariables})).output)`;
	const printed = `JSON.parse(printed(process.execPath, ${showsItsVariables}))`;
	const start = `JSON.parse(await (async () => {
		const chunks = [];
		for await (const chunk of start(process.execPath, ${showsItsVariables}).stdout) chunks.push(chunk);
		return Buffer.concat(chunks);
	})())`;
	const expected = { PATH: process.env.PATH, ...useful };
	expect(inNode(imports, `[${run}, ${printed}, ${start}]`, all)).toEqual({
		value: [expected, expected, expected],
	});
});

test('n8n sees its own settings, and no secret', () => {
	const options =
		"{ version: '2.41.1', userFolder: '/a', port: 1, brokerPort: 2, node: '/b/node' }";
	const ending = inNode(
		{ 'local/n8n/environment.mjs': 'n8nEnvironment' },
		`n8nEnvironment(${options})`,
		all,
	);
	expect(ending).toMatchObject({ value: { ...useful, N8N_USER_FOLDER: '/a' } });
	const { value } = ending as { value: Record<string, string> };
	const known = Object.keys({ ...secrets, ...registry });
	expect(Object.keys(value).filter((name) => known.includes(name))).toEqual([]);
});

test('npm gets the token of its registry, but not where it runs scripts of packages', () => {
	const names = (scripts: boolean) =>
		inNode(
			{ 'local/n8n/npm.mjs': 'npmEnvironment' },
			`Object.keys(npmEnvironment({}, ${scripts}))`,
			{
				...all,
				npm_config_registry: 'http://registry',
				npm_config_ignore_scripts: 'true',
				CXX: 'clang++',
			},
		);
	const base = ['PATH', ...Object.keys(useful), 'npm_config_registry'];
	expect(names(false)).toEqual({
		value: expect.arrayContaining([...base, ...Object.keys(registry)]),
	});
	expect((names(false) as { value: string[] }).value).toHaveLength(base.length + 3);
	expect(names(true)).toEqual({ value: expect.arrayContaining([...base, 'CXX']) });
	expect((names(true) as { value: string[] }).value).toHaveLength(base.length + 1);
});

test('Go compares its downloads with the checksum database, whatever the shell says', () => {
	const off = {
		GOFLAGS: '-insecure',
		GOSUMDB: 'off',
		GONOSUMDB: '*',
		GONOSUMCHECK: '1',
		GOINSECURE: '*',
		GOPRIVATE: '*',
	};
	expect(
		inNode({ 'local/child.mjs': 'goEnvironment' }, "goEnvironment({ GOBIN: '/bin' })", {
			...off,
			...secrets,
			GOPROXY: 'http://proxy',
		}),
	).toEqual({
		value: {
			PATH: process.env.PATH,
			GOPROXY: 'http://proxy',
			GOSUMDB: 'sum.golang.org',
			GOFLAGS: '-mod=readonly',
			GOBIN: '/bin',
		},
	});
});

test('no other variable passes, whatever its name', () => {
	const imports = { 'local/child.mjs': 'childEnvironment' };
	const names = fc.sample(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{3,30}$/), 500);
	const from = Object.fromEntries(
		[...names, 'PATH2', 'HOME_TOKEN', 'MY_PATH'].map((name) => [name, 'x']),
	);
	const call = `childEnvironment({}, undefined, ${JSON.stringify(from)})`;
	const { value } = inNode(imports, call) as { value: object };
	expect(
		Object.keys(value).filter((name) => !/^(LC_.*|lang|home|path|temp|user)$/i.test(name)),
	).toEqual([]);
});
