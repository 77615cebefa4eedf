/** A JSON value, as requests and answers hold it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
	[key: string]: JsonValue;
}

/** One thing that is not right in what the user gave: where (wire names, `trunk.numbers[1]`), and what to do. */
export interface Fault {
	readonly path: string;
	readonly message: string;
}

/** Whether a value is an object with string keys: no array, no null. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value from outside (JSON.parse, an answer, a parameter of n8n) is a JSON object. What it holds is taken for
 * JSON unseen: JSON.parse gives nothing else, and what an expression of n8n can give besides is found by `encode`.
 */
export function isJsonObject(value: unknown): value is JsonObject {
	return isObject(value);
}

/** Joins a wire path: `at('trunk', 'name')` is `trunk.name`. */
export function at(path: string, name: string): string {
	return path ? `${path}.${name}` : name;
}

/**
 * Sets an own key even where its name is `__proto__`, which an assignment would take for the prototype.
 */
export function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		configurable: true,
		writable: true,
	});
}

/** An object or list as JSON text; numbers beyond JSON's range, which expressions can give, as their digits. */
export function jsonText(value: unknown): string {
	return JSON.stringify(value, (_name, inner: unknown) =>
		typeof inner === 'bigint' ? String(inner) : inner,
	);
}

const longestShown = 60;

/** A value for an error message: short, one line. What lists and objects hold is not shown, since it may be a secret. */
export function show(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'function' || (typeof value === 'object' && value !== null))
		return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
	const text =
		typeof value === 'string' ? JSON.stringify(value.slice(0, longestShown)) : String(value);
	return text.length > longestShown ? `${text.slice(0, longestShown - 3)}...` : text;
}

/** How many lists and objects may stand inside each other: more than LiveKit's messages and people's metadata have. */
const mostLevels = 100;

/** Whether a value is nested so deeply, or within itself, that functions which walk through it would run out of stack. */
export function isDeep(value: unknown, levels = mostLevels): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	// Object.values would make an array for each of the 50,000 objects in a list of 10,000 rules, and take five times as long.
	for (const name in value) {
		const inner: unknown = Reflect.get(value, name);
		if (typeof inner === 'object' && isDeep(inner, levels - 1)) return true;
	}
	return false;
}

/** The entry of a table by a name from outside, which may be one that every object has, such as `constructor`. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Whether two JSON values are equal, keys in any order. */
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
