import { show } from '../json';
import type { Result } from '../result';
import { entriesOfList } from './entries';

const names: ReadonlyArray<readonly string[]> = [
	['sun', 'sunday'],
	['mon', 'monday'],
	['tue', 'tues', 'tuesday'],
	['wed', 'weds', 'wednesday'],
	['thu', 'thur', 'thurs', 'thursday'],
	['fri', 'friday'],
	['sat', 'saturday'],
];
const week = names.length;
const advice = 'Write days such as mon, tue, or a range such as mon-fri';

function dayOf(text: string): number | undefined {
	const name = text.trim().replace(/\.$/, '');
	const day = names.findIndex((spellings) => spellings.includes(name));
	return day < 0 ? undefined : day;
}

/** The days of a range, which may go over the end of the week. A range that ends where it begins is none. */
function rangeOf(first: number, last: number): readonly number[] | undefined {
	if (first === last) return undefined;
	return Array.from(
		{ length: ((last - first + week) % week) + 1 },
		(_, step) => (first + step) % week,
	);
}

function daysIn(entry: unknown): readonly number[] | undefined {
	if (typeof entry !== 'string') return undefined;
	const ends = entry
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.split(/[-‐‑‒–—]| (?:to|through|thru) /)
		.map(dayOf);
	const [first, last] = ends;
	if (ends.length > 2 || first === undefined || ends.includes(undefined)) return undefined;
	return last === undefined ? [first] : rangeOf(first, last);
}

/**
 * Reads days of the week, 0 is Sunday: each entry is a day or a range of days, in English, or the whole is refused.
 *
 * @returns the days, or what is wrong: the rest of a sentence that begins with the field
 */
export function readDays(given: unknown): Result<ReadonlySet<number>> {
	const entries = entriesOfList(given);
	if ('fault' in entries) return { fault: `${entries.fault}. ${advice}` };
	if (entries.value.length === 0) return { fault: `holds no day. ${advice}` };
	const days = new Set<number>();
	for (const entry of entries.value) {
		const found = daysIn(entry);
		if (!found)
			return { fault: `holds ${show(entry)}, which is no day and no range of days. ${advice}` };
		for (const day of found) days.add(day);
	}
	return { value: days };
}
