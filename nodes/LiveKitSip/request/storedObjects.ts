import { foreignAnswer } from '../../../livekit/codec/answer';
import { type JsonObject, isObject } from '../../../livekit/json';
import { listObjects } from '../../../livekit/objects/list';
import type { StoredObject } from '../../../livekit/schema/rpc';
import { Allowance } from '../../shared/limits';
import { type Failure, type RowResult, refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import { ask } from './ask';

/** Lists stored objects for a row, see `listObjects`. */
export async function listStored(
	row: Row,
	object: StoredObject,
	filters: JsonObject,
	wanted?: number,
	matches?: (value: JsonObject) => boolean,
): Promise<RowResult<JsonObject[]>> {
	const allowance = new Allowance(row.timeoutMs);
	const send = async (body: JsonObject) => await row.send(object.rpcs.list, body, { allowance });
	const listed = await listObjects(send, object, filters, wanted, matches);
	return 'refusal' in listed ? refusalFailure(row, listed.refusal) : listed;
}

/** One stored object by its id, decoded. If the list does not hold it, the refusal says that it does not exist. */
export async function getStored(
	row: Row,
	object: StoredObject,
	id: string,
): Promise<RowResult<JsonObject>> {
	const { get } = object.rpcs;
	if (get) {
		const got = await ask(row, get, { [object.id]: id });
		if ('failure' in got) return got;
		const { trunk } = got.value;
		return isObject(trunk)
			? { value: trunk }
			: refusalFailure(row, foreignAnswer(`an ${object.noun} was expected`));
	}
	const isIt = (value: JsonObject) => value[object.id] === id;
	const listed = await listStored(row, object, { [object.idFilter]: [id] }, 1, isIt);
	if ('failure' in listed) return listed;
	const [found] = listed.value;
	return found ? { value: found } : absent(row, object, id);
}

function absent(row: Row, object: StoredObject, id: string): Failure {
	const kind = object.noun.replace(/^\w+bound /, '');
	const message = `requested sip ${kind} does not exist`;
	const asked = { [object.id]: id };
	return refusalFailure(row, { status: 404, code: 'not_found', message, meta: {}, asked });
}

/** All stored objects of a kind, decoded, with one of them. If the list does not hold it, that is refused as by `getStored`. */
export async function listWith(
	row: Row,
	object: StoredObject,
	id: string,
): Promise<RowResult<{ readonly all: JsonObject[]; readonly found: JsonObject }>> {
	const listed = await listStored(row, object, {});
	if ('failure' in listed) return listed;
	const found = listed.value.find((value) => value[object.id] === id);
	return found ? { value: { all: listed.value, found } } : absent(row, object, id);
}
