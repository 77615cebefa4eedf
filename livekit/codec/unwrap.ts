import {
	type Fault,
	type JsonObject,
	type JsonValue,
	isJsonObject,
	isObject,
	sameJson,
} from '../json';
import { type MessageName, fieldKey, fieldOf, messageOf } from '../schema';
import { jsonOrSame, kindOf } from './given';
import { isLike } from './likelyNames';

/** The object that the user's JSON describes, without its wrappers. */
export interface Unwrapped {
	readonly value: JsonValue;
	/** The ID that the JSON names; undefined if it names none. */
	readonly id?: JsonValue;
	readonly faults: readonly Fault[];
	readonly warnings: readonly string[];
}

// Wrappers that LiveKit's documentation puts around a request.
const outer = new Set(['req', 'request', 'action']);
// Fields that this package adds to its output.
const ours = new Set(['warnings']);

type Entry = readonly [string, JsonValue];

function holdsObject(entry: Entry): entry is readonly [string, JsonObject] {
	return isObject(entry[1]);
}

function isSet([, value]: Entry): boolean {
	return value !== null && value !== undefined;
}

/** An object without its outer wrappers, and faults of what was written beside them. */
interface Peeled {
	readonly value: JsonObject;
	readonly faults: readonly Fault[];
}

/** Takes the outer wrappers off. What was written inside and beside them becomes one object. */
function peel(value: JsonObject): Peeled {
	const entries: Entry[] = Object.entries(value).filter(([name]) => !ours.has(name));
	const wrapped = entries.filter(holdsObject).find(([name]) => outer.has(name));
	if (!wrapped) return { value: Object.fromEntries(entries), faults: [] };
	const [wrapper, inner] = wrapped;
	const others = entries.filter(([name]) => name !== wrapper);
	const faults = others
		.filter(
			(entry) =>
				isSet(entry) && Object.hasOwn(inner, entry[0]) && !sameJson(entry[1], inner[entry[0]]),
		)
		.map(([name]) => ({
			path: name,
			message: `stands inside and beside ${wrapper}, with different values. Keep the right one`,
		}));
	const peeled = peel({ ...Object.fromEntries(others), ...inner });
	return { value: peeled.value, faults: [...faults, ...peeled.faults] };
}

function split(
	value: JsonObject,
	names: readonly string[],
): { readonly found: readonly Entry[]; readonly rest: readonly Entry[] } {
	const keys = new Set(names.map(fieldKey));
	const entries = Object.entries(value);
	return {
		found: entries.filter((entry) => keys.has(fieldKey(entry[0])) && isSet(entry)),
		rest: entries.filter(([name]) => !keys.has(fieldKey(name))),
	};
}

function besideFaults(wrapper: string, rest: readonly Entry[]): Fault[] {
	return rest.filter(isSet).map(([name]) => ({
		path: name,
		message: `stands beside ${wrapper} and LiveKit would ignore it. Move it inside ${wrapper}`,
	}));
}

/**
 * Finds the object in a create request: in its wrapper (`trunk`, `dispatch_rule`), flat as in LiveKit's documentation, or
 * within `req`. The ID and times of a copied object are left out with a warning: a new object gets its own.
 *
 * @param info message of the object, such as `SIPInboundTrunkInfo`
 */
export function unwrapCreate(
	info: MessageName,
	wrapper: string,
	id: string,
	given: JsonObject,
): Unwrapped {
	const { value: inner, faults } = unwrapInfo(info, [wrapper], given);
	const { value, removed } = withoutServerFields(info, id, inner);
	return { value, faults, warnings: removed.map((name) => leftOut(id, name)) };
}

function leftOut(id: string, name: string): string {
	return name === id
		? `${name} was left out: a new object gets an ID of its own`
		: `${name} was left out: LiveKit sets it`;
}

/** Finds an object and its ID, which may be beside the wrapper or inside. */
function unwrapWithId(
	info: MessageName,
	wrappers: readonly string[],
	id: string,
	given: JsonObject,
): Unwrapped {
	const peeled = peel(given);
	const { found: ids, rest } = split(peeled.value, [id]);
	const { value: inner, faults } = unwrapInfo(info, wrappers, Object.fromEntries(rest));
	const found = idOf(id, ids, inner);
	const { value, removed } = withoutServerFields(info, id, inner);
	return {
		value,
		id: found.id,
		faults: [...peeled.faults, ...faults, ...found.faults],
		warnings: removed.filter((name) => name !== id).map((name) => leftOut(id, name)),
	};
}

/** Finds the object in a replace request: `{ id, replace: {...} }`, wrapped as for create, or flat. */
export function unwrapReplace(
	info: MessageName,
	wrapper: string,
	id: string,
	given: JsonObject,
): Unwrapped {
	return unwrapWithId(info, [wrapper, 'replace'], id, given);
}

function idOf(
	name: string,
	beside: readonly Entry[],
	inner: JsonObject,
): { readonly id: JsonValue | undefined; readonly faults: readonly Fault[] } {
	const ids = new Set(
		[...beside, ...split(inner, [name]).found].map(([, id]) => id).filter(Boolean),
	);
	const faults =
		ids.size > 1
			? [{ path: name, message: 'is given twice, with different values. Keep the right one' }]
			: [];
	return { id: [...ids][0], faults };
}

/** Finds the changes in an update request: `{ id, update: {...} }`, wrapped as for create, or flat. A `replace` is a fault. */
export function unwrapUpdate(
	info: MessageName,
	wrapper: string,
	id: string,
	given: JsonObject,
): Unwrapped {
	if (split(peel(given).value, ['replace']).found.length > 0) {
		const message =
			'belongs to the Replace operation. Choose Replace, or write the changes under update';
		return { value: {}, faults: [{ path: 'replace', message }], warnings: [] };
	}
	return unwrapWithId(info, [wrapper, 'update'], id, given);
}

/** Finds a request that has no wrapper of its own (Place, Transfer): flat or within `req`. */
export function unwrapFlat(given: JsonObject): Unwrapped {
	return { ...peel(given), warnings: [] };
}

// Some tools write the inner object as JSON text.
function objectIn(value: JsonValue): JsonValue {
	const read = jsonOrSame(value, '{');
	return isJsonObject(read) ? read : value;
}

function notObject(name: string, value: JsonValue): Fault {
	const several = Array.isArray(value) ? '. For several, give one row for each' : '';
	return {
		path: name,
		message: `must be one object in curly brackets, not ${kindOf(value)}${several}`,
	};
}

/** Faults of objects that stand under a name like that of the wrapper, such as `inbound_trunk` or `trunks`. */
function misspelt(
	info: MessageName,
	wrappers: readonly string[],
	entries: readonly Entry[],
): Fault[] {
	return entries
		.filter(([name, value]) => isObject(objectIn(value)) && !fieldOf(messageOf(info), name))
		.flatMap(([name]) => {
			const meant = wrappers.find((wrapper) => isLike(name, wrapper));
			return meant ? [{ path: name, message: `is not known here. Did you mean ${meant}?` }] : [];
		});
}

function unwrapInfo(info: MessageName, wrappers: readonly string[], given: JsonObject): Peeled {
	const { value, faults } = peel(given);
	const { found, rest } = split(value, wrappers);
	const read = found.map(([name, inner]): Entry => [name, objectIn(inner)]);
	const wrapped = read.find(holdsObject);
	if (!wrapped) {
		const odd = [
			...found.map(([name, inner]) => notObject(name, inner)),
			...misspelt(info, wrappers, rest),
		];
		return { value, faults: [...faults, ...odd] };
	}
	const others = [...read.filter((entry) => entry !== wrapped), ...rest];
	return { value: wrapped[1], faults: [...faults, ...besideFaults(wrapped[0], others)] };
}

function withoutServerFields(
	info: MessageName,
	id: string,
	value: JsonObject,
): { readonly value: JsonObject; readonly removed: readonly string[] } {
	const names = [
		id,
		...messageOf(info)
			.fields.filter((field) => field.output)
			.map((field) => field.name),
	];
	const { found, rest } = split(value, names);
	const keys = new Map(names.map((name) => [fieldKey(name), name]));
	return {
		value: Object.fromEntries(rest),
		removed: found
			.filter(([, inner]) => inner !== '')
			.map(([name]) => keys.get(fieldKey(name)) ?? name),
	};
}
