import { normalizedNumber } from '../callees/normalized';
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

/** How the entries of a list are compared. Of phone numbers a trunk's are compared without their formatting, a rule's as text. */
type Comparing = 'text' | 'ruleNumbers' | 'trunkNumbers';

function comparing(info: MessageName, list: string): Comparing {
	if (!numberLists.has(list)) return 'text';
	return info === 'SIPDispatchRuleInfo' ? 'ruleNumbers' : 'trunkNumbers';
}

/** The stored entries that are the same number to LiveKit. */
function sameNumber(stored: readonly string[], entry: string): string[] {
	const number = normalizedNumber(entry);
	return stored.filter((one) => normalizedNumber(one) === number);
}

/** The stored entries that an entry to remove means: several only if they are the same to LiveKit. */
function removable(stored: readonly string[], entry: string, by: Comparing): string[][] {
	const exact = stored.filter((one) => one === entry);
	if (by === 'text' || (by === 'ruleNumbers' && exact.length > 0)) return [exact];
	const spelled = sameNumber(stored, entry);
	if (spelled.length > 0) return by === 'trunkNumbers' ? [spelled] : spelled.map((one) => [one]);
	const alike = new Set(stored.filter((one) => isSameNumber(one, entry)));
	return [...alike].map((one) => [one]);
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
		const by = comparing(info, field.name);
		const removed = textsOf(change.remove).flatMap((entry) => {
			const meant = removable(stored, entry, by).filter((entries) => entries.length > 0);
			if (meant.length === 1) return meant[0];
			const why = meant.length > 1 ? `can be ${meant.flat().join(' or ')}` : 'is not there';
			warnings.push(`update.${field.name}: ${entry} ${why}, so nothing was removed for it`);
			// As it is written, LiveKit finds nothing.
			return [entry];
		});
		// In a rule another spelling is another entry.
		const added = textsOf(change.add).map((entry) =>
			by === 'trunkNumbers' && !stored.includes(entry)
				? (sameNumber(stored, entry)[0] ?? entry)
				: entry,
		);
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
