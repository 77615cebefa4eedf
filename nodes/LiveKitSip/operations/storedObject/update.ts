import type { IDataObject } from 'n8n-workflow';
import { isMasked, maskedPaths } from '../../../../livekit/codec/secrets';
import { unwrapUpdate } from '../../../../livekit/codec/unwrap';
import { type Fault, type JsonObject, isObject, sameJson } from '../../../../livekit/json';
import {
	applyChanges,
	isPatchable,
	readChanges,
	toReplacement,
} from '../../../../livekit/objects/change';
import { entryChanges, matchEntries } from '../../../../livekit/objects/entries';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { emptyInJson } from '../../request/emptyJson';
import { shownWritten } from '../../request/output';
import { getStored, listWith } from '../../request/storedObjects';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import { type Row, option } from '../../rows/row';
import { canClash, compareWrite, reachWarnings, rpcsOfChecks } from './compare';
import type { ObjectDefinition } from './definition';
import { readIdOrJson } from './objectId';
import { pickerOrJson } from './picker';
import { withRows } from './rowsChanges';

const ruleBranches: Readonly<Record<string, string>> = {
	direct: 'dispatch_rule_direct',
	individual: 'dispatch_rule_individual',
	callee: 'dispatch_rule_callee',
};

// A rule type that is chosen without touching any of its fields still changes the rule.
function formChanges(raw: JsonObject): JsonObject {
	const changes = isObject(raw.update) ? { ...raw.update } : {};
	const type = raw.rule_type;
	const branch =
		typeof type === 'string' && Object.hasOwn(ruleBranches, type) ? ruleBranches[type] : undefined;
	if (branch && changes.rule === undefined) changes.rule = { [branch]: {} };
	return changes;
}

// A replace would clear a secret that the server does not show (docs/livekit.md, Update and replace).
function hiddenSecrets(
	object: StoredObject,
	current: JsonObject,
	merged: JsonObject,
	changes: JsonObject,
): Fault[] {
	const faults = maskedPaths(object.info, merged).map((path) => ({
		path: `update.${path}`,
		message:
			'is hidden by the server, and this change writes the whole object anew. Give the secret in the update too',
	}));
	const path = 'update.auth_password';
	const password = merged.auth_password;
	const lost =
		current.auth_username &&
		merged.auth_username &&
		(isMasked(password) || (password === '' && !('auth_password' in changes)));
	if (!lost || faults.some((fault) => fault.path === path)) return faults;
	const message =
		'is not shown by the server, and this change writes the whole trunk anew. Give the password in the update too';
	return [...faults, { path, message }];
}

/** How an update is written. */
interface UpdatePlan {
	/** The branch of LiveKit's request. */
	readonly content: JsonObject;
	/** The object as it should be afterwards, if it was read. */
	readonly merged?: JsonObject;
	readonly warnings: readonly string[];
}

// LiveKit's partial update swaps these whole, so their stored parts are read and sent along.
const inOnePart = ['media', 'rule'];

function withoutParts(changes: JsonObject): JsonObject {
	const others = Object.entries(changes).filter(([name]) => !inOnePart.includes(name));
	return Object.fromEntries(others);
}

/** The object as it is stored, and all of its kind if it is to be compared with them. */
async function readCurrent(
	row: Row,
	object: StoredObject,
	id: string,
	mayClash: boolean,
): Promise<RowResult<{ found: JsonObject; all?: JsonObject[] }>> {
	if (mayClash && !option(row, 'allowConflict')) return await listWith(row, object, id);
	const got = await getStored(row, object, id);
	return 'failure' in got ? got : { value: { found: got.value } };
}

async function planUpdate(
	row: Row,
	object: StoredObject,
	id: string,
	asked: JsonObject,
): Promise<RowResult<UpdatePlan>> {
	const patch = isPatchable(object, asked);
	const mayClash = canClash(object, asked);
	const byEntry = Object.keys(entryChanges(object.info, asked)).length > 0;
	const needsStored = mayClash || byEntry || 'media' in asked || 'rule' in asked;
	if (patch && !needsStored) return { value: { content: { update: asked }, warnings: [] } };
	// What is wrong with the changes is said before anything is asked of LiveKit.
	const early = patch
		? prepare(row, object.rpcs.update, { [object.id]: id, update: withoutParts(asked) })
		: undefined;
	if (early && 'failure' in early) return early;
	const current = await readCurrent(row, object, id, mayClash);
	if ('failure' in current) return current;
	const { found, all } = current.value;
	const { changes, warnings } = matchEntries(object.info, found, asked);
	const merged = applyChanges(object.info, found, changes);
	const writing = { path: 'update', whole: merged, changes };
	const clash = all
		? await compareWrite(row, object, writing, all)
		: { value: { faults: [], warnings: [] } };
	if ('failure' in clash) return clash;
	const hidden = patch ? [] : hiddenSecrets(object, found, merged, changes);
	const faults = [...clash.value.faults, ...hidden];
	if (faults.length > 0) return inputFailure(row, faults);
	const reach = await reachWarnings(row, object, writing);
	if ('failure' in reach) return reach;
	const noticed = [...warnings, ...clash.value.warnings, ...reach.value];
	if (!patch)
		return {
			value: {
				content: { replace: toReplacement(object, merged) },
				merged,
				warnings: noticed,
			},
		};
	const whole = inOnePart.filter((name) => name in changes);
	const parts = Object.fromEntries(whole.map((name) => [name, merged[name]]));
	const update = { ...changes, ...parts };
	return { value: { content: { update }, merged, warnings: noticed } };
}

/** The changes that a row asks for, and of which object. */
function readUpdate(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): RowResult<{ id: string; changes: JsonObject; warnings: readonly string[] }> {
	const unwrap = (given: JsonObject) => unwrapUpdate(object.info, object.wrapper, object.id, given);
	const form = withRows(formChanges(raw));
	if (!row.settings.fromJson && form.faults.length > 0) return inputFailure(row, form.faults);
	const given = formOrJson(row, raw, unwrap, form.value);
	if ('failure' in given) return given;
	const { value, id: idInJson, warnings } = given.value;
	const empty = emptyInJson(row, value, object.info, 'update');
	if (empty.length > 0) return inputFailure(row, empty);
	const id = readIdOrJson(row, object, raw, idInJson);
	if ('failure' in id) return id;
	const { fields, faults } = readChanges(object.info, value, 'update');
	if (faults.length > 0) return inputFailure(row, faults);
	if (Object.keys(fields).length > 0) return { value: { id: id.value, changes: fields, warnings } };
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
	const plan = await planUpdate(row, object, id, changes);
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
	return {
		resource,
		value: 'update',
		name: 'Update',
		action: `Update ${noun}`,
		description: `Change single fields of ${definition.aNoun} and leave the others as they are`,
		rpc: rpcs.update,
		also: [
			{ rpc: read, when: 'to merge the change where LiveKit cannot' },
			...rpcsOfChecks(object, false).filter(({ rpc }) => rpc !== read),
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
