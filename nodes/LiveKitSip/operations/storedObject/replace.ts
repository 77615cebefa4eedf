import type { IDataObject } from 'n8n-workflow';
import { unwrapReplace } from '../../../../livekit/codec/unwrap';
import { type JsonObject, isObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { shownWritten } from '../../request/output';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import type { ObjectDefinition } from './definition';
import { readIdOrJson } from './objectId';
import { pickerOrJson } from './picker';
import { canClash, conflictFaults } from './clashes';

async function replaceObject(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const { info, wrapper, rpcs } = object;
	const unwrap = (given: JsonObject) => unwrapReplace(info, wrapper, object.id, given);
	const given = formOrJson(row, raw, unwrap, raw.replace ?? {});
	if ('failure' in given) return given;
	const { value: replace, id: idInJson, warnings } = given.value;
	const id = readIdOrJson(row, object, raw, idInJson);
	if ('failure' in id) return id;
	const prepared = prepare(row, rpcs.update, { [object.id]: id.value, replace }, { warnings });
	if ('failure' in prepared) return prepared;
	const { body } = prepared.value;
	const sent = isObject(body.replace) ? body.replace : {};
	if (canClash(object)) {
		const clash = await conflictFaults(row, object, { ...sent, [object.id]: id.value });
		if ('failure' in clash) return clash;
		if (clash.value.length > 0) return inputFailure(row, clash.value);
	}
	const replaced = await askOnce(row, rpcs.update, body);
	if ('failure' in replaced) return replaced;
	return { value: [shownWritten(row, info, { ...prepared.value, sent, answer: replaced.value })] };
}

/** Replace: writes the whole object anew, as it is given. */
export function replace({ resource, object, ...definition }: ObjectDefinition): Operation {
	const { noun, rpcs } = object;
	const { locator, fields, changeOptions, writeOptions } = definition;
	return {
		resource,
		value: 'replace',
		name: 'Replace Entirely (Clears Unset Fields)',
		action: `Replace ${noun} entirely`,
		description: `Write ${definition.aNoun} anew. Fields that are not set are cleared.`,
		rpc: rpcs.update,
		also: canClash(object) ? [{ rpc: rpcs.list, when: 'to find clashing numbers' }] : [],
		properties: [
			{
				displayName: `Replace writes the whole ${noun} anew: every field that is not set here is cleared, ${definition.cleared} too. To change single fields, use Update.`,
				name: 'replaceNotice',
				type: 'notice',
				default: '',
			},
			...pickerOrJson(locator(`The ${noun} to replace`)),
			...withJson(noun, definition.createExample, fields('replace')),
			simplify,
			optionsOf(...changeOptions, ...writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'oneByOne',
		run: async (row, raw) => await replaceObject(row, object, raw),
	};
}
