import { eventItem, readCall } from '../../../livekit/events/item';
import { Sightings } from '../../../livekit/events/sightings';
import type { JsonObject } from '../../../livekit/json';
import { eventsOf, inSnakeCase, leftWith, read } from '../../support/webhooks';

/** The item of an event, after others of its room were seen. */
function itemAfter(before: readonly object[], json: JsonObject): JsonObject {
	const sightings = new Sightings();
	for (const one of before) sightings.note(read(one));
	const event = read(json);
	sightings.note(event);
	return eventItem(readCall(event, sightings.answeredAt(event)), false);
}

const inbound = 'in-_+15557777_NuE6va2ceKCn';
const answerTime = String(1795991406383 + 1200);

type Row = readonly [name: string, json: JsonObject, expected: object];

const recordedRows: readonly Row[] = [
	[
		'outbound, busy 486',
		leftWith('room-busy', {}),
		{ direction: 'outbound', answered: false, ended_as: 'refused' },
	],
	[
		'outbound, declined 603',
		leftWith('room-decline', {}),
		{ direction: 'outbound', answered: false, ended_as: 'refused' },
	],
	[
		'outbound, nobody answers',
		leftWith('room-noanswer', {}),
		{ answered: false, ended_as: 'not_answered', seconds_in_room: 5 },
	],
	[
		'outbound, carrier 503',
		leftWith('room-s503', {}),
		{ answered: false, ended_as: 'failed', seconds_in_room: 0 },
	],
	[
		'outbound, answered, other side ends',
		leftWith('room-ok2', {}),
		{
			answered: true,
			ended_as: 'completed',
			answered_at: null,
			talk_seconds: null,
			seconds_in_room: 3,
		},
	],
	[
		'outbound, answered, RemoveParticipant',
		leftWith('room-ok', {}),
		{ answered: true, ended_as: 'ended_by_api' },
	],
	[
		'outbound, answered, DeleteRoom',
		leftWith('room-ok3', {}),
		{ answered: true, ended_as: 'room_closed' },
	],
	[
		'inbound, rings, caller gives up',
		leftWith(inbound, {}),
		{ direction: 'inbound', answered: null, ended_as: null },
	],
	[
		'inbound, hung up, the beginning not seen',
		leftWith('in-pin', {}),
		{ direction: 'inbound', answered: null, ended_as: null, talk_seconds: null },
	],
];

const newerRows: readonly Row[] = [
	[
		'outbound, answered, a bridge that tells when',
		leftWith('room-ok2', { 'lk.sip.answerTime': answerTime }),
		{
			answered: true,
			ended_as: 'completed',
			answered_at: '2026-11-29T22:30:07.583Z',
			talk_seconds: 1,
			seconds_in_room: 3,
		},
	],
	[
		'outbound, answered, such a bridge and no tag',
		leftWith('room-ok2', { 'lk.sip.answerTime': answerTime, 'sip.callTag': undefined }),
		{ answered: true, ended_as: 'completed' },
	],
	[
		'outbound, hung up while it rang',
		leftWith('room-busy', {}, { disconnectReason: 'PARTICIPANT_REMOVED' }),
		{ answered: false, ended_as: 'ended_by_api' },
	],
	[
		'outbound, room deleted while it rang',
		leftWith('room-busy', {}, { disconnectReason: 'ROOM_DELETED' }),
		{ answered: false, ended_as: 'room_closed' },
	],
	[
		'outbound, room closed',
		leftWith('room-ok3', {}, { disconnectReason: 'ROOM_CLOSED' }),
		{ answered: true, ended_as: 'room_closed' },
	],
	[
		'outbound, broke off in the talk',
		leftWith('room-ok', {}, { disconnectReason: 'CLIENT_INITIATED' }),
		{ answered: true, ended_as: 'dropped' },
	],
	[
		'outbound, no media any more (Cloud)',
		leftWith('room-ok', {}, { disconnectReason: 'MEDIA_FAILURE' }),
		{ answered: true, ended_as: 'dropped' },
	],
	[
		'outbound, broke off while keys were sent',
		leftWith('room-ok', { 'sip.callStatus': 'automation' }, { disconnectReason: undefined }),
		{ answered: true, ended_as: 'dropped' },
	],
	[
		'outbound, the trunk (Cloud)',
		leftWith('room-s503', {}, { disconnectReason: 'SIP_TRUNK_FAILURE' }),
		{ answered: false, ended_as: 'failed' },
	],
	[
		'outbound, an unknown reason',
		leftWith('room-s503', {}, { disconnectReason: undefined }),
		{ answered: false, ended_as: 'failed' },
	],
	[
		'outbound, picked up, then no common codec',
		leftWith('room-ok', { 'sip.callStatus': 'ringing' }, { disconnectReason: 'USER_REJECTED' }),
		{ answered: true, ended_as: 'failed' },
	],
	[
		'outbound, early media that looks active',
		leftWith('room-busy', { 'sip.callStatus': 'active' }, { disconnectReason: 'USER_REJECTED' }),
		{ answered: null, ended_as: 'refused' },
	],
	[
		'outbound, hung up before the answer',
		leftWith('room-busy', { 'sip.callStatus': 'hangup' }, { disconnectReason: 'CLIENT_INITIATED' }),
		{ answered: false, ended_as: 'not_answered' },
	],
	[
		'outbound, media never came up',
		leftWith(
			'room-busy',
			{},
			{ disconnectReason: 'JOIN_FAILURE' },
			{ event: 'participant_connection_aborted' },
		),
		{ event: 'call_ended', answered: false, ended_as: 'never_connected' },
	],
	[
		'outbound, nothing told at all',
		leftWith('room-busy', { 'sip.callStatus': undefined }, { disconnectReason: undefined }),
		{ answered: null, ended_as: null },
	],
	[
		'inbound, broke off in the talk',
		leftWith('in-pin', { 'sip.callStatus': 'active' }),
		{ answered: true, ended_as: 'dropped' },
	],
	[
		'inbound, rang out',
		leftWith(inbound, { 'sip.callStatus': 'ringing' }, { disconnectReason: 'USER_UNAVAILABLE' }),
		{ answered: false, ended_as: 'not_answered' },
	],
	[
		'inbound, broke off while it rang',
		leftWith(inbound, { 'sip.callStatus': 'ringing' }),
		{ answered: false, ended_as: 'failed' },
	],
	[
		'inbound, ended by API while it rang',
		leftWith(inbound, { 'sip.callStatus': 'ringing' }, { disconnectReason: 'PARTICIPANT_REMOVED' }),
		{ answered: false, ended_as: 'ended_by_api' },
	],
	[
		'inbound, a PIN was typed',
		leftWith('in-pin', { 'lk.sip.pinEnteredTime': '1795991440100' }),
		{ answered: true, ended_as: 'completed' },
	],
	[
		'inbound, a bridge that tells the time of the INVITE',
		leftWith(inbound, { 'lk.sip.inviteTime': '1795991505000' }),
		{ answered: null, started_at: '2026-11-29T22:31:45.000Z', seconds_in_room: 34 },
	],
	[
		'an older server, without kind and milliseconds',
		leftWith('room-ok2', {}, { kind: undefined, joinedAtMs: undefined }),
		{
			event: 'call_ended',
			answered: true,
			ended_as: 'completed',
			started_at: '2026-11-29T22:30:06.000Z',
			seconds_in_room: 3,
		},
	],
];

describe.each([
	['camelCase', (json: JsonObject) => json],
	['snake_case with all fields', inSnakeCase],
])('the end of a call, as %s', (_casing, as) => {
	test.each([...recordedRows, ...newerRows])('%s', (_name, json, expected) => {
		expect(itemAfter([], as(json))).toMatchObject({ event: 'call_ended', ...expected });
	});
});

describe('what was seen before', () => {
	const jsonsOf = (room: string) => eventsOf(room).map(({ json }) => json);
	const before = (room: string) =>
		jsonsOf(room).slice(
			0,
			jsonsOf(room).findIndex(({ event }) => event === 'participant_left'),
		);
	const joined = (room: string) => {
		const found = jsonsOf(room).find(({ event }) => event === 'participant_joined');
		if (!found) throw new Error('no participant_joined');
		return found;
	};
	const publishing = (
		by: string,
		at: number,
		name = 'track_published',
		id = `EV_${by}_${name}_${at}`,
	) => ({
		...joined(inbound),
		event: name,
		id,
		createdAt: String(at),
		participant: { sid: by, identity: by },
		track: { sid: `TR_${by}` },
	});

	it('inbound with a PIN: answered when it joined, as active', () => {
		expect(itemAfter(before('in-pin'), leftWith('in-pin', {}))).toMatchObject({
			answered: true,
			ended_as: 'completed',
			answered_at: '2026-11-29T22:30:40.153Z',
			talk_seconds: 2,
			seconds_in_room: 2,
		});
	});

	it('inbound, given up, all of it seen: LiveKit does not tell, and nobody guesses', () => {
		expect(itemAfter(before(inbound), leftWith(inbound, {}))).toMatchObject({
			answered: null,
			ended_as: null,
			talk_seconds: null,
			seconds_in_room: 34,
		});
	});

	it('inbound, an agent publishes while it rings: answered then', () => {
		const seen = [...before(inbound).slice(0, 2), publishing('PA_agent', 1795991511)];
		expect(itemAfter(seen, leftWith(inbound, {}))).toMatchObject({
			answered: true,
			ended_as: 'completed',
			answered_at: '2026-11-29T22:31:51.000Z',
			talk_seconds: 30,
		});
	});

	it('inbound, answered and ended in the second in which it came: one after the other', () => {
		const seen = [...before(inbound).slice(0, 2), publishing('PA_agent', 1795991507)];
		const ended = leftWith(inbound, {}, {}, { createdAt: '1795991507' });
		expect(itemAfter(seen, ended)).toMatchObject({
			started_at: '2026-11-29T22:31:47.250Z',
			answered_at: '2026-11-29T22:31:47.250Z',
			ended_at: '2026-11-29T22:31:47.250Z',
			talk_seconds: 0,
			seconds_in_room: 0,
		});
	});

	it('inbound, somebody was publishing when it came: answered at once', () => {
		const seen = [publishing('PA_agent', 1795991500), joined(inbound)];
		expect(itemAfter(seen, leftWith(inbound, {}))).toMatchObject({
			answered: true,
			answered_at: '2026-11-29T22:31:47.250Z',
		});
	});

	it.each([
		['unpublished', publishing('PA_agent', 1795991501, 'track_unpublished')],
		['left', publishing('PA_agent', 1795991501, 'participant_left')],
	])('inbound, who published had %s before it came: not told', (_what, gone) => {
		const seen = [publishing('PA_agent', 1795991500), gone, joined(inbound)];
		expect(itemAfter(seen, leftWith(inbound, {}))).toMatchObject({ answered: null });
		// Another trigger brings the same event once more, late.
		const late = [
			publishing('PA_agent', 1795991500),
			gone,
			publishing('PA_agent', 1795991500),
			joined(inbound),
		];
		expect(itemAfter(late, leftWith(inbound, {}))).toMatchObject({ answered: null });
	});

	it('inbound, only its own sound: not told', () => {
		const own = eventsOf(inbound).filter(({ json }) => json.event === 'track_published');
		expect(own).toHaveLength(1);
		expect(itemAfter([joined(inbound), own[0].json], leftWith(inbound, {}))).toMatchObject({
			answered: null,
		});
	});

	it('somebody who publishes in another room counts for nothing', () => {
		const other = {
			...publishing('PA_agent', 1795991511),
			room: { sid: 'RM_other', name: 'other' },
		};
		expect(itemAfter([joined(inbound), other], leftWith(inbound, {}))).toMatchObject({
			answered: null,
		});
	});

	it('outbound: who is in the room says nothing of the answer', () => {
		const { room } = joined('room-busy');
		const seen = [joined('room-busy'), { ...publishing('PA_agent', 1795991397), room }];
		expect(itemAfter(seen, leftWith('room-busy', {}))).toMatchObject({
			answered: false,
			answered_at: null,
		});
	});

	it('a million rooms need no more memory than ten thousand', () => {
		const sightings = new Sightings();
		const event = read(joined(inbound));
		for (let at = 0; at < 30_000; at++)
			sightings.note({
				...event,
				id: String(at),
				whole: { ...event.whole, room: { sid: `RM_${at}` } },
			});
		const [first, last] = [0, 29_999].map((at) => ({
			...event,
			whole: { ...event.whole, room: { sid: `RM_${at}` } },
		}));
		expect(sightings.answeredAt(first)).toBeUndefined();
		expect(sightings.answeredAt(last)).toBeUndefined();
		expect(Reflect.get(sightings, 'rooms')).toHaveProperty('size', 10_000);
		expect(Reflect.get(sightings, 'noted')).toHaveProperty('size', 20_000);
	});
});
