import { type Fault, isObject, show } from '../json';
import type { Result } from '../result';
import { readDays } from './days';
import { entriesOfList, isLeftover } from './entries';
import { type Hours, readHours } from './times';
import { zoneNamed } from './zoneNames';

/** Hours of some days of the week. */
export interface Block extends Hours {
	/** 0 is Sunday. */
	readonly days: ReadonlySet<number>;
}

/** When people may be called, by the clocks where they are: while any of the blocks is open. */
export interface CallingHours {
	readonly blocks: readonly Block[];
	/** Dates, as `YYYY-MM-DD`, on which nobody is called. */
	readonly excluded: ReadonlySet<string>;
}

/** Calling hours as the form or an expression gives them. */
export interface GivenHours {
	readonly blocks: unknown;
	readonly excludedDates: unknown;
}

/** What is wrong with the time zone of a row. */
export type ZoneFinding =
	| { readonly zone: 'missing' }
	| { readonly zone: 'wrong'; readonly given: unknown };

/** What stands for days that are left out, as in the form. */
const usualDays = 'mon-fri';

/** A value as text, empty for an object: an expression can give objects that cannot be turned into text. */
function scalarText(given: unknown): string {
	return typeof given === 'object' ? '' : String(given).trim();
}

function isDate(text: string): boolean {
	const at = Date.parse(`${text}T00:00:00Z`);
	return (
		/^\d{4}-\d{2}-\d{2}$/.test(text) &&
		!Number.isNaN(at) &&
		new Date(at).toISOString().startsWith(text)
	);
}

function excludedOf(given: unknown): Result<ReadonlySet<string>> {
	const entries = entriesOfList(given);
	if ('fault' in entries) return entries;
	if (entries.value.length === 0 && isLeftover(given))
		return {
			fault:
				'holds no date: the expression found none. Write dates like 2026-12-25, or empty the field',
		};
	const wrong = entries.value.findIndex((entry) => !isDate(scalarText(entry)));
	if (wrong >= 0)
		return {
			fault: `holds ${show(entries.value[wrong])}, which is no date. Write it like 2026-12-25`,
		};
	return { value: new Set(entries.value.map(scalarText)) };
}

function readBlock(given: unknown, place: number): Result<Block, 'fault', Fault> {
	const path = `blocks[${place}]`;
	if (!isObject(given))
		return { fault: { path, message: `must be days and hours, not ${show(given)}` } };
	const hours = readHours(given);
	if ('fault' in hours) return { fault: { ...hours.fault, path: `${path}.${hours.fault.path}` } };
	const days = readDays(given.days === undefined ? usualDays : given.days);
	if ('fault' in days) return { fault: { path: `${path}.days`, message: days.fault } };
	return { value: { ...hours.value, days: days.value } };
}

/**
 * Reads calling hours. What cannot be read whole is a fault: it must not mean that people may always be called.
 *
 * @returns the hours, or a fault at `blocks`, at a field of a block such as `blocks[1].from`, or at `excludedDates`
 */
export function readCallingHours(given: GivenHours): Result<CallingHours, 'fault', Fault> {
	const { blocks: list } = given;
	if (!Array.isArray(list) || list.length === 0) {
		const message = 'holds no hours, so that nobody could be called. Add hours, or remove all';
		return { fault: { path: 'blocks', message } };
	}
	const blocks: Block[] = [];
	for (const [place, one] of list.entries()) {
		const block = readBlock(one, place);
		if ('fault' in block) return block;
		blocks.push(block.value);
	}
	const excluded = excludedOf(given.excludedDates);
	if ('fault' in excluded) return { fault: { path: 'excludedDates', message: excluded.fault } };
	return { value: { blocks, excluded: excluded.value } };
}

/** Reads a time zone as people, tables and other programs name it, see `zoneNamed`. */
export function readZone(given: unknown): { readonly value: string } | ZoneFinding {
	if (scalarText(given ?? '') === '')
		return typeof (given ?? '') === 'string' ? { zone: 'missing' } : { zone: 'wrong', given };
	const zone = typeof given === 'string' ? zoneNamed(given) : undefined;
	return zone === undefined ? { zone: 'wrong', given } : { value: zone };
}
