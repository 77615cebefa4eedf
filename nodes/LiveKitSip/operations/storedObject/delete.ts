import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../livekit/json';
import { saysAbsent } from '../../../../livekit/objects/absent';
import { deletionWarning, rulesNaming } from '../../../../livekit/objects/naming';
import { plainLine } from '../../../../livekit/plain';
import { type StoredObject, storedObjects } from '../../../../livekit/schema/rpc';
import { sendOnce } from '../../request/ask';
import { listOnce } from '../../request/storedLists';
import { type RowResult, refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import type { ObjectDefinition } from './definition';
import { noteDeleted, noteSent, sentBefore, wasDeleted } from './deletions';
import { type LookedUp, lookUp, rpcOfDoubt } from './lookUp';
import { readId } from './objectId';

/** Whether dispatch rules name objects of this kind. */
function isNamedByRules(object: StoredObject): boolean {
	return object === storedObjects.inboundTrunk;
}

/** The item of an ID that was not there. */
function absentItem(object: StoredObject, id: string, { other }: LookedUp = {}): IDataObject {
	const item = { deleted: false, existed: false, [object.id]: id };
	if (!other) return item;
	const name = plainLine(other.name === '' ? '' : ` "${other.name}"`);
	const warning = `Nothing was deleted: this is the ID of the ${other.object.noun}${name}. To delete that, choose the resource of ${other.object.noun}s`;
	return { ...item, warnings: [warning] };
}

/**
 * The item of an object that is gone.
 *
 * @param rules dispatch rules that may still name it
 */
function deletedItem(
	row: Row,
	object: StoredObject,
	id: string,
	{ name }: JsonObject,
	rules: readonly JsonObject[],
): IDataObject {
	const item = { deleted: true, existed: true, [object.id]: id, name: String(name ?? '') };
	const naming = rulesNaming(id, rules);
	if (naming.length === 0) return item;
	const isDeleted = (other: string) => wasDeleted(row, other);
	return {
		...item,
		rules: naming.map(({ shown }) => shown),
		warnings: naming.map((rule) => deletionWarning(rule, isDeleted)),
	};
}

/**
 * Deletes one object that is there. LiveKit deletes trunks of both kinds by their ID, and says that it has deleted what
 * never was there (docs/livekit.md, Answers and refusals), so the object is looked up first.
 */
async function deleteObject(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const id = readId(row, object, raw);
	if ('failure' in id) return id;
	const lookedUp = await lookUp(row, object, id.value);
	if ('failure' in lookedUp) return lookedUp;
	const { found } = lookedUp.value;
	// What an earlier try asked for was done, although its answer got lost.
	const gone = found ? undefined : sentBefore(row, object, id.value);
	const target = found ?? gone;
	if (!target) return { value: [absentItem(object, id.value, lookedUp.value)] };
	const rules = isNamedByRules(object)
		? await listOnce(row, storedObjects.dispatchRule)
		: { value: [] };
	if ('failure' in rules) return rules;
	if (found) {
		noteSent(row, object, id.value, { name: found.name });
		const reply = await sendOnce(row, object.rpcs.delete, { [object.id]: id.value });
		if ('refusal' in reply)
			return saysAbsent(reply.refusal)
				? { value: [absentItem(object, id.value)] }
				: refusalFailure(row, reply.refusal);
	}
	noteDeleted(row, id.value);
	return { value: [deletedItem(row, object, id.value, target, rules.value)] };
}

function readsOf(object: StoredObject): NonNullable<Operation['also']> {
	const { list } = object.rpcs;
	const rules = storedObjects.dispatchRule.rpcs.list;
	return [
		{ rpc: list, when: 'to see whether it is there' },
		{ rpc: rpcOfDoubt(object), when: 'if it is not' },
		...(isNamedByRules(object) ? [{ rpc: rules, when: 'for the rules that name it' }] : []),
	];
}

/** Delete: one object by its id. */
export function deleteOne({ resource, object, aNoun, locator, left }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'delete',
		name: 'Delete',
		action: `Delete ${aNoun}`,
		description: `Delete ${aNoun}`,
		rpc: object.rpcs.delete,
		also: readsOf(object),
		properties: [locator(`The ${object.noun} to delete. ${left}`)],
		output: {
			deleted: 'boolean',
			existed: 'boolean',
			[object.id]: 'string',
			name: 'string',
			...(isNamedByRules(object) ? { rules: 'string[]' } : {}),
			warnings: 'string[]',
		},
		effect: 'writes',
		order: 'together',
		run: async (row, raw) => await deleteObject(row, object, raw),
	};
}
