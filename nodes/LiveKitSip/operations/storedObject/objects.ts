import type { IDataObject } from 'n8n-workflow';
import { encode } from '../../../../livekit/codec/encode';
import { type JsonObject, isObject } from '../../../../livekit/json';
import { foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { messageOf } from '../../../../livekit/schema';
import { unwrapCreate } from '../../../../livekit/codec/unwrap';
import { type Outcome, inputFailure, refusalFailure } from '../../rows/failure';
import { fromJsonOrForm, prepare } from '../../request/body';
import { getObject, listFor } from '../../request/storedObjects';
import { present, presentWritten, presenter } from '../../request/output';
import { requestId } from '../../request/requestId';
import type { Row } from '../../rows/row';

/** An operation on a stored object: raw body in, output items out. */
export type ObjectOperation = (
	row: Row,
	object: StoredObject,
	raw: JsonObject,
) => Promise<Outcome<IDataObject[]>>;

/** The id that the picker holds, or a fault that names it. */
export function readId(row: Row, object: StoredObject, raw: JsonObject): Outcome<string> {
	const id = typeof raw[object.id] === 'string' ? String(raw[object.id]).trim() : '';
	if (id !== '') return { value: id };
	return inputFailure(row, [
		{
			path: object.id,
			message: `is required: choose the ${object.noun} from the list or enter its ID`,
		},
	]);
}

export const createObject: ObjectOperation = async (row, object, raw) => {
	const input = fromJsonOrForm(
		row,
		raw,
		(given) => unwrapCreate(object.info, object.wrapper, object.id, given),
		() => raw[object.wrapper] ?? {},
	);
	if ('failure' in input) return input;
	const prepared = prepare(
		row,
		object.rpcs.create.request,
		{ [object.wrapper]: input.value.value },
		input.value.warnings,
	);
	if ('failure' in prepared) return prepared;
	const { body, warnings } = prepared.value;
	const answer = await row.send(object.rpcs.create, body, { requestId: requestId(row, body) });
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign(object.info, answer.value))
		return refusalFailure(row, foreignAnswer(`the new ${object.noun} was expected`));
	const sent = body[object.wrapper];
	return {
		value: [presentWritten(row, object.info, isObject(sent) ? sent : {}, answer.value, warnings)],
	};
};

export const getOneObject: ObjectOperation = async (row, object, raw) => {
	const id = readId(row, object, raw);
	if ('failure' in id) return id;
	const found = await getObject(row, object, id.value);
	return 'failure' in found ? found : { value: [present(row, object.info, found.value)] };
};

export const getManyObjects: ObjectOperation = async (row, object, raw) => {
	const filters = encode(object.rpcs.list.request, pickFields(object.rpcs.list.request, raw));
	if (filters.faults.length > 0) return inputFailure(row, filters.faults);
	const { wanted, nameContains } = row.settings;
	const listed = await listFor(row, object, filters.body, wanted, (value) =>
		String(value.name).toLowerCase().includes(nameContains),
	);
	return 'failure' in listed ? listed : { value: listed.value.map(presenter(row, object.info)) };
};

function pickFields(message: string, raw: JsonObject): JsonObject {
	return Object.fromEntries(
		messageOf(message)
			.fields.filter(({ name }) => name in raw)
			.map(({ name }) => [name, raw[name]]),
	);
}

export const deleteObject: ObjectOperation = async (row, object, raw) => {
	const id = readId(row, object, raw);
	if ('failure' in id) return id;
	const body = { [object.id]: id.value };
	const answer = await row.send(object.rpcs.delete, body, { requestId: requestId(row, body) });
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign(object.info, answer.value))
		return refusalFailure(row, foreignAnswer(`the deleted ${object.noun} was expected`));
	return { value: [{ deleted: true, [object.id]: id.value }] };
};
