import { type NumberOptions, type Refusal, noNumber, severalNumbers } from './reading';
import { cleaned } from './text';

/** Longer than any formatted number or SIP user name. Patterns take long for longer texts. */
const longestText = 200;

const rounded =
	'a spreadsheet turned the number into scientific notation and its last digits are lost. Format the column as text and fill it in again';

function lost(shown: string): Refusal {
	return { reason: 'rounded', fault: `is ${shown}: ${rounded}` };
}

function textOf(given: unknown): string | Refusal {
	if (given === undefined || given === null) return '';
	if (typeof given === 'string')
		return given.length > longestText
			? noNumber(`has ${given.length} characters, more than any phone number or SIP user name`)
			: cleaned(given);
	if (typeof given !== 'number')
		return noNumber(
			`must be one phone number as text, not ${Array.isArray(given) ? 'a list' : `of the type ${typeof given}`}`,
		);
	if (Number.isSafeInteger(given) && given >= 0) return String(given);
	return Math.abs(given) >= 1e9
		? { reason: 'rounded', fault: `is ${given}, which is no phone number: ${rounded}` }
		: noNumber(`is ${given}, which is no phone number: the column holds another kind of number`);
}

/** Whether digits end like a number that a spreadsheet or a calculation has cut to some places: 12025550000000. */
export function looksRounded(text: string): boolean {
	return /^[1-9]\d{3,}0{6}$/.test(text);
}

const decimal =
	/^(\+?\d+)\.(\d{1,2})$|^(\+?\d{4,})\.(0{3,})$|^(\d+),(0{1,2})$|^(\d{1,3}(?:\.\d{3})+),(\d{1,2})$/;

/** Takes off the decimals of a numeric cell, with a dot or a comma, before anything else looks at the number. */
function withoutDecimals(text: string): string | Refusal {
	if (/^\d{1,3}(?:,\d{3}){2,}(?:\.\d{1,2})?$/.test(text))
		return noNumber(
			`"${text}" has commas between thousands: a spreadsheet changed it. Format the column as text and fill it in again`,
		);
	// 112.000 may be thousands, or decimals of an emergency number.
	if (/^\d{1,3}\.0{3,}$/.test(text))
		return noNumber(
			`"${text}" has decimals: a spreadsheet changed it. Format the column as text and fill it in again`,
		);
	const [, dotted, dots, long, , plain, , grouped, commas] = decimal.exec(text) ?? [];
	const whole = dotted ?? long ?? plain ?? grouped;
	if (whole === undefined) return text;
	if (/[1-9]/.test(dots ?? commas ?? ''))
		return noNumber(
			`"${text}" has decimals: a spreadsheet changed it. Format the column as text and fill it in again`,
		);
	return whole.replaceAll('.', '');
}

/**
 * Brings a cell to one text that may be a number: cleaned, without decimals, not empty.
 *
 * @param given any JSON value
 */
export function textOfCell(given: unknown, { allowUnusual }: NumberOptions): string | Refusal {
	const text = textOf(given);
	if (typeof text !== 'string') return text;
	if (text === '') return { reason: 'missing', fault: 'is empty: give the number to call' };
	if (/^(undefined|null|nan|\[object.*)$/i.test(text))
		return noNumber(`is the text "${text}": the expression found no number`);
	if (/[\r\n]/.test(text))
		return /\d{3}[^]*[\r\n][^]*\d{3}/.test(text)
			? { ...severalNumbers(''), fault: 'holds several lines. Give one number per row' }
			: noNumber('holds several lines. Give one number per row');
	if (/^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i.test(text)) return lost(`"${text}"`);
	const whole = withoutDecimals(text);
	if (typeof whole === 'string' && looksRounded(whole) && !allowUnusual)
		return {
			reason: 'rounded',
			fault: `"${whole}" ends in zeros: a spreadsheet seems to have rounded it. Format the column as text and fill it in again. If that is the number, write it with "+" and its country code`,
		};
	return whole;
}
