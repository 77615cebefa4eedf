import { type Fault, show } from '../json';
import type { Result } from '../result';
import { entriesOfList, isLeftover } from './entries';
import { addDays, isZone, momentsOf, wallClock } from './zones';

/** When people of one time zone may be called. */
export interface CallingHours {
	/** Days of the week, 0 is Sunday. */
	readonly days: ReadonlySet<number>;
	/** Minutes since midnight. */
	readonly from: number;
	/** Minutes since midnight. If not later than `from`, the hours go past midnight, or last a day if both are equal. */
	readonly until: number;
	readonly zone: string;
	/** Dates in that zone, as `YYYY-MM-DD`. */
	readonly excluded: ReadonlySet<string>;
}

/** The hours, or a fault of the form, or what is wrong with the time zone of the row. */
export type CallingHoursRead =
	| Result<CallingHours, 'fault', Fault>
	| { readonly zone: 'missing' | 'wrong' };

const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const dayMinutes = 1440;
const longestSearchDays = 400;

/** A value as text, empty for an object: an expression can give objects that cannot be turned into text. */
function scalarText(given: unknown): string {
	return typeof given === 'object' ? '' : String(given).trim();
}

function minuteOf(given: unknown, fallback: number): number | undefined {
	if (given === undefined || given === null || given === '') return fallback;
	const found = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(scalarText(given));
	if (!found) return undefined;
	const [hours, minutes] = [Number(found[1]), Number(found[2])];
	return minutes < 60 && hours * 60 + minutes <= dayMinutes ? hours * 60 + minutes : undefined;
}

function daysOf(given: unknown): ReadonlySet<number> | undefined {
	if (given === undefined) return new Set(dayNames.keys());
	const entries = entriesOfList(given);
	if ('fault' in entries) return undefined;
	const days = entries.value.map((entry) =>
		dayNames.indexOf(scalarText(entry).toLowerCase().slice(0, 3)),
	);
	return days.includes(-1) || days.length === 0 ? undefined : new Set(days);
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
	const wrong = entries.value.find((entry) => !isDate(scalarText(entry)));
	if (wrong !== undefined)
		return { fault: `holds ${show(wrong)}, which is no date. Write it like 2026-12-25` };
	return { value: new Set(entries.value.map(scalarText)) };
}

/** Reads the calling hours of a row as the form or an expression gives them. The path of a fault is a key of `given`. */
export function readCallingHours(given: Readonly<Record<string, unknown>>): CallingHoursRead {
	const from = minuteOf(given.from, 0);
	const until = minuteOf(given.until, dayMinutes);
	const days = daysOf(given.days);
	const excluded = excludedOf(given.excludedDates);
	const time = (path: string, value: unknown) => ({
		fault: { path, message: `must be a time such as 09:00, not ${show(value)}` },
	});
	if (from === undefined || from === dayMinutes) return time('from', given.from);
	if (until === undefined) return time('until', given.until);
	if (days === undefined)
		return { fault: { path: 'days', message: 'must be days of the week, such as mon, tue' } };
	if ('fault' in excluded) return { fault: { path: 'excludedDates', message: excluded.fault } };
	const zone = scalarText(given.timeZone ?? '');
	if (zone === '')
		return { zone: typeof (given.timeZone ?? '') === 'string' ? 'missing' : 'wrong' };
	return isZone(zone)
		? { value: { days, from, until, zone, excluded: excluded.value } }
		: { zone: 'wrong' };
}

/** Whether the hours begin on that day. Hours past midnight belong to the day on which they begin. */
function opensOn(hours: CallingHours, date: string): boolean {
	return hours.days.has(new Date(`${date}T00:00:00Z`).getUTCDay()) && !hours.excluded.has(date);
}

function isOpen(hours: CallingHours, at: number): boolean {
	const { date, minute } = wallClock(hours.zone, at);
	const overMidnight = hours.until <= hours.from;
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
