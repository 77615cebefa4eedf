import { isDeep, isObject } from '../json';
import type { Field } from '../schema';

/** Group name of every fixed collection in the form: its rows reach `encode` as `{ rows: [...] }`. */
export const ROWS = 'rows';

/** Name of the collection in a row that holds its rarely used fields. They belong to the row itself. */
export const MORE = 'more';

/**
 * Parses JSON text. Text that is no JSON, and every other value, is returned as it is.
 *
 * @param opening the bracket that the JSON must begin with
 */
export function jsonOrSame(value: unknown, opening: '{' | '['): unknown {
	if (typeof value !== 'string' || !value.trim().startsWith(opening)) return value;
	try {
		const read: unknown = JSON.parse(value);
		return isDeep(read) ? value : read;
	} catch {
		return value;
	}
}

/** Names what was given instead of a message or a map. The content is not shown, as it may hold a secret. */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value !== 'string')
		return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
	return /^\s*[{[]/.test(value)
		? 'text that is no valid JSON: check its quotes, commas and brackets'
		: 'text';
}

/** The value that a picker (n8n's resource locator) holds. Every other value is returned as it is. */
export function picked(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}

function isLocator(value: unknown): value is { readonly value: unknown } {
	return isObject(value) && value.__rl === true && 'value' in value;
}

function rowsOf(given: unknown): unknown {
	return isObject(given) && Array.isArray(given[ROWS]) && Object.keys(given).length === 1
		? given[ROWS]
		: given;
}

function splitText(text: string): string[] {
	return text
		.split(/[,;\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/** The texts of a row of a fixed collection: it holds one picker or text, and an expression in it may give several. */
function textsInRow(row: unknown): unknown[] {
	const isRow = isObject(row) && !isLocator(row) && Object.keys(row).length === 1;
	if (!isRow) return [picked(row)];
	const value = picked(Object.values(row)[0]);
	if (Array.isArray(value)) return value;
	return typeof value !== 'string' || value.trim() === '' ? [value] : splitText(value);
}

/**
 * Reads the entries of a list from an array, JSON text of one, the rows of a fixed collection, or text separated by
 * commas, semicolons or line breaks. A single value is a list of one.
 */
export function entriesGiven(field: Field, given: unknown): unknown[] {
	const list = jsonOrSame(given, '[');
	const value = rowsOf(list);
	if (Array.isArray(value)) {
		if (field.type !== 'string') return value;
		// Only the form's rows hold their text in an object. Of other objects nobody knows which value would be meant.
		return value === list ? value.map(picked) : value.flatMap(textsInRow);
	}
	if (typeof value === 'string') return splitText(value);
	// n8n gives this for a fixed collection without rows.
	if (isObject(value) && Object.keys(value).length === 0) return [];
	return [value];
}

/**
 * Reads the names and values of a map from an object, JSON text of one, or rows with a name (or key) and a value.
 *
 * @returns undefined for anything else
 */
export function pairsGiven(given: unknown): Array<[string, unknown]> | undefined {
	const value = rowsOf(jsonOrSame(given, '{'));
	if (!Array.isArray(value)) return isObject(value) ? Object.entries(value) : undefined;
	const rows = value.filter(isObject);
	const pairs = rows.map((row): [unknown, unknown] => [row.name ?? row.key ?? '', row.value]);
	if (rows.length < value.length || pairs.some(([name]) => typeof name === 'object'))
		return undefined;
	return pairs.map(([name, inner]) => [String(name).trim(), inner]);
}
