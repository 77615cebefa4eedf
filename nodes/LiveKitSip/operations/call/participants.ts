import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../livekit/json';
import { messagesOf } from '../../../../livekit/objects/list';
import { callRpcs } from '../../../../livekit/schema/rpc';
import type { Refusal } from '../../../../livekit/http/twirp';
import { shownBy } from '../../request/output';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

/** The fields of the raw body that the pickers of room and participant write. */
type Picked = 'room' | 'identity';

/** Room, and identity if asked for, as the pickers hold them. */
export function readPicked<Name extends Picked>(
	row: Row,
	raw: JsonObject,
	...names: Name[]
): RowResult<Record<Name, string>> {
	const textOf = (name: Name) => (typeof raw[name] === 'string' ? raw[name].trim() : '');
	const faults = names
		.filter((name) => textOf(name) === '')
		.map((path) => ({ path, message: 'is required: choose it from the list or enter it' }));
	if (faults.length > 0) return inputFailure(row, faults);
	return {
		value: Object.fromEntries(names.map((name) => [name, textOf(name)])) as Record<Name, string>,
	};
}

/** The SIP participants of a room, decoded. */
export async function callsIn(
	row: Row,
	room: string,
): Promise<{ readonly value: JsonObject[] } | { readonly refusal: Refusal }> {
	const reply = await row.send(callRpcs.getAll, { room });
	if ('refusal' in reply) return reply;
	return { value: messagesOf(reply.value.participants).filter(({ kind }) => kind === 'SIP') };
}

/** Makes output of decoded participants of a room. */
export function shownIn(row: Row, room: string): (participant: JsonObject) => IDataObject {
	const shown = shownBy(row, 'ParticipantInfo');
	return (participant) => ({ room_name: room, ...shown(participant) });
}

/** The output of an operation that shows running calls. */
export const callOutput = { room_name: 'string', '...': 'ParticipantInfo' } as const;
