import {
	applyChanges,
	isPatchable,
	readChanges,
	toReplacement,
} from '../../../../livekit/objects/change';
import { findConflict } from '../../../../livekit/objects/conflicts';
import { decode } from '../../../../livekit/codec/decode';
import { type Fault, type JsonObject, isObject, sameJson } from '../../../../livekit/json';
import { foreignAnswer, isForeign } from '../../../../livekit/codec/answer';
import { type StoredObject, storedObjects } from '../../../../livekit/schema/rpc';
import { isMasked, maskedPaths } from '../../../../livekit/codec/secrets';
import { unwrapReplace, unwrapUpdate } from '../../../../livekit/codec/unwrap';
import { type Outcome, inputFailure, refusalFailure } from '../../rows/failure';
import { fromJsonOrForm, prepare } from '../../request/body';
import { getObject, listFor } from '../../request/storedObjects';
import { type ObjectOperation, readId } from './objects';
import { lossWarnings, present } from '../../request/output';
import { requestId } from '../../request/requestId';
import { type Row, option } from '../../rows/row';

const ruleBranches: Readonly<Record<string, string>> = {
	direct: 'dispatch_rule_direct',
	individual: 'dispatch_rule_individual',
	callee: 'dispatch_rule_callee',
};

// A rule type that is chosen without touching any of its fields still changes the rule.
function formChanges(raw: JsonObject): JsonObject {
	const changes = isObject(raw.update) ? { ...raw.update } : {};
	const branch =
		typeof raw.rule_type === 'string' && Object.hasOwn(ruleBranches, raw.rule_type)
			? ruleBranches[raw.rule_type]
			: undefined;
	if (branch && changes.rule === undefined) changes.rule = { [branch]: {} };
	return changes;
}

function idOf(row: Row, object: StoredObject, raw: JsonObject, given: unknown): Outcome<string> {
	const picked = typeof raw[object.id] === 'string' ? String(raw[object.id]).trim() : '';
	if (typeof given !== 'string' || given === '') return readId(row, object, raw);
	if (picked === '' || picked === given) return { value: given };
	return inputFailure(row, [
		{
			path: object.id,
			message: `is ${picked} in the form and ${given} in the JSON. Remove one of them`,
		},
	]);
}

// A replace would wipe a secret that the server does not show (reference 3.6).
function hiddenSecrets(object: StoredObject, current: JsonObject, merged: JsonObject): Fault[] {
	const faults = maskedPaths(object.info, merged).map((path) => ({
		path: `update.${path}`,
		message:
			'is hidden by the server, and this change writes the whole object anew. Give the secret in the update too',
	}));
	const lost =
		current.auth_username &&
		merged.auth_username &&
		(merged.auth_password === '' || isMasked(merged.auth_password));
	if (lost && !faults.some(({ path }) => path === 'update.auth_password')) {
		faults.push({
			path: 'update.auth_password',
			message:
				'is not shown by the server, and this change writes the whole trunk anew. Give the password in the update too',
		});
	}
	return faults;
}

async function conflictFault(
	row: Row,
	object: StoredObject,
	trunk: JsonObject,
): Promise<Outcome<Fault[]>> {
	if (object !== storedObjects.inboundTrunk || option(row, 'allowConflict')) return { value: [] };
	const others = await listFor(row, object, {});
	if ('failure' in others) return others;
	const conflict = findConflict(trunk, others.value);
	if (!conflict) return { value: [] };
	const whose = conflict.number === '' ? 'takes calls to any number' : `owns ${conflict.number}`;
	const message = `clash with the trunk ${conflict.name ? `"${conflict.name}" ` : ''}(${conflict.trunkId}), which ${whose} for the same callers. LiveKit would accept this and then fail calls to both trunks. Take the number from the other trunk first, or turn on Allow Conflict`;
	return { value: [{ path: `${row.operation}.numbers`, message }] };
}

interface Written {
	readonly sent: JsonObject;
	readonly answer: JsonObject;
	readonly warnings: readonly string[];
}

/**
 * Sends one branch of the update request.
 *
 * @param touched fields that the user changed, where the content also holds what the server had stored before
 */
async function write(
	row: Row,
	object: StoredObject,
	content: JsonObject,
	notes: readonly string[],
	touched?: ReadonlySet<string>,
): Promise<Outcome<Written>> {
	const prepared = prepare(row, object.rpcs.update.request, content, notes, touched);
	if ('failure' in prepared) return prepared;
	const { body, warnings } = prepared.value;
	const answer = await row.send(object.rpcs.update, body, { requestId: requestId(row, body) });
	if ('refusal' in answer) return refusalFailure(row, answer.refusal);
	if (isForeign(object.info, answer.value))
		return refusalFailure(row, foreignAnswer(`the changed ${object.noun} was expected`));
	return {
		value: {
			sent: isObject(body.replace) ? body.replace : {},
			answer: decode(object.info, answer.value),
			warnings,
		},
	};
}

function touchesNumbers(content: JsonObject): boolean {
	return 'numbers' in content || 'allowed_numbers' in content;
}

/** Replace: the whole object as given. */
export const replaceObject: ObjectOperation = async (row, object, raw) => {
	const input = fromJsonOrForm(
		row,
		raw,
		(given) => unwrapReplace(object.info, object.wrapper, object.id, given),
		() => raw.replace ?? {},
	);
	if ('failure' in input) return input;
	const id = idOf(row, object, raw, input.value.id);
	if ('failure' in id) return id;
	const content = { [object.id]: id.value, replace: input.value.value } as JsonObject;
	const prepared = prepare(row, object.rpcs.update.request, content);
	if ('failure' in prepared) return prepared;
	const replacement = isObject(prepared.value.body.replace) ? prepared.value.body.replace : {};
	const conflict = await conflictFault(row, object, { ...replacement, [object.id]: id.value });
	if ('failure' in conflict) return conflict;
	if (conflict.value.length > 0) return inputFailure(row, conflict.value);
	const written = await write(row, object, content, input.value.warnings);
	if ('failure' in written) return written;
	const { sent, answer, warnings } = written.value;
	return {
		value: [
			present(row, object.info, answer, [...warnings, ...lossWarnings(object.info, sent, answer)]),
		],
	};
};

interface Plan {
	readonly content: JsonObject;
	/** The object as it should be afterwards, where it was read. */
	readonly merged?: JsonObject;
}

// The partial update swaps media and rule whole, so their stored parts are read and sent along.
async function planUpdate(
	row: Row,
	object: StoredObject,
	id: string,
	changes: JsonObject,
): Promise<Outcome<Plan>> {
	const patch = isPatchable(object, changes);
	const checksNumbers = object === storedObjects.inboundTrunk && touchesNumbers(changes);
	if (patch && !checksNumbers && !('media' in changes) && !('rule' in changes)) {
		return { value: { content: { [object.id]: id, update: changes } } };
	}
	const current = await getObject(row, object, id);
	if ('failure' in current) return current;
	const merged = applyChanges(object.info, current.value, changes);
	const conflict = checksNumbers ? await conflictFault(row, object, merged) : { value: [] };
	if ('failure' in conflict) return conflict;
	const hidden = patch ? [] : hiddenSecrets(object, current.value, merged);
	const faults = [...conflict.value, ...hidden];
	if (faults.length > 0) return inputFailure(row, faults);
	if (patch) {
		const whole = Object.fromEntries(
			['media', 'rule'].filter((name) => name in changes).map((name) => [name, merged[name]]),
		);
		return { value: { content: { [object.id]: id, update: { ...changes, ...whole } }, merged } };
	}
	return {
		value: { content: { [object.id]: id, replace: toReplacement(object, merged) }, merged },
	};
}

/**
 * Update: LiveKit's partial update where it knows all changed fields, else read, merge and replace. LiveKit has no
 * locking: a write of somebody else after ours is found by reading again, one between our read and our write is not.
 */
export const updateObject: ObjectOperation = async (row, object, raw) => {
	const input = fromJsonOrForm(
		row,
		raw,
		(given) => unwrapUpdate(object.info, object.id, given),
		() => formChanges(raw),
	);
	if ('failure' in input) return input;
	const id = idOf(row, object, raw, input.value.id);
	if ('failure' in id) return id;
	const changes = readChanges(object.info, input.value.value, 'update');
	if (changes.faults.length > 0) return inputFailure(row, changes.faults);
	if (Object.keys(changes.fields).length === 0) {
		return inputFailure(row, [
			{
				path: 'update',
				message: 'is empty, so there is nothing to change. Add a field under Update Fields',
			},
		]);
	}
	const plan = await planUpdate(row, object, id.value, changes.fields);
	if ('failure' in plan) return plan;
	const written = await write(
		row,
		object,
		plan.value.content,
		input.value.warnings,
		plan.value.merged && new Set(Object.keys(changes.fields)),
	);
	if ('failure' in written) return written;
	const { answer } = written.value;
	const warnings = [
		...written.value.warnings,
		...lossWarnings(object.info, expected(changes.fields, plan.value), answer),
	];
	if ('replace' in plan.value.content) {
		const again = await getObject(row, object, id.value);
		if ('value' in again && !sameJson(again.value, answer)) {
			warnings.push(
				`The ${object.noun} was changed by somebody else at the same time. Check that it is as you want it`,
			);
		}
	}
	return { value: [present(row, object.info, answer, warnings)] };
};

// What the answer should hold: the merged object where it was read, else the changes that are plain values.
function expected(changes: JsonObject, plan: Plan): JsonObject {
	if (plan.merged)
		return Object.fromEntries(
			Object.keys(changes).map((name) => [name, plan.merged?.[name] ?? null]),
		) as JsonObject;
	const plain = Object.entries(changes).filter(([, value]) => !isObject(value));
	const lists = Object.entries(changes).filter(
		([, value]) => isObject(value) && Array.isArray(value.set),
	);
	return Object.fromEntries([
		...plain,
		...lists.map(([name, value]) => [name, isObject(value) ? value.set : value]),
	]) as JsonObject;
}
