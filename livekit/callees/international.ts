import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { isPossible, isValid, plansOf, splitNumber } from './countries';
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

/** The number as the library reads it, without a trunk prefix behind the country code. Undefined if it is impossible. */
function parsed(number: string): string | undefined {
	const found = parsePhoneNumberFromString(number);
	return found?.isPossible() ? found.number : undefined;
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
			warning: `${number} is an old spelling: ${today} was called`,
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

/**
 * Finds a country code before a trunk prefix in brackets: `49 (0)151`, `011 49 (0)151`, `+36 (06) 20`. Nobody writes that
 * but to say that the code replaces the prefix.
 *
 * @returns the number with "+", and its trunk prefix
 */
export function markedNumber(
	text: string,
): { readonly number: string; readonly trunk: string } | undefined {
	const [found, code, trunk] = marked.exec(text) ?? [];
	if (found === undefined) return undefined;
	const plans = plansOf(code);
	if (plans.length === 0 || (trunk !== '0' && !plans.some((plan) => plan.trunk === trunk)))
		return undefined;
	return { number: `+${code}${trunk}${text.slice(found.length).replace(/\D/g, '')}`, trunk };
}

/**
 * Reads digits that begin with what North America (011), Australia (0011), Japan (010) or Russia (810) dials before numbers
 * abroad, even if a numeric cell has lost the zeros.
 *
 * @returns the number with "+", undefined if it is none of those
 */
export function fromAbroad(digits: string): string | undefined {
	const behind = /^(?:\+11|0*(?:11|8?10))([1-9]\d{6,14})$/.exec(digits)?.[1];
	if (behind === undefined) return undefined;
	const read = international(`+${behind}`);
	return 'number' in read ? read.number : undefined;
}
