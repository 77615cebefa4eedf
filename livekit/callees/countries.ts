import {
	type CountryCode,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/metadata.min';
import type { Result } from '../result';

/** How the numbers of a country, or of a code that belongs to none (+800), are made. */
export interface Plan {
	/** Undefined for a code of no country. */
	readonly country: CountryCode | undefined;
	readonly code: string;
	/** What dials out of the country, such as `00` or `0(?:0|11)`. */
	readonly abroad: RegExp | undefined;
	/** What all its numbers look like, without the code. Not only the ranges in use: those change every month. */
	readonly numbers: RegExp;
	/** Lengths without the code. */
	readonly lengths: ReadonlySet<number>;
	/** What is dialled before national numbers, such as 0, 8 or 06. */
	readonly trunk: string | undefined;
	/** Takes off what is dialled before a national number, a carrier's code too, and adds what is left out. */
	readonly national: (digits: string) => string;
}

// As the library does it (source/helpers/extractNationalNumberFromPossiblyIncompleteNumber.js), which takes fifty times as long.
function nationalIn(prefix: string, transform: string): Plan['national'] {
	if (prefix === '') return (digits) => digits;
	const pattern = new RegExp(`^(?:${prefix})`);
	return (digits) => {
		const found = pattern.exec(digits);
		if (!found) return digits;
		return transform !== '' && found.length > 1 && found.at(-1) !== undefined
			? digits.replace(pattern, transform)
			: digits.slice(found[0].length);
	};
}

// The places of a plan in the library's list (source/metadata.js), which its types do not tell.
function planIn(list: readonly unknown[], country: CountryCode | undefined, code: string): Plan {
	const [, abroad, numbers, lengths, , trunk, , parsing, transform] = list;
	return {
		country,
		code,
		abroad:
			typeof abroad === 'string' && abroad !== '00' ? new RegExp(`^(?:${abroad})[1-9]`) : undefined,
		numbers: new RegExp(`^(?:${String(numbers)})$`),
		lengths: new Set(Array.isArray(lengths) ? lengths.map(Number) : []),
		trunk: typeof trunk === 'string' ? trunk : undefined,
		national: nationalIn(
			typeof parsing === 'string' ? parsing : typeof trunk === 'string' ? trunk : '',
			typeof transform === 'string' ? transform : '',
		),
	};
}

const plans = new Map<string, Plan>();
const byCode = new Map<string, readonly Plan[]>();
const { countries, nonGeographic, country_calling_codes: codes } = metadata;

/** The plan of a country. */
export function planOf(country: CountryCode): Plan {
	const list: readonly unknown[] = countries[country] ?? [];
	const plan = plans.get(country) ?? planIn(list, country, String(list[0]));
	plans.set(country, plan);
	return plan;
}

/**
 * What stands behind the "+" of a country's numbers, such as `49`. Undefined if its numbers are not known.
 *
 * @param country two letters (ISO 3166), upper case
 */
export function callingCodeOf(country: string): string | undefined {
	return isSupportedCountry(country) ? getCountryCallingCode(country) : undefined;
}

/** The plans that share a code, the main country first. Empty if nobody has the code. */
export function plansOf(code: string): readonly Plan[] {
	const known = byCode.get(code);
	if (known) return known;
	const of = Object.hasOwn(codes, code) ? codes[code].map(planOf) : [];
	const other = Object.hasOwn(nonGeographic, code)
		? [planIn(nonGeographic[code], undefined, code)]
		: [];
	const found = [...of, ...other];
	byCode.set(code, found);
	return found;
}

/** A number that starts with "+", taken apart. */
export interface Split {
	readonly code: string;
	readonly rest: string;
	readonly plans: readonly Plan[];
}

/** Splits a number that starts with "+" into country code and rest. Undefined if nobody has such a code. */
export function splitNumber(number: string): Split | undefined {
	for (let length = 1; length <= 3; length++) {
		const code = number.slice(1, 1 + length);
		const found = plansOf(code);
		if (found.length > 0) return { code, rest: number.slice(1 + length), plans: found };
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

/** Whether the countries with a number's code have numbers of that length. Undefined if only some of them have. */
export function hasLength(number: string): boolean | undefined {
	const split = splitNumber(number);
	if (!split) return false;
	const { length } = split.rest;
	if (split.plans.every(({ lengths }) => lengths.has(length))) return true;
	return split.plans.some(({ lengths }) => lengths.has(length)) ? undefined : false;
}

/** Whether a number that starts with "+" is certainly possible as it stands: nothing behind its code may be a trunk prefix. */
export function isPlain(number: string): boolean {
	const { rest, plans } = splitNumber(number) ?? { rest: '', plans: [] };
	const trunk = plans[0]?.trunk;
	return hasLength(number) === true && (trunk === undefined || !rest.startsWith(trunk));
}

/** Whether a number that starts with "+" has an existing country code and a possible length. */
export function isPossible(number: string): boolean {
	// Countries that share a code may have other lengths. The library, which takes ten times as long, knows whose it is.
	return hasLength(number) ?? parsePhoneNumberFromString(number)?.isPossible() ?? false;
}

/** Whether numbers of that country code begin so and have that length. */
export function isValid(number: string): boolean {
	const split = splitNumber(number);
	return (
		split?.plans.some(
			({ lengths, numbers }) => lengths.has(split.rest.length) && numbers.test(split.rest),
		) ?? false
	);
}

/** The country of a number that starts with "+", undefined if it is not certain. */
export function countryOf(number: string): CountryCode | undefined {
	const shared = splitNumber(number)?.plans ?? [];
	return shared.length === 1 ? shared[0].country : parsePhoneNumberFromString(number)?.country;
}
