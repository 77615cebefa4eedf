import { type JsonObject, isDeep, isJsonObject } from '../json';
import type { Result } from '../result';
import { fieldKey, messageNames, messageOf } from '../schema';

const fieldKeys = new Set(
	messageNames.flatMap((name) => messageOf(name).fields.map((field) => fieldKey(field.name))),
);
// What LiveKit's documentation puts around a request, and JSON's own words.
const otherWords = new Set(['trunk', 'req', 'request', 'action', 'true', 'false', 'null']);

/** Reads the user's JSON: text, or an object that an expression gave. */
export function parseJson(given: unknown): Result<JsonObject> {
	try {
		const read: unknown = typeof given === 'string' ? JSON.parse(given) : given;
		if (isDeep(read)) return { fault: 'is nested too deeply, or holds itself' };
		return isJsonObject(read) ? { value: read } : { fault: 'must be one object in curly brackets' };
	} catch {
		return { fault: `is no valid JSON: ${whereBroken(String(given))}` };
	}
}

/** Whether a text may be the beginning of JSON: all that is wrong with it is that it ends. */
function mayBegin(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch (error) {
		const words = error instanceof Error ? error.message : '';
		const [, position] = /at position (\d{1,12})/.exec(words) ?? [];
		return /^Unexpected end|^Unterminated/.test(words) || Number(position) === text.length;
	}
}

/** How many characters of a text may be the beginning of JSON. V8 tells the position only of some faults. */
function lengthOfRight(text: string): number {
	let [right, wrong] = [0, text.length + 1];
	while (wrong - right > 1) {
		const middle = Math.floor((right + wrong) / 2);
		if (mayBegin(text.slice(0, middle))) right = middle;
		else wrong = middle;
	}
	return right;
}

const mostShown = 30;
const mostLooked = 500;

/** A piece of JSON in which only names of fields can be read. A value may be a password or PIN, and quotes are what is often wrong. */
function withoutValues(text: string): string {
	return text
		.replace(/[^\s{}[\]:,"']+/g, (word) =>
			fieldKeys.has(fieldKey(word)) || otherWords.has(word) ? word : '…',
		)
		.replace(/\s+/g, ' ')
		.trim();
}

function whereBroken(text: string): string {
	const position = lengthOfRight(text);
	const before = text.slice(0, position);
	const line = before.split('\n').length;
	const column = position - before.lastIndexOf('\n');
	const behind = withoutValues(before.slice(-mostLooked)).slice(-mostShown);
	const next = withoutValues(text.slice(position, position + mostLooked)).slice(0, mostShown);
	const place = `look at position ${position} (line ${line} column ${column})`;
	if (next === '')
		return behind === '' ? 'it is empty' : `${place}, where it ends behind ${behind}`;
	return behind === '' ? `${place}, before ${next}` : `${place}, between ${behind} and ${next}`;
}
