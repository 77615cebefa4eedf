import { splitNumber } from './countries';
import { fromAbroad, markedNumber } from './international';

const words =
	/\d{3}[^\p{L}]*(?<!\p{L})(?:or|and|oder|und|bzw|ou|et|y|e|o)(?!\p{L})[^\p{L}]*\d{2}/iu;

/** A whole number of North America, and the end of a range: numbers there have no digits behind the tenth. */
const rangeInNorthAmerica =
	/^(?:\+?1\W{0,2})?\(?[2-9]\d\d\W{0,2}[2-9]\d\d\W?\d{4}\s?\p{Pd}\s?\d{1,4}$/u;

/** The digits of a part without prefix, country code and leading zeros: what is left of an area and a number. */
function significant(part: string): number {
	const number = part.replace(/[^\d+]/g, '').replace(/^00(?=[1-9])/, '+');
	const rest = number.startsWith('+') ? (splitNumber(number)?.rest ?? number) : number;
	return rest.replace(/^[+0]+/, '').length;
}

function digits(part: string): number {
	return part.replace(/\D/g, '').length;
}

/** Whether a slash stands between two numbers, or before another ending, and not behind an area code. */
function dividesAtSlash(left: string, right: string): boolean {
	if (significant(left) > 5) return true;
	const area = /^[(\s]*[+0]/.test(left);
	return !area && digits(right) <= digits(left);
}

/** Whether a space, dash or bracket stands between two numbers. A number with seven digits on both sides is none. */
function divides(left: string, right: string): boolean {
	const [before, after] = [significant(left), significant(right)];
	const alike =
		/^\d{6,}$/.test(left.trim()) && /^\W*\d+$/.test(right) && digits(left) === digits(right);
	// A first part with a 0 may be a long area code.
	return (before >= 7 && after >= 7) || (alike && (!left.startsWith('0') || /^\W*0/.test(right)));
}

/** A number without what leads to its country code, so that its area code can be told. */
function withoutAbroad(text: string): string {
	const marked = markedNumber(text);
	if (marked) return marked.behind;
	return fromAbroad(text.replace(/\D/g, '')) === undefined
		? text
		: text.replace(/^\W*(?:0?011|010|8\W?10|11|10)\W*/, '+');
}

/**
 * Whether a text holds several numbers, or one with several endings (`030 1234567/68`). In doubt it does.
 *
 * @param text cleaned and without an extension, at most 200 characters
 */
export function holdsSeveral(text: string): boolean {
	if (/^\+?\d+$/.test(text)) return false;
	if (rangeInNorthAmerica.test(text)) return true;
	if (/\d[^+]*\+[^+]*\d|\+[^+]*\+/.test(text)) return true;
	if (/\d\W*[,;|&~]\W*\d/.test(text) || words.test(text)) return true;
	// Some write an American number like that.
	if (/^\d{3}\/\d{3}\/\d{4}$/.test(text)) return false;
	// In France and Belgium: 06/12/34/56/78, 0475/12/34/56. No part is a number.
	if (/^0\d{1,3}(?:\/\d{2,3}){3,4}$/.test(text)) return false;
	const behind = withoutAbroad(text);
	for (const { index, 0: mark } of behind.matchAll(/\/|(?<=\d)[^\d/]+(?=\d)/g)) {
		const [left, right] = [behind.slice(0, index), behind.slice(index + (mark === '/' ? 1 : 0))];
		if (digits(left) === 0 || digits(right) === 0) continue;
		if (mark === '/' ? dividesAtSlash(left, right) : divides(left, right)) return true;
	}
	return false;
}
