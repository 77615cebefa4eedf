import type { JsonObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

function pickedId(object: StoredObject, raw: JsonObject): string {
	const id = raw[object.id];
	return typeof id === 'string' ? id.trim() : '';
}

/** The id that the picker holds, or a fault that names the picker. */
export function readId(row: Row, object: StoredObject, raw: JsonObject): RowResult<string> {
	const id = pickedId(object, raw);
	if (id !== '') return { value: id };
	const message = `is required: choose the ${object.noun} from the list or enter its ID`;
	return inputFailure(row, [{ path: object.id, message }]);
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
	const picked = pickedId(object, raw);
	if (typeof given !== 'string' || given === '') return readId(row, object, raw);
	if (picked === '' || picked === given) return { value: given };
	const message = `is ${picked} in the form and ${given} in the JSON. Remove one of them`;
	return inputFailure(row, [{ path: object.id, message }]);
}
