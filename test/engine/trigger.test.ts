import type { IDataObject } from 'n8n-workflow';

import { useLiveKit, withoutIds } from '../support/livekit';
import { credentialOf } from '../support/harness';
import { Polling } from '../support/polling';

const livekit = useLiveKit();
const everything = {
	watch: ['dispatchRule', 'inboundTrunk', 'outboundTrunk'],
	events: ['created', 'updated', 'deleted'],
};

async function watching(parameters: IDataObject = everything): Promise<Polling> {
	const polling = new Polling(credentialOf(livekit.server), parameters, 'memory');
	expect(await polling.activate()).toEqual([]);
	return polling;
}

async function createRule(name: string, fields: object = {}): Promise<string> {
	const rule = {
		rule: { dispatch_rule_direct: { room_name: `room-${name}`, pin: '' } },
		name,
		...fields,
	};
	const { sip_dispatch_rule_id: id } = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: rule,
	});
	return id;
}

async function replaceRule(id: string, rule: object): Promise<void> {
	await livekit.call('SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: id, replace: rule });
}

async function deleteRule(id: string): Promise<void> {
	await livekit.call('SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: id });
}

const short = (events: IDataObject[]) =>
	events.map(({ event, name, changed }) => [event, name, changed]);

describe('events', () => {
	it('says nothing at activation and while nothing changes', async () => {
		await createRule('a');
		const polling = await watching();
		expect(await polling.poll()).toEqual([]);
		expect(polling.executions).toEqual([]);
	});

	it('describes a created, an updated and a deleted rule', async () => {
		const kept = await createRule('kept');
		const polling = await watching();
		const id = await createRule('new', { metadata: 'm', numbers: ['+1'] });
		const [created] = await polling.poll();
		expect(Object.keys(created)).toEqual([
			'event',
			'type',
			'name',
			'changed',
			'summary',
			'id',
			'detected_at',
			'object',
			'event_id',
		]);
		expect(created).toEqual({
			event: 'created',
			event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			detected_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			type: 'dispatch_rule',
			summary: "Dispatch rule 'new' was created",
			id,
			name: 'new',
			changed: [],
			object: expect.objectContaining({
				sip_dispatch_rule_id: id,
				name: 'new',
				metadata: 'm',
				rule_type: 'direct',
				room: 'room-new',
				pin: '',
			}),
		});
		await replaceRule(kept, {
			name: 'kept',
			rule: { dispatch_rule_direct: { room_name: 'elsewhere' } },
		});
		await deleteRule(id);
		const events = await polling.poll();
		expect(new Set(short(events))).toEqual(
			new Set([
				['deleted', 'new', []],
				['updated', 'kept', ['rule.dispatch_rule_direct.room_name']],
			]),
		);
		expect(events.find(({ event }) => event === 'deleted')?.object).toEqual({
			sip_dispatch_rule_id: id,
			name: 'new',
		});
		expect(await polling.poll()).toEqual([]);
	});

	it('reports all three kinds of objects in one poll, each kind by id', async () => {
		const polling = await watching();
		await createRule('r1', { numbers: ['+1'] });
		await createRule('r2', { numbers: ['+2'] });
		await livekit.call('SIP/CreateSIPOutboundTrunk', {
			trunk: { name: 'out', address: 'sip.example.com', numbers: ['+3'] },
		});
		await livekit.call('SIP/CreateSIPInboundTrunk', { trunk: { name: 'in', numbers: ['+4'] } });
		const events = await polling.poll();
		expect(events.map(({ type }) => type)).toEqual([
			'dispatch_rule',
			'dispatch_rule',
			'inbound_trunk',
			'outbound_trunk',
		]);
		const ids = events.slice(0, 2).map(({ id }) => String(id));
		expect(ids).toEqual([...ids].sort());
	});

	const base = { name: 'n', rule: { dispatch_rule_direct: { room_name: 'r', pin: '1234' } } };
	it.each<[string, object, string[]]>([
		['name', { ...base, name: 'other' }, ['name']],
		['list', { ...base, numbers: ['+15105550100'] }, ['numbers']],
		['map', { ...base, attributes: { team: 'a' } }, ['attributes']],
		['switch', { ...base, hide_phone_number: true }, ['hide_phone_number']],
		['metadata', { ...base, metadata: '{"a":1}' }, ['metadata']],
		[
			'secret',
			{ ...base, rule: { dispatch_rule_direct: { room_name: 'r', pin: '4321' } } },
			['rule.dispatch_rule_direct.pin'],
		],
		[
			'secret removed',
			{ ...base, rule: { dispatch_rule_direct: { room_name: 'r' } } },
			['rule.dispatch_rule_direct.pin'],
		],
		[
			'rule type',
			{ ...base, rule: { dispatch_rule_individual: { room_prefix: 'p', pin: '1234' } } },
			[
				'rule.dispatch_rule_direct',
				'rule.dispatch_rule_direct.pin',
				'rule.dispatch_rule_direct.room_name',
				'rule.dispatch_rule_individual',
				'rule.dispatch_rule_individual.pin',
				'rule.dispatch_rule_individual.room_prefix',
			],
		],
		['agents', { ...base, room_config: { agents: [{ agent_name: 'a' }] } }, ['room_config.agents']],
		['number', { ...base, room_config: { max_participants: 3 } }, ['room_config.max_participants']],
		[
			'enum inside a message',
			{ ...base, media: { encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } },
			['media.encryption'],
		],
		[
			'enum that is set to its first value',
			{ ...base, media: { encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
			['media.encryption'],
		],
		[
			'deep secret',
			{
				...base,
				room_config: {
					egress: { room: { file_outputs: [{ filepath: 'f', s3: { secret: 'hush-hush' } }] } },
				},
			},
			['room_config.egress.room'],
		],
	])('names the changed field: %s', async (_class, changed, paths) => {
		const id = await createRule('n', base);
		const polling = await watching();
		await replaceRule(id, changed);
		const events = await polling.poll();
		expect(short(events)).toEqual([['updated', Reflect.get(changed, 'name'), paths]]);
		// Random ids may hold the digits of a PIN.
		const shown = withoutIds(events.map(({ event_id: _id, ...event }) => event));
		expect(JSON.stringify(shown)).not.toMatch(/1234|4321|hush-hush/);
	});

	it('names a changed password of a trunk and shows neither value', async () => {
		const trunk = {
			name: 't',
			numbers: ['+1'],
			auth_username: 'u',
			auth_password: 'first-password',
		};
		const { sip_trunk_id: id } = await livekit.call('SIP/CreateSIPInboundTrunk', { trunk });
		const polling = await watching();
		await livekit.call('SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id: id,
			update: { auth_password: 'second-password' },
		});
		const events = await polling.poll();
		expect(short(events)).toEqual([['updated', 't', ['auth_password']]]);
		expect(JSON.stringify(events)).not.toMatch(/first-password|second-password/);
	});

	it('emits what exists when asked to, once', async () => {
		await createRule('a');
		const polling = new Polling(
			credentialOf(livekit.server),
			{ ...everything, options: { emitExisting: true } },
			'memory',
		);
		expect(short(await polling.activate())).toEqual([['existing', 'a', []]]);
		expect(await polling.poll()).toEqual([]);
		expect(await polling.activate()).toEqual([]);
	});
});

describe('what is left out', () => {
	it('emits only the chosen events', async () => {
		const id = await createRule('a');
		const polling = await watching({ ...everything, events: ['deleted'] });
		await replaceRule(id, { name: 'b', rule: { dispatch_rule_direct: { room_name: 'r' } } });
		expect(await polling.poll()).toEqual([]);
		await deleteRule(id);
		expect(short(await polling.poll())).toEqual([['deleted', 'b', []]]);
	});

	it('ignores the chosen fields, in any spelling, and names only the others', async () => {
		const id = await createRule('a');
		const rule = { rule: { dispatch_rule_direct: { room_name: 'room-a' } } };
		const polling = await watching({
			...everything,
			options: { ignoredFields: 'metadata, roomConfig' },
		});
		await replaceRule(id, {
			...rule,
			name: 'a',
			metadata: 'm',
			room_config: { max_participants: 2 },
		});
		expect(await polling.poll()).toEqual([]);
		await replaceRule(id, { ...rule, name: 'b', metadata: 'n' });
		expect(short(await polling.poll())).toEqual([['updated', 'b', ['name']]]);
	});

	it.each([
		['metdata', 'LiveKit has no field "metdata" in what is watched', 'Use names as in'],
		[
			'media_encryption',
			'never stands in the output field "changed"',
			'Write media.encryption instead.',
		],
		['roomConfig.agents.agentName', 'never stands in', 'Write room_config.agents instead.'],
		['attributes.team', 'never stands in', 'Write attributes instead.'],
		['room_name', 'never stands in', 'Write rule.dispatch_rule_direct.room_name instead.'],
		[
			'pin',
			'never stands in',
			'Write rule.dispatch_rule_direct.pin or rule.dispatch_rule_individual.pin or rule.dispatch_rule_callee.pin instead.',
		],
		['created_at', 'never stands in', 'Leave it out'],
		['sip_dispatch_rule_id', 'never stands in', 'Leave it out'],
	])(
		'refuses to ignore %s, which would ignore nothing, and says what to write',
		async (ignoredFields, message, advice) => {
			const polling = new Polling(
				credentialOf(livekit.server),
				{ ...everything, options: { ignoredFields } },
				'memory',
			);
			const named = expect.stringMatching(new RegExp(`^Ignore Fields: .*${ignoredFields}`));
			await expect(polling.activate()).rejects.toMatchObject({
				message: named,
				description: expect.stringContaining(advice),
			});
			await expect(polling.activate()).rejects.toThrow(message);
		},
	);

	it('takes every name that stands in "changed", and every name that covers one', async () => {
		const names =
			'room_config.agents, room_config, rule.dispatch_rule_direct.pin, rule, media.encryption, auth_password, address';
		await watching({ ...everything, options: { ignoredFields: names } });
	});

	it.each([
		['nameContains', 'SUPPORT', 'support-1', 'sales-1', {}, {}],
		['room', 'room-x', 'x', 'y', {}, {}],
		[
			'agent',
			'bot',
			'with',
			'without',
			{ room_config: { agents: [{ agent_name: 'bot' }] } },
			{ room_config: { agents: [{ agent_name: 'robot' }] } },
		],
	])('filters by %s', async (filter, value, hit, miss, hitFields, missFields) => {
		const polling = await watching({ ...everything, filters: { [filter]: value } });
		await createRule(hit, { ...hitFields, numbers: ['+1'] });
		await createRule(miss, { ...missFields, numbers: ['+2'] });
		expect(short(await polling.poll())).toEqual([['created', hit, []]]);
	});

	it('filters by trunk: the trunk, its rules, and rules without a trunk', async () => {
		const { sip_trunk_id: trunk } = await livekit.call('SIP/CreateSIPInboundTrunk', {
			trunk: { name: 'mine', numbers: ['+1'] },
		});
		const { sip_trunk_id: other } = await livekit.call('SIP/CreateSIPInboundTrunk', {
			trunk: { name: 'other', numbers: ['+2'] },
		});
		const polling = await watching({
			...everything,
			filters: { trunk: { __rl: true, mode: 'id', value: trunk } },
		});
		await createRule('bound', { trunk_ids: [trunk], numbers: ['+1'] });
		await createRule('free', { numbers: ['+3'] });
		await createRule('foreign', { trunk_ids: [other], numbers: ['+2'] });
		await livekit.call('SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id: trunk,
			update: { name: 'mine 2' },
		});
		await livekit.call('SIP/UpdateSIPInboundTrunk', {
			sip_trunk_id: other,
			update: { name: 'other 2' },
		});
		expect((await polling.poll()).map(({ name }) => name).sort()).toEqual([
			'bound',
			'free',
			'mine 2',
		]);
	});

	it('counts leaving and entering the filter as updates, and reports a deletion only of what had matched', async () => {
		const direct = (name: string) => ({ name, rule: { dispatch_rule_direct: { room_name: 'r' } } });
		const id = await createRule('in', { numbers: ['+1'] });
		const stranger = await createRule('stranger', { numbers: ['+2'] });
		const polling = await watching({ ...everything, filters: { nameContains: 'in' } });
		await replaceRule(id, { ...direct('gone'), numbers: ['+1'] });
		expect(short(await polling.poll())).toEqual([
			['updated', 'gone', ['name', 'rule.dispatch_rule_direct.room_name']],
		]);
		await replaceRule(id, { ...direct('gone 2'), numbers: ['+1'] });
		expect(await polling.poll()).toEqual([]);
		await replaceRule(id, { ...direct('in again'), numbers: ['+1'] });
		expect(short(await polling.poll())).toEqual([['updated', 'in again', ['name']]]);
		await deleteRule(stranger);
		expect(await polling.poll()).toEqual([]);
		await deleteRule(id);
		expect(short(await polling.poll())).toEqual([['deleted', 'in again', []]]);
	});
});

describe('fetching a test event', () => {
	it('shows each chosen event with a real object and leaves the state alone', async () => {
		const id = await createRule('real', {
			rule: { dispatch_rule_direct: { room_name: 'r', pin: '987654321098' } },
		});
		const polling = new Polling(credentialOf(livekit.server), everything, 'memory');
		const samples = await polling.fetchTestEvent();
		expect(samples.map(({ event, id: of }) => [event, of])).toEqual([
			['created', id],
			['deleted', id],
			['updated', id],
		]);
		expect(JSON.stringify(samples)).not.toContain('987654321098');
		expect(polling.stateSize).toBe(2);
	});

	it('says what to do when there is nothing yet', async () => {
		const polling = new Polling(credentialOf(livekit.server), everything, 'memory');
		await expect(polling.fetchTestEvent()).rejects.toThrow(
			'There are no dispatch rules or inbound trunks or outbound trunks that match the filters yet',
		);
	});
});
