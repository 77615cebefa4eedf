import { type CountryCode, getCountries, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';

let codes: ReadonlySet<string> | undefined;

/** Country code and the rest of a number that starts with "+", or undefined where no country has that code. */
export function splitNumber(number: string): { readonly code: string; readonly rest: string } | undefined {
	codes ??= new Set(getCountries().map((country) => getCountryCallingCode(country)));
	for (let length = 1; length <= 3; length++) {
		const code = number.slice(1, 1 + length);
		if (codes.has(code)) return { code, rest: number.slice(1 + length) };
	}
	return undefined;
}

/**
 * Reads Default Country: two letters in any case, or nothing.
 *
 * @returns the country, or what is wrong, as the end of a sentence that starts with the field
 */
export function readCountry(given: string | undefined): { readonly value: CountryCode | undefined } | { readonly fault: string } {
	const country = given?.trim().toUpperCase() ?? '';
	if (country === '') return { value: undefined };
	if (isSupportedCountry(country)) return { value: country };
	return { fault: `is no country: "${country}". Write two letters (ISO 3166), such as US, GB or DE` };
}
