import {
	type CountryCode,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { isPossible, isValid, planOf, splitNumber } from './countries';
import { canonical } from './spellings';
import { type Resolved, fromAbroad, international, twoReadings } from './international';

/** Reads a number of a country without the library, if it certainly is one. */
function quick(digits: string, country: CountryCode): string | undefined {
	const { code, lengths, numbers, national } = planOf(country);
	const fits = (rest: string) => lengths.has(rest.length) && numbers.test(rest);
	const rest = national(digits);
	if (fits(rest)) return `+${code}${rest}`;
	return fits(digits) ? `+${code}${digits}` : undefined;
}

/** Digits of a national number with its prefix. What is longer and begins like 011 49 was dialled for abroad. */
const longestNational = 12;

/** The number that digits are which begin with the country's own code: numeric cells lose the "+". */
function withLostPlus(digits: string, country: CountryCode): string | undefined {
	if (!digits.startsWith(getCountryCallingCode(country))) return undefined;
	const read = international(`+${digits}`);
	return 'number' in read && isValid(read.number) ? read.number : undefined;
}

function parsed(digits: string, country: CountryCode): string | undefined {
	const found = parsePhoneNumberFromString(digits, country);
	return found?.isPossible() ? found.number : undefined;
}

/** The number that digits are which lost a 0 in a numeric cell. */
function withZero(digits: string, country: CountryCode): string | undefined {
	const zero = parsed(`0${digits}`, country);
	return zero?.startsWith(`+${planOf(country).code}`) && isValid(zero) ? zero : undefined;
}

/**
 * Completes digits without country code to E.164. The beginning is checked as well as the length, since a cell that has lost
 * a 0 has a possible length in many countries.
 */
export function nationalNumber(
	digits: string,
	country: CountryCode,
	allowUnusual = false,
): Resolved {
	const own = quick(digits, country) ?? parsed(digits, country);
	const lost = withLostPlus(digits, country);
	const good = own !== undefined && isValid(own) ? own : undefined;
	const abroad = digits.length > longestNational ? fromAbroad(digits) : undefined;
	if (abroad !== undefined && isValid(abroad) && abroad !== good) {
		const unlikely = good === undefined || good.length > longestNational;
		return unlikely ? { number: abroad } : twoReadings(digits, abroad, good);
	}
	if (good !== undefined && lost !== undefined && good !== lost)
		return digits.length > longestNational ? { number: lost } : twoReadings(digits, lost, good);
	const { code, trunk } = planOf(country);
	const half = good !== undefined && trunk !== undefined && trunk.length > 1;
	// Of Hungary's 06 a numeric cell leaves the 6: 612345678 is 06 1 234 5678.
	const mended = half && `0${digits}`.startsWith(trunk) ? withZero(digits, country) : undefined;
	if (good !== undefined && mended !== undefined && good !== mended)
		return twoReadings(digits, mended, good);
	const number = good ?? lost ?? (allowUnusual ? own : undefined);
	if (number !== undefined) return { number };
	const today = canonical(`+${code}${digits}`);
	if (today.startsWith(`+${code}`) && today !== `+${code}${digits}` && isValid(today))
		return { number: today, warning: `${digits} is an old spelling of ${today}` };
	const zero = digits.startsWith('0') ? undefined : withZero(digits, country);
	// In Italy the 0 belongs to the number.
	if (zero !== undefined && !splitNumber(zero)?.rest.startsWith('0')) return { number: zero };
	const hint =
		zero !== undefined
			? `If a spreadsheet cut a 0 off, write 0${digits}`
			: 'Write it with its country code';
	return {
		reason: 'impossible',
		fault: `"${digits}" cannot be a number of ${country} ({default_country}): none there ${own === undefined ? 'has that length' : 'begins so'}. ${hint}, set {default_country} to None to dial it as it is, or turn on {allow_unusual}`,
	};
}

/**
 * Completes a number that begins with 00, if that is part of a longer prefix in the country (0011 in Australia).
 *
 * @param digits digits only
 * @returns undefined if 00 means what it does elsewhere
 */
export function numberAbroad(digits: string, country: CountryCode): Resolved | undefined {
	if (!planOf(country).abroad?.test(digits)) return undefined;
	const number = parsed(digits, country);
	if (number === undefined) return undefined;
	const plain = digits.replace(/^00/, '+');
	if (plain === number || !isPossible(plain)) return { number };
	// Nobody dials the own country by way of another one's carrier.
	const own = plain.startsWith(`+${planOf(country).code}`);
	if (isValid(plain) && (own || !isValid(number))) return { number: plain };
	return isValid(plain) ? twoReadings(digits, plain, number) : { number };
}
