import type { Block, CallingHours } from './callingHours';
import { addDays, momentsOf, wallClock } from './zones';

/** Whether people may be called now, and if not, when they next may be: undefined if no day of the next 400 allows it. */
export type Opening =
	| { readonly open: true }
	| { readonly open: false; readonly next: Date | undefined };

const longestSearchDays = 400;
/** Local dates begin up to a day around those of UTC, and a change of the clocks is looked for up to a day around a moment. */
const overlapDays = 3;

/** Whether a block begins on that day. Hours past midnight belong to the day on which they begin. */
function beginsOn({ days }: Block, excluded: CallingHours['excluded'], date: string): boolean {
	return days.has(new Date(`${date}T00:00:00Z`).getUTCDay()) && !excluded.has(date);
}

function isOpenIn({ blocks, excluded }: CallingHours, zone: string, at: number): boolean {
	const { date, minute } = wallClock(zone, at);
	// Nobody is called on an excluded date, not even in what is left of the evening before.
	if (excluded.has(date)) return false;
	return blocks.some((block) => {
		const overMidnight = block.until < block.from;
		const today = minute >= block.from && (overMidnight || minute < block.until);
		if (today && beginsOn(block, excluded, date)) return true;
		return overMidnight && minute < block.until && beginsOn(block, excluded, addDays(date, -1));
	});
}

/** Moments at which a block may open on a date in one of the zones. Every moment at which one opens is among those of some date. */
function openings({ blocks, excluded }: CallingHours, zones: readonly string[], date: string) {
	const begun = blocks.filter((block) => beginsOn(block, excluded, date));
	return new Set(begun.flatMap(({ from }) => zones.flatMap((zone) => momentsOf(zone, date, from))));
}

function isOpenInAll(hours: CallingHours, zones: readonly string[], at: number): boolean {
	return zones.every((zone) => isOpenIn(hours, zone, at));
}

/** The next opening after a moment, in Unix milliseconds; undefined if there is none in the next 400 days. */
function nextOpening(
	hours: CallingHours,
	zones: readonly string[],
	at: number,
): number | undefined {
	const today = new Date(at).toISOString().slice(0, 10);
	let next: number | undefined;
	// Moments of one day can be later than those of the next: the days that may hold earlier ones are looked at too.
	let last = longestSearchDays;
	for (let day = -overlapDays; day <= last; day++) {
		for (const moment of openings(hours, zones, addDays(today, day))) {
			if (moment <= at || (next !== undefined && moment >= next)) continue;
			if (!isOpenInAll(hours, zones, moment)) continue;
			next = moment;
			last = Math.min(last, day + overlapDays);
		}
	}
	return next;
}

/** While it is known to be closed: from when, and until when. */
interface Closed {
	readonly from: number;
	readonly next: number | undefined;
}

const known = new Map<string, Closed>();
const mostKnown = 500;
const knownForMs = 3_600_000;

/** The same as `nextOpening`, which takes long for the many zones of a mobile number: rows of a list have few different ones. */
function nextOpeningKept(
	hours: CallingHours,
	zones: readonly string[],
	at: number,
): number | undefined {
	const blocks = hours.blocks.map(({ days, from, until }) => [[...days], from, until]);
	const key = JSON.stringify([blocks, [...hours.excluded], zones]);
	const kept = known.get(key);
	if (kept && kept.from <= at && at < Math.min(kept.next ?? Infinity, kept.from + knownForMs))
		return kept.next;
	const next = nextOpening(hours, zones, at);
	if (known.size >= mostKnown) known.clear();
	known.set(key, { from: at, next });
	return next;
}

/**
 * Whether people may be called now, who may be in any of several time zones: while the hours are open in all of them. Local
 * time decides: an hour that a change of the clocks repeats is open twice, one that it skips never.
 *
 * @param zones IANA names, at least one
 */
export function whenOpen(hours: CallingHours, zones: readonly string[], now: Date): Opening {
	const at = now.getTime();
	if (isOpenInAll(hours, zones, at)) return { open: true };
	const next = nextOpeningKept(hours, zones, at);
	return { open: false, next: next === undefined ? undefined : new Date(next) };
}
