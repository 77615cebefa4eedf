import type { IDataObject } from 'n8n-workflow';
import { unwrapUpdate } from '../../../../livekit/codec/unwrap';
import { type JsonObject, isObject, sameJson } from '../../../../livekit/json';
import { readChanges } from '../../../../livekit/objects/change';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { emptyInJson } from '../../request/emptyJson';
import { shownWritten } from '../../request/output';
import { getStored } from '../../request/storedObjects';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { rpcsOfChecks } from './compare';
import type { ObjectDefinition } from './definition';
import { readIdOrJson } from './objectId';
import { pickerOrJson } from './picker';
import { planUpdate } from './planUpdate';
import { type FormChanges, readFormChanges } from './ruleChanges';
import { withRows } from './rowsChanges';

/** The changes that a row asks for, and of which object. */
interface Asked extends FormChanges {
	readonly id: string;
	readonly warnings: readonly string[];
}

function readUpdate(row: Row, object: StoredObject, raw: JsonObject): RowResult<Asked> {
	const unwrap = (given: JsonObject) => unwrapUpdate(object.info, object.wrapper, object.id, given);
	const { fromJson } = row.settings;
	const read = fromJson ? { value: { changes: {} } } : readFormChanges(row, raw);
	if ('failure' in read) return read;
	const { changes, ofRule }: FormChanges = read.value;
	const form = withRows(changes);
	if (form.faults.length > 0) return inputFailure(row, form.faults);
	const given = formOrJson(row, raw, unwrap, form.value);
	if ('failure' in given) return given;
	const { value, id: idInJson, warnings } = given.value;
	const empty = emptyInJson(row, value, object.info, 'update');
	if (empty.length > 0) return inputFailure(row, empty);
	const id = readIdOrJson(row, object, raw, idInJson);
	if ('failure' in id) return id;
	const { fields, faults } = readChanges(object.info, value, 'update');
	if (faults.length > 0) return inputFailure(row, faults);
	const asked = { id: id.value, warnings };
	// What the rule becomes is known once it was read, see `planUpdate`.
	if (ofRule) return { value: { ...asked, changes: { ...fields, rule: {} }, ofRule } };
	if (Object.keys(fields).length > 0) return { value: { ...asked, changes: fields } };
	const message = 'is empty, so there is nothing to change. Add a field under Update Fields';
	return inputFailure(row, [{ path: 'update', message }]);
}

/**
 * LiveKit's partial update if it knows all changed fields, else read, merge and replace. LiveKit has no locking:
 * if somebody else writes after us, reading again finds it; what is written between our read and our write is lost.
 */
async function updateObject(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const read = readUpdate(row, object, raw);
	if ('failure' in read) return read;
	const { id, changes, warnings } = read.value;
	const plan = await planUpdate(row, object, id, read.value);
	if ('failure' in plan) return plan;
	const { content, merged, warnings: unmatched } = plan.value;
	const touched = merged && new Set(Object.keys(changes));
	const prepared = prepare(
		row,
		object.rpcs.update,
		{ [object.id]: id, ...content },
		{ warnings: [...warnings, ...unmatched], touched },
	);
	if ('failure' in prepared) return prepared;
	const updated = await askOnce(row, object.rpcs.update, prepared.value.body);
	if ('failure' in updated) return updated;
	const answer = updated.value;
	const crossed = 'replace' in content ? await crossedWarnings(row, object, id, answer) : [];
	const written = {
		sent: expectedAnswer(changes, merged),
		answer,
		warnings: [...prepared.value.warnings, ...crossed],
	};
	return { value: [shownWritten(row, object.info, written)] };
}

async function crossedWarnings(
	row: Row,
	object: StoredObject,
	id: string,
	answer: JsonObject,
): Promise<string[]> {
	const again = await getStored(row, object, id);
	if ('failure' in again || sameJson(again.value, answer)) return [];
	return [
		`The ${object.noun} was changed by somebody else at the same time. Check that it is as you want it`,
	];
}

// What the answer should hold: the merged object if it was read, else the changes that are plain values.
function expectedAnswer(changes: JsonObject, merged: JsonObject | undefined): JsonObject {
	const entries = Object.entries(changes).flatMap(
		([name, change]): Array<[string, JsonObject[string]]> => {
			if (merged) return [[name, merged[name] ?? null]];
			if (!isObject(change)) return [[name, change]];
			return Array.isArray(change.set) ? [[name, change.set]] : [];
		},
	);
	return Object.fromEntries(entries);
}

/** Update: changes single fields and leaves the others as they are. */
export function update({ resource, object, ...definition }: ObjectDefinition): Operation {
	const { noun, rpcs } = object;
	const { locator, changes, writeOptions } = definition;
	const read = rpcs.get ?? rpcs.list;
	const checks = rpcsOfChecks(object, false);
	const whenRead = checks.filter(({ rpc }) => rpc === read).map(({ when }) => when);
	return {
		resource,
		value: 'update',
		name: 'Update',
		action: `Update ${definition.aNoun}`,
		description: `Change single fields of ${definition.aNoun} and leave the others as they are`,
		rpc: rpcs.update,
		also: [
			{ rpc: read, when: ['to merge the change where LiveKit cannot', ...whenRead].join(', and ') },
			...checks.filter(({ rpc }) => rpc !== read),
		],
		properties: [
			...pickerOrJson(locator(`The ${noun} to change`)),
			...withJson('changes', definition.updateExample, changes),
			simplify,
			optionsOf(...writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'oneByOne',
		run: async (row, raw) => await updateObject(row, object, raw),
	};
}
