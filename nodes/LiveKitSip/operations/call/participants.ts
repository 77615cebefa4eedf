import type { IDataObject } from 'n8n-workflow';
import { type JsonObject, isObject, show } from '../../../../livekit/json';
import type { RunningCall } from '../../../../livekit/objects/runningCalls';
import { readPickedCall } from '../../../shared/pickedCall';
import { callPicker } from '../../fields/callShared';
import { shownBy } from '../../request/output';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

const otherWay = 'choose Identity and fill in the Room too';

/** Whether the picker of calls holds an entry of its list, which is room and identity in one. */
function isFromList(row: Row): boolean {
	const picker = row.read(callPicker, undefined);
	return isObject(picker) && picker.mode === 'list';
}

function textIn(raw: JsonObject, name: string): string {
	const value = raw[name];
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * The raw body with room and identity of the call that was picked from the list, or given by Room and identity.
 *
 * @param room name of the room in the body
 * @param identity name of the identity in the body, where the picker writes whatever it holds
 */
export function withCall(
	row: Row,
	raw: JsonObject,
	room: string,
	identity: string,
): RowResult<JsonObject> {
	const given = textIn(raw, identity);
	const fault = (path: string, message: string) => inputFailure(row, [{ path, message }]);
	if (given === '') return fault(identity, `is required: choose it from the list, or ${otherWay}`);
	if (isFromList(row)) {
		const call = readPickedCall(raw[identity]);
		if (call) return { value: { ...raw, [room]: call.room, [identity]: call.identity } };
		return fault(
			identity,
			`holds ${show(given)}, which is no entry of the list. Choose a call from the list, or ${otherWay}`,
		);
	}
	if (textIn(raw, room) === '')
		return fault(room, 'is required: the room of the call, such as the room_name that Place gives');
	return { value: { ...raw, [room]: textIn(raw, room), [identity]: given } };
}

/** Room and identity of the call that was picked. */
export function readCall(
	row: Row,
	raw: JsonObject,
): RowResult<Readonly<Record<'room' | 'identity', string>>> {
	const picked = withCall(row, raw, 'room', 'identity');
	if ('failure' in picked) return picked;
	const { room, identity } = picked.value;
	return { value: { room: String(room), identity: String(identity) } };
}

/** Makes output of running calls. */
export function shownCall(row: Row): (call: RunningCall) => IDataObject {
	const shown = shownBy(row, 'ParticipantInfo');
	return ({ room, participant }) => ({ room_name: room, ...shown(participant) });
}

/** The output of an operation that shows running calls. */
export const callOutput = { room_name: 'string', '...': 'ParticipantInfo' } as const;
