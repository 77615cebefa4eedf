import type { JsonObject } from '../../../livekit/json';
import { foreignAnswer } from '../../../livekit/codec/answer';
import { fateOf } from '../../../livekit/outcome/call';
import { callRpcs } from '../../../livekit/schema/rpc';
import type { Refusal } from '../../../livekit/http/twirp';
import type { Reply } from '../../../livekit/codec/response';
import { requestId } from '../request/requestId';
import type { Row } from '../rows/row';
import { type Verdict, fateVerdict } from './item';
import { type Moment, isoTime, now, secondsBetween } from './moment';
import type { Plan } from './plan';

// LiveKit's own deadline for a dial that waits (livekit/livekit pkg/service/sip.go), less what it needs around the ring.
const longestRingOfServer = 78;
const marginSeconds = 2;
const answerMarginMs = 15_000;

/** How a dial ended: its verdict, and the refusal if LiveKit refused. */
export interface Dialled {
	readonly verdict: Verdict;
	readonly refusal?: Refusal;
	/** When the answer came. */
	readonly endedAt: Moment;
}

/** An answer without the id of the call proves nothing. */
function readDial(reply: Reply): Reply {
	if ('refusal' in reply || reply.value.sip_call_id !== '') return reply;
	return { refusal: foreignAnswer('a SIP call was expected') };
}

function answeredVerdict(
	participant: JsonObject,
	waited: boolean,
	from: Moment,
	to: Moment,
): Verdict {
	const names = ['participant_id', 'participant_identity', 'room_name', 'sip_call_id'];
	// What the answer leaves out stays as planned.
	const ids = Object.fromEntries(
		names.flatMap((name) => (participant[name] ? [[name, String(participant[name])]] : [])),
	);
	if (!waited)
		return {
			...ids,
			outcome: 'dialing',
			message: 'LiveKit is dialling. Whether the call is answered is not known yet',
		};
	return {
		...ids,
		outcome: 'answered',
		answered: true,
		message: 'The call was answered, by a person or by voicemail',
		answered_at: isoTime(to.shown),
		ring_seconds: secondsBetween(from, to),
	};
}

/** Sends the one request that makes a phone ring, and reads its answer. */
export async function dial(row: Row, { body, waitFor, origin }: Plan): Promise<Dialled> {
	const ring = Number.parseFloat(String(body.ringing_timeout));
	const waited = waitFor !== 'nothing';
	const from = now();
	const reply = readDial(
		await row.send(callRpcs.place, body, {
			requestId: requestId(row, body, origin),
			atLeastMs: ring * 1000 + answerMarginMs,
			// The server answers by its own deadline at the latest.
			usualMs: (Math.max(ring, longestRingOfServer) + marginSeconds) * 1000 + answerMarginMs,
			...(ring > longestRingOfServer && waited
				? { serverDeadlineMs: (ring + marginSeconds) * 1000 }
				: {}),
		}),
	);
	const endedAt = now();
	const requested = { requested_at: isoTime(from.shown) };
	if ('value' in reply) {
		const verdict = {
			...requested,
			...answeredVerdict(reply.value, waited, from, endedAt),
		};
		return { verdict, endedAt };
	}
	const { refusal } = reply;
	const fate = fateOf(refusal);
	const rang = fate.outcome === 'not_sent' ? {} : { ring_seconds: secondsBetween(from, endedAt) };
	return { verdict: { ...fateVerdict(fate), ...requested, ...rang }, refusal, endedAt };
}
