import type { IDataObject } from 'n8n-workflow';
import { type LiveKit, listChange, picked, rowsOf, useLiveKit } from '../support/livekit';
import { calledNumber as called, makeRule, makeTrunk } from '../support/stored';

const livekit: LiveKit = useLiveKit();
const writing = /^(Create|Update)SIP/;
const written = () => livekit.methods().filter((method) => writing.test(method));
// A list that holds something has a second page.
const asked = () => {
	const methods = livekit.methods();
	return methods.filter((method, index) => method !== methods[index - 1]);
};

const trunk = async (name: string, own?: object) => await makeTrunk(livekit, name, own);
const rule = async (name: string, own?: object) => await makeRule(livekit, name, own);

const onTrunk = (id: string) => ({ trunk_ids: [id] });
const agent = { agents: rowsOf({ agent_name: 'helper' }) };

/** The parameters of the form and of JSON for one write. */
interface Asked {
	readonly form: IDataObject;
	readonly json: IDataObject;
}

function parameters(resource: string, operation: string, id: string, { form, json }: Asked) {
	const field = resource === 'inboundTrunk' ? 'trunkId' : 'dispatchRuleId';
	const which = operation === 'create' ? {} : { [field]: picked(id) };
	const base = { resource, operation, ...which };
	return [
		{ ...base, ...form },
		{ ...base, inputMode: 'json', jsonBody: JSON.stringify(json) },
	];
}

/** Every way of asking is stopped with these words, and is sent with Allow Conflict. */
async function expectStopped(
	ways: readonly IDataObject[],
	words: RegExp,
	methods: readonly string[],
	isAccepted: boolean,
): Promise<void> {
	for (const way of ways) {
		livekit.forget();
		const { error } = await livekit.run(way);
		expect(error?.message).toMatch(words);
		expect(error?.description).toContain('Nothing was sent to LiveKit');
		expect(asked()).toEqual(methods);
		const failing = await livekit.run(way, [{}], { onError: 'continueRegularOutput' });
		expect(String(failing.json[0].error)).toMatch(words);
		expect(written()).toEqual([]);
	}
	const [form] = ways;
	const allowed = await livekit.run({ ...form, options: { allowConflict: true } });
	expect(allowed.error === undefined).toBe(isAccepted);
	expect(written()).toHaveLength(1);
}

const trunkLists = ['ListSIPInboundTrunk', 'ListSIPDispatchRule'];
const ruleCreated = ['ListSIPDispatchRule'];

describe('a dispatch rule for the calls of another one', () => {
	it('is not created', async () => {
		const id = await trunk('Main');
		const other = await rule('Reception', onTrunk(id));
		await expectStopped(
			parameters('dispatchRule', 'create', '', {
				form: { ruleType: 'individual', trunkIds: rowsOf({ trunk: picked(id) }), ...agent },
				json: { rule: { dispatch_rule_individual: {} }, trunk_ids: [id] },
			}),
			new RegExp(
				`^Trunks .*would clash with the dispatch rule "Reception" \\(${other}\\).* LiveKit would refuse this\\..*or delete the other one`,
			),
			ruleCreated,
			false,
		);
	});

	it.each(['update', 'replace'])('is not moved onto its trunk by %s', async (operation) => {
		const [id, second] = [
			await trunk('Main'),
			await trunk('Second', { numbers: ['+15105550101'] }),
		];
		await rule('Reception', onTrunk(id));
		const moved = await rule('Night', onTrunk(second));
		const whole = { ruleType: 'individual', trunkIds: rowsOf({ trunk: picked(id) }), ...agent };
		await expectStopped(
			parameters('dispatchRule', operation, moved, {
				form:
					operation === 'replace' ? whole : { updateFields: { trunkIds: listChange('set', id) } },
				json:
					operation === 'replace'
						? { rule: { dispatch_rule_individual: {} }, trunk_ids: [id] }
						: { trunk_ids: { set: [id] } },
			}),
			/would clash with the dispatch rule "Reception".* LiveKit would accept this, and then fail every call on ST_\w+\./,
			operation === 'replace'
				? ['ListSIPInboundTrunk', 'ListSIPDispatchRule']
				: ['ListSIPDispatchRule'],
			true,
		);
	});

	it('is not made so by its PIN, which is not shown', async () => {
		const id = await trunk('Main');
		await rule('One', { ...onTrunk(id), rule: { dispatch_rule_individual: { pin: '4711' } } });
		const other = await rule('Two', {
			...onTrunk(id),
			rule: { dispatch_rule_individual: { pin: '99' } },
		});
		livekit.forget();
		const { error } = await livekit.run({
			resource: 'dispatchRule',
			operation: 'update',
			dispatchRuleId: picked(other),
			ruleType: 'individual',
			inputMode: 'json',
			jsonBody: '{"rule": {"dispatch_rule_individual": {"pin": "4711"}}}',
		});
		expect(error?.message).toMatch(/would clash with the dispatch rule "One".*with the same PIN/);
		expect(`${error?.message} ${error?.description}`).not.toContain('4711');
		expect(written()).toEqual([]);
	});
});

describe('an inbound trunk for the calls of another one', () => {
	const words =
		/^Your Phone Numbers .*would clash with the trunk "Main" .*for calls from \+4915112345678\. LiveKit would accept this, and then fail the calls/;
	const caller = '+4915112345678';

	it.each([
		['for these callers beside all', {}, caller],
		['for all callers beside these', { allowed_numbers: [caller] }, ''],
	])('is not created %s', async (_title, main, allowedNumbers) => {
		await trunk('Main', main);
		const form = {
			numbers: called,
			...(allowedNumbers === '' ? {} : { additionalFields: { allowedNumbers } }),
		};
		const json = {
			numbers: [called],
			...(allowedNumbers === '' ? {} : { allowed_numbers: [allowedNumbers] }),
		};
		await expectStopped(
			parameters('inboundTrunk', 'create', '', { form, json }),
			words,
			['ListSIPInboundTrunk'],
			true,
		);
	});

	it('is not opened to all callers by an update', async () => {
		await trunk('Main', { allowed_numbers: [caller] });
		const id = await trunk('Other', { allowed_numbers: ['+14155550111'] });
		await expectStopped(
			parameters('inboundTrunk', 'update', id, {
				form: { updateFields: { allowedNumbers: listChange('clear') } },
				json: { allowed_numbers: [] },
			}),
			/^Allowed Caller Numbers .*would clash with the trunk "Main".*LiveKit would accept this, and then fail the calls/,
			trunkLists,
			true,
		);
	});

	it('is not created beside one that addresses keep apart, as LiveKit refuses that', async () => {
		await trunk('Main', { allowed_addresses: ['192.0.2.1'] });
		await expectStopped(
			parameters('inboundTrunk', 'create', '', {
				form: { numbers: called, additionalFields: { allowedAddresses: '192.0.2.2' } },
				json: { numbers: [called], allowed_addresses: ['192.0.2.2'] },
			}),
			/LiveKit would refuse this, although their Allowed Addresses keep them apart/,
			['ListSIPInboundTrunk'],
			false,
		);
	});

	it('rings beside it from other addresses, with a warning', async () => {
		await trunk('Main', { allowed_addresses: ['192.0.2.1'] });
		const id = await trunk('Other', {
			numbers: ['+15105550101'],
			allowed_addresses: ['192.0.2.2'],
		});
		const { json, error } = await livekit.run({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { numbers: listChange('set', called) },
		});
		expect(error).toBeUndefined();
		expect(json[0].warnings).toEqual([
			expect.stringMatching(/^Your Phone Numbers: clash with the trunk "Main".*Both ring/),
		]);
	});

	it('is not widened so that rules stand against each other for its calls', async () => {
		await trunk('All', { numbers: [], allowed_addresses: ['192.0.2.0/24'] });
		const id = await trunk('Main', { numbers: ['+15105550101'] });
		const [one, two] = [
			await rule('One', onTrunk(id)),
			await rule('Two', { trunk_ids: ['ST_other'] }),
		];
		await livekit.call('SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: two,
			update: { trunk_ids: { set: [id] } },
		});
		livekit.forget();
		const { error } = await livekit.run({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { numbers: listChange('add', called) },
		});
		expect(error?.message).toMatch(
			/would leave calls to \+15105550100 to the dispatch rules .*LiveKit would accept this, and then fail those calls/,
		);
		expect(error?.message).toContain(one);
		expect(written()).toEqual([]);
	});
});

describe('a clash that is there', () => {
	it('does not stop a change of something else, which asks nothing more', async () => {
		await trunk('Main');
		const id = await trunk('Other', { allowed_numbers: ['+14155550111'] });
		livekit.forget();
		const { error } = await livekit.run({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { name: 'New' },
		});
		expect(error).toBeUndefined();
		expect(livekit.methods()).toEqual(['UpdateSIPInboundTrunk']);
	});

	it('can be mended step by step', async () => {
		const second = '+15105550101';
		await trunk('Main', { numbers: [called, second] });
		const id = await trunk('Other', {
			numbers: [called, second],
			allowed_numbers: ['+14155550111'],
		});
		const removal = (number: string) => ({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { numbers: listChange('remove', number) },
		});
		const first = await livekit.run(removal(second));
		expect(first.error).toBeUndefined();
		expect(first.json[0].warnings).toEqual([expect.stringMatching(/As before, LiveKit fails/)]);
		const widened = await livekit.run({
			...removal(''),
			updateFields: { allowedNumbers: listChange('add', '+14155550112') },
		});
		expect(widened.error?.message).toMatch(/from \+14155550112.*would accept this, and then fail/);
	});
});

describe('the list before a write', () => {
	const html = { kind: 'body', contentType: 'text/html', body: '<html></html>' } as const;
	const writes: Array<[string, string, IDataObject]> = [
		[
			'ListSIPInboundTrunk',
			'a new trunk',
			{ resource: 'inboundTrunk', operation: 'create', numbers: called },
		],
		[
			'ListSIPOutboundTrunk',
			'a new outbound trunk',
			{
				resource: 'outboundTrunk',
				operation: 'create',
				numbers: called,
				address: 'sip.example.com',
			},
		],
		[
			'ListSIPDispatchRule',
			'a new rule',
			{ resource: 'dispatchRule', operation: 'create', ruleType: 'individual' },
		],
		[
			'ListSIPInboundTrunk',
			'the trunks of a new rule',
			{
				resource: 'dispatchRule',
				operation: 'create',
				ruleType: 'individual',
				trunkIds: rowsOf({ trunk: picked('ST_x') }),
			},
		],
		[
			'ListSIPOutboundTrunk',
			'an unknown trunk of a new rule',
			{
				resource: 'dispatchRule',
				operation: 'create',
				ruleType: 'individual',
				trunkIds: rowsOf({ trunk: picked('ST_x') }),
			},
		],
	];

	it.each(writes)('%s for %s stops it if it is refused or odd', async (method, _title, way) => {
		for (const fault of [html, { kind: 'drop-after' } as const]) {
			livekit.server.faults.push({ ...fault, method });
			const { error } = await livekit.run(way);
			expect(error).toBeDefined();
			expect(written()).toEqual([]);
		}
	});

	it.each(['update', 'replace'])('stops %s if it lacks the trunk itself', async (operation) => {
		const id = await trunk('Main');
		livekit.forget();
		livekit.server.faults.push({
			kind: 'body',
			body: '{"items":[]}',
			method: 'ListSIPInboundTrunk',
		});
		const own =
			operation === 'replace'
				? { numbers: called }
				: { updateFields: { numbers: listChange('set', called) } };
		const { error } = await livekit.run({
			resource: 'inboundTrunk',
			operation,
			trunkId: picked(id),
			...own,
		});
		expect(error?.message).toContain('The trunk does not exist');
		expect(written()).toEqual([]);
	});

	it('is read anew for each row', async () => {
		const rows = [{ number: called }, { number: called }, { number: '+15105550101' }];
		const { json } = await livekit.run(
			{
				resource: 'inboundTrunk',
				operation: 'create',
				numbers: '={{ $json.number }}',
				name: 'Row',
			},
			rows,
			{ onError: 'continueRegularOutput' },
		);
		expect(json.map(({ error }) => String(error ?? ''))).toEqual([
			'',
			expect.stringMatching(/would clash with the trunk "Row".*may have been created before/),
			'',
		]);
	});

	it('holds what an earlier try created, which is no clash', async () => {
		const way = { resource: 'inboundTrunk', operation: 'create', numbers: called, name: 'Once' };
		livekit.server.faults.push({ kind: 'drop-after', method: 'CreateSIPInboundTrunk' });
		const { error, json } = await livekit.run(way, [{}], { retryOnFail: true, maxTries: 2 });
		expect(String(error?.message ?? json[0].sip_trunk_id)).not.toContain('would clash');
		expect(written()).toHaveLength(2);
	});
});
