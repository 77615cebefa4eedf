import type { IDataObject } from 'n8n-workflow';
import { checkHeaders } from '../../../../livekit/checks/headers';
import { encode } from '../../../../livekit/codec/encode';
import { type JsonObject, isObject } from '../../../../livekit/json';
import { statusOf } from '../../../../livekit/objects/simplify';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { callLocators } from '../../fields/callShared';
import { mapField } from '../../fields/maps';
import { optionsOf } from '../../fields/output';
import { sendOnce } from '../../request/ask';
import { type RowResult, inputFailure, labelled, refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { readCall } from './participants';

type Call = Readonly<Record<'room' | 'identity', string>>;

interface ByeHeaders {
	readonly headers: JsonObject;
	readonly warnings: readonly string[];
}

function readHeaders(row: Row, given: JsonObject[string]): RowResult<ByeHeaders> {
	const { body, faults } = encode(callRpcs.transfer.request, { headers: given ?? {} });
	const headers = isObject(body.headers) ? body.headers : {};
	const found = checkHeaders(headers, 'bye_headers');
	const unread = faults.map(({ path, message }) => ({
		path: path.replace(/^headers/, 'bye_headers'),
		message,
	}));
	const all = [...unread, ...found.faults];
	if (all.length > 0) return inputFailure(row, all);
	return { value: { headers, warnings: found.warnings.map((warning) => labelled(row, warning)) } };
}

const rpcTimeoutMs = 3000;

/** Why LiveKit did not confirm a BYE with headers. */
interface Unconfirmed {
	/** The end of a sentence. */
	readonly words: string;
	/** Whether the bridge may have got the request. */
	readonly possible: boolean;
}

/**
 * Ends an answered call through the bridge's own RPC, which puts headers into its BYE (livekit/sip pkg/sip/rpc.go, since
 * livekit-sip 1.6; on LiveKit server 1.9.2 or newer).
 *
 * @returns undefined when LiveKit confirmed it
 */
async function endWithHeaders(
	row: Row,
	call: Call,
	headers: JsonObject,
): Promise<Unconfirmed | undefined> {
	const seen = await row.send(callRpcs.get, call);
	if ('refusal' in seen) return { words: seen.refusal.message, possible: false };
	// While a phone rings the bridge would answer only after the ringing.
	if (statusOf(seen.value) !== 'active')
		return { words: 'it was not answered yet', possible: false };
	const body = {
		room: call.room,
		destination_identity: call.identity,
		method: 'lk.sip.EndCall',
		payload: JSON.stringify({ headers }),
		response_timeout_ms: rpcTimeoutMs,
	};
	const reply = await sendOnce(row, callRpcs.perform, body);
	if ('value' in reply) return undefined;
	const { code, message } = reply.refusal;
	const refused = ['bad_route', 'invalid_argument', 'unauthenticated'].includes(code);
	return { words: `LiveKit said: ${message || code}`, possible: !refused };
}

async function hangUpCall(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const picked = readCall(row, raw);
	if ('failure' in picked) return picked;
	const call = picked.value;
	const bye = readHeaders(row, raw.bye_headers);
	if ('failure' in bye) return bye;
	const { headers, warnings } = bye.value;
	const ended = (...more: string[]): RowResult<IDataObject[]> => {
		const all = [...warnings, ...more];
		const item = { ended: true, room_name: call.room, participant_identity: call.identity };
		return { value: [all.length > 0 ? { ...item, warnings: all } : item] };
	};
	const wanted = Object.keys(headers).length > 0;
	const unconfirmed = wanted ? await endWithHeaders(row, call, headers) : undefined;
	if (wanted && !unconfirmed) return ended();
	const reply = await sendOnce(row, callRpcs.hangUp, call);
	if ('refusal' in reply) {
		// The bridge leaves the room with its BYE, and its answer is lost then: a call that is gone now was ended by it.
		const byBridge = reply.refusal.code === 'not_found' && unconfirmed?.possible;
		return byBridge ? ended() : refusalFailure(row, reply.refusal);
	}
	return unconfirmed
		? ended(`The call was ended without the BYE headers: ${unconfirmed.words}`)
		: ended();
}

/** Hang Up: removing the participant makes the bridge send BYE, or CANCEL while the phone rings. */
export const hangUp: Operation = {
	resource: 'call',
	value: 'hangUp',
	name: 'Hang Up',
	action: 'Hang up a call',
	description: 'End a call, ringing or answered',
	rpc: callRpcs.hangUp,
	also: [
		{ rpc: callRpcs.get, when: 'if there are BYE headers' },
		{ rpc: callRpcs.perform, when: 'if there are BYE headers' },
	],
	properties: [
		...callLocators('room', 'identity'),
		optionsOf(
			mapField({
				displayName: 'BYE Headers',
				name: 'byeHeaders',
				path: 'bye_headers',
				description:
					'From LiveKit to the carrier: SIP headers added to the BYE that ends an answered call, such as X-Reason with value done. Needs LiveKit server 1.9.2 and livekit-sip 1.6.0 or newer; elsewhere the call is ended without them, with a warning.',
				from: { label: 'SIP Header', example: 'X-Reason' },
				to: { label: 'Value', example: 'done' },
			}),
		),
	],
	output: {
		ended: 'boolean',
		room_name: 'string',
		participant_identity: 'string',
		warnings: 'string[]',
	},
	effect: 'writes',
	order: 'together',
	run: hangUpCall,
};
