import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Result } from '../result';
import { isPossible, readCountry, splitNumber } from './countries';
import { isEmergency } from './emergency';
import { nationalNumber, numberAbroad } from './national';
import { cleaned, plainDigits, uriFault, writtenDigits } from './text';

/** How numbers are read, see {@link calleeOf}. */
export interface NumberOptions {
	/** Country (ISO alpha-2) whose code completes numbers that have none. */
	readonly defaultCountry?: string;
	/** Whether text with letters is accepted as a SIP user name. */
	readonly allowUserNames?: boolean;
}

/** A number to dial: E.164, digits without a country code, or a SIP user name. */
export interface Dialled {
	readonly number: string;
	/** Digits to dial once the callee has answered. */
	readonly extension?: string;
}

/** What is wrong with a number. */
export interface NumberFault {
	/** The rest of a sentence that begins with the field. */
	readonly fault: string;
	/** Set if nothing was given. */
	readonly missing?: boolean;
}

/** The callee of a row and warnings about it, or what is wrong. */
export type Callee = (Dialled & { readonly warnings: string[] }) | NumberFault;

const spreadsheet =
	'a spreadsheet turned the number into scientific notation and its last digits are lost. Format the column as text and fill it in again';
const labelled =
	/^(.*?)\s*(?:;\s*ext(?:ension)?\s*=|[;,]?\s*(?:extension|extn|ext|x)\s*[.:]?)\s*(\d{1,20})#?$/i;
const dialled = /^(.*?)\s*(?:,+\s*(\d{1,6})|#\s*(\d{1,9}))#?$/;

/** Longer than any formatted number or SIP user name. Patterns take long for longer texts. */
const longestText = 200;

function fromCell(given: unknown): Result<string> {
	if (typeof given === 'string') {
		return given.length > longestText
			? { fault: `has ${given.length} characters, more than any phone number or SIP user name` }
			: { value: cleaned(given) };
	}
	if (given === undefined || given === null) return { value: '' };
	if (typeof given !== 'number')
		return {
			fault: `must be one phone number as text, not ${Array.isArray(given) ? 'a list' : `of the type ${typeof given}`}`,
		};
	if (Number.isSafeInteger(given) && given >= 0) return { value: String(given) };
	return {
		fault: `is ${given}, which is no phone number: ${Math.abs(given) >= 1e9 ? spreadsheet : 'the column holds another kind of number'}`,
	};
}

function splitExtension(text: string): { readonly base: string; readonly extension?: string } {
	if (!/[a-z#,]/i.test(text)) return { base: text };
	const match = labelled.exec(text) ?? dialled.exec(text);
	const base = match?.[1] ?? '';
	if (match === null || (base.match(/\d/g)?.length ?? 0) < 3 || plainDigits(base) === undefined)
		return { base: text };
	return { base, extension: match[2] ?? match[3] };
}

/** The letters on the keys of a phone, from key 2 on. */
const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

function wordFault(text: string): string {
	const digits = plainDigits(
		text.replace(/[a-z]/gi, (letter) =>
			String(keys.findIndex((key) => key.includes(letter.toLowerCase())) + 2),
		),
	);
	if (digits && /^\+?\d[\d ().-]*[a-z]/i.test(text) && digits.length >= 7)
		return `"${text}" spells digits by letters. Write ${digits}`;
	return `"${text}" holds letters. A phone number has none; if this is a SIP user name, turn on {allow_user_names}`;
}

function severalFault(text: string): NumberFault {
	return { fault: `"${text}" seems to hold several numbers. Give one number per row` };
}

function userName(text: string, allowed: boolean): Dialled | NumberFault {
	if (/^(undefined|null|nan|\[object.*)$/i.test(text))
		return { fault: `is the text "${text}": the expression found no number` };
	if (/[\r\n]/.test(text)) return { fault: 'holds several lines. Give one number per row' };
	if (/^\+?\d+([.,]\d+)?e[+-]?\d+$/i.test(text)) return { fault: `is "${text}": ${spreadsheet}` };
	if (/^[+\d][\d ().+\-/]*[,;/|&][\d ().+\-/,;|&]*$/.test(text)) return severalFault(text);
	if (/^[\d*#+]+$/.test(text) && /[*#]/.test(text) && !allowed)
		return { fault: `"${text}" is a service code of a phone, not a phone number` };
	if (allowed && /^[a-z0-9_.!~*'()&=+$?%#-]*[a-z0-9][a-z0-9_.!~*'()&=+$?%#-]*$/i.test(text))
		return { number: text };
	if (allowed && /[a-z]/i.test(text))
		return { fault: `"${text}" holds a character that no SIP user name can have` };
	return { fault: /[a-z]/i.test(text) ? wordFault(text) : `"${text}" is no phone number` };
}

/** Takes out the 0 of "+49 (0)30", which is dialled only within the country. */
function withoutTrunkZero(number: string): string {
	if (!number.startsWith('+') || !splitNumber(number)?.rest.startsWith('0')) return number;
	const parsed = parsePhoneNumberFromString(number);
	return parsed?.isPossible() && !splitNumber(parsed.number)?.rest.startsWith('0')
		? parsed.number
		: number;
}

/**
 * Reads a number, whatever its length.
 *
 * @param country see {@link readCountry}
 */
export function readNumber(
	given: unknown,
	country: CountryCode | undefined,
	allowUserNames = false,
): Dialled | NumberFault {
	const cell = fromCell(given);
	if ('fault' in cell) return cell;
	const text = cell.value;
	// The usual form comes first: a list may hold 100,000 of them.
	if (/^\+[1-9]\d{3,14}$/.test(text)) return { number: withoutTrunkZero(text) };
	if (text === '') return { fault: 'is empty: give the number to call', missing: true };
	const uri = uriFault(text);
	if (uri !== undefined) return { fault: uri };
	const { base, extension } = splitExtension(text);
	const decimals = /^(\+?\d{7,})\.(\d{1,2})$/.exec(base);
	if (decimals && Number(decimals[2]) !== 0)
		return {
			fault: `"${base}" has decimals: a spreadsheet changed it. Format the column as text and fill it in again`,
		};
	if (/\d{7}\s*\/\s*\+?\d{7}/.test(base)) return severalFault(text);
	const written = decimals?.[1] ?? base;
	const digits = plainDigits(written);
	if (digits === undefined) return userName(text, allowUserNames);
	if (digits.startsWith('+0')) return { fault: `"${text}" has a 0 where the country code begins` };
	if (digits.length > 20)
		return {
			fault: `"${text}" has more digits than a phone number can have. Give one number per row`,
		};
	const number = abroad(written, country) ?? completed(digits, country);
	return 'value' in number
		? { number: withoutTrunkZero(number.value), ...(extension !== undefined && { extension }) }
		: number;
}

/** Completes a number that begins with the international prefix of the country, if that is 00 and more digits. */
function abroad(written: string, country: CountryCode | undefined): Result<string> | undefined {
	if (country === undefined) return undefined;
	const digits = writtenDigits(written) ?? '';
	return /^00[1-9]/.test(digits) ? numberAbroad(digits, country) : undefined;
}

function completed(digits: string, country: CountryCode | undefined): Result<string> {
	return digits.startsWith('+') || country === undefined || isEmergency(digits, country)
		? { value: digits }
		: nationalNumber(digits, country);
}

/**
 * Reads the callee of a row. Formatting and an extension are taken off, and a national number is completed with the default
 * country. What neither a spreadsheet nor a person can have meant as one phone number is a fault.
 */
export function calleeOf(given: unknown, options: NumberOptions): Callee {
	const country = readCountry(options.defaultCountry);
	if ('fault' in country)
		return { fault: `cannot be completed: {default_country} ${country.fault}` };
	const read = readNumber(given, country.value, options.allowUserNames);
	if ('fault' in read) return read;
	const warnings: string[] = [];
	if (/^\+\d+$/.test(read.number) && !isPossible(read.number)) {
		warnings.push(`${read.number} has a length or country code that no phone number has`);
	}
	if (typeof given === 'number' && /0{6}$/.test(read.number))
		warnings.push(`${read.number} ends in zeros: a spreadsheet may have rounded it`);
	return { ...read, warnings };
}
