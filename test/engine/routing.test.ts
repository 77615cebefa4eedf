import type { IDataObject } from 'n8n-workflow';

import { useAsTool } from '../support/agent';
import {
	type NamedRule,
	type NamedTrunk,
	direct,
	makeProject,
	testRoute,
} from '../support/answering';
import { credentialOf, searchList } from '../support/harness';
import { useLiveKit } from '../support/livekit';

const livekit = useLiveKit();
const called = '+15105550100';
const caller = '+4915112345678';
const main: NamedTrunk = { name: 'Main', numbers: [called] };
const reception: NamedRule = { name: 'Reception', on: ['Main'] };
const pinned: NamedRule = { ...reception, rule: direct('conference', '4711') };
const bothLists = ['ListSIPInboundTrunk', 'ListSIPDispatchRule'];

/** The lists that were read from their beginning. Of each one more page is asked for, which shows that it has ended. */
function readings(): string[] {
	return livekit.server.requests
		.filter(({ body }) => !JSON.stringify(body).includes('after_id'))
		.map(({ method }) => method);
}

/** The one item of Test Route. */
async function tested(...call: Parameters<typeof testRoute>): Promise<IDataObject> {
	const { json, error, stored } = await livekit.run(testRoute(...call));
	expect(error).toBeUndefined();
	expect(json).toHaveLength(1);
	// The parameter holds what the caller types, and n8n stores parameters apart from what a run gives.
	expect(JSON.stringify(json)).not.toContain('4711');
	expect(stored).not.toMatch(/"(pin|auth_password)"/);
	return json[0];
}

it('says who answers, over which trunk, by which rule, in which room', async () => {
	const room_config = { agents: [{ agent_name: 'reception' }] };
	const ids = await makeProject(livekit, [main], [{ ...reception, room_config }]);
	expect(await tested(called, caller)).toEqual({
		called_number: called,
		caller_number: caller,
		answered_by: `Calls from ${caller} to ${called} go to room Reception, agent reception, by rule "Reception" (${ids.Reception}) on trunk "Main" (${ids.Main}).`,
		verdict: 'routed',
		reason: 'routed',
		advice: null,
		sip_trunk_id: ids.Main,
		trunk_name: 'Main',
		sip_dispatch_rule_id: ids.Reception,
		rule_name: 'Reception',
		room_name: 'Reception',
		new_room_per_call: false,
		agents: ['reception'],
		candidates: [
			`Trunk "Main" (${ids.Main}) takes the call`,
			`Rule "Reception" (${ids.Reception}) takes the call`,
		],
		warnings: [],
	});
	expect(readings()).toEqual(bothLists);
});

describe.each<
	[
		reason: string,
		verdict: string,
		trunks: NamedTrunk[],
		rules: NamedRule[],
		more: IDataObject,
		says: RegExp,
		advice: RegExp,
	]
>([
	[
		'no_trunk',
		'refused',
		[],
		[reception],
		{},
		/no inbound trunk has this number/,
		/Add the number/,
	],
	[
		'caller_not_allowed',
		'refused',
		[{ ...main, allowed_numbers: ['+1'] }],
		[reception],
		{},
		/lets in other callers only/,
		/Add the caller to Allowed Caller Numbers/,
	],
	[
		'address_not_allowed',
		'refused',
		[{ ...main, allowed_addresses: ['192.0.2.0/24'] }],
		[reception],
		{ sourceAddress: '203.0.113.7' },
		/from other addresses only/,
		/to Allowed Addresses of the trunk/,
	],
	['no_rule', 'refused', [main], [], {}, /no dispatch rule is for this trunk/, /Create a dispatch/],
	[
		'no_rule_for_caller',
		'refused',
		[main],
		[{ ...reception, inbound_numbers: ['+1'] }],
		{},
		/are for other callers/,
		/to Only These Callers of a rule/,
	],
	[
		'no_rule_for_number',
		'refused',
		[main],
		[{ ...reception, numbers: ['+1'] }],
		{},
		/are for other called numbers/,
		/to For Called Numbers of a rule/,
	],
	['wrong_pin', 'refused', [main], [pinned], { pin: '99' }, /has this PIN/, /Give the caller/],
	['no_pin', 'refused', [main], [pinned], { pin: '#' }, /types none/, /PIN of a rule/],
	['pin_required', 'pin_required', [main], [pinned], {}, /are asked for a PIN, by rule/, /^$/],
	[
		'routed',
		'routed',
		[main],
		[pinned],
		{ pin: '4711' },
		/room conference, by rule .* once they have typed the PIN\.$/,
		/^$/,
	],
	[
		'two_trunks',
		'conflict',
		[main, { ...main, name: 'Second', allowed_numbers: [caller] }],
		[reception],
		{},
		/two inbound trunks have this number .*"Main" \(ST_\w+\) and "Second"|"Second" \(ST_\w+\) and "Main"/,
		/Take the number from one of them/,
	],
])('%s', (reason, verdict, trunks, rules, more, says, advice) => {
	it.each(['snake', 'camel'] as const)('is said, with what to do (%s answers)', async (style) => {
		await makeProject(livekit, trunks, trunks.length > 0 ? rules : []);
		livekit.server.options.style = style;
		const item = await tested(called, caller, more);
		expect([item.verdict, item.reason]).toEqual([verdict, reason]);
		expect(item.answered_by).toMatch(says);
		expect(item.advice ?? '').toMatch(advice);
		expect([item.answered_by, item.advice, item.candidates].join(' ')).not.toMatch(/[{}<>]/);
	});
});

it('says that a rule was moved onto a trunk of another one', async () => {
	const other = { name: 'Other', numbers: ['+15105550101'] };
	const ids = await makeProject(
		livekit,
		[main, other],
		[reception, { name: 'Moved', on: ['Other'] }],
	);
	await livekit.call('SIP/UpdateSIPDispatchRule', {
		sip_dispatch_rule_id: ids.Moved,
		update: { trunk_ids: { set: [ids.Main] } },
	});
	const item = await tested(called, caller);
	expect([item.verdict, item.reason]).toEqual(['conflict', 'two_rules']);
	for (const name of ['Reception', 'Moved'])
		expect(item.answered_by).toContain(`"${name}" (${ids[name]})`);
	expect(item.sip_trunk_id).toBe(ids.Main);
});

it('takes a caller that no list names where none is given', async () => {
	await makeProject(livekit, [{ ...main, allowed_numbers: [caller] }], [reception]);
	const item = await tested(called);
	expect(item).toMatchObject({ caller_number: null, reason: 'caller_not_allowed' });
	expect(item.answered_by).toMatch(/^Nobody answers calls from an unknown caller to \+1/);
});

it('takes off what people write around numbers', async () => {
	await makeProject(livekit, [main], [reception]);
	for (const spelled of ['+1 (510) 555-0100', 'tel:+15105550100', ' +1.510.555\u20110100']) {
		const item = await tested(spelled, '+49 151 12345678');
		expect(item).toMatchObject({ called_number: called, caller_number: caller, reason: 'routed' });
	}
});

it.each(['00155105550100', '*97', '#31#', '100abc', '+15000000000', '4900000000000', 'anonymous'])(
	'asks for %s as it is typed',
	async (typed) => {
		await makeProject(livekit, [{ ...main, numbers: [typed] }], [{ name: 'All', on: ['Main'] }]);
		const item = await tested(typed, typed);
		expect(item).toMatchObject({ called_number: typed, caller_number: typed, reason: 'routed' });
		const odd = `"${typed}" begins with 00, and was looked up like that. Carriers mostly send +${typed.slice(2)}`;
		expect((item.warnings as string[]).includes(odd)).toBe(typed.startsWith('00'));
	},
);

it('shows what decides among many rules, and names as they are', async () => {
	const others = Array.from({ length: 105 }, (_, index) => ({
		name: `Other ${index}`,
		on: ['Main'],
		inbound_numbers: [`+1555${1000 + index}`],
	}));
	const own = { name: '{numbers}', on: ['Main'], inbound_numbers: [caller] };
	const ids = await makeProject(livekit, [main], [...others, own]);
	const item = await tested(called, caller);
	expect(item.candidates).toHaveLength(100);
	expect((item.candidates as string[]).slice(0, 2)).toEqual([
		`Trunk "Main" (${ids.Main}) takes the call`,
		`Rule "{numbers}" (${ids['{numbers}']}) takes the call`,
	]);
	expect(item.warnings).toContain('7 more trunks and rules are not shown under candidates');
});

it('keeps names with braces in warnings', async () => {
	await makeProject(
		livekit,
		[main],
		[{ name: '{numbers}', on: ['Main'], numbers: ['15105550100'] }],
	);
	expect((await tested(called)).warnings).toEqual([expect.stringMatching(/^Rule "\{numbers\}" /)]);
});

it('says that the source address decides between two trunks', async () => {
	const here = { ...main, name: 'Here', allowed_addresses: ['192.0.2.0/24'] };
	const there = {
		...main,
		name: 'There',
		allowed_addresses: ['198.51.100.0/24'],
		allowed_numbers: [caller],
	};
	await makeProject(
		livekit,
		[here, there],
		[
			{ name: 'here', on: ['Here'] },
			{ name: 'there', on: ['There'] },
		],
	);
	// LiveKit goes through trunks by ID, which is random.
	const unsure = await tested(called, caller);
	const [first, place, second] =
		unsure.room_name === 'here'
			? ['here', '198\\.51\\.100', 'there']
			: ['there', '192\\.0\\.2', 'here'];
	expect(unsure).toMatchObject({ verdict: 'routed', room_name: first });
	expect(unsure.warnings).toContainEqual(
		expect.stringMatching(
			new RegExp(
				`^The Source Address decides\\. If the call comes from ${place}\\.\\d+: Calls .* room ${second},`,
			),
		),
	);
	const sure = await tested(called, caller, { sourceAddress: '198.51.100.7' });
	expect(sure).toMatchObject({ room_name: 'there' });
	expect(sure.warnings).not.toEqual(expect.arrayContaining([expect.stringMatching(/decides/)]));
});

it('reads trunks and rules as an older server does, and names the differences', async () => {
	await makeProject(livekit, [main], [{ ...reception, numbers: ['+15105550199'] }]);
	expect(await tested(called)).toMatchObject({ reason: 'no_rule_for_number' });
	const older = await tested(called, '', { serverVersion: 'v1.9.10' });
	expect(older).toMatchObject({ reason: 'routed' });
	expect(older.warnings).toEqual(
		expect.arrayContaining(['Dispatch rules do not know Called Numbers.']),
	);
});

it('warns about callers who wait alone, trunks that ask for a password, rules without a trunk', async () => {
	await makeProject(
		livekit,
		[{ ...main, auth_username: 'carrier', auth_password: 'sesame-0815' }],
		[reception, { name: 'Every' }],
	);
	const item = await tested(called);
	expect(item.warnings).toEqual([
		expect.stringMatching(/callers wait alone until somebody joins/),
		expect.stringMatching(/asks the carrier for its user name and password/),
	]);
	expect(JSON.stringify(item)).not.toContain('sesame');
	const none = await tested('+15105550199');
	expect(none).toMatchObject({ sip_trunk_id: null, room_name: 'Every' });
	expect(none.warnings).toContainEqual(expect.stringMatching(/^No trunk checks this call/));
});

it('names what would have taken the call: another spelling, another host', async () => {
	const ids = await makeProject(
		livekit,
		[main, { name: 'Host', numbers: ['+15105550101'], allowed_addresses: ['sip.example.com'] }],
		[
			{ ...reception, numbers: ['+1 510 555 0100'] },
			{ name: 'Vip', on: ['Main'], numbers: ['+1'], inbound_numbers: ['+49 151 12345678'] },
		],
	);
	expect((await tested(called, caller)).warnings).toEqual([
		`Rule "Reception" (${ids.Reception}) has "+1 510 555 0100". LiveKit compares it with ${called} as exact text: write it as the carrier sends it`,
	]);
	const host = await tested('+15105550101', '', { sourceAddress: '203.0.113.7' });
	expect(host).toMatchObject({ reason: 'address_not_allowed' });
	expect(host.warnings).toEqual([
		`Trunk "Host" (${ids.Host}) also lets in calls whose From header has the host sip.example.com`,
	]);
});

it.each<[string, Parameters<typeof testRoute>, RegExp]>([
	['no number', ['={{ " " }}'], /^Called Number .*(required|empty)/],
	['two numbers', ['+15105550100, +15105550101'], /^Called Number .*\+15105550101.*(own|one)/s],
	['a caller that is none', [called, 'the boss'], /^Caller Number .*the boss/],
	['a zero in brackets', ['+49 (0)30 123456'], /^Called Number .*"\(0\)"/],
	['a rounded number', ['1.51E+10'], /^Called Number .*1\.51E\+10.*spreadsheet/],
	['a host', [called, '', { sourceAddress: 'sip.example.com' }], /^Source Address .*"sip\.example/],
	['a port', [called, '', { sourceAddress: '192.0.2.1:5060' }], /^Source Address .*without a port/],
	['a PIN with letters', [called, '', { pin: 'secret-4711' }], /^PIN must consist of up to 16/],
	['a version', [called, '', { serverVersion: 'newest' }], /^Server Version .*1\.9\.10.*"newest"/],
])('sends nothing for %s', async (_title, call, message) => {
	const { error, stored } = await livekit.run(testRoute(...call));
	expect(error?.message).toMatch(message);
	expect(error?.description).toMatch(/Nothing was sent to LiveKit/);
	expect(`${error?.message} ${error?.description}`).not.toContain('secret-4711');
	expect(stored).toContain('Nothing was sent');
	expect(livekit.methods()).toEqual([]);
});

const expressions = testRoute('={{ $json.to }}', '={{ $json.from }}');

it('reads the lists once for all rows', async () => {
	const trunks = Array.from({ length: 12 }, (_, index) => ({
		name: `T${index}`,
		numbers: [`+1510555${1000 + index}`],
	}));
	const rules = trunks.map(({ name }) => ({ name: `R${name}`, on: [name] }));
	await makeProject(livekit, trunks, rules);
	const rows = Array.from({ length: 60 }, (_, index) => ({
		to: trunks[index % 12].numbers[0],
		from: caller,
	}));
	const { json, items } = await livekit.run(expressions, rows);
	expect(json.map(({ trunk_name }) => trunk_name)).toEqual(rows.map((_, i) => `T${i % 12}`));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
	expect(readings()).toEqual(bothLists);
});

it('fails a row whose lists do not come, and asks again for the next', async () => {
	await makeProject(livekit, [main], [reception]);
	livekit.server.faults.push({
		method: 'ListSIPDispatchRule',
		kind: 'body',
		body: '<html>busy</html>',
	});
	const rows = Array.from({ length: 15 }, () => ({ to: called, from: caller }));
	const { json, error } = await livekit.run(expressions, rows, {
		onError: 'continueRegularOutput',
	});
	expect(error).toBeUndefined();
	const failed = json.filter((item) => item.error !== undefined);
	expect(failed.length).toBeGreaterThan(0);
	expect(failed.length).toBeLessThan(rows.length);
	for (const item of json)
		expect(item.error === undefined ? item.verdict : 'failed').toMatch(/^(routed|failed)$/);
	expect(readings().filter((method) => method === 'ListSIPDispatchRule')).toHaveLength(2);
	// Nothing was taken for an empty list.
	expect(JSON.stringify(json)).not.toMatch(/Nobody answers/);
});

it('offers the numbers of all trunks', async () => {
	const berlin = { name: 'Berlin', numbers: ['+15105550102', '+4930123456'] };
	await makeProject(livekit, [main, berlin], []);
	const search = async (filter?: string) =>
		(await searchList(credentialOf(livekit.server), 'searchCalledNumbers', {}, filter)).results;
	expect((await search()).map(({ name, value }) => [name, value])).toEqual([
		['+15105550100 (Main)', '+15105550100'],
		['+15105550102 (Berlin)', '+15105550102'],
		['+4930123456 (Berlin)', '+4930123456'],
	]);
	expect((await search('berlin')).map(({ value }) => value)).toEqual([
		'+15105550102',
		'+4930123456',
	]);
	expect(readings()).toEqual(['ListSIPInboundTrunk', 'ListSIPInboundTrunk']);
});

it('tells an agent who answers', async () => {
	await makeProject(livekit, [main], [reception]);
	const used = await useAsTool(
		credentialOf(livekit.server),
		testRoute('={{ $fromAI("called", "", "string") }}'),
		[{ called }, { called: '+15105550199' }, { called: 'nonsense here' }],
	);
	expect(used[0].answer).toMatchObject([{ verdict: 'routed', room_name: 'Reception' }]);
	expect(used[1].answer).toMatchObject([{ verdict: 'refused', reason: 'no_trunk' }]);
	expect(used[2].thrown).toMatch(/Called Number .*nonsense here/);
});
