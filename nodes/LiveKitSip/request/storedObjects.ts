import { decode } from '../../../livekit/codec/decode';
import { type JsonObject, isObject } from '../../../livekit/json';
import { listObjects } from '../../../livekit/objects/list';
import { foreignAnswer } from '../../../livekit/codec/answer';
import type { StoredObject } from '../../../livekit/schema/rpc';
import { type Outcome, refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';

/** Lists stored objects for a row, see `listObjects`. */
export async function listFor(
	row: Row,
	object: StoredObject,
	filters: JsonObject,
	wanted?: number,
	matches?: (value: JsonObject) => boolean,
): Promise<Outcome<JsonObject[]>> {
	const listed = await listObjects(
		async (body) => await row.send(object.rpcs.list, body),
		object,
		filters,
		wanted,
		matches,
	);
	return 'refusal' in listed ? refusalFailure(row, listed.refusal) : listed;
}

/** One stored object by its id, decoded; a refusal "does not exist" where the list does not hold it. */
export async function getObject(
	row: Row,
	object: StoredObject,
	id: string,
): Promise<Outcome<JsonObject>> {
	const { get } = object.rpcs;
	if (get) {
		const answer = await row.send(get, { [object.id]: id });
		if ('refusal' in answer) return refusalFailure(row, answer.refusal);
		const { trunk } = answer.value;
		return isObject(trunk)
			? { value: decode(object.info, trunk) }
			: refusalFailure(row, foreignAnswer(`an ${object.noun} was expected`));
	}
	const listed = await listFor(
		row,
		object,
		{ [object.idFilter]: [id] },
		1,
		(value) => value[object.id] === id,
	);
	if ('failure' in listed) return listed;
	const [found] = listed.value;
	if (found) return { value: found };
	return refusalFailure(row, {
		status: 404,
		code: 'not_found',
		message: `requested sip ${object.noun} does not exist`,
		meta: {},
	});
}
