import { isSameNumber } from '../callees/stored';
import { numberLists } from '../checks/numberLists';
import { type JsonObject, type JsonValue, isObject } from '../json';
import { type MessageName, messageOf } from '../schema';
import { isTextList } from './change';

/** Changes of lists that name entries as the stored object has them, and what they do not find there. */
export interface MatchedChanges {
	readonly changes: JsonObject;
	/** Each with the wire path of the list in front. */
	readonly warnings: readonly string[];
}

function textsOf(value: JsonValue | undefined): string[] {
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Whether entries of a list are to be matched with those that are stored. */
function namesEntries(change: JsonValue | undefined): change is JsonObject {
	return isObject(change) && [change.add, change.remove].some((entries) => Array.isArray(entries));
}

/** The changes that can be made only if it is known what the lists hold: a number has many spellings. */
export function entryChanges(info: MessageName, changes: JsonObject): JsonObject {
	const names = messageOf(info)
		.fields.filter((field) => isTextList(field) && namesEntries(changes[field.name]))
		.map(({ name }) => name);
	return Object.fromEntries(names.map((name) => [name, changes[name]]));
}

/**
 * Brings the entries of changed lists to the spelling in which they are stored, so that `+1 (510) 555-0100` removes
 * `+15105550100` and is not added a second time.
 *
 * @param info message of the object
 * @param current decoded object
 */
export function matchEntries(
	info: MessageName,
	current: JsonObject,
	changes: JsonObject,
): MatchedChanges {
	const warnings: string[] = [];
	const lists = messageOf(info).fields.flatMap((field): Array<[string, JsonObject]> => {
		const change = changes[field.name];
		if (!isTextList(field) || !namesEntries(change)) return [];
		const stored = textsOf(current[field.name]);
		const isNumbers = numberLists.has(field.name);
		const found = (entry: string) =>
			stored.filter((one) => one === entry || (isNumbers && isSameNumber(one, entry)));
		const removed = textsOf(change.remove).flatMap((entry) => {
			const entries = found(entry);
			if (entries.length > 0) return entries;
			warnings.push(`update.${field.name}: ${entry} is not there, so nothing was removed for it`);
			return [entry];
		});
		const added = textsOf(change.add).map((entry) => found(entry)[0] ?? entry);
		return [
			[
				field.name,
				{
					...change,
					...(Array.isArray(change.remove) ? { remove: removed } : {}),
					...(Array.isArray(change.add) ? { add: added } : {}),
				},
			],
		];
	});
	return { changes: { ...changes, ...Object.fromEntries(lists) }, warnings };
}
