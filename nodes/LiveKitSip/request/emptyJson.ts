import { type Fault, at, isObject } from '../../../livekit/json';
import { isNothing } from '../../shared/nothingFound';
import { isHarmlessInJson } from '../fields/whenNothing';
import type { Row } from '../rows/row';

// A key of JSON or of an object in an expression; if an empty value stands behind it literally, that and what ends it.
const keyed =
	/(?<![^\s"':,{}[\]])([^\s"':,{}[\]]+)["']?\s*:\s*(""|''|null|\[\s*\]|\{\s*\})?\s*([,}\]])?/g;

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
		const message =
			'is empty for this row: the expression found nothing. Correct the expression, or remove the field from the JSON';
		return [{ path: here, message }];
	});
}

/**
 * The fields of a request given as JSON for which an expression found nothing: what `readGiven` does for the form.
 *
 * @param value the request, or the part of it at the path
 */
export function emptyInJson(row: Row, value: unknown, path = ''): Fault[] {
	const text = row.node.parameters.jsonBody;
	if (!row.settings.fromJson || typeof text !== 'string' || !text.startsWith('=')) return [];
	return emptyIn(text, value, path, row.operation === 'update');
}
