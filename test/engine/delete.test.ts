import type { IDataObject } from 'n8n-workflow';

import { provision } from '../support/cases';
import { picked, rowsOf, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

const pickers: Readonly<Record<string, string>> = {
	inboundTrunk: 'trunkId',
	outboundTrunk: 'trunkId',
	dispatchRule: 'dispatchRuleId',
};
const remove = (resource: string, id: string, more: IDataObject = {}) => ({
	resource,
	operation: 'delete',
	[pickers[resource]]: picked(id),
	...more,
});
const deletions = () => livekit.methods().filter((method) => method.startsWith('Delete'));

async function makeTrunk(name: string, numbers: string[]): Promise<string> {
	const made = await livekit.call('SIP/CreateSIPInboundTrunk', { trunk: { name, numbers } });
	return made.sip_trunk_id;
}

let rules = 1000;

async function makeRule(name: string, trunkIds: string[]): Promise<string> {
	const rule = { dispatch_rule_individual: { room_prefix: name } };
	const made = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: { name, rule, trunk_ids: trunkIds, inbound_numbers: [`+1415555${rules++}`] },
	});
	return made.sip_dispatch_rule_id;
}

const kinds = [
	['inboundTrunk', 'inbound', 'sip_trunk_id', 'ST_gone'],
	['outboundTrunk', 'outbound', 'sip_trunk_id', 'ST_gone'],
	['dispatchRule', 'rule', 'sip_dispatch_rule_id', 'SDR_gone'],
] as const;

describe.each(kinds)('%s', (resource, kind, field, gone) => {
	it.each(['snake', 'camel'] as const)('tells what it deleted (%s answers)', async (style) => {
		const ids = await provision(livekit);
		livekit.server.options.style = style;
		const { json, error } = await livekit.run(remove(resource, ids[kind]));
		expect(error).toBeUndefined();
		expect(json).toEqual([
			expect.objectContaining({
				deleted: true,
				existed: true,
				[field]: ids[kind],
				name: { inbound: 'In', outbound: 'Out', rule: 'Rule' }[kind],
			}),
		]);
		expect(deletions()).toHaveLength(1);
	});

	it('says that an ID was not there, and sends no deletion', async () => {
		await provision(livekit);
		const { json, error } = await livekit.run(remove(resource, gone));
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: false, existed: false, [field]: gone }]);
		expect(deletions()).toEqual([]);
	});

	it('says so on a server that is too old for the method of Get', async () => {
		livekit.server.options.missingMethods = ['GetSIPInboundTrunk', 'GetSIPOutboundTrunk'];
		const { json } = await livekit.run(remove(resource, gone));
		expect(json).toEqual([{ deleted: false, existed: false, [field]: gone }]);
		const ids = await provision(livekit);
		expect((await livekit.run(remove(resource, ids[kind]))).json[0].deleted).toBe(true);
	});

	it('says so for an object that somebody else deletes between the look and the deletion', async () => {
		const ids = await provision(livekit);
		const body = JSON.stringify({ code: 'not_found', msg: 'object cannot be found' });
		const method = resource === 'dispatchRule' ? 'DeleteSIPDispatchRule' : 'DeleteSIPTrunk';
		livekit.server.faults.push({ kind: 'status', method, status: 404, body });
		const { json, error } = await livekit.run(remove(resource, ids[kind]));
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: false, existed: false, [field]: ids[kind] }]);
	});

	it.each([
		['a refusal', { kind: 'status' as const, status: 500, body: 'no' }],
		['a page', { kind: 'body' as const, contentType: 'text/html', body: '<p>Hello</p>' }],
		['another object', { kind: 'body' as const, body: '{"ok":true}' }],
		['a broken connection', { kind: 'drop-before' as const }],
	])('deletes nothing after %s in the place of the list', async (_name, fault) => {
		const ids = await provision(livekit);
		livekit.server.faults.push({ ...fault, times: 1 } as never);
		const { error, items } = await livekit.run(remove(resource, ids[kind]));
		expect(error).toBeDefined();
		expect(items).toEqual([]);
		expect(deletions()).toEqual([]);
	});

	it('does not believe a proxy that answers everything with {}', async () => {
		const ids = await provision(livekit);
		const nothing = { kind: 'body' as const, contentType: 'application/json', body: '{}' };
		livekit.server.faults.push(nothing, nothing, nothing);
		const { error } = await livekit.run(remove(resource, ids[kind]));
		expect(error?.message).toBe('The answer did not come from a LiveKit server');
		expect(deletions()).toEqual([]);
	});

	it('says deleted when Retry On Fail finds it gone after a lost answer', async () => {
		const ids = await provision(livekit);
		const method = resource === 'dispatchRule' ? 'DeleteSIPDispatchRule' : 'DeleteSIPTrunk';
		livekit.server.faults.push({ kind: 'drop-after', method });
		const retrying = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { json, error } = await livekit.run(remove(resource, ids[kind]), [{}], retrying);
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ deleted: true, existed: true })]);
		expect(deletions()).toHaveLength(1);
	});

	it.each([
		['a name', 'Main line', /not "Main line"/],
		['a phone number', '+15105550100', /not "\+15105550100"/],
		['several IDs', `${gone}, ${gone}2`, /one (trunk|dispatch rule)/],
		['a prefix alone', gone.replace('gone', ''), /begins with/],
		[
			'an ID of another kind',
			kind === 'rule' ? 'ST_x' : 'SDR_x',
			/which is the ID of a (trunk|dispatch rule)/,
		],
	])('refuses %s before anything is sent, in every operation', async (_name, id, words) => {
		for (const operation of ['delete', 'get', 'update', 'replace']) {
			const fields = {
				updateFields: { name: 'n' },
				numbers: '+15105550100',
				address: 'sip.example.com',
				ruleType: 'individual',
			};
			const { error } = await livekit.run(remove(resource, id, { operation, ...fields }));
			expect(error?.message).toMatch(words);
			expect(error?.message).toMatch(/^(Trunk|Dispatch Rule) must be the ID/);
			expect(error?.message).toMatch(/Choose the (trunk|dispatch rule) from the list/);
		}
		expect(livekit.methods()).toEqual([]);
	});

	it('refuses such an ID in JSON, too', async () => {
		for (const operation of ['update', 'replace']) {
			const { error } = await livekit.run({
				resource,
				operation,
				inputMode: 'json',
				jsonBody: JSON.stringify({ [field]: 'Main line', name: 'n' }),
			});
			expect(error?.message).toContain(`(${field}) must be the ID`);
		}
		expect(livekit.methods()).toEqual([]);
	});
});

describe('a trunk of the other kind', () => {
	it.each([
		['inboundTrunk', 'outbound', 'outbound trunk "Out"'],
		['outboundTrunk', 'inbound', 'inbound trunk "In"'],
	] as const)('is not deleted by %s', async (resource, kind, what) => {
		const ids = await provision(livekit);
		const { json, error } = await livekit.run(remove(resource, ids[kind]));
		expect(error).toBeUndefined();
		expect(json).toEqual([
			{
				deleted: false,
				existed: false,
				sip_trunk_id: ids[kind],
				warnings: [expect.stringContaining(what)],
			},
		]);
		expect(deletions()).toEqual([]);
	});
});

describe('rules that name a deleted inbound trunk', () => {
	it('are listed, each with what it means for it', async () => {
		const [main, second] = [
			await makeTrunk('Main', ['+15105550110']),
			await makeTrunk('Second', ['+15105550111']),
		];
		const only = await makeRule('Reception', [main]);
		const both = await makeRule('', [main, second]);
		await makeRule('Everything', []);
		await makeRule('Other', [second]);
		const { json } = await livekit.run(remove('inboundTrunk', main));
		const { rules, warnings } = json[0] as { rules: string[]; warnings: string[] };
		expect(rules.sort()).toEqual([`Reception (${only})`, both].sort());
		expect(warnings).toHaveLength(2);
		expect(warnings.find((text) => text.includes(only))).toMatch(
			/names this trunk only.*takes no calls any more.*Delete the rule, or change its Trunks/,
		);
		expect(warnings.find((text) => text.includes(both))).toMatch(
			new RegExp(`also names ${second} and goes on.*Remove the deleted trunk`),
		);
	});

	it('take no calls any more once all their trunks are deleted in one run', async () => {
		const ids = [
			await makeTrunk('A', ['+15105550110']),
			await makeTrunk('B', ['+15105550111']),
			await makeTrunk('C', ['+15105550112']),
		];
		await makeRule('Reception', ids);
		const { json } = await livekit.run(
			remove('inboundTrunk', '={{ $json.id }}'),
			ids.map((id) => ({ id })),
		);
		const said = json.flatMap(({ warnings }) => warnings as string[]);
		expect(said).toHaveLength(3);
		expect(said.filter((text) => text.includes('takes no calls any more'))).toHaveLength(1);
	});

	it('are read once for all rows', async () => {
		const ids = livekit.server.seedTrunks(100);
		await makeRule('Reception', ids.slice(0, 1));
		livekit.forget();
		const { json, error } = await livekit.run(
			remove('inboundTrunk', '={{ $json.id }}'),
			ids.map((id) => ({ id })),
		);
		expect(error).toBeUndefined();
		expect(json.filter(({ deleted }) => deleted === true)).toHaveLength(100);
		expect(json.filter(({ rules }) => rules !== undefined)).toHaveLength(1);
		// Pages are asked for until one brings nothing new.
		expect(livekit.methods().filter((method) => method === 'ListSIPDispatchRule')).toHaveLength(2);
		expect(deletions()).toHaveLength(100);
	});

	it('stop the deletion if they cannot be read', async () => {
		const main = await makeTrunk('Main', ['+15105550110']);
		livekit.server.faults.push({
			kind: 'status',
			method: 'ListSIPDispatchRule',
			status: 500,
			body: 'no',
		});
		expect((await livekit.run(remove('inboundTrunk', main))).error).toBeDefined();
		expect(deletions()).toEqual([]);
	});

	it('are not asked for by an outbound trunk or a rule', async () => {
		const ids = await provision(livekit);
		await livekit.run(remove('outboundTrunk', ids.outbound));
		expect(livekit.methods()).toEqual(['ListSIPOutboundTrunk', 'DeleteSIPTrunk']);
	});
});

describe('other places for IDs of trunks and rules', () => {
	it.each([
		['inboundTrunk', { trunkIds: 'Main line' }, 'Trunk IDs (entry 1)'],
		['outboundTrunk', { trunkIds: 'ST_a, SDR_b' }, 'Trunk IDs (entry 2)'],
		['dispatchRule', { trunkIds: '+15105550100' }, 'Trunk IDs (entry 1)'],
		['dispatchRule', { dispatchRuleIds: 'ST_a' }, 'Dispatch Rule IDs (entry 1)'],
	])('a filter of %s refuses what is no ID: %j', async (resource, filters, label) => {
		const { error } = await livekit.run({ resource, operation: 'getAll', filters });
		expect(error?.message).toContain(`${label} must be the ID of one`);
		expect(livekit.methods()).toEqual([]);
	});

	it.each(['SDR_x', 'Main line', '+15105550100'])('Place refuses the trunk %s', async (trunk) => {
		const call = { resource: 'call', operation: 'place', callTo: '+14155550123' };
		const form = await livekit.run({ ...call, trunk: picked(trunk) });
		expect(form.error?.message).toContain('Outbound Trunk must be the ID of one trunk');
		const body = { sip_trunk_id: trunk, sip_call_to: '+14155550123' };
		const json = await livekit.run({ ...call, inputMode: 'json', jsonBody: JSON.stringify(body) });
		expect(json.error?.message).toContain('must be the ID of one trunk');
		expect(livekit.methods()).toEqual([]);
	});

	it('a rule for a trunk given by its name is made, with a warning', async () => {
		const agents = rowsOf({ agent_name: 'a' });
		const rule = { resource: 'dispatchRule', ruleType: 'individual', agents };
		const made = await livekit.run({
			...rule,
			operation: 'create',
			trunkIds: rowsOf({ trunk: picked('Main line') }),
		});
		expect(made.json[0].warnings).toEqual([
			expect.stringMatching(/^Trunks \(entry 1\): must be the ID of one trunk.*not "Main line"/),
		]);
		const id = String(made.json[0].sip_dispatch_rule_id);
		const changed = await livekit.run({
			...rule,
			operation: 'update',
			dispatchRuleId: picked(id),
			updateFields: { trunkIds: { change: { mode: 'set', entries: 'Second' } } },
		});
		expect(changed.json[0].warnings).toEqual([expect.stringContaining('not "Second"')]);
	});
});
