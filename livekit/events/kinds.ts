import type { JsonObject } from '../json';
import { attributeOf, directionOf } from '../objects/simplify';
import { type WebhookEvent, messageIn, textIn } from './event';

/** What events mean for people who think in calls. LiveKit itself has no event for a call. */
export const eventKinds = [
	'inbound_call_started',
	'outbound_call_started',
	'call_ended',
	'agent_joined',
	'agent_job_failed',
	'agent_job_ended',
	'recording_ended',
	'room_finished',
] as const;

/** One of {@link eventKinds}. */
export type EventKind = (typeof eventKinds)[number];

/** Whether a decoded participant is a phone call: older servers have no kind for it, but the bridge's attributes. */
export function isCall(participant: JsonObject): boolean {
	return participant.kind === 'SIP' || attributeOf(participant, 'sip.callID') !== '';
}

/** LiveKit's events at which a participant is gone; the second one comes where media never came up (since v1.9.1). */
const leaving: ReadonlySet<string> = new Set([
	'participant_left',
	'participant_connection_aborted',
]);

/** Whether a participant has left with this event. */
export function isLeaving({ name }: WebhookEvent): boolean {
	return leaving.has(name);
}

/** The phone call that an event tells of as a whole, undefined if it tells of none. */
export function callOf(event: WebhookEvent): JsonObject | undefined {
	const participant = messageIn(event.whole, 'participant');
	const tells = event.name === 'participant_joined' || isLeaving(event);
	return tells && isCall(participant) ? participant : undefined;
}

/** What an event means, undefined if it is none of {@link eventKinds}. */
export function kindOf(event: WebhookEvent): EventKind | undefined {
	const call = callOf(event);
	if (call) return isLeaving(event) ? 'call_ended' : `${directionOf(call)}_call_started`;
	switch (event.name) {
		case 'participant_joined':
			return messageIn(event.whole, 'participant').kind === 'AGENT' ? 'agent_joined' : undefined;
		case 'agent_job_ended': {
			const state = messageIn(messageIn(event.whole, 'job'), 'state');
			return textIn(state, 'status') === 'JS_FAILED' ? 'agent_job_failed' : 'agent_job_ended';
		}
		case 'egress_ended':
			return 'recording_ended';
		case 'room_finished':
			return 'room_finished';
		default:
			return undefined;
	}
}

/** Name of the room that an event is about, empty if it is about none. */
export function roomOf({ whole }: WebhookEvent): string {
	const places = [
		textIn(whole.room, 'name'),
		textIn(messageIn(whole, 'job').room, 'name'),
		textIn(whole.egress_info, 'room_name'),
		textIn(whole.ingress_info, 'room_name'),
	];
	return places.find((name) => name !== '') ?? '';
}
