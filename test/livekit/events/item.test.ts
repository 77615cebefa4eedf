import { readEvent } from '../../../livekit/events/event';
import { type EventFilters, matchesEvent, readNumbers } from '../../../livekit/events/filters';
import { eventItem, readCall } from '../../../livekit/events/item';
import { eventKinds, kindOf } from '../../../livekit/events/kinds';
import type { JsonObject } from '../../../livekit/json';
import { plainLine } from '../../../livekit/plain';
import { eventOf, inSnakeCase, leftWith, read, recorded } from '../../support/webhooks';

const itemOf = (json: object, whole = false) => eventItem(readCall(read(json)), whole);
const room = {
	sid: 'RM_1',
	name: 'support-1',
	creationTimeMs: '1795991397025',
	turnPassword: 'open sesame',
};
const event = (name: string, more: object) => ({
	event: name,
	id: 'EV_1',
	createdAt: '1795991500',
	room,
	...more,
});
const job = (state: object) =>
	event('agent_job_ended', {
		job: {
			id: 'AJ_1',
			agentName: 'helper',
			room,
			metadata: '{"language":"en"}',
			state: {
				startedAt: '1795991400000000000',
				endedAt: '1795991460000000000',
				participantIdentity: 'agent-1',
				...state,
			},
		},
	});
const recording = (more: object = {}) => ({
	event: 'egress_ended',
	id: 'EV_2',
	createdAt: '1795991500',
	egressInfo: {
		egressId: 'EG_1',
		roomName: 'support-1',
		status: 'EGRESS_COMPLETE',
		startedAt: '1795991400000000000',
		endedAt: '1795991490000000000',
		roomComposite: {
			roomName: 'support-1',
			fileOutputs: [
				{
					filepath: 'calls/1.ogg',
					s3: { accessKey: 'open sesame', secret: 'open sesame', bucket: 'b' },
				},
			],
			streamOutputs: [{ urls: ['rtmp://x.example/live/open sesame'] }],
		},
		fileResults: [{ filename: 'calls/1.ogg', location: 'https://b.s3.example.com/calls/1.ogg' }],
		...more,
	},
});

const everyEvent: ReadonlyArray<readonly [string, object, object]> = [
	[
		'inbound_call_started',
		eventOf('in-pin', 'participant_joined').json,
		{
			direction: 'inbound',
			phone_number: '+15557777',
			your_number: '+15551000',
			sip_dispatch_rule_id: 'SDR_khpEJnX5aaNp',
			sip_trunk_id: 'ST_65nLM8eq5JeS',
			sip_call_id: 'SCL_TWucnKCLNLZX',
			metadata: 'm',
			answered: null,
			ended_at: null,
			summary: 'Inbound call from +15557777 to +15551000 has started.',
		},
	],
	[
		'outbound_call_started',
		eventOf('room-ok', 'participant_joined').json,
		{
			direction: 'outbound',
			phone_number: '+15551234',
			your_number: '+15550000',
			metadata: { a: 1 },
			room_name: 'room-ok',
			participant_identity: 'id-ok',
			started_at: '2026-11-29T22:30:03.791Z',
			occurred_at: '2026-11-29T22:30:03.000Z',
			event_id: 'EV_FmefZWd7uVSo',
			summary: 'Outbound call from +15550000 to +15551234 has started.',
		},
	],
	[
		'call_ended',
		leftWith('room-ok2', {}),
		{
			ended_at: '2026-11-29T22:30:09.000Z',
			summary: 'Outbound call from +15550000 to +15551234 was answered and has ended.',
		},
	],
	[
		'agent_joined',
		event('participant_joined', {
			participant: {
				sid: 'PA_1',
				identity: 'agent-AJ_1',
				kind: 'AGENT',
				joinedAt: '1795991500',
				joinedAtMs: '1795991500250',
				attributes: { 'lk.agent.name': 'helper' },
			},
		}),
		{
			agent_name: 'helper',
			room_name: 'support-1',
			participant_identity: 'agent-AJ_1',
			started_at: '2026-11-29T22:31:40.250Z',
			ended_at: null,
			direction: null,
			summary: 'Agent helper has joined in room support-1.',
		},
	],
	[
		'agent_job_failed',
		job({ status: 'JS_FAILED', error: 'no worker came <b>', reason: 'JSR_NO_CAPACITY' }),
		{
			agent_name: 'helper',
			room_name: 'support-1',
			participant_identity: 'agent-1',
			message: 'no worker came <b>. JSR_NO_CAPACITY',
			metadata: { language: 'en' },
			started_at: '2026-11-29T22:30:00.000Z',
			ended_at: '2026-11-29T22:31:00.000Z',
			direction: null,
			summary: 'Agent helper could not do its job in room support-1.',
		},
	],
	[
		'agent_job_ended',
		job({ status: 'JS_SUCCESS' }),
		{
			agent_name: 'helper',
			message: '',
			summary: 'Agent helper has done its job in room support-1.',
		},
	],
	['agent_job_ended', job({ status: 'JS_CANCELLED' }), {}],
	[
		'recording_ended',
		recording(),
		{
			room_name: 'support-1',
			recording_id: 'EG_1',
			recording_status: 'complete',
			recording_files: ['https://b.s3.example.com/calls/1.ogg'],
			started_at: '2026-11-29T22:30:00.000Z',
			ended_at: '2026-11-29T22:31:30.000Z',
		},
	],
	[
		'recording_ended',
		recording({ status: 'EGRESS_FAILED', error: 'no space' }),
		{ recording_status: 'failed', message: 'no space' },
	],
	[
		'room_finished',
		event('room_finished', { roomEndReason: 'ROOM_END_API_DELETE' }),
		{
			room_name: 'support-1',
			message: 'ROOM_END_API_DELETE',
			started_at: '2026-11-29T22:29:57.025Z',
			ended_at: '2026-11-29T22:31:40.000Z',
		},
	],
	[
		'room_finished',
		eventOf('room-ok3', 'room_finished').json,
		{ room_name: 'room-ok3', message: '' },
	],
	[
		'agent_joined',
		event('participant_joined', {
			participant: { identity: 'agent-x', kind: 'AGENT', attributes: {} },
		}),
		{
			agent_name: null,
			started_at: null,
			summary: 'Agent without a name has joined in room support-1.',
		},
	],
	[
		'participant_joined',
		event('participant_joined', { participant: { identity: 'anna' } }),
		{
			participant_identity: 'anna',
			direction: null,
			summary: 'LiveKit event participant_joined in room support-1.',
		},
	],
	[
		'track_published',
		eventOf('room-ok', 'track_published').json,
		{ participant_identity: 'id-ok', direction: null },
	],
];

describe.each([
	['camelCase', (json: object) => json],
	['snake_case with all fields', (json: object) => inSnakeCase(json as JsonObject)],
])('the item, as %s', (_casing, as) => {
	test.each(everyEvent)('%s: %#', (name, json, expected) => {
		expect(itemOf(as(json))).toMatchObject({ event: name, ...expected });
	});
});

it('every kind of event is among them', () => {
	expect(everyEvent.map(([name]) => name)).toEqual(expect.arrayContaining([...eventKinds]));
});

it('every event has the same keys', () => {
	const items = [
		...everyEvent.map(([, json]) => itemOf(json)),
		...recorded.map(({ json }) => itemOf(json)),
	];
	expect(new Set(items.map((item) => Object.keys(item).join())).size).toBe(1);
	expect(Object.keys(items[0])).toEqual(
		expect.arrayContaining([
			'event',
			'event_id',
			'answered',
			'ended_as',
			'talk_seconds',
			'contact_key',
			'summary',
			'message',
		]),
	);
});

it('no item holds a secret, the whole event in it neither', () => {
	const headers = {
		'sip.h.authorization': 'Digest response="open sesame"',
		'sip.h.proxy-authorization': 'open sesame',
	};
	const events = [
		...everyEvent.map(([, json]) => json),
		leftWith('in-pin', headers),
		{
			event: 'ingress_started',
			id: 'E',
			ingressInfo: { streamKey: 'open sesame', url: 'rtmps://u:open sesame@x.example/live' },
		},
	];
	for (const json of events) {
		const item = JSON.stringify(itemOf(json, true));
		expect(item).not.toContain('open sesame');
	}
	const secrets = recorded.flatMap(({ json }) => {
		const { turnPassword } = json.room as JsonObject;
		return typeof turnPassword === 'string' ? [{ json, turnPassword }] : [];
	});
	expect(secrets.length).toBeGreaterThan(40);
	for (const { json, turnPassword } of secrets) {
		const item = itemOf(json, true);
		expect(JSON.stringify(item)).not.toContain(turnPassword);
		expect(item).toMatchObject({ livekit_event: { room: { turn_password: '**hidden**' } } });
	}
});

it('the whole event is in snake_case, and the names of attributes stay', () => {
	const { livekit_event: whole } = itemOf(leftWith('room-ok2', {}), true);
	expect(whole).toMatchObject({
		event: 'participant_left',
		created_at: 1795991409,
		room_end_reason: 'ROOM_END_UNKNOWN',
		participant: {
			disconnect_reason: 'CLIENT_INITIATED',
			joined_at_ms: 1795991406383,
			attributes: { 'sip.callTag': '32214SIPpTag012' },
		},
	});
	expect(itemOf(leftWith('room-ok2', {}))).not.toHaveProperty('livekit_event');
});

it.each([
	['1', 1],
	['third', 'third'],
	['', null],
	[undefined, null],
])('the contact of Call: Place, attempt %j', (attempt, expected) => {
	const json = leftWith('room-ok2', { 'n8n.contact_key': 'row-7', 'n8n.attempt': attempt });
	expect(itemOf(json)).toMatchObject({ contact_key: 'row-7', attempt: expected });
	expect(itemOf(leftWith('room-ok2', {}))).toMatchObject({ contact_key: null, attempt: null });
});

it.each([
	['{"a":[1]}', { a: [1] }],
	[' [1,2]', [1, 2]],
	['{broken', '{broken'],
	['plain', 'plain'],
	['12', '12'],
	['', null],
	[`${'['.repeat(500)}${']'.repeat(500)}`, `${'['.repeat(500)}${']'.repeat(500)}`],
])('metadata %j', (metadata, expected) => {
	expect(itemOf(leftWith('room-ok2', {}, { metadata })).metadata).toEqual(expected);
});

it('numbers that are hidden are null, and no sentence names them', () => {
	const json = leftWith('room-ok2', {
		'sip.phoneNumber': undefined,
		'sip.trunkPhoneNumber': undefined,
	});
	expect(itemOf(json)).toMatchObject({
		phone_number: null,
		your_number: null,
		summary: 'Outbound call was answered and has ended.',
	});
});

it('a summary is one line, whatever the numbers and names hold', () => {
	const json = leftWith('room-ok2', { 'sip.phoneNumber': 'a\n\u202eb\x1b[31m' + 'x'.repeat(1000) });
	const { summary } = itemOf(json);
	expect(plainLine(String(summary))).toBe(summary);
	expect(String(summary).length).toBeLessThan(300);
});

it('an event without an ID has one of its own bytes', () => {
	const [one, same, other] = ['1', '1', '2'].map(
		(at) => read({ event: 'room_started', createdAt: at }).id,
	);
	expect(one).toMatch(/^sha256-[0-9a-f]{64}$/);
	expect(same).toBe(one);
	expect(other).not.toBe(one);
});

it.each([
	'',
	'{',
	'[]',
	'null',
	'"x"',
	'{}',
	'{"event":5}',
	'{"event":""}',
	'{"event":["room_started"]}',
	'{"room":{}}',
	`{"event":"x","a":${'['.repeat(500)}${']'.repeat(500)}}`,
	'\ufeff{"event":"x"}',
])('%j is no event', (text) => {
	expect(readEvent(Buffer.from(text))).toHaveProperty('fault');
});

it.each([
	['a standard participant', { identity: 'x', kind: 'STANDARD' }, undefined],
	['an agent', { identity: 'x', kind: 'AGENT' }, 'agent_joined'],
	[
		'no kind, but a call',
		{ identity: 'x', attributes: { 'sip.callID': 'SCL_1' } },
		'outbound_call_started',
	],
	['the number of the kind', { identity: 'x', kind: 3 }, 'outbound_call_started'],
	[
		'the attribute of a rule',
		{ identity: 'x', kind: 'SIP', attributes: { 'sip.ruleID': 'SDR_1' } },
		'inbound_call_started',
	],
])('%s that joins', (_what, participant, expected) => {
	expect(kindOf(read({ event: 'participant_joined', participant }))).toBe(expected);
});

describe('filters', () => {
	const matches = (filters: EventFilters, json: object) =>
		matchesEvent(filters, readCall(read(json)));
	const outbound = leftWith('room-ok2', {});
	const started = eventOf('room-ok2', 'participant_joined').json;
	const inbound = leftWith('in-pin', {});
	const numbers = (given: unknown) => {
		const found = readNumbers(given);
		if ('fault' in found) throw new Error(found.fault);
		return { numbers: found.value };
	};

	it.each<[string, EventFilters, object, boolean]>([
		['none', {}, outbound, true],
		['direction', { direction: 'outbound' }, outbound, true],
		['another direction', { direction: 'inbound' }, outbound, false],
		['trunk', { trunk: 'ST_5wmWJoBrsbCf' }, outbound, true],
		['another trunk', { trunk: 'ST_5wmWJoBrsbC' }, outbound, false],
		['rule', { rule: 'SDR_khpEJnX5aaNp' }, inbound, true],
		['rule, of a call that has none', { rule: 'SDR_khpEJnX5aaNp' }, outbound, false],
		['room prefix', { roomPrefix: 'room-' }, outbound, true],
		['another room prefix', { roomPrefix: 'oom-' }, outbound, false],
		['room prefix, an event without a room', { roomPrefix: 'r' }, { event: 'x' }, false],
		['room prefix, a recording', { roomPrefix: 'support' }, recording(), true],
		['room prefix, another recording', { roomPrefix: 'sales' }, recording(), false],
		['room prefix, a job', { roomPrefix: 'support' }, job({}), true],
		['their number', numbers('+1 555 1234'), outbound, true],
		['their number among others', numbers('+49 30 123456, +15551234'), outbound, true],
		['our number', numbers('+15551000'), inbound, true],
		['another number', numbers('+15551235'), outbound, false],
		[
			'a number, where it is hidden',
			numbers('+15551234'),
			leftWith('room-ok2', { 'sip.phoneNumber': undefined, 'sip.trunkPhoneNumber': undefined }),
			false,
		],
		['answered', { answered: new Set([true]) }, outbound, true],
		['not answered', { answered: new Set([false]) }, outbound, false],
		[
			'not answered, of a busy line',
			{ answered: new Set([false]) },
			leftWith('room-busy', {}),
			true,
		],
		['answered, not told', { answered: new Set([true, false]) }, inbound, false],
		['not told', { answered: new Set([null]) }, inbound, true],
		['answered, at the start', { answered: new Set([true]) }, started, true],
		[
			'all about calls, for a recording',
			{
				direction: 'inbound',
				trunk: 'ST_x',
				rule: 'SDR_x',
				answered: new Set([false]),
				...numbers('+15551234'),
			},
			recording(),
			true,
		],
	])('%s', (_name, filters, json, expected) => {
		expect(matches(filters, json)).toBe(expected);
	});

	it.each([
		'',
		' , ',
		[],
		'+1 555 1234, hello world',
		'x y',
		'+15551234 +15551235',
		{ a: 1 },
		[null],
		'1.5555E+10',
	])('%j is no list of numbers', (given) => {
		expect(readNumbers(given)).toHaveProperty('fault');
	});
});
