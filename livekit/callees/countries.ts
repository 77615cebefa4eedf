import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	Metadata,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import type { Result } from '../result';

/** The lengths that numbers of a country can have, without the country code. */
export function lengthsOf(country: CountryCode): ReadonlySet<number> {
	const known = lengths.get(country);
	if (known) return known;
	const metadata = new Metadata();
	metadata.selectNumberingPlan(country);
	const found = new Set(metadata.numberingPlan?.possibleLengths());
	lengths.set(country, found);
	return found;
}

const lengths = new Map<CountryCode, ReadonlySet<number>>();
let codes: ReadonlyMap<string, readonly CountryCode[]> | undefined;

function byCode(): ReadonlyMap<string, readonly CountryCode[]> {
	const found = new Map<string, CountryCode[]>();
	for (const country of getCountries()) {
		const code = getCountryCallingCode(country);
		found.set(code, [...(found.get(code) ?? []), country]);
	}
	return found;
}

/** Splits a number that starts with "+" into country code and rest. Undefined if no country has that code. */
export function splitNumber(
	number: string,
): { readonly code: string; readonly rest: string } | undefined {
	codes ??= byCode();
	for (let length = 1; length <= 3; length++) {
		const code = number.slice(1, 1 + length);
		if (codes.has(code)) return { code, rest: number.slice(1 + length) };
	}
	return undefined;
}

/**
 * Reads a country of two letters in any case, or none.
 *
 * @returns the country, undefined if none is given, or what is wrong: the rest of a sentence that begins with the field
 */
export function readCountry(given: string | undefined): Result<CountryCode | undefined> {
	const country = given?.trim().toUpperCase() ?? '';
	if (country === '') return { value: undefined };
	if (isSupportedCountry(country)) return { value: country };
	return {
		fault: `is no country: "${country}". Write two letters (ISO 3166), such as US, GB or DE`,
	};
}

/** Whether a number that starts with "+" has an existing country code and a possible length. */
export function isPossible(number: string): boolean {
	const split = splitNumber(number);
	const countries = codes?.get(split?.code ?? '') ?? [];
	// The library takes ten times as long. It is asked for codes that countries with other lengths share, and for codes of no
	// country (+800).
	const certain =
		countries.length > 0 &&
		countries.every((country) => lengthsOf(country).has(split?.rest.length ?? 0));
	return certain || (parsePhoneNumberFromString(number)?.isPossible() ?? false);
}
