import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';

import { zonesOfNumber } from '../../../livekit/callees/numberZones';
import { correctedZones } from '../../../tools/generate/correctedZones';
import { original } from '../../support/googleZones';

// Google's map has zones of other countries whose clocks were once the same. The time zone database knows better.

/** Zones of a country by the time zone database of this Node. */
function zonesOf(country: CountryCode): readonly string[] {
	const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
		readonly timeZones?: readonly string[];
		getTimeZones?(): readonly string[] | undefined;
	};
	return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

const year = Array.from({ length: 366 }, (_, day) => Date.UTC(2027, 0, 1 + day, 12));
const clocks = new Map<string, string>();

/** The times of a zone at noon of each day of a year: two zones with the same ones have the same clock. */
function clockOf(timeZone: string): string {
	const known = clocks.get(timeZone);
	if (known !== undefined) return known;
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'short',
	});
	const clock = year.map((at) => format.format(at)).join();
	clocks.set(timeZone, clock);
	return clock;
}

const countriesOf = new Map<string, CountryCode[]>();
for (const country of getCountries()) {
	const code = getCountryCallingCode(country);
	countriesOf.set(code, [...(countriesOf.get(code) ?? []), country]);
}

/** Countries of which the time zone database has no zones. */
const unknown: ReadonlySet<string> = new Set(['AC', 'XK']);

function countriesAt(prefix: string): CountryCode[] {
	const codes = [1, 2, 3].map((length) => prefix.slice(0, length));
	return codes.flatMap((code) => countriesOf.get(code) ?? []);
}

test('no number has a clock that its country does not have', () => {
	const prefixes = [...original.map(({ prefix }) => prefix), ...Object.keys(correctedZones)];
	const wrong = prefixes.flatMap((prefix) => {
		const countries = countriesAt(prefix);
		if (countries.length === 0 || countries.some((country) => unknown.has(country))) return [];
		const own = new Set(countries.flatMap((country) => zonesOf(country).map(clockOf)));
		return zonesOfNumber(`+${prefix}`)
			.filter((zone) => !own.has(clockOf(zone)))
			.map((zone) => `${prefix} ${countries.join()}: ${zone}`);
	});
	expect(wrong).toEqual([]);
});

test('numbers of a whole country have all its clocks', () => {
	// Shops and offices in Xinjiang keep the time of Beijing; numbers of Ukraine are not in use in Crimea.
	const left = new Set(['Asia/Urumqi', 'Europe/Simferopol']);
	const lacking = [...countriesOf].flatMap(([code, countries]) => {
		const clocksThere = new Set(zonesOfNumber(`+${code}`).map(clockOf));
		if (clocksThere.size === 0) return [];
		return countries
			.flatMap(zonesOf)
			.filter((zone) => !left.has(zone) && !clocksThere.has(clockOf(zone)))
			.map((zone) => `${code}: ${zone}`);
	});
	expect(lacking).toEqual([]);
});

test.each([
	['a mobile phone in Morocco', '+212612345678', 'Africa/Casablanca'],
	['Chihuahua', '+526141234567', 'America/Chihuahua'],
	['Saratov', '+78452123456', 'Europe/Samara'],
	['Kaliningrad', '+74012123456', 'Europe/Kaliningrad'],
	['Iqaluit', '+18679751234', 'America/Iqaluit'],
	['Whitehorse', '+18676331234', 'America/Whitehorse'],
	['Darwin', '+61889123456', 'Australia/Darwin'],
	['a mobile phone in Punta Arenas', '+56961234567', 'America/Punta_Arenas'],
	['a mobile phone in Kaliningrad', '+79114567890', 'Europe/Kaliningrad'],
])('%s: %s', (_where, number, zone) => {
	expect(zonesOfNumber(number).map(clockOf)).toContain(clockOf(zone));
});
