import { provision } from '../support/cases';
import { credentialOf, searchList } from '../support/harness';
import { useLiveKit } from '../support/livekit';
import { Polling } from '../support/polling';

const livekit = useLiveKit();
const rules = { resource: 'dispatchRule', operation: 'getAll' };
const pages = () =>
	livekit.bodies('ListSIPDispatchRule').map((body) => (body as { page: unknown }).page);

describe('many rules', () => {
	it.each([true, false])(
		'come complete and once, with a server that honours the limit of a page: %s',
		async (honourLimit) => {
			const ids = livekit.server.seedRules(2100).sort();
			livekit.server.options.honourLimit = honourLimit;
			const { json } = await livekit.run({ ...rules, returnAll: true });
			expect(json.map(({ sip_dispatch_rule_id: id }) => id).sort()).toEqual(ids);
			expect(pages()).toHaveLength(honourLimit ? 4 : 2);
			expect(pages()[0]).toEqual({ limit: 1000 });
		},
	);

	it('stop at the limit, 50 unless it is set', async () => {
		livekit.server.seedRules(120);
		expect((await livekit.run(rules)).json).toHaveLength(50);
		expect((await livekit.run({ ...rules, limit: 7 })).json).toHaveLength(7);
		expect((await livekit.run({ ...rules, limit: 500 })).json).toHaveLength(120);
	});

	it('are found by a part of their name, also on later pages', async () => {
		livekit.server.seedRules(2100);
		livekit.server.options.honourLimit = true;
		const { json } = await livekit.run({
			...rules,
			limit: 1,
			filters: { nameContains: 'RULE 2099' },
		});
		expect(json.map(({ name }) => name)).toEqual(['Rule 2099']);
		expect((await livekit.run({ ...rules, filters: { nameContains: 'nothing' } })).json).toEqual(
			[],
		);
	});

	it('stay linked to the row that asked', async () => {
		livekit.server.seedRules(3);
		const { items } = await livekit.run(
			{ ...rules, filters: { nameContains: '={{ $json.name }}' } },
			[{ name: 'Rule 1' }, { name: 'Rule' }],
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 1 },
			{ item: 1 },
		]);
	});

	it('are filtered by LiveKit', async () => {
		const { inbound, rule } = await provision(livekit);
		const { json } = await livekit.run({
			...rules,
			filters: { trunkIds: `${inbound}, ST_other`, dispatchRuleIds: rule },
		});
		expect(json).toHaveLength(1);
		expect(livekit.bodies()[0]).toEqual({
			dispatch_rule_ids: [rule],
			trunk_ids: [inbound, 'ST_other'],
			page: { limit: 1000 },
		});
	});
});

it.each([
	[
		'null and empty entries',
		'{"items":[null,{"sip_dispatch_rule_id":"","name":"x"},{"sipDispatchRuleId":"SDR_1","name":"A"},null]}',
		['A'],
	],
	['an empty camelCase answer', '{}', []],
	['a list that is null', '{"items":null}', []],
])('lists of %s', async (_name, body, names) => {
	livekit.server.faults.push({ kind: 'body', body });
	const { json, error } = await livekit.run(rules);
	expect(error).toBeUndefined();
	expect(json.map(({ name }) => name)).toEqual(names);
});

it('never takes another answer for an empty list', async () => {
	for (const body of ['{"error":"gone"}', '{"items":{}}', '[]', '"text"']) {
		livekit.server.faults.push({ kind: 'body', body });
		const { error, json } = await livekit.run(rules);
		expect(error?.message).toMatch(/did not come from a LiveKit server/);
		expect(json).toEqual([]);
	}
});

describe.each(['snake', 'camel'] as const)('the pickers, with answers in %s case', (style) => {
	const search = async (method: string, filter?: string, parameters = {}) =>
		(await searchList(credentialOf(livekit.server), method, parameters, filter)).results;

	it('show names, numbers and ids, and search in them', async () => {
		const { inbound, outbound, rule } = await provision(livekit);
		livekit.server.options.style = style;
		expect(await search('searchInboundTrunks')).toEqual([
			{ name: 'In (+15105550100)', value: inbound },
		]);
		expect(await search('searchOutboundTrunks', 'OUT')).toEqual([
			{ name: 'Out (+15105550101)', value: outbound },
		]);
		expect(await search('searchOutboundTrunks', '0101')).toHaveLength(1);
		expect(await search('searchOutboundTrunks', 'other')).toEqual([]);
		expect(await search('searchDispatchRules', rule)).toEqual([
			{ name: `Rule (${rule})`, value: rule },
		]);
		expect(await search('searchRooms')).toEqual([{ name: 'call-1', value: 'call-1' }]);
		expect(await search('searchRooms', 'x')).toEqual([]);
	});

	it('show the running phone calls of all rooms', async () => {
		await provision(livekit);
		livekit.server.join('call-1', 'agent', 'AGENT');
		livekit.server.join('call-2', 'sip_2', 'SIP', { 'sip.callStatus': 'ringing' });
		livekit.server.options.style = style;
		const names = (await search('searchCalls')).map(({ name }) => name);
		expect(names).toEqual(['+14155550199 - active - call-1', 'sip_2 - ringing - call-2']);
	});
});

it('the pickers say what is wrong', async () => {
	const wrong = { ...credentialOf(livekit.server), apiKey: 'nobody' };
	await expect(searchList(wrong, 'searchRooms')).rejects.toThrow(/does not know the API key/);
	await expect(searchList({ ...wrong, url: 'nowhere' }, 'searchRooms')).rejects.toThrow(
		/Server URL/,
	);
	livekit.server.options.sip = false;
	await expect(searchList(credentialOf(livekit.server), 'searchDispatchRules')).rejects.toThrow(
		/no SIP/,
	);
});

describe('many rules of the trigger', () => {
	async function watching(): Promise<Polling> {
		const polling = new Polling(
			credentialOf(livekit.server),
			{ watch: ['dispatchRule'], events: ['created', 'updated', 'deleted'] },
			'memory',
		);
		await polling.activate();
		return polling;
	}

	it.each([
		{ style: 'camel' as const },
		{ honourLimit: true },
		{ style: 'camel' as const, honourLimit: true },
	])('reads every page of a server with %o', async (options) => {
		Object.assign(livekit.server.options, options);
		livekit.server.seedRules(2001);
		const polling = await watching();
		const [id] = livekit.server.seedRules(1);
		expect((await polling.poll()).map(({ event, id: of }) => [event, of])).toEqual([
			['created', id],
		]);
		await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
		expect((await polling.poll()).map(({ event, id: of }) => [event, of])).toEqual([
			['deleted', id],
		]);
	});

	it('stays under 2 MB of state with 10,000 rules, and sees each kind of change among them', async () => {
		const ids = livekit.server.seedRules(10_000);
		const polling = await watching();
		expect(polling.stateSize).toBeLessThan(2_000_000);
		await livekit.call('SIP/UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ids[1],
			update: { name: 'changed' },
		});
		await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: ids[2] });
		livekit.server.seedRules(1);
		expect((await polling.poll()).map(({ event }) => event).sort()).toEqual([
			'created',
			'deleted',
			'updated',
		]);
		expect(await polling.poll()).toEqual([]);
	}, 60_000);
});
