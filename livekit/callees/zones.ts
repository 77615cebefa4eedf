/** Local time. */
export interface WallClock {
	/** `YYYY-MM-DD`. */
	readonly date: string;
	/** Minutes since midnight. */
	readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();
const mostFormats = 1000;
const offsets = new Map<string, Map<number, number>>();
const mostQuarters = 5000;
const quarterLength = 900_000;
const dayLength = 86_400_000;

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
	if (formats.has(zone)) return formats.get(zone);
	if (formats.size >= mostFormats) {
		formats.clear();
		offsets.clear();
	}
	let format: Intl.DateTimeFormat | undefined;
	try {
		format = new Intl.DateTimeFormat('en-CA', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
		});
	} catch {
		format = undefined;
	}
	formats.set(zone, format);
	return format;
}

// The only names of three letters that mean one zone. ICU takes BST for Dhaka, IST for Kolkata and EST for Panama.
const shortZones = new Set(['UTC', 'GMT', 'CET', 'EET', 'MET', 'WET']);

/**
 * Whether this is the IANA name of a time zone. An offset such as `+02:00` is not, since it has no daylight saving time, and
 * neither is an abbreviation that several zones share.
 */
export function isZone(zone: string): boolean {
	if (!/^[A-Za-z]/.test(zone) || (zone.length < 4 && !shortZones.has(zone.toUpperCase())))
		return false;
	return formatOf(zone) !== undefined;
}

/** Whether two names of time zones mean the same zone, as `Asia/Calcutta` and `Asia/Kolkata` do. */
export function sameZone(one: string, other: string): boolean {
	const nameOf = (zone: string) => formatOf(zone)?.resolvedOptions().timeZone;
	return nameOf(one) === nameOf(other);
}

/** Adds days to a date of the calendar, whatever the clocks do. */
export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);
}

function readOffset(zone: string, at: number): number {
	const parts = new Map(
		formatOf(zone)
			?.formatToParts(at)
			.map(({ type, value }) => [type, value]),
	);
	const shown = Date.parse(
		`${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}:${parts.get('minute')}:00Z`,
	);
	return (shown - at) / 60_000;
}

function keptOffset(zone: string, at: number): number {
	const known = offsets.get(zone) ?? new Map<number, number>();
	const found = known.get(at) ?? readOffset(zone, at);
	if (known.size >= mostQuarters) known.clear();
	offsets.set(zone, known.set(at, found));
	return found;
}

/**
 * Minutes between local time and UTC at a moment. On a day of UTC that begins and ends with the same, the clocks do not
 * change; on others they change at a quarter of an hour. So few moments are asked for, and kept.
 */
function offset(zone: string, at: number): number {
	const day = Math.floor(at / dayLength) * dayLength;
	const found = keptOffset(zone, day);
	if (found === keptOffset(zone, day + dayLength)) return found;
	return keptOffset(zone, Math.floor(at / quarterLength) * quarterLength);
}

/** Local time in a zone at a moment, given in Unix milliseconds. */
export function wallClock(zone: string, at: number): WallClock {
	const shown = new Date(at + offset(zone, at) * 60_000);
	return {
		date: shown.toISOString().slice(0, 10),
		minute: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
	};
}

/**
 * A moment for people, in a zone: `Mon 30 Nov 09:00`, with the year if it is not the current one. In English, whatever the
 * server's language is.
 *
 * @param at Unix milliseconds
 * @param now Unix milliseconds
 */
export function inWords(zone: string, at: number, now: number): string {
	const { date, minute } = wallClock(zone, at);
	const part = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' }).format(new Date(date));
	const [year, , day] = date.split('-').map(Number);
	const isThisYear = wallClock(zone, now).date.startsWith(String(year));
	const time = [Math.floor(minute / 60), minute % 60].map((two) => String(two).padStart(2, '0'));
	const words = [part({ weekday: 'short' }), day, part({ month: 'short' })];
	return [...words, ...(isThisYear ? [] : [year]), time.join(':')].join(' ');
}

/**
 * Finds the moments, in order, at which the clocks of a zone show a date and minute: two if a change of the clocks repeats
 * it, none if a change skips it. If the clocks change on that date or near it, the moment of the change is among them.
 */
export function momentsOf(zone: string, date: string, minute: number): readonly number[] {
	const midnight = Date.parse(`${date}T00:00:00Z`);
	const asUtc = midnight + minute * 60_000;
	// Moments that all minutes of the date share: to ask Intl takes most of the time.
	const [from, to] = [midnight - dayLength, midnight + 2 * dayLength];
	const [before, after] = [offset(zone, from), offset(zone, to)];
	if (before === after) return [asUtc - before * 60_000];
	const hits = [before, after]
		.map((shift) => asUtc - shift * 60_000)
		.filter((at) => asUtc - offset(zone, at) * 60_000 === at);
	return [...hits, changeBetween(zone, from, to)].sort((one, other) => one - other);
}

/** Finds the first minute after the clocks of a zone change between two moments. */
function changeBetween(zone: string, from: number, to: number): number {
	const first = offset(zone, from);
	let [low, high] = [from, to];
	while (high - low > 60_000) {
		const middle = Math.floor((low + high) / 120_000) * 60_000;
		if (offset(zone, middle) === first) low = middle;
		else high = middle;
	}
	return high;
}
