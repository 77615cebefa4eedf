import type { Answer, Answered, Refusal } from '../http/twirp';
import { type JsonObject, isJsonObject, isObject } from '../json';
import { type MessageName, fieldKey, fieldOf, messageOf } from '../schema';

/** An answer of LiveKit's shape nowhere: a proxy's, or one that was cut. Never to be read as an empty list. */
export function foreignAnswer(what: string): Refusal {
	return { status: 200, code: 'foreign', message: what, meta: {} };
}

/**
 * Whether an object can be LiveKit's answer of a message: it has none of its fields and others instead, then it
 * comes from somebody else, such as a proxy.
 */
export function isForeign(message: MessageName, value: JsonObject): boolean {
	const names = Object.keys(value);
	const known = messageOf(message);
	return names.length > 0 && !names.some((name) => fieldOf(known, name));
}

/**
 * The entries of a list answer. Servers that leave empty lists out answer `{}`; any other object without the list,
 * or a list that is no array or holds something else than the message, is a foreign answer.
 */
export function entriesOf(
	answer: Answer,
	list: string,
	message: MessageName,
): Answered<JsonObject[]> {
	if ('refusal' in answer) return answer;
	const held = Object.entries(answer.value).find(
		([name]) => fieldKey(name) === fieldKey(list),
	)?.[1];
	const entries = held ?? [];
	const other = held === undefined && Object.keys(answer.value).length > 0;
	const odd =
		Array.isArray(entries) &&
		entries.some((entry) => entry !== null && !(isObject(entry) && !isForeign(message, entry)));
	if (!Array.isArray(entries) || other || odd)
		return { refusal: foreignAnswer(`a list of ${list} was expected`) };
	return { value: entries.filter(isJsonObject) };
}
