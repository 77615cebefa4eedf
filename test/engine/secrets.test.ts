import { existsSync, readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';

import { provision } from '../support/cases';
import {
	type Credential,
	credentialOf,
	engine,
	type NodeSettings,
	runNode,
	searchList,
} from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';

const apiSecret = 'recognisable-api-secret-of-32-characters';
const password = 'recognisable-password';
const pin = '90817263';
const livekit = useLiveKit({ keys: { devkey: apiSecret } });
const token = /eyJ[\w-]{10,}/;

// Everything that n8n, the package and jest print from here on, and where n8n's log stood before.
let printed = '';
let loggedBefore = 0;
let restore: (() => void) | undefined;
beforeAll(async () => {
	const { streams, logFile } = await engine();
	loggedBefore = existsSync(logFile) ? readFileSync(logFile, 'utf8').length : 0;
	const originals = streams.map((stream) => stream.write);
	streams.forEach((stream, index) => {
		stream.write = ((chunk: string | Uint8Array, ...rest: []) => {
			printed += Buffer.from(chunk as string).toString();
			return originals[index].call(stream, chunk, ...rest);
		}) as typeof stream.write;
	});
	restore = () =>
		streams.forEach((stream, index) => {
			stream.write = originals[index];
		});
});
afterAll(() => restore?.());

// n8n keeps the parameters of the node in errors, in the stack of nodes to run and in its debug log: they are the workflow's own.
function withoutParameters(json: string): string {
	return JSON.stringify(
		JSON.parse(json, (key, value: unknown) =>
			key === 'node' || key === 'parameters' ? undefined : value,
		),
	);
}

async function secretObjects(): Promise<{ inbound: string; outbound: string; rule: string }> {
	await provision(livekit);
	const credentials = { auth_username: 'u', auth_password: password };
	const inbound = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name: 'I', numbers: ['+15105550201'], ...credentials },
	});
	const outbound = await livekit.call('SIP/CreateSIPOutboundTrunk', {
		trunk: { name: 'O', address: 'sip.example.com', numbers: ['+15105550202'], ...credentials },
	});
	const rule = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: {
			name: 'R',
			trunk_ids: [inbound.sip_trunk_id],
			rule: { dispatch_rule_direct: { room_name: 'r', pin } },
			room_config: {
				egress: {
					room: {
						file_outputs: [
							{ filepath: 'x', s3: { bucket: 'b', access_key: 'a', secret: password } },
						],
					},
				},
			},
		},
	});
	livekit.forget();
	return {
		inbound: inbound.sip_trunk_id,
		outbound: outbound.sip_trunk_id,
		rule: rule.sip_dispatch_rule_id,
	};
}

function executions({
	inbound,
	outbound,
	rule,
}: Awaited<ReturnType<typeof secretObjects>>): IDataObject[] {
	const trunk = { resource: 'inboundTrunk', trunkId: picked(inbound) };
	const carrier = { resource: 'outboundTrunk', trunkId: picked(outbound) };
	const dispatch = { resource: 'dispatchRule', dispatchRuleId: picked(rule) };
	return [
		...[trunk, carrier, dispatch].flatMap((object) =>
			['get', 'getAll'].flatMap((operation) =>
				[true, false].map((simplify) => ({ ...object, operation, simplify })),
			),
		),
		{
			...trunk,
			operation: 'update',
			updateFields: { krispEnabled: true, authRealm: '={{ 1 }}' },
			simplify: false,
		},
		{ ...trunk, operation: 'update', updateFields: { name: 'x' }, simplify: false },
		{ ...trunk, operation: 'update', updateFields: { authPassword: password }, simplify: false },
		{
			...carrier,
			operation: 'update',
			carrierOptions: { includeHeaders: 'SIP_ALL_HEADERS' },
			simplify: false,
		},
		{
			...dispatch,
			operation: 'update',
			updateFields: { hidePhoneNumber: true },
			simplify: false,
		},
		{
			...dispatch,
			operation: 'update',
			updateFields: { ruleType: 'callee', roomPrefix: 'x' },
			simplify: false,
		},
		{
			...trunk,
			operation: 'create',
			numbers: '+15105550201',
			additionalFields: { authUsername: 'u', authPassword: password },
		},
		{
			...trunk,
			operation: 'create',
			numbers: '+15105550203',
			additionalFields: { authUsername: 'u', authPassword: password, ringingTimeout: -1 },
		},
		{
			...trunk,
			operation: 'create',
			inputMode: 'json',
			jsonBody: `{"auth_password":"${password}" "x"}`,
		},
		{
			...trunk,
			operation: 'create',
			inputMode: 'json',
			jsonBody: { trunk: { auth_password: [password], pasword: password } },
		},
		{ ...trunk, operation: 'create', inputMode: 'json', jsonBody: { trunk: password } },
		{ ...dispatch, operation: 'create', ruleType: 'direct', roomName: 'r', pin: `${pin}x` },
		{ ...dispatch, operation: 'create', ruleType: 'direct', roomName: 'r', pin, simplify: false },
		{
			...dispatch,
			operation: 'create',
			ruleType: 'individual',
			roomSettings: { egress: `{"room":{"file_outputs":[{"s3":{"secret":{"a":"${password}"}}}]}}` },
		},
		{ ...dispatch, operation: 'delete' },
		{
			resource: 'call',
			operation: 'place',
			trunk: picked(outbound),
			callTo: '+15555550486',
			options: { room: picked('r') },
		},
		{
			resource: 'call',
			operation: 'place',
			trunk: { __rl: true, mode: 'carrier', value: 'x.example.com' },
			inlineCarrier: { authUsername: 'u', authPassword: password },
			callTo: '+15555550403',
			callerId: '+1',
			options: { room: picked('r') },
		},
		{
			resource: 'call',
			operation: 'transfer',
			room: picked('call-1'),
			participant: picked('gone'),
			transferTo: '+1555',
		},
	];
}

async function expectNothingSecret(
	credential: Credential,
	settings: NodeSettings,
	before: (run: number) => unknown = () => undefined,
): Promise<number> {
	const all = executions(await secretObjects());
	let failed = 0;
	for (const [index, parameters] of all.entries()) {
		before(index);
		const result = await runNode(credential, parameters, [{}], settings);
		if (
			result.error ??
			(result.errors.length > 0 ||
				result.items.some(({ json }) => 'error' in json || json.outcome === 'unknown'))
		)
			failed++;
		expect(result.stored).not.toContain(apiSecret);
		expect(result.stored).not.toMatch(token);
		const own = withoutParameters(result.stored);
		expect(own).not.toContain(password);
		expect(own).not.toContain(pin);
	}
	return all.length - failed;
}

describe('nothing secret is stored', () => {
	const goesOn: NodeSettings = { onError: 'continueRegularOutput' };
	const hasErrorOutput: NodeSettings = { onError: 'continueErrorOutput' };

	it.each([{}, hasErrorOutput])('with a server that answers: %j', async (settings) => {
		expect(await expectNothingSecret(credentialOf(livekit.server), settings)).toBeGreaterThan(10);
	});

	it('with a server that repeats the token, and a wrong secret', async () => {
		livekit.server.options.leakTokenIn401 = true;
		await expectNothingSecret({ ...credentialOf(livekit.server), apiSecret: `${apiSecret}x` }, {});
		expect(livekit.server.requests.length).toBeGreaterThan(10);
	});

	it('with connections that break and gateways that echo the request', async () => {
		const succeeded = await expectNothingSecret(credentialOf(livekit.server), goesOn, (run) => {
			livekit.server.faults.length = 0;
			const echoed = '<pre>Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln</pre>';
			livekit.server.faults.push(
				run % 2
					? { kind: 'drop-after', times: 2 }
					: { kind: 'status', status: 502, contentType: 'text/html', body: echoed, times: 2 },
			);
		});
		// A write whose answer is lost may still find what it wrote.
		expect(succeeded).toBeLessThan(3);
		expect(livekit.server.requests.length).toBeGreaterThan(10);
	});
});

it.each<[string, IDataObject]>([
	[
		'Place',
		{
			resource: 'call',
			operation: 'place',
			trunk: { __rl: true, mode: 'carrier', value: 'x.example.com' },
			inlineCarrier: { authUsername: 'u', authPassword: password },
			callTo: '+14155550101',
			callerId: '+1',
		},
	],
	[
		'Create',
		{
			resource: 'inboundTrunk',
			operation: 'create',
			numbers: '+15105550201',
			additionalFields: { authUsername: 'u', authPassword: password },
		},
	],
])(
	'the error of a node without a credential holds no parameters: %s',
	async (_name, parameters) => {
		const { error, run } = await runNode(credentialOf(livekit.server), parameters, [{}], {
			credentials: {},
		});
		expect(error?.message).toMatch(/credentials/);
		expect(JSON.stringify([run.data.resultData, error])).not.toContain(password);
	},
);

it('Include Secrets shows the one that was asked for', async () => {
	const { inbound, rule } = await secretObjects();
	const trunk = { resource: 'inboundTrunk', operation: 'get', trunkId: picked(inbound) };
	const hidden = await livekit.run(trunk);
	expect(hidden.json[0].auth_password).toBe('**hidden**');
	const shown = await livekit.run({ ...trunk, options: { includeSecrets: true } });
	expect(shown.json[0].auth_password).toBe(password);
	const dispatch = await livekit.run({
		resource: 'dispatchRule',
		operation: 'get',
		dispatchRuleId: picked(rule),
		options: { includeSecrets: true },
	});
	expect(dispatch.json[0].pin).toBe(pin);
	expect(dispatch.stored).not.toMatch(token);
});

it('pickers repeat no token', async () => {
	livekit.server.options.leakTokenIn401 = true;
	const refused: unknown = await searchList(
		{ ...credentialOf(livekit.server), apiSecret: 'x'.repeat(40) },
		'searchRooms',
	).catch((error: unknown) => error);
	expect(String(refused)).toMatch(/does not know the API key|refused the API key/);
	expect(JSON.stringify(refused) + String((refused as Error).stack)).not.toMatch(token);
});

it('nothing secret is logged or printed', async () => {
	const logged = readFileSync((await engine()).logFile, 'utf8').slice(loggedBefore);
	expect(logged).toMatch(/LiveKit refused the API key and secret/);
	expect(logged + printed).not.toContain(apiSecret);
	expect(logged + printed).not.toMatch(token);
	const own = logged.trim().split('\n').map(withoutParameters).join('\n');
	for (const secret of [password, pin]) expect(own + printed).not.toContain(secret);
});

it('can become a tool of an AI agent', async () => {
	const { loader } = await engine();
	expect(loader.getNode('liveKitSip').type).toMatchObject({ description: { usableAsTool: true } });
});
