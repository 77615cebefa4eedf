import type { IDataObject } from 'n8n-workflow';
import { unwrapReplace } from '../../../../livekit/codec/unwrap';
import { type JsonObject, isObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { shownWritten } from '../../request/output';
import { listWith } from '../../request/storedObjects';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import { type Row, option } from '../../rows/row';
import { type Writing, canClash, compareWrite, reachWarnings, rpcsOfChecks } from './compare';
import type { ObjectDefinition } from './definition';
import { readIdOrJson } from './objectId';
import { pickerOrJson } from './picker';

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
	const whole = { ...sent, [object.id]: id.value };
	const compared = await compareReplacement(row, object, { path: 'replace', whole }, id.value);
	if ('failure' in compared) return compared;
	const replaced = await askOnce(row, rpcs.update, body);
	if ('failure' in replaced) return replaced;
	const found = [...prepared.value.warnings, ...compared.value];
	return {
		value: [shownWritten(row, info, { sent, answer: replaced.value, warnings: found })],
	};
}

/** What there is to warn of before an object is replaced, or why it should not be. */
async function compareReplacement(
	row: Row,
	object: StoredObject,
	writing: Writing,
	id: string,
): Promise<RowResult<string[]>> {
	const reach = await reachWarnings(row, object, writing);
	if ('failure' in reach || !canClash(object) || option(row, 'allowConflict')) return reach;
	const all = await listWith(row, object, id);
	if ('failure' in all) return all;
	const compared = await compareWrite(row, object, writing, all.value.all);
	if ('failure' in compared) return compared;
	const { faults, warnings } = compared.value;
	return faults.length > 0 ? inputFailure(row, faults) : { value: [...warnings, ...reach.value] };
}

/** Replace: writes the whole object anew, as it is given. */
export function replace({ resource, object, ...definition }: ObjectDefinition): Operation {
	const { noun, rpcs } = object;
	const { locator, fields, writeOptions } = definition;
	return {
		resource,
		value: 'replace',
		name: 'Replace Entirely (Clears Unset Fields)',
		action: `Replace ${definition.aNoun} entirely`,
		description: `Write ${definition.aNoun} anew. Fields that are not set are cleared.`,
		rpc: rpcs.update,
		also: rpcsOfChecks(object, false),
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
			optionsOf(...writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'oneByOne',
		run: async (row, raw) => await replaceObject(row, object, raw),
	};
}
