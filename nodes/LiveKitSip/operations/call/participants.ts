import type { IDataObject } from 'n8n-workflow';
import { decode } from '../../../../livekit/codec/decode';
import type { JsonObject } from '../../../../livekit/json';
import { entriesOf, foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { directionOf, statusOf } from '../../../../livekit/objects/simplify';
import type { Refusal } from '../../../../livekit/http/twirp';
import { type Outcome, inputFailure, refusalFailure } from '../../rows/failure';
import { presenter } from '../../request/output';
import type { Row } from '../../rows/row';

/** An operation on calls: raw body in, output items out. */
export type CallOperation = (row: Row, raw: JsonObject) => Promise<Outcome<IDataObject[]>>;

/** Room, and identity where asked for, as the pickers gave them. */
export function readRoom(row: Row, raw: JsonObject, withIdentity: boolean): Outcome<JsonObject> {
	const fields = withIdentity ? ['room', 'identity'] : ['room'];
	const body = Object.fromEntries(
		fields.map((name) => [name, typeof raw[name] === 'string' ? String(raw[name]).trim() : '']),
	);
	const faults = fields
		.filter((name) => body[name] === '')
		.map((name) => ({ path: name, message: 'is required: choose it from the list or enter it' }));
	return faults.length > 0 ? inputFailure(row, faults) : { value: body };
}

/** The SIP participants of a room, decoded. */
export async function callsOf(
	row: Row,
	room: string,
): Promise<{ readonly value: JsonObject[] } | { readonly refusal: Refusal }> {
	const participants = entriesOf(
		await row.send(callRpcs.getAll, { room }),
		'participants',
		'ParticipantInfo',
	);
	if ('refusal' in participants) return participants;
	return {
		value: participants.value
			.map((participant) => decode('ParticipantInfo', participant))
			.filter(({ kind }) => kind === 'SIP'),
	};
}

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
	if (isForeign('ParticipantInfo', answer.value))
		return refusalFailure(row, foreignAnswer('a participant was expected'));
	return { value: [withRoom(row, body.value.room)(decode('ParticipantInfo', answer.value))] };
};

function matches(
	participant: JsonObject,
	{ call_direction: direction, call_status: status }: JsonObject,
): boolean {
	return (
		(!direction || directionOf(participant) === direction) &&
		(!status || statusOf(participant) === status)
	);
}

/** Get Many: the SIP participants of a room. */
export const getManyCalls: CallOperation = async (row, raw) => {
	const body = readRoom(row, raw, false);
	if ('failure' in body) return body;
	const calls = await callsOf(row, String(body.value.room));
	if ('refusal' in calls) return refusalFailure(row, calls.refusal);
	const wanted = calls.value.filter((participant) => matches(participant, raw));
	return { value: wanted.slice(0, row.settings.wanted).map(withRoom(row, body.value.room)) };
};
