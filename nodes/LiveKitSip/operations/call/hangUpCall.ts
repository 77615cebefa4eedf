import { checkHeaders } from '../../../../livekit/checks/headers';
import { decode } from '../../../../livekit/codec/decode';
import { encode } from '../../../../livekit/codec/encode';
import { type JsonObject, isObject } from '../../../../livekit/json';
import { foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { statusOf } from '../../../../livekit/objects/simplify';
import { type CallOperation, readRoom } from './participants';
import { type Outcome, inputFailure, labelled, refusalFailure } from '../../rows/failure';
import { requestId } from '../../request/requestId';
import type { Row } from '../../rows/row';

interface ByeHeaders {
	readonly headers: JsonObject;
	readonly warnings: readonly string[];
}

function readHeaders(row: Row, given: JsonObject[string]): Outcome<ByeHeaders> {
	const { body, faults } = encode(callRpcs.transfer.request, { headers: given ?? {} });
	const headers = isObject(body.headers) ? (body.headers as JsonObject) : {};
	const found = checkHeaders(headers, 'bye_headers');
	const all = [
		...faults.map(({ path, message }) => ({
			path: path.replace(/^headers/, 'bye_headers'),
			message,
		})),
		...found.faults,
	];
	return all.length > 0
		? inputFailure(row, all)
		: { value: { headers, warnings: found.warnings.map((warning) => labelled(row, warning)) } };
}

const without = 'The call was ended without the BYE headers: ';
const rpcTimeoutMs = 3000;

/** What asking for a BYE with headers came to, where LiveKit did not confirm it. */
interface Unconfirmed {
	/** Why, as the end of a sentence. */
	readonly words: string;
	/** Whether the bridge may have got the request. */
	readonly possible: boolean;
}

/**
 * Ends an answered call through the bridge's own RPC, which puts headers into its BYE (livekit/sip pkg/sip/rpc.go; since
 * livekit-sip 1.6, on LiveKit server 1.9.2 or newer).
 *
 * @returns undefined when LiveKit confirmed it
 */
async function endWithHeaders(
	row: Row,
	{ room, identity }: JsonObject,
	headers: JsonObject,
): Promise<Unconfirmed | undefined> {
	const seen = await row.send(callRpcs.get, { room, identity });
	if ('refusal' in seen) return { words: seen.refusal.message, possible: false };
	// While a phone rings the bridge would answer after the ringing only.
	if (statusOf(decode('ParticipantInfo', seen.value)) !== 'active')
		return { words: 'it was not answered yet', possible: false };
	const body = {
		room,
		destination_identity: identity,
		method: 'lk.sip.EndCall',
		payload: JSON.stringify({ headers }),
		response_timeout_ms: rpcTimeoutMs,
	};
	const answer = await row.send(callRpcs.perform, body, { requestId: requestId(row, body) });
	if ('value' in answer && !isForeign(callRpcs.perform.response ?? '', answer.value))
		return undefined;
	const { code, message } =
		'refusal' in answer ? answer.refusal : foreignAnswer('the answer of the call was expected');
	return {
		words: `LiveKit said: ${message || code}`,
		possible: !['bad_route', 'invalid_argument', 'unauthenticated'].includes(code),
	};
}

/** Hang Up: removing the participant makes the bridge send BYE, or CANCEL while it rings. */
export const hangUpCall: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, true);
	if ('failure' in body) return body;
	const bye = readHeaders(row, raw.bye_headers);
	if ('failure' in bye) return bye;
	const { headers, warnings } = bye.value;
	const shown = (all: readonly string[]) => ({
		value: [
			{
				ended: true,
				room_name: body.value.room,
				participant_identity: body.value.identity,
				...(all.length > 0 ? { warnings: [...all] } : {}),
			},
		],
	});
	const wanted = Object.keys(headers).length > 0;
	const unconfirmed = wanted ? await endWithHeaders(row, body.value, headers) : undefined;
	if (wanted && !unconfirmed) return shown(warnings);
	const answer = await row.send(callRpcs.hangUp, body.value, {
		requestId: requestId(row, body.value),
	});
	if ('refusal' in answer) {
		// The bridge leaves the room with its BYE, and its answer is lost then: a call that is gone now was ended by it.
		if (answer.refusal.code === 'not_found' && unconfirmed?.possible) return shown(warnings);
		return refusalFailure(row, answer.refusal);
	}
	if (isForeign('RemoveParticipantResponse', answer.value))
		return refusalFailure(row, foreignAnswer('an empty answer was expected'));
	return shown(unconfirmed ? [...warnings, without + unconfirmed.words] : warnings);
};
