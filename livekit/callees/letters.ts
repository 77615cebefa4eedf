import { isPossible, isValid } from './countries';
import { type Refusal, noNumber, severalNumbers } from './reading';
import { holdsSeveral } from './several';
import { digitsIn } from './text';

/** The letters on the keys of a phone, from key 2 on. */
const phoneKeys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** The digits of a text like 1-800-FLOWERS, if somebody can have that number. */
function spelled(text: string): string | undefined {
	if (!/^\+?\d[\d ().-]*[a-z]/i.test(text)) return undefined;
	const digits = digitsIn(
		text.replace(/[a-z]/gi, (letter) =>
			String(phoneKeys.findIndex((key) => key.includes(letter.toLowerCase())) + 2),
		),
	);
	if (digits === undefined) return undefined;
	const number = digits.startsWith('+') ? digits : `+${digits}`;
	const northAmerican = `+1${digits}`;
	return (isPossible(number) && isValid(number)) || /^\+1[2-9]\d{9}$/.test(northAmerican)
		? digits
		: undefined;
}

const userName = /^[a-z0-9_.!~*'()&=+$?%#-]*[a-z0-9][a-z0-9_.!~*'()&=+$?%#-]*$/i;

function wordFault(text: string, allowed: boolean): Refusal {
	if (holdsSeveral(text.replace(/[^\d+().\-/ ]+/g, '|'))) return severalNumbers(text);
	const remark = /^[+(]?\d[\d ().\-/]{4,}\d[ ,;:-]*([([]?\p{L}[^\d]*)$/u.exec(text)?.[1];
	if (remark !== undefined && !/^[^ (]+$/.test(text))
		return noNumber(`"${text}" holds more than a number. Leave out "${remark.trim()}"`);
	const digits = spelled(text);
	if (digits !== undefined) return noNumber(`"${text}" spells digits by letters. Write ${digits}`);
	if (allowed) return noNumber(`"${text}" holds a character that no SIP user name can have`);
	const offer = userName.test(text)
		? '; if this is a SIP user name, turn on {allow_user_names}'
		: '. Give the number alone';
	return noNumber(`"${text}" holds letters. A phone number has none${offer}`);
}

/** Two numbers with anything between, such as `4155550101&4155550102`, which could be a user name too. */
const twoNumbers = /^\+?\d[\d().-]{5,}\d(?:[^\w().-]+|[._x]+|ext)\+?[\d().-]{6,}\d$/i;

/** Reads a text that holds more than digits and formatting: a SIP user name where those are allowed. */
export function readName(text: string, allowed: boolean): { readonly number: string } | Refusal {
	if (/^-?[\d.,]+$/.test(text) && text.startsWith('-'))
		return noNumber(
			`is "${text}", which is no phone number: the column holds another kind of number`,
		);
	if (/^[\d*#+]+$/.test(text) && /[*#]/.test(text) && !allowed)
		return noNumber(`"${text}" is a service code of a phone, not a phone number`);
	if (allowed && userName.test(text))
		return twoNumbers.test(text) ? severalNumbers(text) : { number: text };
	if (/\p{L}/u.test(text)) return wordFault(text, allowed);
	return holdsSeveral(text) ? severalNumbers(text) : noNumber(`"${text}" is no phone number`);
}
