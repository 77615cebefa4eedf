import {
	type CountryCode,
	getCountryCallingCode,
	Metadata,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import type { Result } from '../result';
import { isPossible, lengthsOf } from './countries';

/** Countries where a national number only has a 0 in front, so that it need not be parsed. */
const zeroFirst: ReadonlySet<string> = new Set([
	'AT',
	'BE',
	'CH',
	'DE',
	'FR',
	'GB',
	'NL',
	'SE',
	'ZA',
]);

function quick(digits: string, country: CountryCode): string | undefined {
	if (country === 'US' || country === 'CA')
		return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined;
	const plain =
		zeroFirst.has(country) && /^0[1-9]/.test(digits) && lengthsOf(country).has(digits.length - 1);
	return plain ? `+${getCountryCallingCode(country)}${digits.slice(1)}` : undefined;
}

/**
 * Completes a number without country code to E.164.
 *
 * @param digits digits only
 * @returns the number, or what is wrong: the rest of a sentence that begins with the field
 */
export function nationalNumber(digits: string, country: CountryCode): Result<string> {
	const known = quick(digits, country);
	if (known !== undefined) return { value: known };
	const parsed = parsePhoneNumberFromString(digits, country);
	if (!parsed?.isPossible()) {
		return {
			fault: `"${digits}" cannot be a number of the {default_country} ${country}. Write it with its country code, or leave {default_country} empty to dial it as it is`,
		};
	}
	// Numeric cells lose the "+": 4915112345678 may be +49 151 12345678, and completed it would ring at somebody else's.
	const international = digits.startsWith(getCountryCallingCode(country))
		? parsePhoneNumberFromString(`+${digits}`)
		: undefined;
	if (international?.isPossible() && international.number !== parsed.number) {
		return {
			fault: `"${digits}" can be +${digits} or ${parsed.number}. Write it with "+" and its country code`,
		};
	}
	return { value: parsed.number };
}

const prefixes = new Map<CountryCode, RegExp | undefined>();

/** What a country dials before numbers abroad, undefined if it is the 00 of most countries. */
function prefixOf(country: CountryCode): RegExp | undefined {
	if (prefixes.has(country)) return prefixes.get(country);
	const metadata = new Metadata();
	metadata.selectNumberingPlan(country);
	const prefix = metadata.numberingPlan?.IDDPrefix() ?? '00';
	const found = prefix === '00' ? undefined : new RegExp(`^(?:${prefix})[1-9]`);
	prefixes.set(country, found);
	return found;
}

/**
 * Completes a number that begins with 00, if that is part of a longer prefix in the country (0011 in Australia).
 *
 * @param digits digits only
 * @returns the number, or what is wrong: the rest of a sentence that begins with the field; undefined if 00 means what it does
 * elsewhere
 */
export function numberAbroad(digits: string, country: CountryCode): Result<string> | undefined {
	if (!prefixOf(country)?.test(digits)) return undefined;
	const parsed = parsePhoneNumberFromString(digits, country);
	if (!parsed?.isPossible()) return undefined;
	const plain = digits.replace(/^00/, '+');
	if (plain === parsed.number || !isPossible(plain)) return { value: parsed.number };
	return {
		fault: `"${digits}" can be ${plain} or ${parsed.number}. Write it with "+" and its country code`,
	};
}
