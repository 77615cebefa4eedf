import { type Fault, show } from '../json';
import type { Result } from '../result';
import { readDays } from './days';
import { entriesOfList, isLeftover } from './entries';
import { type Hours, readHours } from './times';
import { zoneNamed } from './zoneNames';
import { addDays, momentsOf, wallClock } from './zones';

/** When people of one time zone may be called. */
export interface CallingHours extends Hours {
	/** Days of the week, 0 is Sunday. */
	readonly days: ReadonlySet<number>;
	/** IANA name. */
	readonly zone: string;
	/** Dates in that zone, as `YYYY-MM-DD`. */
	readonly excluded: ReadonlySet<string>;
}

/** What is wrong with the time zone of a row. */
export type ZoneFinding =
	| { readonly zone: 'missing' }
	| { readonly zone: 'wrong'; readonly given: unknown };

type ZoneRead = { readonly value: string } | ZoneFinding;

/** The hours, or a fault of the form, or what is wrong with the time zone of the row. */
export type CallingHoursRead = Result<CallingHours, 'fault', Fault> | ZoneFinding;

const everyDay = readDays('sun-sat');
const longestSearchDays = 400;

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
				'holds no date: the expression found none. Write dates like 2026-12-25, or remove the field',
		};
	const wrong = entries.value.findIndex((entry) => !isDate(scalarText(entry)));
	if (wrong >= 0)
		return {
			fault: `holds ${show(entries.value[wrong])}, which is no date. Write it like 2026-12-25`,
		};
	return { value: new Set(entries.value.map(scalarText)) };
}

function readZone(given: unknown): ZoneRead {
	if (scalarText(given ?? '') === '')
		return typeof (given ?? '') === 'string' ? { zone: 'missing' } : { zone: 'wrong', given };
	const zone = typeof given === 'string' ? zoneNamed(given) : undefined;
	return zone === undefined ? { zone: 'wrong', given } : { value: zone };
}

/** Reads the calling hours of a row as the form or an expression gives them. The path of a fault is a key of `given`. */
export function readCallingHours(given: Readonly<Record<string, unknown>>): CallingHoursRead {
	const hours = readHours(given);
	if ('fault' in hours) return hours;
	const days = given.days === undefined ? everyDay : readDays(given.days);
	if ('fault' in days) return { fault: { path: 'days', message: days.fault } };
	const excluded = excludedOf(given.excludedDates);
	if ('fault' in excluded) return { fault: { path: 'excludedDates', message: excluded.fault } };
	const zone = readZone(given.timeZone);
	if ('zone' in zone) return zone;
	return {
		value: { ...hours.value, days: days.value, zone: zone.value, excluded: excluded.value },
	};
}

/** Whether the hours begin on that day. Hours past midnight belong to the day on which they begin. */
function opensOn(hours: CallingHours, date: string): boolean {
	return hours.days.has(new Date(`${date}T00:00:00Z`).getUTCDay()) && !hours.excluded.has(date);
}

function isOpen(hours: CallingHours, at: number): boolean {
	const { date, minute } = wallClock(hours.zone, at);
	const overMidnight = hours.until < hours.from;
	const today =
		opensOn(hours, date) && minute >= hours.from && (overMidnight || minute < hours.until);
	// Nobody is called on an excluded date, not even in what is left of the evening before.
	return (
		today ||
		(overMidnight &&
			minute < hours.until &&
			opensOn(hours, addDays(date, -1)) &&
			!hours.excluded.has(date))
	);
}

/**
 * Whether calls are allowed now, and if not, when they next are: undefined if no day of the next 400 allows any. Local time
 * decides: an hour that a change of the clocks repeats is open twice, one that it skips never.
 */
export function whenOpen(
	hours: CallingHours,
	now: Date,
): { readonly open: true } | { readonly open: false; readonly next: Date | undefined } {
	const at = now.getTime();
	if (isOpen(hours, at)) return { open: true };
	const { date } = wallClock(hours.zone, at);
	let best: number | undefined;
	for (let day = -1; day <= longestSearchDays; day++) {
		const candidate = addDays(date, day);
		if (!opensOn(hours, candidate)) continue;
		const next = momentsOf(hours.zone, candidate, hours.from).find(
			(moment) => moment > at && isOpen(hours, moment),
		);
		// After a change of the clocks, the moment found for one day can be later than that of the next day.
		if (best !== undefined) return { open: false, next: new Date(Math.min(best, next ?? best)) };
		best = next;
	}
	return { open: false, next: best === undefined ? undefined : new Date(best) };
}
