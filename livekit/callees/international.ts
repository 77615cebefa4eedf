import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { isPlain, isPossible, isValid, plansOf, splitNumber } from './countries';
import type { Refusal } from './reading';
import { canonical } from './spellings';

/** A number with a country code, or what is wrong with it. */
export type Resolved = { readonly number: string; readonly warning?: string } | Refusal;

/** Makes the refusal of a number that can be two. */
export function twoReadings(text: string, one: string, other: string): Refusal {
	return {
		reason: 'two_readings',
		fault: `"${text}" can be ${one} or ${other}. Write it with "+" and its country code`,
	};
}

/** The number without a trunk prefix behind the country code, undefined if none there has that length. */
function plainly(number: string): string | undefined {
	if (isPlain(number)) return number;
	const { code, rest, plans } = splitNumber(number) ?? { code: '', rest: '', plans: [] };
	// The others may add an area code of their own to seven digits.
	const [main] = plans;
	const short = main?.national(rest) ?? rest;
	return main?.lengths.has(short.length) && main.numbers.test(short) && !main.numbers.test(rest)
		? `+${code}${short}`
		: undefined;
}

/** The same as the library reads it, which knows whose a number is if countries share the code. */
function parsed(number: string): string | undefined {
	const found = plainly(number);
	if (found !== undefined) return found;
	const read = parsePhoneNumberFromString(number);
	return read?.isPossible() ? read.number : undefined;
}

function impossible(number: string): Refusal {
	const split = splitNumber(number);
	return {
		reason: 'impossible',
		fault: split
			? `"${number}" has ${split.rest.length} digits behind +${split.code}, which no number there has. Correct it, or turn on {allow_unusual}`
			: `"${number}" begins with a country code that nobody has. Correct it, or turn on {allow_unusual}`,
	};
}

/**
 * Reads a number that starts with "+".
 *
 * @param trunk what stands in brackets behind the country code, such as the 0 of "+49 (0)30"
 */
export function international(number: string, allowUnusual = false, trunk = ''): Resolved {
	if (/^\+0/.test(number))
		return {
			reason: 'not_a_number',
			fault: `"${number}" has a 0 where the country code begins`,
		};
	const whole = parsed(number);
	const short = trunk === '' ? undefined : parsed(withoutTrunk(number, trunk));
	if (whole !== undefined && short !== undefined && whole !== short) {
		if (isValid(whole) && isValid(short)) return twoReadings(number, whole, short);
		return { number: isValid(whole) ? whole : short };
	}
	const found = whole ?? short;
	if (found !== undefined) return { number: found };
	const today = canonical(number);
	if (today !== number && isPossible(today))
		return {
			number: today,
			warning: `${number} is an old spelling of ${today}`,
		};
	return allowUnusual ? { number } : impossible(number);
}

function withoutTrunk(number: string, trunk: string): string {
	const code = splitNumber(number)?.code ?? '';
	const rest = number.slice(1 + code.length);
	return rest.startsWith(trunk) ? `+${code}${rest.slice(trunk.length)}` : number;
}

/** What countries dial before numbers abroad: most 00, North America 011, Australia 0011, Japan 010, Russia 810. */
const prefix = '(?:\\+|00|011|0011|010|8\\s?10)?';
const marked = new RegExp(
	`^[(\\s]*${prefix}[\\s.-]*(\\d{1,3})[)\\s./-]*[([]\\s*(\\d{1,3})\\s*[)\\]]`,
);

/** A number whose country code and trunk prefix can be told. */
export interface Marked {
	/** With "+" and the trunk prefix. */
	readonly number: string;
	readonly trunk: string;
	/** The text behind them. */
	readonly behind: string;
}

/**
 * Finds a country code before a trunk prefix in brackets: `49 (0)151`, `011 49 (0)151`, `+36 (06) 20`. Nobody writes that
 * but to say that the code replaces the prefix.
 */
export function markedNumber(text: string): Marked | undefined {
	const [found, code, trunk] = marked.exec(text) ?? [];
	if (found === undefined) return undefined;
	const plans = plansOf(code);
	if (plans.length === 0 || (trunk !== '0' && !plans.some((plan) => plan.trunk === trunk)))
		return undefined;
	const behind = text.slice(found.length);
	return { number: `+${code}${trunk}${behind.replace(/\D/g, '')}`, trunk, behind };
}

/**
 * Reads digits that begin with what North America (011), Australia (0011), Japan (010) or Russia (810) dials before numbers
 * abroad, even if a numeric cell has lost the zeros.
 *
 * @returns the number with "+", undefined if it is none of those
 */
export function fromAbroad(digits: string): string | undefined {
	const behind = /^(?:0*(?:11|8?10))([1-9]\d{4,14})$/.exec(digits)?.[1];
	if (behind === undefined) return undefined;
	const number = parsed(`+${behind}`);
	if (number === undefined) return undefined;
	const short = behind.length < 7 && !(digits.startsWith('0') && isValid(number));
	return short ? undefined : number;
}
