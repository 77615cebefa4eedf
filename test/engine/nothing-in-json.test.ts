import type { IDataObject } from 'n8n-workflow';

import { useDialling } from '../support/dialling';
import { picked } from '../support/livekit';

const { livekit, place, dials } = useDialling();

const rule = (jsonBody: string, own: IDataObject = {}) => ({
	resource: 'dispatchRule',
	operation: 'create',
	inputMode: 'json',
	jsonBody,
	...own,
});
const stops = /is empty for this row: the expression found nothing/;

describe('a field of the JSON whose expression finds nothing', () => {
	it.each([
		[
			'text in quotes',
			'={ "rule": { "dispatchRuleDirect": { "roomName": "r", "pin": "{{ $json.pin }}" } } }',
		],
		['an object', '={{ { rule: { dispatch_rule_direct: { room_name: "r", pin: $json.pin } } } }}'],
		[
			'an object with text',
			'={{ { rule: { dispatch_rule_direct: { room_name: "r", pin: $json.pin ?? "" } } } }}',
		],
		[
			'null',
			'={{ { rule: { dispatch_rule_direct: { room_name: "r", pin: null ?? $json.pin ?? null } } } }}',
		],
	])('stops as a PIN in %s', async (_name, jsonBody) => {
		const { error } = await livekit.run(rule(jsonBody), [{ PIN: 4711 }]);
		expect(error?.message).toMatch(/^PIN \(dispatch_rule\.rule\.dispatch_rule_direct\.pin\)/);
		expect(error?.message).toMatch(stops);
		expect(livekit.methods()).toEqual([]);
	});

	it.each([
		'={ "inboundNumbers": "{{ $json.from }}", "rule": { "dispatch_rule_direct": { "room_name": "r" } } }',
		'={{ { inbound_numbers: $json.from ?? [], rule: { dispatch_rule_direct: { room_name: "r" } } } }}',
	])('stops as a list: %s', async (jsonBody) => {
		const { error } = await livekit.run(rule(jsonBody));
		expect(error?.message).toMatch(/^Only These Callers .*is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});

	it('stops in an update, also as a name', async () => {
		const own = { operation: 'update', dispatchRuleId: picked('SDR_1') };
		const { error } = await livekit.run(rule('={ "name": "{{ $json.none }}" }', own));
		expect(error?.message).toMatch(/^Name .*is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});

	const direct = 'rule: { dispatch_rule_direct: { room_name: "r", pin: $json.pin } }';
	it.each([
		`={{ JSON.stringify({ name: "x", ${direct} }) }}`,
		'={{ JSON.stringify({ inboundNumbers: $json.none, rule: { dispatch_rule_direct: { room_name: "r" } } }) }}',
		`={{ ({ name: "x", ${direct} }).toJsonString() }}`,
		'={{ { ["inbound_numbers"]: $json.none, rule: { dispatch_rule_direct: { room_name: "r" } } } }}',
	])('stops where what makes the text drops it: %s', async (jsonBody) => {
		const { error } = await livekit.run(rule(jsonBody));
		expect(error?.message).toMatch(/is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});

	it.each([
		`={{ JSON.stringify({ name: $json.none, ${direct.replace('$json.pin', '"1234"')} }) }}`,
		'={{ JSON.stringify({ ...($json.vip ? { inbound_numbers: ["+14155550101"] } : {}), rule: { dispatch_rule_direct: { room_name: "r" } } }) }}',
	])('does not stop for a name or a condition: %s', async (jsonBody) => {
		const { error } = await livekit.run(rule(jsonBody));
		expect(error).toBeUndefined();
	});

	it('stops a call', async () => {
		const jsonBody =
			'={ "sip_call_to": "+14155550101", "sip_trunk_id": "ST_1", "sip_number": "{{ $json.from }}" }';
		const { error } = await place({ inputMode: 'json', jsonBody }, [{}]);
		expect(error?.message).toMatch(/^Caller ID .*is empty for this row/);
		expect(dials()).toEqual([]);
	});

	it.each<[string, string, IDataObject]>([
		[
			'that stands there empty',
			'={ "name": "{{ $json.name }}", "trunk_ids": [], "rule": { "dispatch_rule_direct": { "room_name": "r", "pin": "" } } }',
			{ name: 'n' },
		],
		[
			'that is a name or a note',
			'={ "name": "{{ $json.name }}", "metadata": "{{ $json.name }}", "rule": { "dispatch_rule_direct": { "room_name": "r" } } }',
			{},
		],
		[
			'that only copied data names',
			'={{ $json }}',
			{
				name: '',
				inbound_numbers: [],
				rule: { dispatch_rule_direct: { room_name: 'r', pin: '' } },
			},
		],
	])('is left out if it is one %s', async (_name, jsonBody, row) => {
		const { error } = await livekit.run(rule(jsonBody), [row]);
		expect(error).toBeUndefined();
		expect(livekit.bodies('CreateSIPDispatchRule')).toHaveLength(1);
	});
});

describe('Dry Run', () => {
	it('is asked once per row: no call counts as dry, and no dry row as a call', async () => {
		const busy = Array.from({ length: 40 }, (_, row) => ({ number: `+1${415 + row}5550486` }));
		const own = { dryRun: '={{ Math.random() < 0.5 }}', options: { onUnanswered: 'fail' } };
		const { error } = await place(own, busy);
		const called = dials().length;
		expect(called).toBeGreaterThan(5);
		expect(called).toBeLessThan(35);
		expect(error?.message).toBe(`${called} of 40 calls were not answered: ${called} busy`);
	});
});

describe('a part of a text that finds nothing', () => {
	it('does not hang up the calls of all campaigns', async () => {
		const { error } = await livekit.run({
			resource: 'call',
			operation: 'hangUpAll',
			roomPrefix: '=outbound-{{ $json.campaign }}',
		});
		expect(error?.message).toMatch(/^Room Prefix is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});

	it('does not widen Name Contains', async () => {
		const { error } = await livekit.run({
			resource: 'inboundTrunk',
			operation: 'getAll',
			filters: { nameContains: '=room {{ $json.room }}' },
		});
		expect(error?.message).toMatch(/^Name Contains is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});
});

describe('an agent without a name', () => {
	it.each([
		[
			'in a new rule',
			{ operation: 'create', agents: { rows: [{ agent_name: ' ', metadata: '' }] } },
		],
		[
			'in an update',
			{
				operation: 'update',
				dispatchRuleId: picked('SDR_1'),
				updateFields: {
					agents: {
						change: { mode: 'set', entries: { rows: [{ agent_name: ' ', metadata: '' }] } },
					},
				},
			},
		],
	])('is refused %s', async (_name, own) => {
		const { error } = await livekit.run({
			resource: 'dispatchRule',
			ruleType: 'individual',
			...own,
		});
		expect(error?.message).toMatch(/^Agents: (All Agents: )?Agent Name is empty for this row/);
		expect(livekit.methods()).toEqual([]);
	});
});

it.each(['inbound_numbers', 'inboundNumbers', 'numbers', 'trunk_ids'])(
	'an empty object is no list: %s',
	async (name) => {
		const rule = { rule: { dispatch_rule_direct: { room_name: 'r' } }, [name]: {} };
		const { error } = await livekit.run({
			resource: 'dispatchRule',
			operation: 'create',
			inputMode: 'json',
			jsonBody: JSON.stringify(rule),
		});
		expect(error?.message).toContain('must be a list such as ["..."], not {}');
		expect(livekit.methods()).toEqual([]);
	},
);
