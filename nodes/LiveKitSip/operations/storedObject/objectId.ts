import { idFault } from '../../../../livekit/checks/ids';
import type { JsonObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

function textOf(given: unknown): string {
	return typeof given === 'string' ? given.trim() : '';
}

// LiveKit deletes a trunk of either kind by its ID, and says that it has deleted what never was there.
function checked(row: Row, object: StoredObject, id: string): RowResult<string> {
	const message =
		id === ''
			? `is required: choose the ${object.noun} from the list or enter its ID`
			: idFault(object.id, id);
	return message === undefined ? { value: id } : inputFailure(row, [{ path: object.id, message }]);
}

/** The id that the picker holds, or a fault that names the picker. */
export function readId(row: Row, object: StoredObject, raw: JsonObject): RowResult<string> {
	return checked(row, object, textOf(raw[object.id]));
}

/**
 * The id in the picker or in the JSON; both may hold the same one.
 *
 * @param given the id in the JSON
 */
export function readIdOrJson(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
	given: unknown,
): RowResult<string> {
	const [picked, inJson] = [textOf(raw[object.id]), textOf(given)];
	if (inJson === '') return readId(row, object, raw);
	if (picked === '' || picked === inJson) return checked(row, object, inJson);
	const message = `is ${picked} in the form and ${inJson} in the JSON. Remove one of them`;
	return inputFailure(row, [{ path: object.id, message }]);
}
