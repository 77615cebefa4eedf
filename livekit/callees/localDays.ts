import { addDays, momentsOf, wallClock } from './zones';

const dayMs = 86_400_000;

/**
 * Whether two moments are on one day for somebody who may be in any of several time zones: on the same date in any of them.
 * Where no zone is known a day is 24 hours from the first of the two.
 *
 * @param one Unix milliseconds
 * @param other Unix milliseconds
 */
export function isSameDay(zones: readonly string[], one: number, other: number): boolean {
	if (zones.length === 0) return Math.abs(one - other) < dayMs;
	return zones.some((zone) => wallClock(zone, one).date === wallClock(zone, other).date);
}

/** When a date begins in a zone; where a change of the clocks skips its midnight, with the minute after. */
function beginningOf(zone: string, date: string): number | undefined {
	return momentsOf(zone, date, 0).find((moment) => wallClock(zone, moment).date >= date);
}

/**
 * When the day of a moment is over in all zones in which somebody may be.
 *
 * @param at Unix milliseconds
 * @returns Unix milliseconds
 */
export function nextDay(zones: readonly string[], at: number): number {
	const beginnings = zones.map(
		(zone) => beginningOf(zone, addDays(wallClock(zone, at).date, 1)) ?? at + dayMs,
	);
	return zones.length === 0 ? at + dayMs : Math.max(...beginnings);
}
