import { withUnseen } from './plain';

/** A JSON value, as in requests and answers. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
	[key: string]: JsonValue;
}

/** One thing that is wrong in what the user gave, and what to do about it. */
export interface Fault {
	/** Wire names, such as `trunk.numbers[1]`; empty for the input as a whole. */
	readonly path: string;
	/** The rest of a sentence that begins with the field. */
	readonly message: string;
}

/** Whether a value is an object with string keys, that is neither an array nor null. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value from outside (JSON.parse, an answer, a parameter of n8n) is a JSON object. Its content is trusted to be
 * JSON: JSON.parse gives nothing else, and what else an expression of n8n can give is found by `encode`.
 */
export function isJsonObject(value: unknown): value is JsonObject {
	return isObject(value);
}

/** Extends a wire path: `at('trunk', 'name')` is `trunk.name`. */
export function at(path: string, name: string): string {
	return path ? `${path}.${name}` : name;
}

/** Sets an own key, even one called `__proto__`, which an assignment would take for the prototype. */
export function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}

/** An object or list as JSON text. Expressions can give a bigint, which JSON does not know: it becomes its digits. */
export function jsonText(value: unknown): string {
	return JSON.stringify(value, (_name, inner: unknown) =>
		typeof inner === 'bigint' ? String(inner) : inner,
	);
}

const longestShown = 60;

/** A value as messages show it: short and on one line. The content of lists and objects is not shown, as it may be secret. */
export function show(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'function' || (typeof value === 'object' && value !== null))
		return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
	const text =
		typeof value === 'string'
			? withUnseen(JSON.stringify(value.slice(0, longestShown)))
			: withUnseen(String(value));
	return text.length > longestShown ? `${text.slice(0, longestShown - 3)}...` : text;
}

/** A value as messages show it; what an expression did not find is nothing. */
export function showGiven(given: unknown): string {
	return given === undefined || given === null || given === '' ? 'nothing' : show(given);
}

/** A whole number, or its text as a table's cell holds it: 15, `15` or `15.0`; undefined for anything else. */
export function wholeNumber(given: unknown): number | undefined {
	if (typeof given === 'number') return Number.isSafeInteger(given) ? given : undefined;
	const digits =
		typeof given === 'string' ? /^\s*(\d{1,15})(?:\.0{1,9})?\s*$/.exec(given)?.[1] : undefined;
	return digits === undefined ? undefined : Number(digits);
}

/**
 * An entry of a list as messages show it. A list may have been fed with a whole object as text, which is split at its commas:
 * then a piece of it may be a password.
 */
export function showEntry(entry: string): string {
	const isPiece = /["{}[\]]|^\s*[a-z_]\w*\s*[:=]\s/i.test(entry);
	return isPiece ? 'a piece of JSON' : show(entry);
}

/** How deep lists and objects may be nested: deeper than any message of LiveKit or anybody's metadata. */
const mostLevels = 100;

/** Whether a value is nested so deeply, or holds itself, that a function which walks through it would overflow the stack. */
export function isDeep(value: unknown, levels = mostLevels): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	// Object.values would create an array for each of the 50,000 objects in a list of 10,000 rules, and take five times as long.
	for (const name in value) {
		const inner: unknown = Reflect.get(value, name);
		if (typeof inner === 'object' && isDeep(inner, levels - 1)) return true;
	}
	return false;
}

/** Looks up a name from outside in a table. It may be a name that every object inherits, such as `constructor`. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether two JSON values are equal. The order of keys does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
	if (Array.isArray(left) && Array.isArray(right)) {
		return (
			left.length === right.length && left.every((entry, index) => sameJson(entry, right[index]))
		);
	}
	if (isObject(left) && isObject(right)) {
		const keys = Object.keys(left);
		return (
			keys.length === Object.keys(right).length &&
			keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
		);
	}
	return left === right;
}
