import { type CountryCode, getExampleNumber, isSupportedCountry } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { PhoneNumberUtil } from 'google-libphonenumber';
import metadata from 'libphonenumber-js/metadata.max.json';

import { zonesOfNumber } from '../../../livekit/callees/numberZones';
import { isZone } from '../../../livekit/callees/zones';
import { correctedCountries, correctedZones } from '../../../tools/generate/correctedZones';
import { numbersOfNoPlace } from '../../../tools/generate/noPlace';
import * as fc from '../../support/fastCheck';
import { original } from '../../support/googleZones';

/** The longest prefix that fits, found by looking at all of them. */
function zonesByMap(number: string): string[] {
	const fitting = original.filter(({ prefix }) => number.startsWith(`+${prefix}`));
	const [longest] = fitting.sort((one, other) => other.prefix.length - one.prefix.length);
	return longest?.zones ?? [];
}

const ofNoPlace = Object.entries(numbersOfNoPlace).flatMap(([code, starts]) =>
	starts.map((start) => ({ code, prefix: `+${code}${start}` })),
);

/** Zones of a country's code, with what was corrected. */
function zonesOfCode(code: string): string[] {
	const { without = [], add = [] } = correctedCountries[code] ?? {};
	return [...zonesByMap(`+${code}`).filter((zone) => !without.includes(zone)), ...add].sort();
}

/** All zones of the country for numbers of no place in it; else what the map says, unless it was corrected. */
function zonesByGoogle(number: string): readonly string[] {
	const place = Object.keys(correctedZones).find((prefix) => number.startsWith(`+${prefix}`));
	if (place) return correctedZones[place];
	const found = ofNoPlace.find(({ prefix }) => number.startsWith(prefix));
	if (found) return zonesOfCode(found.code);
	const named = original.some(
		({ prefix }) => !(prefix in correctedCountries) && number.startsWith(`+${prefix}`),
	);
	const code = Object.keys(correctedCountries).find((one) => number.startsWith(`+${one}`));
	return code && !named ? zonesOfCode(code) : zonesByMap(number);
}

const google = PhoneNumberUtil.getInstance();

/** A number as Google's library has it, if it is a valid one that belongs to no place. */
function isOfNoPlace(number: string): boolean {
	try {
		const parsed = google.parse(number);
		// Its reader takes off what may be dialled before national numbers.
		const isWhole =
			number === `+${parsed.getCountryCodeOrDefault()}${parsed.getNationalNumberOrDefault()}`;
		return isWhole && google.isValidNumber(parsed) && !google.isNumberGeographical(parsed);
	} catch {
		return false;
	}
}

const countries = Object.keys(metadata.countries).filter((country): country is CountryCode =>
	isSupportedCountry(country),
);

describe('time zones of a number', () => {
	it.each([
		['+4915112345678', ['Europe/Berlin']],
		['+12125550100', ['America/New_York']],
		['+15125550100', ['America/Chicago']],
		['+81312345678', ['Asia/Tokyo']],
		['+97714123456', ['Asia/Katmandu']],
		['+34612345678', ['Atlantic/Canary', 'Europe/Madrid']],
		['+34912345678', ['Europe/Madrid']],
		['+61212345678', ['Australia/Sydney']],
		['+5511912345678', ['America/Sao_Paulo']],
	])('%s: %j', (number, zones) => expect(zonesOfNumber(number)).toEqual(zones));

	it('are all of the country for a number of no place', () => {
		expect(zonesOfNumber('+18005550100').length).toBeGreaterThan(20);
		expect(zonesOfNumber('+61412345678')).toEqual(
			expect.arrayContaining(['Australia/Perth', 'Australia/Sydney']),
		);
	});

	it.each([
		'alice',
		'112',
		'491511234567',
		'+80012345678',
		'+999123456',
		'+',
		'',
		'+1 212 555 0100',
	])('"%s" has none', (number) => expect(zonesOfNumber(number)).toEqual([]));

	it('are zones that this Node knows, for each prefix of the map', () => {
		for (const { prefix, zones } of original) {
			expect([prefix, zonesOfNumber(`+${prefix}`)]).toEqual([prefix, zonesByGoogle(`+${prefix}`)]);
			expect([prefix, zones.filter((zone) => !isZone(zone))]).toEqual([prefix, []]);
		}
		expect(original.length).toBeGreaterThan(3000);
	});

	it('are known for every country of the numbering plans', () => {
		const without = countries.filter(
			(country) => zonesOfNumber(getExampleNumber(country, examples)?.number ?? '').length === 0,
		);
		expect(without).toEqual([]);
	});

	// One clock in the whole country, or one country for each of the zones.
	const oneClock = new Set(['1', '39', '44', '47', '262', '599', '691', '243']);

	it('are all of the country for numbers that Google counts to no place', () => {
		const codes = original.filter(
			({ prefix, zones }) =>
				zones.length > 1 &&
				!oneClock.has(prefix) &&
				google.getRegionCodeForCountryCode(Number(prefix)) !== 'ZZ',
		);
		const [first] = codes;
		expect(first.prefix).toBe('7');
		let compared = 0;
		const any = fc
			.tuple(
				fc.constantFrom(...codes),
				fc.integer({ min: 10 ** 11, max: 10 ** 12 - 1 }),
				fc.integer({ min: 7, max: 11 }),
			)
			.map(([{ prefix }, rest, length]) => ({
				number: `+${prefix}${String(rest).slice(0, length)}`,
				zones: zonesOfCode(prefix),
			}));
		fc.assert(
			fc.property(any, ({ number, zones }) => {
				if (!isOfNoPlace(number) || number.startsWith('+77')) return;
				compared++;
				expect([number, zonesOfNumber(number)]).toEqual([number, zones]);
			}),
			{ numRuns: 20_000 },
		);
		expect(compared).toBeGreaterThan(300);
	});

	it('are those of the original data for any number', () => {
		const digits = (length: number) =>
			fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''));
		// Like a real number of a country up to some digit, and anything from there on.
		const like = fc
			.tuple(fc.constantFrom(...countries), fc.nat(12), digits(15))
			.map(([country, kept, rest]) => {
				const { countryCallingCode: code, number = '' } = getExampleNumber(country, examples) ?? {};
				return (number.slice(0, 1 + String(code).length + kept) + rest).slice(0, number.length);
			});
		const near = fc
			.tuple(fc.constantFrom(...original), digits(10))
			.map(([{ prefix }, rest]) => `+${prefix}${rest}`.slice(0, 14));
		fc.assert(
			fc.property(fc.oneof(like, near), (number) =>
				expect(zonesOfNumber(number)).toEqual(zonesByGoogle(number)),
			),
			{ numRuns: 5000 },
		);
	});
});
