import type { IDataObject } from 'n8n-workflow';
import type { CallItem } from './item';

/** What becomes of the columns of a row in its result. */
export type IncludeInput = 'flat' | 'input' | 'no';

/** How the result of a row is shown. */
export interface Shape {
	readonly simplify: boolean;
	readonly includeInput: IncludeInput;
}

/** What a person reads first, in this order. */
const first = [
	'outcome',
	'message',
	'called_number',
	'talk_seconds',
	'agent',
	'room_name',
	'participant_identity',
	'warnings',
] as const;

// Only some results have them, but a column has the same name beside each.
const ofSome = ['ended_at', 'talk_seconds', 'participant_attributes'];

/** What a table keeps for Call Again. */
const forNextCall = ['call_again_at', 'final', 'tries', 'calls_today', 'last_called_at'] as const;

function simplified(item: CallItem): IDataObject {
	const names = item.final === null ? first : [...first, ...forNextCall];
	return Object.fromEntries(names.map((name) => [name, item[name] ?? null]));
}

/** The columns of a row under names that the result does not have: of two that are equal, the row's gets `_input`. */
function columnsBeside(taken: ReadonlySet<string>, row: IDataObject): IDataObject {
	const used = new Set([...taken, ...Object.keys(row)]);
	const renamed = Object.entries(row).map(([name, value]) => {
		if (!taken.has(name)) return [name, value] as const;
		let free = `${name}_input`;
		while (used.has(free)) free += '_input';
		used.add(free);
		return [free, value] as const;
	});
	return Object.fromEntries(renamed);
}

/**
 * The output of a row: its result first, then what it was given.
 *
 * @param row JSON of the input item
 */
export function shaped(
	item: CallItem,
	{ simplify, includeInput }: Shape,
	row: IDataObject,
): IDataObject {
	const result = simplify ? simplified(item) : item;
	if (includeInput === 'no') return result;
	if (includeInput === 'input') return { ...result, input: row };
	const taken = new Set([...Object.keys(result), ...(simplify ? [] : ofSome)]);
	return { ...result, ...columnsBeside(taken, row) };
}
