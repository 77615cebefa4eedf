import { isSameDay } from '../callees/localDays';
import { type Fault, showGiven, wholeNumber } from '../json';
import type { Result } from '../result';

/** What is known of the calls to a contact so far. */
export interface Tries {
	/** Calls that may have let the phone ring. */
	readonly tries: number;
	/** Those on the day of the last one. */
	readonly callsToday: number;
	/** Unix milliseconds of the last one, undefined if there was none. */
	readonly lastCalledAt: number | undefined;
}

/** The same as a row of a table holds it. */
export interface GivenTries {
	readonly tries: unknown;
	readonly callsToday: unknown;
	readonly lastCalledAt: unknown;
}

function fault(path: keyof GivenTries, message: string): { readonly fault: Fault } {
	return { fault: { path, message } };
}

/** An empty cell. What an expression did not find is none: the column may have another name. */
function isEmpty(given: unknown): boolean {
	return given === null || (typeof given === 'string' && given.trim() === '');
}

function readCount(path: 'tries' | 'callsToday', given: unknown): Result<number, 'fault', Fault> {
	const value = wholeNumber(given);
	if (value !== undefined && value >= 0) return { value };
	return fault(
		path,
		`must be a whole number (0 for a contact who was never called), not ${showGiven(given)}`,
	);
}

// With its time zone: a time of day alone is another moment on another server.
const withZone =
	/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2})$/;

// What stands for no time in tables and programs lies outside: 0001-01-01, 1899-12-30, 1970-01-01, 9999-12-31.
const [earliest, latest] = [Date.UTC(2000, 0), Date.UTC(9000, 0)];

/** A time as an expression gives it. The value of a list is the list itself, which Number() would take for 1970. */
function valueOfTime(given: unknown): number {
	const value: unknown = typeof given === 'object' && given !== null ? given.valueOf() : undefined;
	return typeof value === 'number' ? value : Number.NaN;
}

/** Unix milliseconds of ISO text with its zone, or of the objects for times that expressions give; undefined for anything else. */
export function momentOf(given: unknown): number | undefined {
	const at =
		typeof given === 'string' && withZone.test(given.trim())
			? Date.parse(given.trim().replace(/\s(?=[Z+-])/, ''))
			: valueOfTime(given);
	return at >= earliest && at < latest ? at : undefined;
}

function readMoment(given: unknown): Result<number, 'fault', Fault> {
	const value = momentOf(given);
	return value === undefined
		? fault(
				'lastCalledAt',
				`must be a time with its time zone, such as 2026-11-30T09:00:00Z, not ${showGiven(given)}`,
			)
		: { value };
}

/**
 * Reads what a row says of its calls so far. A contact who was never called has 0 tries, and may have empty cells beside it.
 *
 * @returns the counts, or a fault at the name of the field that cannot be read
 */
export function readTries(given: GivenTries): Result<Tries, 'fault', Fault> {
	const tries = readCount('tries', given.tries);
	if ('fault' in tries) return tries;
	const isNew = tries.value === 0;
	if (isNew && isEmpty(given.callsToday) && isEmpty(given.lastCalledAt))
		return { value: { tries: 0, callsToday: 0, lastCalledAt: undefined } };
	const today =
		isNew && isEmpty(given.callsToday) ? { value: 0 } : readCount('callsToday', given.callsToday);
	if ('fault' in today) return today;
	if (isNew && today.value === 0 && isEmpty(given.lastCalledAt))
		return { value: { tries: 0, callsToday: 0, lastCalledAt: undefined } };
	const last = readMoment(given.lastCalledAt);
	if ('fault' in last) return last;
	return { value: { tries: tries.value, callsToday: today.value, lastCalledAt: last.value } };
}

/** How many calls of a contact's day there were. A last call that lies in the future, by another clock, is of today. */
export function callsOnDay(
	{ callsToday, lastCalledAt }: Tries,
	zones: readonly string[],
	at: number,
): number {
	if (lastCalledAt === undefined) return 0;
	return lastCalledAt >= at || isSameDay(zones, lastCalledAt, at) ? callsToday : 0;
}

/**
 * The counts after one more call that may have let the phone ring.
 *
 * @param at when it began, in Unix milliseconds
 */
export function withCall(before: Tries, zones: readonly string[], at: number): Tries {
	return {
		tries: before.tries + 1,
		callsToday: callsOnDay(before, zones, at) + 1,
		lastCalledAt: Math.max(at, before.lastCalledAt ?? at),
	};
}
