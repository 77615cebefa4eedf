import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../livekit/decode';
import { type JsonObject, isObject } from '../../../livekit/json';
import { entriesOf, foreignAnswer } from '../../../livekit/list';
import { callRpcs } from '../../../livekit/rpc';
import { unwrapFlat } from '../../../livekit/unwrap';
import { type Outcome, inputFailure, refusalFailure } from './failure';
import { fromJsonOrForm, prepare } from './input';
import { present } from './present';
import { requestId } from './requestId';
import type { Row } from './row';

/** An operation on calls: raw body in, output items out. */
export type CallOperation = (row: Row, raw: JsonObject) => Promise<Outcome<IDataObject[]>>;

// LiveKit's own deadline for a dial that waits (livekit/livekit pkg/service/sip.go), less what it needs around the ring.
const longestRingOfServer = 78;
const marginSeconds = 2;
const answerMarginMs = 15_000;
const transferDeadlineSeconds = 30;

function seconds(value: unknown, fallback: number): number {
	return typeof value === 'string' ? Number.parseFloat(value) : fallback;
}

/** Place: one dial, answered with the ids of the call. */
export const placeCall: CallOperation = async (row, raw) => {
	const input = fromJsonOrForm(row, raw, unwrapFlat, () => raw);
	if ('failure' in input) return input;
	const prepared = prepare(row, callRpcs.place.request, input.value.value, input.value.warnings);
	if ('failure' in prepared) return prepared;
	const { warnings } = prepared.value;
	// Without a ringing timeout the bridge rings for 3 minutes and the server gives up after 80 seconds.
	const body: JsonObject = { ...prepared.value.body, ringing_timeout: prepared.value.body.ringing_timeout ?? '30s' };
	const ring = seconds(body.ringing_timeout, 30);
	const answer = await row.send(callRpcs.place, body, {
		requestId: requestId(row, body),
		atLeastMs: ring * 1000 + answerMarginMs,
		...(ring > longestRingOfServer && body.wait_until_answered === true ? { serverDeadlineMs: (ring + marginSeconds) * 1000 } : {}),
	});
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (typeof (answer.value.sip_call_id ?? answer.value.sipCallId) !== 'string') return refusalFailure(row, foreignAnswer('a SIP call was expected'));
	return { value: [present(row, callRpcs.place.response ?? '', decode('SIPParticipantInfo', answer.value), warnings)] };
};

/** Transfer: older servers answer `{}`, newer ones the transfer's fate (reference 3.8). */
export const transferCall: CallOperation = async (row, raw) => {
	const input = fromJsonOrForm(row, raw, unwrapFlat, () => raw);
	if ('failure' in input) return input;
	const prepared = prepare(row, callRpcs.transfer.request, input.value.value, input.value.warnings);
	if ('failure' in prepared) return prepared;
	const { body, warnings } = prepared.value;
	const answer = await row.send(callRpcs.transfer, body, {
		requestId: requestId(row, body),
		atLeastMs: seconds(body.ringing_timeout, transferDeadlineSeconds) * 1000 + answerMarginMs,
	});
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	const result = decode('TransferSIPParticipantResponse', answer.value);
	if (result.transfer_id !== '' && result.status === 'STS_TRANSFER_FAILED') {
		return refusalFailure(row, { status: 200, code: 'transfer_failed', message: `the transfer did not succeed: ${String(result.reason)}`, meta: statusMeta(result) });
	}
	const ids = { room_name: body.room_name, participant_identity: body.participant_identity, transfer_to: body.transfer_to };
	const fate = result.transfer_id === '' ? {} : result;
	return { value: [{ transferred: true, ...ids, ...fate, ...(warnings.length > 0 ? { warnings: [...warnings] } : {}) }] };
};

function statusMeta(result: JsonObject): Record<string, string> {
	const status = isObject(result.sip_status) ? result.sip_status : {};
	return typeof status.status === 'string' && status.status !== '' ? { sip_status: status.status } : {};
}

function readRoom(row: Row, raw: JsonObject, withIdentity: boolean): Outcome<JsonObject> {
	const fields = withIdentity ? ['room', 'identity'] : ['room'];
	const body = Object.fromEntries(fields.map((name) => [name, typeof raw[name] === 'string' ? String(raw[name]).trim() : '']));
	const faults = fields
		.filter((name) => body[name] === '')
		.map((name) => ({ path: name, message: 'is required: choose it from the list or enter it' }));
	return faults.length > 0 ? inputFailure(row, faults) : { value: body };
}

/** Hang Up: removing the participant makes the bridge send BYE, or CANCEL while it rings. */
export const hangUpCall: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, true);
	if ('failure' in body) return body;
	const answer = await row.send(callRpcs.hangUp, body.value);
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	return { value: [{ ended: true, room_name: body.value.room, participant_identity: body.value.identity }] };
};

function withRoom(row: Row, room: JsonObject[string], answer: Record<string, unknown>): IDataObject {
	return { room_name: room, ...present(row, 'ParticipantInfo', decode('ParticipantInfo', answer)) };
}

/** Get: one call by room and identity. */
export const getCall: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, true);
	if ('failure' in body) return body;
	const answer = await row.send(callRpcs.get, body.value);
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	return { value: [withRoom(row, body.value.room, answer.value)] };
};

/** Get Many: the SIP participants of a room. */
export const getManyCalls: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, false);
	if ('failure' in body) return body;
	const answer = await row.send(callRpcs.getAll, body.value);
	const participants = entriesOf(answer, 'participants');
	if ('refusal' in participants) return refusalFailure(row, participants.refusal);
	const calls = participants.value.filter((participant) => decode('ParticipantInfo', participant).kind === 'SIP');
	const wanted = row.parameter('returnAll', false) ? calls.length : row.parameter('limit', 50);
	return { value: calls.slice(0, wanted).map((call) => withRoom(row, body.value.room, call)) };
};
