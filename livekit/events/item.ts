import { attemptOf } from '../callees/attempt';
import { MASK, maskSecrets } from '../codec/secrets';
import { withoutTokens } from '../http/token';
import { type JsonObject, type JsonValue, isDeep, isJsonObject } from '../json';
import { attributeOf, directionOf, timeOf } from '../objects/simplify';
import { pickedUpBy } from '../outcome/pickedUpBy';
import { contactAttributes } from './contact';
import { type Ending, endingOf } from './ending';
import { type WebhookEvent, messageIn, textIn } from './event';
import { callOf, kindOf, roomOf } from './kinds';
import { recordingOf } from './recording';
import { fromNanoseconds, joinedAt, notBefore, secondsBetween, timeIn } from './times';
import { type Told, messageOfEvent, summaryOf } from './words';

/** An event with what follows from it and from what was seen before. */
export interface Read {
	readonly event: WebhookEvent;
	readonly call: JsonObject | undefined;
	readonly ending: Ending | undefined;
}

/** Reads what an event tells of a call. */
export function readCall(event: WebhookEvent, seenAt?: number): Read {
	const call = callOf(event);
	const ended = call && kindOf(event) === 'call_ended';
	return { event, call, ending: ended ? endingOf(event, call, seenAt) : undefined };
}

function orNull(text: string): string | null {
	return text === '' ? null : text;
}

function attributeOrNull(call: JsonObject | undefined, name: string): string | null {
	return call ? orNull(attributeOf(call, name)) : null;
}

// With Include Headers a caller's answer to a password challenge would be among them.
const credentialHeader = /(^|\.)(proxy-)?authorization$/i;

function maskedAttributes(attributes: JsonValue | undefined): JsonObject {
	if (!isJsonObject(attributes)) return {};
	const entries = Object.entries(attributes).map(([name, value]): [string, JsonValue] => [
		name,
		credentialHeader.test(name) ? MASK : value,
	]);
	return Object.fromEntries(entries);
}

/** Metadata as it is meant: an object or a list if it is JSON of one, else text. */
function metadataOf(text: string): JsonValue {
	if (!/^\s*[[{]/.test(text)) return orNull(text);
	try {
		const value: JsonValue = JSON.parse(text);
		return isDeep(value) ? text : value;
	} catch {
		return text;
	}
}

/** Start and end of what the event is about, in Unix milliseconds; 0 if that is not known. */
function spanOf({ event, call }: Read): { readonly from: number; readonly to: number } {
	const { whole } = event;
	if (call) {
		const from = timeIn(call, 'lk.sip.inviteTime') || joinedAt(call);
		return { from, to: kindOf(event) === 'call_ended' ? event.at : 0 };
	}
	if (isJsonObject(whole.job)) {
		const state = messageIn(whole.job, 'state');
		return { from: fromNanoseconds(state.started_at), to: fromNanoseconds(state.ended_at) };
	}
	if (isJsonObject(whole.egress_info)) {
		const { started_at, ended_at } = whole.egress_info;
		return { from: fromNanoseconds(started_at), to: fromNanoseconds(ended_at) };
	}
	if (kindOf(event) === 'agent_joined')
		return { from: joinedAt(messageIn(whole, 'participant')), to: 0 };
	const { creation_time_ms, creation_time } = messageIn(whole, 'room');
	const created = Number(creation_time_ms) || Number(creation_time) * 1000 || 0;
	return event.name === 'room_finished' ? { from: created, to: event.at } : { from: 0, to: 0 };
}

/** What LiveKit says of a job, a recording or the end of a room, in its own words. */
function detailsOf({ whole, name }: WebhookEvent): string {
	const state = messageIn(messageIn(whole, 'job'), 'state');
	const recording = messageIn(whole, 'egress_info');
	const roomEnd = name === 'room_finished' ? textIn(whole, 'room_end_reason') : '';
	const found = [
		textIn(state, 'error'),
		textIn(state, 'reason').replace('JSR_UNSPECIFIED', ''),
		textIn(recording, 'error'),
		textIn(recording, 'details'),
		roomEnd.replace('ROOM_END_UNKNOWN', ''),
	];
	return withoutTokens(found.filter((text) => text !== '').join('. '));
}

function identityOf({ whole }: WebhookEvent): string | null {
	const job = messageIn(whole, 'job');
	const places = [whole.participant, job.state, job.participant];
	const names = [
		textIn(places[0], 'identity'),
		textIn(places[1], 'participant_identity'),
		textIn(places[2], 'identity'),
	];
	return orNull(names.find((name) => name !== '') ?? '');
}

function agentOf({ whole }: WebhookEvent): string | null {
	const participant = messageIn(whole, 'participant');
	const names = [
		textIn(whole.job, 'agent_name'),
		attributeOf(participant, 'lk.agent_name'),
		attributeOf(participant, 'lk.agent.name'),
	];
	return orNull(names.find((name) => name !== '') ?? '');
}

function metadataTextOf({ whole }: WebhookEvent): string {
	const holder = [whole.participant, whole.job, whole.room].find(isJsonObject);
	return textIn(holder, 'metadata');
}

function toldOf(read: Read, talkSeconds: number | null): Told {
	const { event, call, ending } = read;
	return {
		kind: kindOf(event),
		name: event.name,
		direction: call ? directionOf(call) : null,
		phoneNumber: attributeOrNull(call, 'sip.phoneNumber'),
		yourNumber: attributeOrNull(call, 'sip.trunkPhoneNumber'),
		answered: ending?.answered ?? null,
		endedAs: ending?.endedAs ?? null,
		talkSeconds,
		room: orNull(roomOf(event)),
		agent: agentOf(event),
		details: detailsOf(event),
	};
}

/** Times of a call or of what else the event is about. */
function timesOf(read: Read) {
	const { call, ending } = read;
	const { from, to: end } = spanOf(read);
	const answeredAt = notBefore(ending?.answeredAt ?? 0, from);
	const to = notBefore(end, Math.max(from, answeredAt));
	return {
		started_at: timeOf(from),
		answered_at: timeOf(answeredAt),
		ended_at: timeOf(to),
		talk_seconds: ending?.answered ? secondsBetween(answeredAt, to) : null,
		seconds_in_room: call ? secondsBetween(joinedAt(call), to) : null,
	};
}

/**
 * The item of an event, with the same keys for every event, null where nothing is known.
 *
 * @param whole whether to add the whole event, with its secrets masked
 */
export function eventItem(read: Read, whole: boolean): JsonObject {
	const { event, call, ending } = read;
	const times = timesOf(read);
	const told = toldOf(read, times.talk_seconds);
	const participant = messageIn(event.whole, 'participant');
	return {
		event: told.kind ?? event.name,
		event_id: event.id,
		occurred_at: timeOf(event.at),
		direction: told.direction,
		phone_number: told.phoneNumber,
		your_number: told.yourNumber,
		answered: ending?.answered ?? null,
		picked_up_by: pickedUpBy(call?.attributes),
		ended_as: told.endedAs,
		...times,
		room_name: told.room,
		participant_identity: identityOf(event),
		sip_call_id: attributeOrNull(call, 'sip.callID'),
		sip_trunk_id: attributeOrNull(call, 'sip.trunkID'),
		sip_dispatch_rule_id: attributeOrNull(call, 'sip.ruleID'),
		contact_key: attributeOrNull(call, contactAttributes.key),
		attempt: attemptOf(attributeOrNull(call, contactAttributes.attempt) ?? ''),
		agent_name: told.agent,
		...recordingOf(event),
		participant_attributes: maskedAttributes(participant.attributes),
		metadata: metadataOf(metadataTextOf(event)),
		summary: summaryOf(told),
		message: messageOfEvent(told),
		...(whole ? { livekit_event: masked(event.whole) } : {}),
	};
}

/** The decoded event without secrets. */
function masked(whole: JsonObject): JsonObject {
	const event = maskSecrets('WebhookEvent', whole);
	const { participant } = event;
	if (!isJsonObject(participant)) return event;
	const attributes = maskedAttributes(participant.attributes);
	return { ...event, participant: { ...participant, attributes } };
}
