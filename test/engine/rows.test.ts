import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { provision } from '../support/cases';
import { startGate } from '../support/gate';
import { credentialOf, runNode } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';
import { until } from '../support/until';
import type { Ids } from '../support/values';

const livekit = useLiveKit();

const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ n: index }));
const createOutbound: IDataObject = {
	resource: 'outboundTrunk',
	operation: 'create',
	name: '={{ "T" + $json.n }}',
	address: '={{ $json.address ?? "sip.example.com" }}',
	numbers: '+15105550100',
};

/** Runs rows through a gate that opens when so many of them stand there. */
async function throughGate(count: number, parameters: IDataObject, rows: IDataObject[]) {
	const gate = await startGate(livekit.server.url);
	const running = runNode({ ...credentialOf(livekit.server), url: gate.url }, parameters, rows);
	await gate.full(count);
	gate.open();
	const { json, error } = await running;
	await gate.close();
	expect(error).toBeUndefined();
	return { json, most: gate.most };
}

it('runs rows ten at once and keeps their order', async () => {
	await provision(livekit);
	const dispatch = {
		resource: 'agentDispatch',
		operation: 'create',
		room: picked('call-1'),
		agentName: '={{ "T" + $json.n }}',
	};
	const { json, most } = await throughGate(10, dispatch, numbered(30));
	expect(json.map(({ agent_name: name }) => name)).toEqual(numbered(30).map(({ n }) => `T${n}`));
	expect(most).toBe(10);
});

it.each<[string, (ids: Ids) => IDataObject]>([
	[
		'update',
		({ outbound }) => ({
			resource: 'outboundTrunk',
			trunkId: picked(outbound),
			updateFields: { name: '={{ "T" + $json.n }}' },
		}),
	],
	['replace', ({ outbound }) => ({ ...createOutbound, trunkId: picked(outbound) })],
	['create', () => createOutbound],
])('runs rows one after the other: %s', async (operation, parametersOf) => {
	const parameters = { ...parametersOf(await provision(livekit)), operation };
	const { json, most } = await throughGate(1, parameters, numbered(3));
	expect(json.map(({ name }) => name)).toEqual(['T0', 'T1', 'T2']);
	expect(most).toBe(1);
});

it('spaces rows as Batching says', async () => {
	const { outbound } = await provision(livekit);
	const before = livekit.server.dials().length;
	const place = {
		resource: 'call',
		operation: 'place',
		trunk: picked(outbound),
		callTo: '={{ "+1415555010" + $json.n }}',
		options: { room: picked('={{ "room-" + $json.n }}') },
	};
	const dialled = () => livekit.server.dials().slice(before);
	const batches = (batchInterval: number) => ({
		...place,
		limits: { callsPerSecond: 0 },
		requestOptions: { batching: { batch: { batchSize: 2, batchInterval } } },
	});
	const begun = Date.now();
	await livekit.run(batches(300), numbered(4));
	expect(dialled()).toHaveLength(4);
	expect(dialled()[2].at - begun).toBeGreaterThanOrEqual(299);
	// Between rows of one batch there is no pause, or the second row would be an hour away.
	await livekit.run(batches(3_600_000), numbered(4), {
		executionId: '2',
		onStart: async (cancel) => {
			await until(() => dialled().length === 6);
			cancel();
		},
	});
	expect(dialled()).toHaveLength(6);
});

describe('an execution that is cancelled', () => {
	const place = (trunk: string) => ({
		resource: 'call',
		operation: 'place',
		trunk: picked(trunk),
		callTo: '={{ "+1415555010" + $json.n }}',
		options: { room: picked('={{ "room-" + $json.n }}') },
	});

	it('starts no further row', async () => {
		const { outbound } = await provision(livekit);
		const before = livekit.server.dials().length;
		livekit.server.options.answerAfterMs = 50;
		const onStart = async (cancel: () => void) => {
			await until(() => livekit.server.dials().length > before);
			cancel();
		};
		const { run } = await livekit.run(place(outbound), numbered(5), {
			onError: 'continueRegularOutput',
			onStart,
		});
		expect(run.status).toBe('canceled');
		await sleep(150);
		expect(
			livekit.server
				.dials()
				.slice(before)
				.map(({ number }) => number),
		).toEqual(['+14155550100']);
	});

	it('ends within a pause of Batching', async () => {
		const { outbound } = await provision(livekit);
		const before = livekit.server.dials().length;
		const onStart = async (cancel: () => void) => {
			await until(() => livekit.server.requests.some(({ status }) => status !== undefined));
			await sleep(30);
			cancel();
		};
		const batchInterval = 3_600_000;
		const { run } = await livekit.run(
			{
				...place(outbound),
				requestOptions: { batching: { batch: { batchSize: 1, batchInterval } } },
			},
			numbered(2),
			{ onStart },
		);
		expect(run.status).toBe('canceled');
		expect(livekit.server.dials().slice(before)).toHaveLength(1);
	});
});

describe('Retry On Fail', () => {
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it('does not dial again when an expression changes the body', async () => {
		const { outbound } = await provision(livekit);
		const before = livekit.server.dials().length;
		const rows = [{ number: '+14155550101' }, { number: '+15555550486' }];
		const { error } = await livekit.run(
			{
				resource: 'call',
				operation: 'place',
				trunk: picked(outbound),
				callTo: '={{ $json.number }}',
				limits: { callsPerSecond: 0 },
				options: {
					room: picked('={{ "room-" + $now.toMillis() + Math.random() }}'),
					onUnanswered: 'fail',
				},
			},
			rows,
			retrying,
		);
		expect(error?.message).toContain('1 of 2 calls were not answered: 1 busy');
		expect(
			livekit.server
				.dials()
				.slice(before)
				.map(({ number }) => number)
				.sort(),
		).toEqual(rows.map(({ number }) => number));
	});

	it('does not create again what a try before has created', async () => {
		const rows = [{ n: 0 }, { n: 1, address: 'sip:wrong' }];
		const { error } = await livekit.run(createOutbound, rows, retrying);
		expect(error?.message).toContain('Address is a SIP URI');
		expect(livekit.methods()).toEqual(['ListSIPOutboundTrunk', 'CreateSIPOutboundTrunk']);
	});

	it('transfers once, though the answer was lost', async () => {
		const { outbound } = await provision(livekit);
		await livekit.run({
			resource: 'call',
			operation: 'place',
			trunk: picked(outbound),
			callTo: '+14155550101',
			options: { room: picked('r1') },
		});
		livekit.forget();
		livekit.server.faults.push({ kind: 'drop-after', method: 'TransferSIPParticipant' });
		const { json, error } = await livekit.run(
			{
				resource: 'call',
				operation: 'transfer',
				room: picked('r1'),
				participant: picked('sip_+14155550101'),
				transferTo: '+14155550102',
			},
			[{}],
			retrying,
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({
				outcome: 'unknown',
				message: expect.stringContaining('broke off'),
			}),
		]);
		expect(livekit.methods()).toEqual(['TransferSIPParticipant']);
	});
});

describe("an answer that is not LiveKit's is no success", () => {
	it.each<[string, IDataObject]>([
		['create', createOutbound],
		['delete', { resource: 'outboundTrunk', operation: 'delete', trunkId: picked('ST_x') }],
		[
			'replace',
			{
				resource: 'outboundTrunk',
				operation: 'replace',
				trunkId: picked('ST_x'),
				address: 'sip.example.com',
				numbers: '+15105550100',
			},
		],
		['get many', { resource: 'outboundTrunk', operation: 'getAll' }],
		[
			'hang up',
			{ resource: 'call', operation: 'hangUp', room: picked('r1'), participant: picked('p') },
		],
		[
			'get call',
			{ resource: 'call', operation: 'get', room: picked('r1'), participant: picked('p') },
		],
	])('%s', async (_name, parameters) => {
		for (const body of ['{"ok":true}', '{"items":[{"foo":1}]}']) {
			livekit.server.faults.push({ kind: 'body', contentType: 'application/json', body });
			const { error, items } = await livekit.run(parameters);
			expect(items).toEqual([]);
			expect(error?.message).toBe('The answer did not come from a LiveKit server');
		}
	});
});

it('refuses a proxy that is no URL instead of going past it', async () => {
	const { error } = await livekit.run({
		...createOutbound,
		requestOptions: { proxy: 'localhost:9' },
	});
	expect(error?.message).toContain('Proxy');
	expect(livekit.methods()).toEqual([]);
});

it('names what is missing in the credential, and that nothing happened', async () => {
	const { error } = await runNode(
		{ ...credentialOf(livekit.server), apiSecret: ' ' },
		createOutbound,
		[{ n: 0 }],
	);
	expect(error?.message).toContain('Fill in API Key and API Secret');
	expect(livekit.methods()).toEqual([]);
});

it('keeps parameters, which may hold a password, out of the stored error', async () => {
	const { error, run } = await livekit.run(
		{ ...createOutbound, address: 'sip:x', authPassword: 'topsecret-4711' },
		[{ n: 0 }],
	);
	expect(error).toBeDefined();
	expect(JSON.stringify([run.data.resultData, error])).not.toContain('topsecret-4711');
});

describe('an expression of a setting that fails', () => {
	const broken = "={{ $json.n === 1 ? $('Nope').item.json.x : true }}";

	it('is the failure of its row alone, before anything of it was sent', async () => {
		const { errors, json } = await livekit.run(
			{ ...createOutbound, simplify: broken },
			numbered(3),
			{ onError: 'continueErrorOutput' },
		);
		expect(json.map(({ name }) => name)).toEqual(['T0', 'T2']);
		expect(errors.map(({ json: { n }, pairedItem }) => [n, pairedItem])).toEqual([
			[1, { item: 1 }],
		]);
		expect(livekit.bodies('CreateSIPOutboundTrunk')).toHaveLength(2);
	});

	it('does not make Retry On Fail write twice', async () => {
		livekit.server.faults.push({ kind: 'delay', delayMs: 30, times: 1 });
		const { error } = await livekit.run(
			{ ...createOutbound, options: { includeSecrets: broken } },
			numbered(2),
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);
		expect(error).toBeDefined();
		expect(livekit.bodies('CreateSIPOutboundTrunk')).toHaveLength(1);
	});
});
