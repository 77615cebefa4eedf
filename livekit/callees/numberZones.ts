import { prefixZones } from './prefixZones';

interface PrefixMap {
	readonly zones: ReadonlyMap<string, readonly string[]>;
	/** Digits of the longest prefix. */
	readonly longest: number;
}

let known: PrefixMap | undefined;

/** The prefixes of an entry of the map: one that is not longer than the one before takes its first digits from it. */
function prefixesOf(tails: string): string[] {
	let prefix = '';
	return tails.split(',').map((tail) => {
		const kept = Math.max(0, prefix.length - tail.length);
		prefix = prefix.slice(0, kept) + tail;
		return prefix;
	});
}

function readMap(): PrefixMap {
	const zones = new Map<string, readonly string[]>();
	for (const entry of prefixZones.trim().split(/\s+/)) {
		const [names, tails] = entry.split(':');
		const list = names.split('&');
		for (const prefix of prefixesOf(tails)) zones.set(prefix, list);
	}
	return { zones, longest: Math.max(...[...zones.keys()].map(({ length }) => length)) };
}

/**
 * The time zones in which the owner of a phone number may be, as Google's libphonenumber maps the first digits of numbers
 * (PhoneNumberToTimeZonesMapper): one for most countries and for area codes, all of the country for its other numbers.
 *
 * @param number E.164, with its "+"; anything else has no zone
 * @returns IANA names; empty if none is known
 */
export function zonesOfNumber(number: string): readonly string[] {
	if (!/^\+\d{1,20}$/.test(number)) return [];
	known ??= readMap();
	for (let length = Math.min(known.longest, number.length - 1); length > 0; length--) {
		const zones = known.zones.get(number.slice(1, 1 + length));
		if (zones) return zones;
	}
	return [];
}
