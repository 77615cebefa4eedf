import type { Answer, Answered, Refusal } from '../http/twirp';
import { type JsonObject, isJsonObject, isObject } from '../json';
import { type MessageName, fieldKey, fieldOf, messageOf } from '../schema';

/**
 * The refusal that stands for an answer which is not LiveKit's, such as a proxy's, or one that was cut off. It must never
 * pass for an empty list.
 *
 * @param what what was wrong with the answer
 */
export function foreignAnswer(what: string): Refusal {
	return { status: 200, code: 'foreign', message: what, meta: {} };
}

/** Whether an object cannot be that message of LiveKit: it has fields, and none of them is one of the message. */
export function isForeign(message: MessageName, value: JsonObject): boolean {
	const names = Object.keys(value);
	const known = messageOf(message);
	return names.length > 0 && !names.some((name) => fieldOf(known, name));
}

/**
 * Reads the entries of an answer that holds a list; null stands for a missing object. Some servers leave out empty lists and
 * answer `{}`. Any other object without the list is a foreign answer, and so is a list that is no array or that holds anything
 * but the message.
 */
export function entriesOf(
	answer: Answer,
	list: string,
	message: MessageName,
): Answered<Array<JsonObject | null>> {
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
	return { value: entries.map((entry) => (isJsonObject(entry) ? entry : null)) };
}
