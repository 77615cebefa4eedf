import { checkBody } from '../checks';
import { numberLists, readNumbers } from '../checks/numberLists';
import { addOlderForms } from '../codec/olderForms';
import { encode } from '../codec/encode';
import { type Fault, type JsonObject, type JsonValue, at, isObject, setOwn } from '../json';
import type { StoredObject } from '../schema/rpc';
import { type Field, type MessageName, fieldKey, messageOf } from '../schema';

/** Changes of an object, by the fields of its message. A list of texts is a ListUpdate of LiveKit, a map holds what to set. */
export interface Changes {
	readonly fields: JsonObject;
	readonly faults: readonly Fault[];
}

// The user gives it as one JSON value, so merging it with the stored one would be a surprise.
const inOnePiece = new Set(['RoomEgress']);

export function isTextList(field: Field | undefined): boolean {
	return field?.shape === 'list' && field.type === 'string';
}

function readListChange(raw: unknown): unknown {
	const { mode, entries } = isObject(raw) && isObject(raw.change) ? raw.change : {};
	if (typeof mode === 'string') {
		return mode === 'clear' ? { clear: true } : { [mode]: entries };
	}
	if (Array.isArray(raw) || typeof raw === 'string')
		return raw.length === 0 ? { clear: true } : { set: raw };
	return raw;
}

// What is removed may be stored in any form, see `matchEntries`.
function newNumbers(
	info: MessageName,
	change: JsonObject,
	path: string,
): { change: JsonObject; faults: Fault[] } {
	const result = { ...change };
	const faults: Fault[] = [];
	for (const action of ['set', 'add']) {
		const list = change[action];
		if (!Array.isArray(list)) continue;
		const read = readNumbers(info, list, at(path, action));
		result[action] = read.entries;
		faults.push(...read.faults);
	}
	return { change: result, faults };
}

/**
 * Reads the changes of an object from parameters or JSON. A list of texts may be LiveKit's `{ add: [...] }`, a row of the
 * form, or a plain list, which replaces the stored one. Empty values are kept, since they clear a field.
 *
 * @param info message of the object
 * @param path path of the changes in the body, for faults
 */
export function readChanges(info: MessageName, raw: unknown, path: string): Changes {
	if (!isObject(raw)) return { fields: {}, faults: encode(info, raw, path).faults };
	const { byKey } = messageOf(info);
	const entries = Object.entries(raw);
	const lists = entries.filter(([name]) => isTextList(byKey.get(fieldKey(name))));
	const others = entries.filter(([name]) => !isTextList(byKey.get(fieldKey(name))));
	const encoded = encode(info, Object.fromEntries(others), path, { keepEmpty: true });
	const fields = { ...encoded.body };
	// LiveKit's update replaces the whole `media`, so it is merged here. The older encryption must be part of it then.
	const faults = [...encoded.faults, ...addOlderForms(info, fields, path)];
	for (const { name, shape } of messageOf(info).fields) {
		const value = fields[name];
		if (shape === 'map' && isObject(value) && Object.keys(value).length === 0) {
			faults.push({
				path: at(path, name),
				message:
					'changes nothing: it has no rows. Add a row; to remove one, give its name and leave the right side empty',
			});
		}
	}
	for (const [name, value] of lists) {
		const field = byKey.get(fieldKey(name));
		if (!field || value === null || value === undefined) continue;
		const here = at(path, field.name);
		if (field.name in fields)
			faults.push({ path: here, message: 'is given twice, in two spellings. Keep one of them' });
		const change = encode('ListUpdate', readListChange(value), here);
		// LiveKit's update does not know every list. Those are changed here, and only this check finds that nothing changes.
		const found =
			change.faults.length > 0
				? change.faults
				: checkBody('ListUpdate', change.body).faults.map((fault) => ({ ...fault, path: here }));
		const numbers = numberLists.has(field.name)
			? newNumbers(info, change.body, here)
			: { change: change.body, faults: [] };
		fields[field.name] = numbers.change;
		faults.push(...found, ...numbers.faults);
	}
	return { fields, faults };
}

/** Whether LiveKit's partial update knows all changed fields. Otherwise the whole object must be replaced. */
export function isPatchable(object: StoredObject, changes: JsonObject): boolean {
	const { byKey } = messageOf(object.update);
	return Object.keys(changes).every((name) => byKey.has(fieldKey(name)));
}

function changeList(current: readonly JsonValue[], change: JsonObject): JsonValue[] {
	if (change.clear === true) return [];
	if (Array.isArray(change.set)) return change.set;
	const removed = new Set(Array.isArray(change.remove) ? change.remove : []);
	const kept = current.filter((entry) => !removed.has(entry));
	const already = new Set(kept);
	const added = Array.isArray(change.add) ? change.add.filter((entry) => !already.has(entry)) : [];
	return [...kept, ...added];
}

function changeMap(current: JsonObject, change: JsonObject): JsonObject {
	const result: JsonObject = {};
	for (const [key, value] of [...Object.entries(current), ...Object.entries(change)])
		setOwn(result, key, value);
	return Object.fromEntries(
		Object.entries(result).filter(([key]) => change[key] !== '' || !Object.hasOwn(change, key)),
	);
}

function changeRule(current: JsonObject, change: JsonObject): JsonObject {
	const [branch] = Object.keys(change);
	if (branch === undefined) return {};
	const inner = change[branch];
	const stored = current[branch];
	if (isObject(stored) && isObject(inner)) return { [branch]: { ...stored, ...inner } };
	// A rule that changes its type keeps its PIN. Without it anybody could call in, which nobody asked for.
	const pin = Object.values(current).find((value): value is JsonObject => isObject(value))?.pin;
	return { [branch]: { ...(pin === undefined ? {} : { pin }), ...(isObject(inner) ? inner : {}) } };
}

function changeMessage(message: MessageName, current: JsonObject, change: JsonObject): JsonObject {
	if (message === 'SIPDispatchRule') return changeRule(current, change);
	const result = { ...current };
	for (const field of messageOf(message).fields) {
		const value = change[field.name];
		if (value === undefined) continue;
		result[field.name] = changeValue(field, current[field.name], value);
	}
	return result;
}

function changeValue(field: Field, current: JsonValue | undefined, change: JsonValue): JsonValue {
	if (isTextList(field) && isObject(change))
		return changeList(Array.isArray(current) ? current : [], change);
	if (field.shape === 'map' && isObject(change))
		return changeMap(isObject(current) ? current : {}, change);
	if (
		field.kind === 'message' &&
		field.shape === 'one' &&
		!inOnePiece.has(field.type) &&
		isObject(change)
	) {
		return changeMessage(field.type, isObject(current) ? current : {}, change);
	}
	return change;
}

/**
 * Applies changes to an object as LiveKit would. Lists are set, extended, shortened or cleared. In maps an empty value
 * removes its key. Media and room configuration change field by field, a rule within its type.
 *
 * @param info message of the object
 * @param current decoded object
 */
export function applyChanges(
	info: MessageName,
	current: JsonObject,
	changes: JsonObject,
): JsonObject {
	return changeMessage(info, current, changes);
}

/** The content of a replace request: the decoded object without its ID and times, which the server sets. */
export function toReplacement(object: StoredObject, decoded: JsonObject): JsonObject {
	const set = new Set([
		object.id,
		...messageOf(object.info)
			.fields.filter((field) => field.output)
			.map((field) => field.name),
	]);
	// LiveKit ignores the older encryption if the newer one is set, and its stored value may differ.
	if (isObject(decoded.media) && decoded.media.encryption !== undefined)
		set.add('media_encryption');
	return Object.fromEntries(Object.entries(decoded).filter(([name]) => !set.has(name)));
}
