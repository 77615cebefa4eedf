import { type JsonObject, isObject } from '../../../livekit/json';
import { statusOf } from '../../../livekit/objects/simplify';
import { callRpcs } from '../../../livekit/schema/rpc';
import type { Row } from '../rows/row';
import type { CallItem } from './item';
import { type Moment, inSeconds, isoTime, now } from './moment';

/** A call that was answered. */
export interface Running {
	readonly room: string;
	readonly identity: string;
	/** Id of the participant, which another call with the same identity does not share. */
	readonly participantId: string;
	readonly answeredAt: Moment;
	/** Seconds after which LiveKit ends the call. */
	readonly longest: number;
}

const firstPauseMs = 1000;
const longestPauseMs = 5000;
const mostSilentAnswers = 12;
const graceMs = 60_000;
const mostSkewMs = 600_000;

type Look = { readonly attributes: JsonObject } | 'gone' | 'unclear';

/** Asks whether a call goes on. An answer that proves nothing is `unclear`. */
export async function seeCall(
	row: Row,
	{ room, identity, participantId }: Pick<Running, 'room' | 'identity' | 'participantId'>,
): Promise<Look> {
	const reply = await row.send(callRpcs.get, { room, identity });
	if ('refusal' in reply) return reply.refusal.code === 'not_found' ? 'gone' : 'unclear';
	const participant = reply.value;
	if (participantId !== '' && participant.sid !== participantId) return 'gone';
	const attributes = isObject(participant.attributes) ? participant.attributes : {};
	return statusOf(participant) === 'hangup' ? 'gone' : { attributes };
}

/** Unix milliseconds at which the call was answered, as LiveKit tells it if that can be. */
function answeredAt(attributes: JsonObject, fallback: number): number {
	const told = Number(attributes['lk.sip.answerTime']);
	// Anybody with the room's permission may have written it.
	return Math.abs(told - fallback) < mostSkewMs ? told : fallback;
}

/**
 * Waits until a call has ended, by asking for its participant until it has left the room. The end is known to within the
 * pause between two questions, five seconds at most. A question that fails is asked again; after a minute of failures the
 * end of the call is reported as unknown.
 */
export async function followCall(row: Row, call: Running): Promise<Partial<CallItem>> {
	const { cancel } = row.shared;
	let attributes: JsonObject = {};
	let [pause, unclear] = [firstPauseMs, 0];
	const { shown, steady } = call.answeredAt;
	const until = steady + call.longest * 1000 + graceMs;
	const report = (endedAt: Moment | null, ...warnings: string[]): Partial<CallItem> => {
		const began = answeredAt(attributes, shown);
		return {
			answered_at: isoTime(began),
			ended_at: endedAt === null ? null : isoTime(endedAt.shown),
			// What LiveKit's clock adds counts too: it knows best when the talk began.
			talk_seconds: endedAt === null ? null : inSeconds(shown - began + endedAt.steady - steady),
			participant_attributes: attributes,
			warnings,
		};
	};
	while (!cancel.happened() && performance.now() < until) {
		const seen = await seeCall(row, call);
		if (seen === 'gone') return report(now());
		unclear = seen === 'unclear' ? unclear + 1 : 0;
		if (seen !== 'unclear') attributes = seen.attributes;
		if (unclear >= mostSilentAnswers)
			return report(null, 'LiveKit stopped telling about the call: its end is not known');
		await cancel.orAfter(pause);
		pause = Math.min(pause * 1.5, longestPauseMs);
	}
	return report(null, 'The call had not ended when waiting for it did');
}
