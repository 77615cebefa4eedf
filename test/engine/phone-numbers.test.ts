import type { IDataObject } from 'n8n-workflow';

import {
	type NamedRule,
	type NamedTrunk,
	direct,
	makeProject,
	testRoute,
} from '../support/answering';
import { useLiveKit } from '../support/livekit';

const livekit = useLiveKit();
const caller = '+4915112345678';
const getMany = { resource: 'phoneNumber', operation: 'getAll', returnAll: true };

async function listed(more: IDataObject = {}): Promise<IDataObject[]> {
	const { json, error } = await livekit.run({ ...getMany, ...more });
	expect(error).toBeUndefined();
	expect(JSON.stringify(json)).not.toMatch(/4711|sesame/);
	// They come in the order of the trunks' IDs, which are random. Text comes behind numbers.
	const key = (item: IDataObject) => String(item.phone_number);
	return [...json].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

const main: NamedTrunk = { name: 'Main', numbers: ['+15105550100', '+1 510 555 0101'] };
const lonely: NamedTrunk = { name: 'Lonely', numbers: ['+15105550102'] };
const pinned: NamedRule = {
	name: 'Pinned',
	on: ['Main'],
	rule: direct('conference', '4711'),
	numbers: ['+15105550100'],
	room_config: { agents: [{ agent_name: 'reception' }] },
};
const open: NamedRule = { name: 'Open', on: ['Main'], numbers: ['+15105550101'] };

it('gives an item for each number, and says who answers it', async () => {
	const ids = await makeProject(livekit, [main, lonely], [pinned, open]);
	const items = await listed();
	expect(items.map(({ phone_number }) => phone_number)).toEqual([
		'+15105550100',
		'+15105550101',
		'+15105550102',
	]);
	expect(items[0]).toEqual({
		phone_number: '+15105550100',
		answered_by: `Calls from an unknown caller to +15105550100 go to room conference, agent reception, by rule "Pinned" (${ids.Pinned}) on trunk "Main" (${ids.Main}), once they have typed the PIN.`,
		verdict: 'routed',
		reason: 'routed',
		advice: null,
		sip_trunk_id: ids.Main,
		trunk_name: 'Main',
		sip_dispatch_rule_id: ids.Pinned,
		rule_name: 'Pinned',
		room_name: 'conference',
		new_room_per_call: false,
		agents: ['reception'],
		pin_required: true,
		callers: [],
		other_callers: [],
		warnings: [],
	});
	expect(items[1]).toMatchObject({ rule_name: 'Open', pin_required: false, room_name: 'Open' });
	expect(items[2]).toMatchObject({ verdict: 'refused', reason: 'no_rule', room_name: null });
	expect(items[2].answered_by).toMatch(
		/^Nobody answers calls .* to \+15105550102: no dispatch rule/,
	);
});

it.each(['snake', 'camel'] as const)(
	'gives only numbers that nobody answers (%s)',
	async (style) => {
		await makeProject(livekit, [main, lonely], [pinned, open]);
		livekit.server.options.style = style;
		const items = await listed({ filters: { unanswered: true } });
		expect(items.map(({ phone_number }) => phone_number)).toEqual(['+15105550102']);
		expect(await listed({ returnAll: false, limit: 2 })).toHaveLength(2);
		const last = await listed({ returnAll: false, limit: 1, filters: { unanswered: true } });
		expect(last.map(({ phone_number }) => phone_number)).toEqual(['+15105550102']);
	},
);

it('says who may call, and what becomes of the others', async () => {
	await makeProject(
		livekit,
		[{ ...lonely, allowed_numbers: [caller] }],
		[{ name: 'Vip', on: ['Lonely'] }],
	);
	const [item, ...more] = await listed();
	expect(more).toEqual([]);
	expect(item).toMatchObject({ verdict: 'routed', callers: [caller], rule_name: 'Vip' });
	expect(item.other_callers).toEqual([
		expect.stringMatching(/^Nobody answers calls from an unknown caller .* other callers only/),
	]);
});

it('gives an item for all other numbers where a trunk or a rule takes them', async () => {
	const wild: NamedTrunk = { name: 'Wild', auth_username: 'carrier', auth_password: 'sesame' };
	await makeProject(livekit, [lonely, wild], [{ name: 'Every' }]);
	const items = await listed();
	expect(items.map(({ phone_number, trunk_name }) => [phone_number, trunk_name])).toEqual([
		['+15105550102', 'Lonely'],
		['any other number', 'Wild'],
	]);
});

it('asks for a number without a plus as it is stored, and cuts long lists of callers aloud', async () => {
	const numbers = ['15105550100'];
	const allowed_numbers = Array.from({ length: 130 }, (_, index) => `+1555${1000 + index}`);
	await makeProject(
		livekit,
		[{ name: 'Main', numbers, allowed_numbers }],
		[{ name: 'Own', on: ['Main'], numbers }],
	);
	const [item] = await listed();
	expect(item).toMatchObject({ phone_number: '15105550100', rule_name: 'Own' });
	expect(item.callers).toEqual(allowed_numbers.slice(0, 100));
	expect(item.warnings).toContain('30 more callers are not shown under callers');
});

it('is empty for a project without numbers, and fails where a list does not come', async () => {
	expect(await listed()).toEqual([]);
	await makeProject(livekit, [main], [pinned]);
	livekit.server.faults.push({ method: 'ListSIPDispatchRule', kind: 'body', body: 'busy' });
	const { json, error } = await livekit.run(getMany);
	expect(json).toEqual([]);
	expect(error).toBeDefined();
});

it('agrees with Test Route', async () => {
	await makeProject(livekit, [main, lonely], [pinned, open]);
	for (const item of await listed({ filters: {} })) {
		const { json } = await livekit.run(testRoute(String(item.phone_number)));
		expect(json[0].sip_trunk_id).toBe(item.sip_trunk_id);
		expect(json[0].sip_dispatch_rule_id).toBe(item.sip_dispatch_rule_id);
	}
});
