import type { IDataObject } from 'n8n-workflow';
import { unwrapCreate } from '../../../../livekit/codec/unwrap';
import { type JsonObject, isObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { shownWritten } from '../../request/output';
import type { RowResult } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import type { ObjectDefinition } from './definition';

async function createObject(
	row: Row,
	{ info, wrapper, id, rpcs }: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const unwrap = (given: JsonObject) => unwrapCreate(info, wrapper, id, given);
	const given = formOrJson(row, raw, unwrap, raw[wrapper] ?? {});
	if ('failure' in given) return given;
	const { value, warnings } = given.value;
	const prepared = prepare(row, rpcs.create, { [wrapper]: value }, { warnings });
	if ('failure' in prepared) return prepared;
	const { body } = prepared.value;
	const created = await askOnce(row, rpcs.create, body);
	if ('failure' in created) return created;
	const sent = body[wrapper];
	const written = {
		...prepared.value,
		sent: isObject(sent) ? sent : {},
		answer: created.value,
	};
	return { value: [shownWritten(row, info, written)] };
}

/** Create: a new object, by form or by JSON. */
export function create({ resource, object, ...definition }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'create',
		name: 'Create',
		action: `Create ${object.noun}`,
		description: `Create ${definition.aNoun}`,
		rpc: object.rpcs.create,
		properties: [
			...withJson(object.noun, definition.createExample, definition.fields(object.wrapper)),
			simplify,
			optionsOf(...definition.writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'together',
		run: async (row, raw) => await createObject(row, object, raw),
	};
}
