import { type Fault, at, isObject } from '../../../livekit/json';
import { type MessageName, fieldKey, messageOf } from '../../../livekit/schema';
import { isNothing } from '../../shared/nothingFound';
import { isHarmlessInJson } from '../fields/whenNothing';
import type { Row } from '../rows/row';

// A key of JSON or of an object in an expression; if an empty value stands behind it literally, that and what ends it.
const keyed =
	/(?<![^\s"':,{}[\]])([^\s"':,{}[\]]+)["']?\]?\s*:\s*(""|''|null|\[\s*\]|\{\s*\})?\s*([,}\]])?/g;

const nothing =
	'is empty for this row: the expression found nothing. Correct the expression, or remove the field from the JSON';

/**
 * Whether the text of the JSON parameter names a field and gives it by an expression. What only the data of an expression
 * names, such as a copied object with an empty PIN, is as the user has it; so is emptiness that stands there literally.
 */
function isByExpression(text: string, name: string): boolean {
	const given = [...text.matchAll(keyed)].filter(([, key]) => key === name);
	return given.length > 0 && !given.some(([, , empty, end]) => empty && end);
}

function emptyIn(text: string, value: unknown, path: string, isUpdate: boolean): Fault[] {
	if (Array.isArray(value))
		return value.flatMap((entry, index) => emptyIn(text, entry, `${path}[${index}]`, isUpdate));
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]) => {
		const here = at(
			path,
			name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
		);
		if (!isNothing(inner)) return emptyIn(text, inner, here, isUpdate);
		if (!isByExpression(text, name) || (!isUpdate && isHarmlessInJson(here))) return [];
		return [{ path: here, message: nothing }];
	});
}

/** The wire paths of a message's fields, by their keys. Of fields with one key the outermost counts. */
function pathsIn(message: MessageName, path: string, inside: readonly MessageName[] = []) {
	const paths = new Map<string, string>();
	const { fields } = messageOf(message);
	for (const { name } of fields) paths.set(fieldKey(name), at(path, name));
	for (const field of fields) {
		if (field.kind !== 'message' || inside.includes(field.type)) continue;
		const deeper = pathsIn(field.type, at(path, field.name), [...inside, field.type]);
		for (const [key, found] of deeper) if (!paths.has(key)) paths.set(key, found);
	}
	return paths;
}

function keysIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(keysIn);
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]) => [fieldKey(name), ...keysIn(inner)]);
}

// These drop what has no value; a condition may leave a field out on purpose.
const dropsEmpty = /stringify\s*\(|toJsonString\s*\(/i;
const condition = /(?<!\?)\?(?![.?])|&&/;

/** The fields that an expression names and that are not in the JSON which it made of them. */
function droppedFrom(text: string, value: unknown, path: string, message: MessageName): Fault[] {
	if (!dropsEmpty.test(text) || condition.test(text)) return [];
	const given = new Set(keysIn(value));
	const paths = pathsIn(message, path);
	const names = new Set([...text.matchAll(keyed)].map(([, name]) => name));
	return [...names].flatMap((name) => {
		const here = paths.get(fieldKey(name));
		const gone = here !== undefined && !given.has(fieldKey(name)) && !isHarmlessInJson(here);
		return gone && isByExpression(text, name) ? [{ path: here, message: nothing }] : [];
	});
}

/**
 * The fields of a request given as JSON for which an expression found nothing: what `readGiven` does for the form.
 *
 * @param value the request, or the part of it at the path
 * @param message what the value is
 */
export function emptyInJson(row: Row, value: unknown, message: MessageName, path = ''): Fault[] {
	const text = row.node.parameters.jsonBody;
	if (!row.settings.fromJson || typeof text !== 'string' || !text.startsWith('=')) return [];
	const empty = emptyIn(text, value, path, row.operation === 'update');
	return empty.length > 0 ? empty : droppedFrom(text, value, path, message);
}
