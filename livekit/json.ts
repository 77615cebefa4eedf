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

/** Joins a wire path: `at('trunk', 'name')` is `trunk.name`. */
export function at(path: string, name: string): string {
	return path ? `${path}.${name}` : name;
}

/**
 * Sets an own key even where its name is `__proto__`, which an assignment would take for the prototype.
 */
export function setOwn<T>(target: Record<string, T>, key: string, value: T): void {
	Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** JSON text for an error message: short, one line. */
export function show(value: unknown): string {
	const text = JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? String(value);
	return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Whether two JSON values are equal, keys in any order. */
export function sameJson(left: unknown, right: unknown): boolean {
	if (Array.isArray(left) && Array.isArray(right)) {
		return left.length === right.length && left.every((entry, index) => sameJson(entry, right[index]));
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
