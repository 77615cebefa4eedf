import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import { wholeResult } from '../support/dialling';
import { provision } from '../support/cases';
import { credentialOf, runNode } from '../support/harness';
import { listChange, picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

const list = { resource: 'inboundTrunk', operation: 'getAll' };
const create = (numbers: string) => ({ resource: 'inboundTrunk', operation: 'create', numbers });
const place = (outbound: string, callTo: string) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(outbound),
	callTo,
	limits: { callsPerSecond: 0 },
	options: wholeResult,
});

/** What the user reads in the editor. */
interface Words {
	message: RegExp;
	description: RegExp;
	httpCode?: string;
}

function expectWords(error: unknown, words: Words): void {
	expect(error).toMatchObject({
		message: expect.stringMatching(words.message),
		description: expect.stringMatching(words.description),
	});
	if (words.httpCode) expect(error).toHaveProperty('httpCode', words.httpCode);
	expect(error).toHaveProperty('context.itemIndex', 0);
	expect(JSON.stringify(error)).not.toMatch(/eyJ/);
}

describe('a refused request says what happened and what to do', () => {
	it.each([
		[
			'a wrong key',
			{ apiKey: 'nobody' },
			{
				message: /does not know the API key/,
				description: /Check the API key and the server URL/,
				httpCode: '401',
			},
		],
		[
			'a wrong secret',
			{ apiSecret: 'x'.repeat(40) },
			{
				message: /refused the API key and secret/,
				description: /Check the API secret/,
				httpCode: '401',
			},
		],
		[
			'no secret',
			{ apiSecret: '' },
			{ message: /API Key and API Secret/, description: /credential/ },
		],
		[
			'nothing listening',
			{ url: 'ws://127.0.0.1:1' },
			{ message: /nothing listens there/, description: /Check host and port of the Server URL/ },
		],
		[
			'a URL of another kind',
			{ url: 'ftp://127.0.0.1' },
			{ message: /Server URL.*not usable/, description: /Nothing was sent/ },
		],
	])('%s', async (_name, change, words) => {
		for (const leak of [false, true]) {
			livekit.server.options.leakTokenIn401 = leak;
			for (const parameters of [list, { ...place('ST_1', '+14155550100') }]) {
				const { error } = await runNode({ ...credentialOf(livekit.server), ...change }, parameters);
				expectWords(error, words);
			}
		}
	});

	it.each<[string, Partial<(typeof livekit)['server']['options']>, IDataObject, Words]>([
		[
			'no redis',
			{ sip: false },
			list,
			{ message: /no SIP: it runs without Redis/, description: /Set redis/, httpCode: '500' },
		],
		[
			'no SIP service',
			{ bridge: false },
			place('', '+14155550100'),
			{ message: /Nobody was called/, description: /Start livekit-sip/, httpCode: '503' },
		],
		[
			'an old server',
			{ missingMethods: ['ListSIPInboundTrunk'] },
			list,
			{ message: /does not know this operation/, description: /too old/, httpCode: '404' },
		],
		[
			'an unknown trunk',
			{},
			{ ...list, operation: 'get', trunkId: picked('ST_none') },
			{
				message: /^The trunk does not exist: ST_none$/,
				description: /Choose the trunk/,
				httpCode: '404',
			},
		],
		[
			'an unknown rule',
			{},
			{ resource: 'dispatchRule', operation: 'get', dispatchRuleId: picked('SDR_none') },
			{
				message: /^The dispatch rule does not exist: SDR_none$/,
				description: /SDR_/,
				httpCode: '404',
			},
		],
		[
			'a taken number',
			{},
			create('+15105550100'),
			{
				message: /^Your Phone Numbers would clash with the trunk "In" .*LiveKit would refuse this/,
				description: /^Nothing was sent/,
			},
		],
		[
			"a taken number, in LiveKit's words",
			{},
			{ ...create('+15105550100'), options: { allowConflict: true } },
			{ message: /^Conflicting inbound SIP Trunks/, description: /same callers/, httpCode: '400' },
		],
		[
			'a call that has ended',
			{},
			{
				resource: 'call',
				operation: 'transfer',
				room: picked('call-1'),
				participant: picked('gone'),
				transferTo: '+15555550199',
			},
			{
				message: /^The participant does not exist: gone in call-1$/,
				description: /room_name and participant_identity/,
				httpCode: '404',
			},
		],
	])('%s', async (_name, options, parameters, words) => {
		const { outbound } = await provision(livekit);
		Object.assign(livekit.server.options, options);
		const own =
			parameters.operation === 'place' ? { ...parameters, trunk: picked(outbound) } : parameters;
		expectWords((await livekit.run(own)).error, words);
	});

	it('two rules for the same calls', async () => {
		const rule = { resource: 'dispatchRule', operation: 'create', ruleType: 'individual' };
		await livekit.run(rule);
		expectWords((await livekit.run(rule)).error, {
			message: /^Trunks would clash with the dispatch rule .*LiveKit would refuse this/,
			description: /^Nothing was sent/,
		});
		const sent = { ...rule, options: { allowConflict: true } };
		expectWords((await livekit.run(sent)).error, {
			message: /^Dispatch rule for the same trunk/,
			description: /same trunk, numbers and PIN/,
			httpCode: '400',
		});
	});

	it.each<[string, Fault, Words]>([
		[
			'a web page with 200',
			{ kind: 'body', contentType: 'text/html', body: '<html><body>Welcome</body></html>' },
			{ message: /did not come from a LiveKit server/, description: /Welcome/ },
		],
		[
			'JSON of another program',
			{ kind: 'body', body: '{"hello":"world"}' },
			{ message: /did not come from a LiveKit server/, description: /Check the server URL/ },
		],
		[
			'a web page with 502',
			{ kind: 'status', status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
			{ message: /gateway/i, description: /Bad Gateway/, httpCode: '502' },
		],
		[
			'a cut connection before',
			{ kind: 'drop-before' },
			{ message: /broke off/, description: /look before you try again/ },
		],
		[
			'a cut connection after',
			{ kind: 'drop-after' },
			{ message: /broke off/, description: /look before you try again/ },
		],
		[
			'a redirect',
			{ kind: 'status', status: 307, body: '' },
			{ message: /did not come from a LiveKit server/, description: /307/ },
		],
	])('%s', async (_name, fault, words) => {
		const { outbound } = await provision(livekit);
		livekit.server.faults.push({ ...fault, method: 'CreateSIPInboundTrunk' });
		expectWords((await livekit.run(create('+15105550177'))).error, words);
		// What only reads leaves nothing to look after.
		livekit.server.faults.push({ ...fault });
		const lost = fault.kind !== 'body' && fault.kind !== 'status';
		expectWords((await livekit.run(list)).error, {
			...words,
			...(lost ? { description: /^Check host and port/ } : {}),
		});
		livekit.server.faults.push({ ...fault });
		const { json, error } = await livekit.run(place(outbound, '+14155550100'));
		// A redirect proves that nobody was called; with the others a phone may have rung, which is a result.
		if (fault.status === 307) expectWords(error, words);
		else
			expect(json).toEqual([
				expect.objectContaining({
					outcome: 'unknown',
					message: expect.stringMatching(words.message),
				}),
			]);
		// A list that holds something has a second page.
		const page = 'ListSIPInboundTrunk';
		const sent = ['CreateSIPInboundTrunk', page, 'CreateSIPParticipant'];
		expect(livekit.methods()).toEqual([page, page, ...sent]);
	});

	it('a timeout', async () => {
		livekit.server.faults.push({ kind: 'delay', delayMs: 300, method: 'CreateSIPInboundTrunk' });
		// Without a list before it, which may be late too.
		const late = { requestOptions: { timeout: 50 }, options: { allowConflict: true } };
		const { error } = await livekit.run({ ...create('+15105550178'), ...late });
		expectWords(error, {
			message: /did not answer in time/,
			description: /look before you try again/,
		});
	});
});

describe.each(['current', 'older', 'oldest'] as const)(
	'calls that are not answered, with %s codes',
	(sipCodes) => {
		it.each([
			['+15555550486', 'busy', true, 'The line is busy (SIP 486 Busy Here)'],
			[
				'+15555550480',
				'no_answer',
				true,
				'The callee does not answer or is not reachable (SIP 480 Temporarily Unavailable)',
			],
			['+15555550603', 'declined', false, 'The call was declined (SIP 603 Decline)'],
			['+15555550404', 'invalid_number', false, 'The number does not exist (SIP 404 Not Found)'],
			[
				'+15555550403',
				'blocked',
				false,
				expect.stringMatching(/^The carrier refused the call.*\(SIP 403 Forbidden\)$/),
			],
			[
				'+15555550503',
				'carrier_error',
				true,
				'The carrier has a technical fault (SIP 503 Service Unavailable)',
			],
		])('%s is %s', async (number, outcome, retryable, message) => {
			const { outbound } = await provision(livekit);
			livekit.server.options.sipCodes = sipCodes;
			const { json, error } = await livekit.run(place(outbound, number));
			expect(error).toBeUndefined();
			expect(json).toMatchObject([
				{ outcome, answered: false, retryable, message, sip_status_code: Number(number.slice(-3)) },
			]);
		});
	},
);

it('names Batching where n8n has it when LiveKit asks to slow down', async () => {
	livekit.server.faults.push({
		kind: 'status',
		status: 429,
		contentType: 'application/json',
		body: '{"code":"resource_exhausted","msg":"slow down"}',
	});
	expectWords((await livekit.run(list)).error, {
		message: /slow down/,
		description: /add Batching under Request Options/,
	});
});

it('several faults are sentences, with wire paths only where JSON was given', async () => {
	const json = {
		...create(''),
		inputMode: 'json',
		jsonBody: '{"allowed_addresses": ["here", "there"]}',
	};
	const { error } = await livekit.run(json);
	expect(error?.message).toMatch(/^Allowed Addresses \(trunk\.allowed_addresses\[0\]\) must be/);
	expect(error?.description).toMatch(
		/^Allowed Addresses \(trunk\.allowed_addresses\[1\]\) .* for them\.\nNothing was sent to LiveKit\.$/,
	);
});

it('a carrier that refuses the trunk', async () => {
	const { outbound } = await provision(livekit);
	const { json } = await livekit.run(place(outbound, '+15555550407'));
	expect(json).toMatchObject([
		{
			outcome: 'carrier_error',
			reason: 'trunk_credentials',
			retryable: false,
			sip_status_code: null,
		},
	]);
});

it('a phone that rings out', async () => {
	const { outbound } = await provision(livekit);
	const { json } = await livekit.run({
		...place(outbound, '+15555550408'),
		limits: { ringFor: 1 },
	});
	expect(json).toMatchObject([{ outcome: 'no_answer', reason: 'ring_timeout', retryable: true }]);
	expect(Number(json[0].ring_seconds)).toBeGreaterThanOrEqual(1);
});

describe('rows that fail leave the others alone', () => {
	const rows = [
		{ id: 1, number: '+15105550171' },
		{ id: 2, number: '' },
		{ id: 3, number: '+15105550100' },
		{ id: 4, number: '+15105550172' },
	];
	const faultsOf = ['', 'Nothing was sent to LiveKit', 'would clash with the trunk', ''];

	it('under Continue On Fail', async () => {
		await provision(livekit);
		const { items, error } = await livekit.run(create('={{ $json.number }}'), rows, {
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
		items.forEach(({ json }, index) => expect(String(json.error ?? '')).toContain(faultsOf[index]));
		expect(items.map(({ json }) => 'error' in json)).toEqual([false, true, true, false]);
	});

	it('with an error output', async () => {
		await provision(livekit);
		const { items, errors } = await livekit.run(create('={{ $json.number }}'), rows, {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		expect(errors.map(({ pairedItem, json }) => [pairedItem, json.id, json.number])).toEqual([
			[{ item: 1 }, 2, ''],
			[{ item: 2 }, 3, '+15105550100'],
		]);
	});

	it.each(['drop-before', 'drop-after'] as const)(
		'with an error output, when the connection is cut (%s)',
		async (kind) => {
			const { inbound } = await provision(livekit);
			for (const parameters of [
				{ ...list, operation: 'get', trunkId: picked(inbound) },
				{
					...list,
					operation: 'update',
					trunkId: picked(inbound),
					updateFields: { name: '={{ $json.number }}' },
				},
			]) {
				livekit.server.faults.push({ kind });
				const { items, errors } = await livekit.run(
					parameters,
					[
						{ id: 1, number: '+1' },
						{ id: 2, number: '+2' },
						{ id: 3, number: '+3' },
					],
					{ onError: 'continueErrorOutput' },
				);
				const [cut] = errors;
				expect(errors).toHaveLength(1);
				expect(cut).toMatchObject({
					json: {
						error: expect.stringMatching(/broke off/),
						id: Number(Object.values(cut.pairedItem ?? {})[0]) + 1,
					},
				});
				expect(items).toHaveLength(2);
				expect(
					[...items, ...errors].map(({ pairedItem }) => Object.values(pairedItem ?? {})[0]).sort(),
				).toEqual([0, 1, 2]);
			}
		},
	);

	it('in an operation that goes row after row', async () => {
		const { inbound } = await provision(livekit);
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const { items, errors } = await livekit.run(
				{
					resource: 'inboundTrunk',
					operation: 'update',
					trunkId: picked(inbound),
					updateFields: { numbers: listChange('add', '={{ $json.number }}') },
				},
				[{ number: '+15105550181' }, { number: '' }, { number: '+15105550182' }],
				{ onError },
			);
			const failed = (onError === 'continueErrorOutput' ? errors : items).filter(
				({ json }) => 'error' in json,
			);
			expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		}
	});

	// The second row's expression names a node that is not there.
	const broken = { additionalFields: { dtmf: '={{ $json.ok ? "" : $("Nope").item.json.x }}' } };
	const [good, bad] = [
		{ number: '+14155550101', ok: true },
		{ number: '+14155550102', ok: false },
	];

	it('when an expression of a row cannot be evaluated after a call: the row is an item like the others', async () => {
		const { outbound } = await provision(livekit);
		const { items, errors } = await livekit.run(
			{ ...place(outbound, '={{ $json.number }}'), ...broken },
			[good, bad, { ...good, number: '+14155550103' }],
			{ onError: 'continueErrorOutput' },
		);
		expect(errors).toEqual([]);
		expect(items).toMatchObject([
			{ json: { outcome: 'answered' }, pairedItem: { item: 0 } },
			{
				json: { outcome: 'not_sent', reason: 'bad_input', called_number: '+14155550102' },
				pairedItem: { item: 1 },
			},
			{ json: { outcome: 'answered' }, pairedItem: { item: 2 } },
		]);
	});

	it('when it cannot before any call: it goes to the error output', async () => {
		const { outbound } = await provision(livekit);
		const { items, errors } = await livekit.run(
			{ ...place(outbound, '={{ $json.number }}'), ...broken },
			[bad],
			{ onError: 'continueErrorOutput' },
		);
		expect(items).toEqual([]);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
	});

	it("when a cell holds no number: it is that contact's outcome, from the first row on", async () => {
		const { outbound } = await provision(livekit);
		const { items } = await livekit.run(place(outbound, '={{ $json.number }}'), [
			{ number: '' },
			{},
			{ number: [] },
			{ number: '+14155550101' },
		]);
		expect(items.map(({ json }) => json.outcome)).toEqual([
			'invalid_number',
			'invalid_number',
			'invalid_number',
			'answered',
		]);
	});

	it('when a value is nested more deeply than n8n can read', async () => {
		const deep = Array.from({ length: 20_000 }).reduce<IDataObject>((inner) => ({ inner }), {});
		const { json } = await livekit.run(
			{ ...create('+15105550120'), name: '={{ $json.deep }}' },
			[{ deep }],
			{ onError: 'continueRegularOutput' },
		);
		expect(json).toEqual([{ error: expect.stringContaining('nested too deeply') }]);
	});
});
