import { callRpcs } from '../../../livekit/rpc';
import { sipStatusOf } from '../../../livekit/sipStatus';
import type { Answer } from '../../../livekit/twirp';
import type { Row } from './row';

// n8n's Retry On Fail runs the node again with the same execute data, so it outlives a try and ends with the run.
const memory = new WeakMap<object, Map<string, Promise<Answer>>>();

// Codes with which LiveKit refuses a request before it reaches a carrier, and requests that never left n8n.
const nobodyCalled = new Set(['no_answer', 'no_credential', 'unauthenticated', 'malformed', 'invalid_argument', 'bad_route', 'no_service', 'not_found', 'wrong_region', 'too_large']);

/** Whether an answer proves that nobody was called, so that the same dial may be sent again. */
export function provesNoDial(answer: Answer): boolean {
	if (!('refusal' in answer) || sipStatusOf(answer.refusal)) return false;
	return nobodyCalled.has(answer.refusal.code) || /no response from servers/.test(answer.refusal.message);
}

/**
 * Wraps a send function so that one call of an execution is dialled once, whatever Retry On Fail does: a repeated
 * dial (same request id) gets the first one's answer, also a refusal or a broken connection. Only an answer that
 * proves that nobody was called is forgotten.
 *
 * @param executeData n8n's data of the node's run
 */
export function dialOnce(executeData: object, send: Row['send']): Row['send'] {
	return async (rpc, body, options) => {
		if (rpc !== callRpcs.place || !options?.requestId) return await send(rpc, body, options);
		const calls = memory.get(executeData) ?? new Map<string, Promise<Answer>>();
		memory.set(executeData, calls);
		const known = calls.get(options.requestId);
		if (known) return await known;
		const dialled = send(rpc, body, options);
		calls.set(options.requestId, dialled);
		const answer = await dialled;
		if (provesNoDial(answer)) calls.delete(options.requestId);
		return answer;
	};
}
