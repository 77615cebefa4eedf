import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../livekit/decode';
import { type JsonObject, isObject } from '../../../livekit/json';
import { entriesOf, foreignAnswer, isForeign } from '../../../livekit/list';
import { callRpcs } from '../../../livekit/rpc';
import { enumOf } from '../../../livekit/schema';
import { unwrapFlat } from '../../../livekit/unwrap';
import { type Outcome, inputFailure, refusalFailure } from './failure';
import { fromJsonOrForm, prepare } from './input';
import { present, presenter } from './present';
import { requestId } from './requestId';
import type { Row } from './row';

/** An operation on calls: raw body in, output items out. */
export type CallOperation = (row: Row, raw: JsonObject) => Promise<Outcome<IDataObject[]>>;

// LiveKit's own deadline for a dial that waits (livekit/livekit pkg/service/sip.go), less what it needs around the ring.
const longestRingOfServer = 78;
const marginSeconds = 2;
const answerMarginMs = 15_000;

function seconds(duration: unknown): number {
	return Number.parseFloat(String(duration));
}

const transferReasons: Readonly<Record<string, string>> = {
	STR_REJECTED: 'The transfer was rejected',
	STR_RINGING_TIMEOUT: 'Nobody answered the transfer in time',
	STR_SUBSCRIPTION_TERMINATED: 'The carrier stopped reporting on the transfer',
	STR_CANCELED: 'The transfer was canceled',
};

/** Place: one dial, answered with the ids of the call. */
export const placeCall: CallOperation = async (row, raw) => {
	const input = fromJsonOrForm(row, raw, unwrapFlat, () => raw);
	if ('failure' in input) return input;
	const prepared = prepare(row, callRpcs.place.request, input.value.value, input.value.warnings);
	if ('failure' in prepared) return prepared;
	const { warnings } = prepared.value;
	// Without a ringing timeout the bridge rings for 3 minutes and the server gives up after 80 seconds.
	const body: JsonObject = { ...prepared.value.body, ringing_timeout: prepared.value.body.ringing_timeout ?? '30s' };
	const ring = seconds(body.ringing_timeout);
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
	const { warnings } = prepared.value;
	// Some servers gave up after 10 seconds on their own and reported a transfer that succeeded as failed.
	const body: JsonObject = { ...prepared.value.body, ringing_timeout: prepared.value.body.ringing_timeout ?? '30s' };
	const answer = await row.send(callRpcs.transfer, body, {
		requestId: requestId(row, body),
		atLeastMs: seconds(body.ringing_timeout) * 1000 + answerMarginMs,
	});
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign('TransferSIPParticipantResponse', answer.value)) return refusalFailure(row, foreignAnswer('the result of a transfer was expected'));
	const result = decode('TransferSIPParticipantResponse', answer.value);
	if (result.transfer_id !== '' && result.status === 'STS_TRANSFER_FAILED') {
		return refusalFailure(row, { status: 200, code: 'transfer_failed', message: transferReasons[String(result.reason)] ?? 'The transfer did not succeed', meta: statusMeta(result) });
	}
	const ids = { room_name: body.room_name, participant_identity: body.participant_identity, transfer_to: body.transfer_to };
	const fate = result.transfer_id === '' ? {} : result;
	return { value: [{ transferred: true, ...ids, ...fate, ...(warnings.length > 0 ? { warnings: [...warnings] } : {}) }] };
};

function statusMeta(result: JsonObject): Record<string, string> {
	const status = isObject(result.sip_status) ? result.sip_status : {};
	const code = enumOf('SIPStatusCode')[String(status.code)] ?? 0;
	return code > 0 ? { sip_status_code: String(code), sip_status: String(status.status ?? '') } : {};
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
	const answer = await row.send(callRpcs.hangUp, body.value, { requestId: requestId(row, body.value) });
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign('RemoveParticipantResponse', answer.value)) return refusalFailure(row, foreignAnswer('an empty answer was expected'));
	return { value: [{ ended: true, room_name: body.value.room, participant_identity: body.value.identity }] };
};

function withRoom(row: Row, room: JsonObject[string]): (participant: JsonObject) => IDataObject {
	const shown = presenter(row, 'ParticipantInfo');
	return (participant) => ({ room_name: room, ...shown(participant) });
}

/** Get: one call by room and identity. */
export const getCall: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, true);
	if ('failure' in body) return body;
	const answer = await row.send(callRpcs.get, body.value);
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign('ParticipantInfo', answer.value)) return refusalFailure(row, foreignAnswer('a participant was expected'));
	return { value: [withRoom(row, body.value.room)(decode('ParticipantInfo', answer.value))] };
};

/** Get Many: the SIP participants of a room. */
export const getManyCalls: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, false);
	if ('failure' in body) return body;
	const answer = await row.send(callRpcs.getAll, body.value);
	const participants = entriesOf(answer, 'participants', 'ParticipantInfo');
	if ('refusal' in participants) return refusalFailure(row, participants.refusal);
	const calls = participants.value.map((participant) => decode('ParticipantInfo', participant)).filter(({ kind }) => kind === 'SIP');
	return { value: calls.slice(0, row.settings.wanted).map(withRoom(row, body.value.room)) };
};
