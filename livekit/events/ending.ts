import type { JsonObject } from '../json';
import { attributeOf, directionOf, statusOf } from '../objects/simplify';
import { type WebhookEvent, textIn } from './event';
import { timeIn } from './times';

/** How a call ended, as far as LiveKit tells. */
export type EndedAs =
	/** It was answered, and one side hung up. */
	| 'completed'
	/** Nobody picked up in time, or the caller gave up while it rang. */
	| 'not_answered'
	/** The other side or its network said no: busy, declined, forbidden. */
	| 'refused'
	/** It never got through: the carrier, the trunk, or the media. */
	| 'failed'
	/** It broke off in the middle of the talk. */
	| 'dropped'
	/** Somebody removed the participant by LiveKit's API, such as Call: Hang Up. */
	| 'ended_by_api'
	/** Its room was deleted or closed. */
	| 'room_closed'
	/** The connection for media never came up. */
	| 'never_connected';

/** The end of a call. */
export interface Ending {
	/** Null if LiveKit does not tell. */
	readonly answered: boolean | null;
	/** Unix milliseconds, 0 if that is not known. */
	readonly answeredAt: number;
	/** Null if LiveKit does not tell: an inbound call that ended while it is not known whether it was answered. */
	readonly endedAs: EndedAs | null;
}

const talking: ReadonlySet<string> = new Set(['active', 'automation']);
const beforeAnswer: ReadonlySet<string> = new Set(['dialing', 'ringing']);

/** Inbound: the bridge writes `hangup` for a talk and for a caller who gave up alike. */
function inboundAnswered(call: JsonObject, seenAt: number | undefined): boolean | null {
	const asked = attributeOf(call, 'lk.sip.pinEnteredTime') !== '';
	if (asked || talking.has(statusOf(call)) || seenAt !== undefined) return true;
	return statusOf(call) === 'ringing' ? false : null;
}

/** Outbound: the tag of the other side comes with its answer. Early media of some carriers looks active without one. */
function outboundAnswered(call: JsonObject): boolean | null {
	const signs = ['sip.callTag', 'lk.sip.answerTime'];
	if (signs.some((name) => attributeOf(call, name) !== '')) return true;
	const status = statusOf(call);
	return beforeAnswer.has(status) || status === 'hangup' ? false : null;
}

/** Ends that LiveKit names, whatever the state of the call. */
const named: Readonly<Record<string, EndedAs>> = {
	PARTICIPANT_REMOVED: 'ended_by_api',
	ROOM_DELETED: 'room_closed',
	ROOM_CLOSED: 'room_closed',
	JOIN_FAILURE: 'never_connected',
};

const unanswered: Readonly<Record<string, EndedAs>> = {
	USER_REJECTED: 'refused',
	USER_UNAVAILABLE: 'not_answered',
};

function endOf(call: JsonObject, answered: boolean | null): EndedAs | null {
	const reason = textIn(call, 'disconnect_reason');
	const status = statusOf(call);
	if (Object.hasOwn(named, reason)) return named[reason];
	if (answered !== true && Object.hasOwn(unanswered, reason)) return unanswered[reason];
	// Only clean ends write it: BYE of either side, a transfer, a caller who cancels.
	if (status === 'hangup')
		return answered === null ? null : answered ? 'completed' : 'not_answered';
	if (talking.has(status)) return 'dropped';
	return answered === null ? null : 'failed';
}

/**
 * How a call ended (docs/livekit.md, Webhooks, has the table that this follows).
 *
 * @param event one that says that the call has left
 * @param seenAt when an inbound call was seen to be answered, in Unix milliseconds
 */
export function endingOf(event: WebhookEvent, call: JsonObject, seenAt?: number): Ending {
	const inbound = directionOf(call) === 'inbound';
	const answered = inbound ? inboundAnswered(call, seenAt) : outboundAnswered(call);
	const aborted = event.name === 'participant_connection_aborted';
	return {
		answered,
		answeredAt: inbound ? (seenAt ?? 0) : timeIn(call, 'lk.sip.answerTime'),
		endedAs: aborted ? 'never_connected' : endOf(call, answered),
	};
}
