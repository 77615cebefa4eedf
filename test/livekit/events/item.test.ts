import { eventItem, readCall } from '../../../livekit/events/item';
import { eventKinds } from '../../../livekit/events/kinds';
import type { JsonObject } from '../../../livekit/json';
import { plainLine } from '../../../livekit/plain';
import { event, job, recording } from '../../support/events';
import { eventOf, inSnakeCase, leftWith, read, recorded } from '../../support/webhooks';

const itemOf = (json: object, whole = false) => eventItem(readCall(read(json)), whole);
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
	['02', 2],
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

it.each([
	['machine-vm', 'voicemail'],
	['MACHINE_UNAVAILABLE', 'voicemail'],
	['human', 'person'],
	['machine-ivr', null],
	['uncertain', null],
	['', null],
])('an agent that wrote amd_result %p tells who has picked up', (amd_result, pickedUpBy) => {
	expect(itemOf(leftWith('room-ok2', { amd_result }))).toMatchObject({ picked_up_by: pickedUpBy });
});
