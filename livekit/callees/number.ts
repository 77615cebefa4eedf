import type { CountryCode } from 'libphonenumber-js/min';
import { looksRounded, textOfCell } from './cell';
import { countryOf, isPlain, isPossible, isValid, readCountry } from './countries';
import { isEmergency } from './emergency';
import {
	type Resolved,
	fromAbroad,
	international,
	markedNumber,
	twoReadings,
} from './international';
import { splitKeys } from './keys';
import { readName } from './letters';
import { nationalNumber, numberAbroad } from './national';
import {
	type Dialled,
	type NumberOptions,
	type Reading,
	type Refusal,
	noNumber,
	severalNumbers,
} from './reading';
import { bare, uriFault } from './schemes';
import { holdsSeveral } from './several';
import { digitsIn } from './text';

const mostDigits = 15;

function asDialled(digits: string, { allowUnusual }: NumberOptions): Resolved {
	if (/^0+$/.test(digits) && !allowUnusual)
		return noNumber(
			`is too short to be a phone number: a row without one may hold "${digits}". If it is an extension, turn on {internal_extensions}`,
		);
	if (digits.length <= mostDigits || fromAbroad(digits) !== undefined || allowUnusual)
		return { number: digits };
	return {
		reason: 'impossible',
		fault: `"${digits}" has more digits than a phone number can have. Give one number per row`,
	};
}

/** Short numbers, and what no number in North America begins with. */
const mayBeEmergency = /^(?:\+?\d{2,9}|1?911\d{7})$/;

/**
 * Compares what was read of a number that begins with 0011 with what Australia dials so. With 00 in front it may be one of
 * North America with a second 1: nobody writes that, but it has the same digits.
 */
function unlessAustralian(digits: string, read: Resolved): Resolved {
	const abroad = digits.startsWith('0011') ? fromAbroad(digits) : undefined;
	if (abroad === undefined || !isValid(abroad) || 'fault' in read || read.number === abroad)
		return read;
	return isValid(read.number) ? twoReadings(digits, abroad, read.number) : { number: abroad };
}

/** Brings the digits of a text to the number to dial. */
function resolved(
	base: string,
	digits: string,
	country: CountryCode | undefined,
	options: NumberOptions,
): Resolved {
	const { allowUnusual, internalExtensions } = options;
	const whole = digits.replace(/^00(?=[1-9])/, '+');
	if (mayBeEmergency.test(digits) && isEmergency(digits, options))
		return { number: isEmergency(whole, options) ? whole : digits };
	const marked = markedNumber(base);
	if (marked) return international(marked.number, allowUnusual, marked.trunk);
	if (internalExtensions && /^\d{1,6}$/.test(digits)) return { number: digits };
	if (digits.startsWith('+')) return international(digits, allowUnusual);
	const own = () => country && nationalNumber(digits, country, allowUnusual);
	if (/^00[1-9]/.test(digits)) {
		const abroad = country && numberAbroad(digits, country);
		const read = unlessAustralian(digits, abroad ?? international(whole, allowUnusual));
		// Tajikistan has numbers that begin with 00.
		const national = 'fault' in read ? own() : undefined;
		if (national && 'number' in national) return national;
		return 'fault' in read && fromAbroad(digits) !== undefined ? { number: digits } : read;
	}
	return own() ?? asDialled(digits, options);
}

type Plain = (Dialled & { readonly warning?: string }) | Refusal;

function readText(text: string, country: CountryCode | undefined, options: NumberOptions): Plain {
	const { allowUserNames = false } = options;
	const { text: stripped, international: whole } = bare(text);
	const uri = uriFault(stripped);
	if (uri !== undefined) return noNumber(uri);
	const { base, several, ...after } = splitKeys(stripped);
	if (several) return severalNumbers(text);
	const digits = digitsIn(base);
	if (digits === undefined) return readName(stripped, allowUserNames);
	if (holdsSeveral(base)) return severalNumbers(text);
	const lostPlus = whole && /^[1-9]/.test(digits);
	const read = lostPlus
		? international(`+${digits}`, options.allowUnusual)
		: resolved(base, digits, country, options);
	return 'fault' in read ? read : { ...read, ...after };
}

/**
 * Reads a number without what can be said about it, see {@link readNumber}: lists hold 100,000.
 *
 * @param country of the options, see `readCountry`
 */
export function readPlain(
	given: unknown,
	country: CountryCode | undefined,
	options: NumberOptions,
): Plain {
	// The usual form comes first.
	if (typeof given === 'string' && /^\+[1-9]\d{8,14}$/.test(given) && isPlain(given))
		return { number: given };
	const text = textOfCell(given, options);
	return typeof text === 'string' ? readText(text, country, options) : text;
}

function warningsOf(number: string): string[] {
	if (number.startsWith('+')) {
		if (!isPossible(number))
			return [`${number} has a length or country code that no phone number has`];
		if (!isValid(number))
			return [`${number} begins like no number of its country: a digit may be missing or wrong`];
		return looksRounded(number.slice(1))
			? [`${number} ends in zeros: a spreadsheet may have rounded it`]
			: [];
	}
	if (!/^\d{7,}$/.test(number)) return [];
	const lost = `+${number}`;
	return [
		!number.startsWith('0') && isPossible(lost) && isValid(lost)
			? `${number} has no "+": the carrier decides whether it calls ${lost}`
			: `${number} has no country code: the carrier decides whom it calls. Write it with its country code, or choose {default_country}`,
	];
}

/**
 * Reads one phone number as people, spreadsheets and other programs write it. Formatting, an extension and keys are taken
 * off, and a national number is completed with the default country. What can be read in two ways is refused.
 *
 * @param given any JSON value
 */
export function readNumber(given: unknown, options: NumberOptions = {}): Reading | Refusal {
	const country = readCountry(options.defaultCountry);
	if ('fault' in country)
		return noNumber(`cannot be completed: {default_country} ${country.fault}`);
	const read = readPlain(given, country.value, options);
	if ('fault' in read) return read;
	const { warning, ...dialled } = read;
	const of = dialled.number.startsWith('+') ? countryOf(dialled.number) : undefined;
	return {
		...dialled,
		...(of !== undefined && { country: of }),
		warnings: [...(warning === undefined ? [] : [warning]), ...warningsOf(dialled.number)],
	};
}
