import type { IDataObject } from 'n8n-workflow';

import { provision } from '../support/cases';
import { useClock } from '../support/clock';
import { listChange, pairs, picked, rowsOf, setRows, useLiveKit } from '../support/livekit';
import { until } from '../support/until';

const livekit = useLiveKit();
const clock = useClock();

const shown = { simplify: false, options: { includeSecrets: true } };
const ofTrunk = (id: string, updateFields: IDataObject, own: IDataObject = {}) => ({
	resource: 'inboundTrunk',
	operation: 'update',
	trunkId: picked(id),
	updateFields,
	...shown,
	...own,
});
const ofRule = (id: string, own: IDataObject) => ({
	resource: 'dispatchRule',
	operation: 'update',
	dispatchRuleId: picked(id),
	...shown,
	...own,
});
const writes = () =>
	livekit.server.requests
		.filter(({ method }) => method.startsWith('Update'))
		.map(({ body }) => body);

async function trunk(own: IDataObject = {}): Promise<string> {
	const whole = {
		name: 'In',
		numbers: ['+15105550100'],
		auth_username: 'u',
		auth_password: 'p',
		metadata: 'm',
		headers: { 'X-A': '1', 'X-B': '2' },
		headers_to_attributes: { 'X-A': 'sip.h.x-a' },
		max_call_duration: '60s',
		media: { media_timeout: '20s', codecs: [{ name: 'PCMU' }] },
		...own,
	};
	const { sip_trunk_id: id } = await livekit.call('SIP/CreateSIPInboundTrunk', { trunk: whole });
	livekit.forget();
	return id;
}

const stored = async (id: string) =>
	(await livekit.call<{ trunk: IDataObject }>('SIP/GetSIPInboundTrunk', { sip_trunk_id: id }))
		.trunk;

describe('what LiveKit can patch', () => {
	it('goes as a patch, an added empty field clears', async () => {
		const id = await trunk();
		const {
			json: [output],
		} = await livekit.run(ofTrunk(id, { name: 'New', metadata: '', authRealm: 'r' }));
		expect(writes()).toEqual([
			{ sip_trunk_id: id, update: { name: 'New', metadata: '', auth_realm: 'r' } },
		]);
		expect(output).toMatchObject({
			name: 'New',
			metadata: '',
			auth_password: 'p',
			headers: { 'X-A': '1', 'X-B': '2' },
			max_call_duration: '60s',
		});
	});

	it.each([
		['set', '+15105550101, +15105550102', ['+15105550101', '+15105550102']],
		['add', '+15105550101', ['+15105550100', '+15105550101']],
		['remove', '+15105550100', []],
		['clear', '', []],
	] as const)('changes lists: %s', async (mode, entries, numbers) => {
		const id = await trunk();
		const {
			json: [output],
			error,
		} = await livekit.run(ofTrunk(id, { numbers: listChange(mode, entries) }));
		expect(error).toBeUndefined();
		expect(output.numbers).toEqual(numbers);
		expect(writes()).toEqual([
			{
				sip_trunk_id: id,
				update: { numbers: mode === 'clear' ? { clear: true } : { [mode]: entries.split(', ') } },
			},
		]);
	});

	it('keeps the parts of media that were not touched', async () => {
		const id = await trunk();
		const {
			json: [output],
		} = await livekit.run(
			ofTrunk(id, {}, { carrierOptions: { mediaEncryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } }),
		);
		expect(output.media).toMatchObject({
			media_timeout: '20s',
			codecs: [{ name: 'PCMU', rate: 0 }],
			encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
		});
		expect(output).not.toHaveProperty('warnings');
	});

	it('keeps the PIN of a rule that changes its room or its type', async () => {
		const { rule } = await provision(livekit);
		const renamed = await livekit.run(
			ofRule(rule, { updateFields: { ruleType: 'direct', roomName: 'other' } }),
		);
		expect(renamed.json[0].rule).toEqual({
			dispatch_rule_direct: { room_name: 'other', pin: '99' },
		});
		const changed = await livekit.run(ofRule(rule, { updateFields: { ruleType: 'callee' } }));
		expect(changed.json[0].rule).toMatchObject({ dispatch_rule_callee: { pin: '99' } });
		const cleared = await livekit.run(
			ofRule(rule, { updateFields: { ruleType: 'individual', roomPrefix: 'p-', pin: '' } }),
		);
		expect(cleared.json[0].rule).toMatchObject({
			dispatch_rule_individual: { room_prefix: 'p-', pin: '' },
		});
	});
});

describe('the room and the PIN of a rule', () => {
	const make = async (rule: object) => {
		const { sip_dispatch_rule_id: id } = await livekit.call('SIP/CreateSIPDispatchRule', {
			dispatch_rule: { name: 'R', rule },
		});
		livekit.forget();
		return id;
	};
	const direct = { dispatch_rule_direct: { room_name: 'support', pin: '99' } };
	const individual = { dispatch_rule_individual: { room_prefix: 'call-', no_randomness: true } };
	const callee = { dispatch_rule_callee: { room_prefix: 'line-', pin: '99' } };

	it.each([
		[direct, { pin: '4711' }, { dispatch_rule_direct: { room_name: 'support', pin: '4711' } }],
		[direct, { pin: '' }, { dispatch_rule_direct: { room_name: 'support', pin: '' } }],
		[direct, { roomName: 'a' }, { dispatch_rule_direct: { room_name: 'a', pin: '99' } }],
		[
			individual,
			{ pin: '4711', roomPrefix: 'p-' },
			{ dispatch_rule_individual: { room_prefix: 'p-', pin: '4711', no_randomness: true } },
		],
		[
			individual,
			{ noRandomness: false },
			{ dispatch_rule_individual: { room_prefix: 'call-', pin: '', no_randomness: false } },
		],
		[
			callee,
			{ randomize: true },
			{ dispatch_rule_callee: { room_prefix: 'line-', pin: '99', randomize: true } },
		],
		[
			direct,
			{ ruleType: 'individual', roomPrefix: 'p-' },
			{ dispatch_rule_individual: { room_prefix: 'p-', pin: '99' } },
		],
	])('%j changed by %j', async (rule, updateFields, expected) => {
		const id = await make(rule);
		const { json, error } = await livekit.run(ofRule(id, { updateFields }));
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ name: 'R', rule: expected });
		expect(json[0]).not.toHaveProperty('warnings');
	});

	it.each([
		[
			direct,
			{ roomPrefix: 'x' },
			/^Room Prefix does not fit: the Rule Type is One Fixed Room, which has Room Name, PIN\./,
		],
		[
			individual,
			{ roomName: 'x', pin: '1' },
			/^Room Name does not fit: the Rule Type is New Room per Caller, which has Room Prefix, PIN/,
		],
		[callee, { noRandomness: true }, /^Same Room for Repeat Calls does not fit/],
		[individual, { randomize: true }, /^Add Random Ending does not fit/],
		[direct, { ruleType: 'callee', roomName: 'x' }, /^Room Name does not fit: .*Called Number/],
		[direct, { ruleType: 'other' }, /^Rule Type holds "other". Choose an entry/],
		[direct, { pin: '4711#' }, /^PIN must not end in "#"/],
		[direct, { pin: '={{ $json.nothing }}' }, /^PIN is empty for this row: the expression/],
	])('%j is not changed by %j', async (rule, updateFields, message) => {
		const id = await make(rule);
		const { error } = await livekit.run(ofRule(id, { updateFields }));
		expect(error?.message).toMatch(message);
		expect(error?.message).not.toContain('4711');
		expect(writes()).toEqual([]);
	});
});

describe('what LiveKit cannot patch', () => {
	it('is read, merged and replaced, and nothing gets lost', async () => {
		const id = await trunk();
		const before = await stored(id);
		livekit.forget();
		const {
			json: [output],
		} = await livekit.run(
			ofTrunk(
				id,
				{ maxCallDuration: 120 },
				{ carrierOptions: { headers: pairs({ 'X-B': '', 'X-C': '3' }) } },
			),
		);
		expect(livekit.methods()).toEqual([
			'GetSIPInboundTrunk',
			'UpdateSIPInboundTrunk',
			'GetSIPInboundTrunk',
		]);
		expect(output).not.toHaveProperty('warnings');
		expect(await stored(id)).toEqual({
			...before,
			max_call_duration: '120s',
			headers: { 'X-A': '1', 'X-C': '3' },
		});
	});

	it.each([
		['no change', {}],
		['a change without entries', { change: { mode: 'set', entries: {} } }],
		['a change that was not filled in', { change: {} }],
	])('with Agents added and %s says what to do', async (_name, agents) => {
		const { rule } = await provision(livekit);
		const { error } = await livekit.run(ofRule(rule, { updateFields: { agents } }));
		expect(error?.message).toMatch(/^Agents changes nothing.*Remove All$/);
		expect(livekit.methods()).toEqual([]);
	});

	it('removes all agents and codecs where it is told to, and nothing else', async () => {
		const { rule } = await provision(livekit);
		const clear = { change: { mode: 'clear' } };
		await livekit.run(
			ofRule(rule, {
				updateFields: { agents: setRows({ agent_name: 'a' }) },
				roomSettings: { emptyTimeout: 60 },
				carrierOptions: { codecs: setRows({ name: 'PCMU', rate: 0 }), mediaTimeout: 20 },
			}),
		);
		const { json } = await livekit.run(
			ofRule(rule, { updateFields: { agents: clear }, carrierOptions: { codecs: clear } }),
		);
		expect(json[0]).toMatchObject({
			room_config: { empty_timeout: 60, agents: [] },
			media: { codecs: [], media_timeout: '20s' },
			rule: { dispatch_rule_direct: { pin: '99' } },
		});
	});

	it('is merged into rules with their agents', async () => {
		const { rule } = await provision(livekit);
		const first = await livekit.run(
			ofRule(rule, {
				updateFields: { agents: setRows({ agent_name: 'a', metadata: 'm' }) },
				roomSettings: { emptyTimeout: 60 },
			}),
		);
		expect(first.json[0]).toMatchObject({
			room_config: { empty_timeout: 60, agents: [{ agent_name: 'a', metadata: 'm' }] },
			rule: { dispatch_rule_direct: { pin: '99' } },
		});
		const second = await livekit.run(
			ofRule(rule, {
				updateFields: { hidePhoneNumber: true },
				roomSettings: { maxParticipants: 3 },
			}),
		);
		expect(second.json[0]).toMatchObject({
			hide_phone_number: true,
			name: 'Rule',
			room_config: { empty_timeout: 60, max_participants: 3, agents: [{ agent_name: 'a' }] },
		});
	});

	it('sends back what only a newer server knows', async () => {
		const id = await trunk();
		const { trunk: known } = await livekit.call<{ trunk: IDataObject }>('SIP/GetSIPInboundTrunk', {
			sip_trunk_id: id,
		});
		livekit.forget();
		livekit.server.faults.push({
			kind: 'body',
			method: 'GetSIPInboundTrunk',
			body: JSON.stringify({ trunk: { ...known, from_the_future: { a: 1 } } }),
		});
		await livekit.run(ofTrunk(id, { krispEnabled: true }));
		expect(writes()).toMatchObject([
			{ replace: { from_the_future: { a: 1 }, krisp_enabled: true, auth_password: 'p' } },
		]);
	});

	it.each([true, '********', '**hidden**'])(
		'is refused where the server hides the password (%s)',
		async (maskSecrets) => {
			const id = await trunk();
			livekit.server.options.maskSecrets = maskSecrets;
			const refused = await livekit.run(ofTrunk(id, { krispEnabled: true }));
			expect(refused.error?.message).toMatch(/^Auth Password .*Give .* in the update too/);
			expect(writes()).toEqual([]);
			const given = await livekit.run(ofTrunk(id, { krispEnabled: true, authPassword: 'new' }));
			expect(given.error).toBeUndefined();
			expect(writes()).toMatchObject([{ replace: { auth_password: 'new', krisp_enabled: true } }]);
		},
	);

	it('is told when somebody else writes at the same time', async () => {
		const id = await trunk();
		// The node reads the trunk, writes it, and reads it again.
		const [method, kind] = ['GetSIPInboundTrunk', 'delay'] as const;
		livekit.server.faults.push({ kind, method, delayMs: 0 }, { kind, method, delayMs: 100 });
		clock.hold();
		const running = livekit.run(ofTrunk(id, { krispEnabled: true }));
		await until(() => clock.waiting() > 0);
		expect(writes()).toHaveLength(1);
		await livekit.call('SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id: id,
			update: { name: 'Other' },
		});
		clock.pass(100);
		const {
			json: [output],
		} = await running;
		expect(output.warnings).toEqual([
			expect.stringMatching(/changed by somebody else at the same time/),
		]);
	});
});

it.each([
	['patches', { numbers: listChange('add', '={{ $json.number }}') }],
	['replacements', { numbers: listChange('add', '={{ $json.number }}'), krispEnabled: true }],
])('rows that update one object see each other: %s', async (_name, fields) => {
	const id = await trunk();
	const rows = ['+15105550101', '+15105550102', '+15105550103'].map((number) => ({ number }));
	const { json } = await livekit.run(ofTrunk(id, fields), rows);
	expect(json.map(({ numbers }) => (numbers as string[]).length)).toEqual([2, 3, 4]);
	expect((await stored(id)).numbers).toEqual(['+15105550100', ...rows.map(({ number }) => number)]);
});

it('rows that update headers of one trunk lose nothing', async () => {
	const id = await trunk();
	await livekit.run(
		ofTrunk(
			id,
			{},
			{
				carrierOptions: {
					headers: rowsOf({ name: '={{ $json.name }}', value: '={{ $json.name }}' }),
				},
			},
		),
		[{ name: 'X-1' }, { name: 'X-2' }],
	);
	expect((await stored(id)).headers).toEqual({
		'X-A': '1',
		'X-B': '2',
		'X-1': 'X-1',
		'X-2': 'X-2',
	});
});

describe('numbers of another trunk', () => {
	it.each([
		['update', { updateFields: { numbers: listChange('set', '+1 510 555 0199') } }],
		['replace', { numbers: '+15105550199' }],
	])('are refused by %s unless they are allowed', async (operation, own) => {
		const id = await trunk();
		const other = await trunk({ name: 'Other', numbers: ['+15105550199'] });
		const parameters = { resource: 'inboundTrunk', operation, trunkId: picked(id), ...own };
		const refused = await livekit.run(parameters);
		expect(refused.error?.message).toMatch(
			new RegExp(
				`^Your Phone Numbers .*clash with the trunk "Other" \\(${other}\\), which has \\+15105550199 too, for all callers\\. LiveKit would accept this, and then fail the calls that both take`,
			),
		);
		expect(writes()).toEqual([]);
		const allowed = await livekit.run({ ...parameters, options: { allowConflict: true } });
		expect(allowed.error).toBeUndefined();
		expect(writes()).toHaveLength(1);
	});

	it('may be shared for other callers', async () => {
		const id = await trunk({ allowed_numbers: ['+14155550111'] });
		await trunk({ name: 'Other', numbers: ['+15105550199'], allowed_numbers: ['+14155550122'] });
		const { error } = await livekit.run(
			ofTrunk(id, { numbers: listChange('set', '+15105550199') }),
		);
		expect(error).toBeUndefined();
	});
});

it('refuses a mask as the new password, and two ids that differ', async () => {
	const id = await trunk();
	const masked = await livekit.run(ofTrunk(id, { authPassword: '**hidden**' }));
	expect(masked.error?.message).toMatch(/^Auth Password .*holds the mask/);
	const differing = await livekit.run({
		...ofTrunk(id, {}),
		inputMode: 'json',
		jsonBody: '{"sip_trunk_id":"ST_other","update":{"name":"x"}}',
	});
	expect(differing.error?.message).toMatch(/in the form and ST_other in the JSON/);
	const replacing = await livekit.run({
		...ofTrunk(id, {}),
		inputMode: 'json',
		jsonBody: '{"replace":{"name":"x"}}',
	});
	expect(replacing.error?.message).toMatch(/belongs to the Replace operation/);
	expect(writes()).toEqual([]);
});

it('leaves empty entries that are stored as they are where the whole object is written', async () => {
	const id = await trunk({ numbers: [''], allowed_addresses: ['10.0.0.1', ''] });
	const { error } = await livekit.run(
		ofTrunk(
			id,
			{},
			{ inputMode: 'json', jsonBody: '{"headers": {"X-A": "2"}, "auth_password": "p"}' },
		),
	);
	expect(error).toBeUndefined();
	expect(await stored(id)).toMatchObject({
		numbers: [''],
		allowed_addresses: ['10.0.0.1', ''],
		headers: { 'X-A': '2', 'X-B': '2' },
	});
	const { sip_dispatch_rule_id: rule } = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: {
			trunk_ids: [''],
			rule: { dispatch_rule_direct: { room_name: 'r', pin: '1' } },
		},
	});
	const hidden = { inputMode: 'json', jsonBody: '{"hide_phone_number": true}' };
	const { error: ofHidden } = await livekit.run(ofRule(String(rule), hidden));
	expect(ofHidden).toBeUndefined();
	expect(writes().at(-1)).toMatchObject({ replace: { trunk_ids: [''], hide_phone_number: true } });
});

describe('entries of lists of numbers', () => {
	const removed = async (entries: string) => {
		const id = await trunk({ numbers: ['+15105550100', '+15105550102'] });
		const { json, error } = await livekit.run(
			ofTrunk(id, { numbers: listChange('remove', entries) }),
		);
		expect(error).toBeUndefined();
		return { left: (await stored(id)).numbers, warnings: json[0].warnings };
	};

	it.each(['+1 (510) 555-0100', '0015105550100', 'tel:+15105550100', '15105550100'])(
		'remove the number that is stored in another spelling: %s',
		async (entry) => {
			expect(await removed(entry)).toEqual({ left: ['+15105550102'], warnings: undefined });
		},
	);

	it('say what was not there', async () => {
		const { left, warnings } = await removed('+1 510 555 0199');
		expect(left).toEqual(['+15105550100', '+15105550102']);
		expect(JSON.stringify(warnings)).toContain(
			'+1 510 555 0199 is not there, so nothing was removed for it',
		);
	});

	it('do not add a number a second time in another spelling', async () => {
		const id = await trunk({ numbers: ['+15105550100'] });
		await livekit.run(ofTrunk(id, { numbers: listChange('add', '0015105550100, +15105550103') }));
		expect((await stored(id)).numbers).toEqual(['+15105550100', '+15105550103']);
	});

	it('say it of other lists too', async () => {
		const id = await trunk({ allowed_addresses: ['10.0.0.1'] });
		const { json } = await livekit.run(
			ofTrunk(id, { allowedAddresses: listChange('remove', '10.0.0.9') }),
		);
		expect(JSON.stringify(json[0].warnings)).toContain('10.0.0.9 is not there');
		expect((await stored(id)).allowed_addresses).toEqual(['10.0.0.1']);
	});
});

it('writes a trunk without a password whole, if the empty password is given', async () => {
	const id = await trunk({ auth_password: '' });
	const json = { name: 'N', headers: { 'X-A': '2' }, auth_password: '' };
	await livekit.run(ofTrunk(id, {}, { inputMode: 'json', jsonBody: JSON.stringify(json) }));
	expect(writes()).toHaveLength(1);
});

describe('numbers of a list', () => {
	it('are written as LiveKit compares them', async () => {
		const id = await trunk();
		const fields = {
			numbers: listChange('set', '+1 510 555 0102, tel:+15105550103, 0049 30 123456'),
		};
		const {
			json: [output],
		} = await livekit.run(ofTrunk(id, fields));
		expect(output.numbers).toEqual(['+15105550102', '+15105550103', '+4930123456']);
		expect(output).not.toHaveProperty('warnings');
	});

	it.each(['Berlin office', '*', '1.51E+10', '+15105550100 / +15105550101'])(
		'are refused before anything is sent: %s',
		async (entry) => {
			const id = await trunk();
			const { error } = await livekit.run(ofTrunk(id, { numbers: listChange('add', entry) }));
			expect(error?.message).toContain('Your Phone Numbers');
			expect(`${error?.message} ${error?.description}`).toContain(entry);
			expect(writes()).toEqual([]);
		},
	);
});
