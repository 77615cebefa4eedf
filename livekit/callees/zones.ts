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

/** Minutes between local time and UTC at a moment. Clocks change at quarters of an hour, so results are kept by quarter. */
function offset(zone: string, at: number): number {
	const quarter = Math.floor(at / quarterLength) * quarterLength;
	const known = offsets.get(zone) ?? new Map<number, number>();
	const found = known.get(quarter) ?? readOffset(zone, quarter);
	if (known.size >= mostQuarters) known.clear();
	offsets.set(zone, known.set(quarter, found));
	return found;
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
 * Finds the moments, in order, at which the clocks of a zone show a date and minute: two if a change of the clocks repeats
 * it, none if a change skips it. If the clocks change within a day of it, the moment of the change is among them.
 */
export function momentsOf(zone: string, date: string, minute: number): readonly number[] {
	const asUtc = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
	const [from, to] = [asUtc - dayLength, asUtc + dayLength];
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
