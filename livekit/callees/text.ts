// What copying from a page or a PDF leaves in a text: soft hyphens, zero-width characters and marks of the writing direction.
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** The value of a digit of any script, whose ten digits follow each other in Unicode. */
function digitOf(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
	return String(value);
}

/**
 * Brings a text to the characters of a keyboard. Full-width characters, digits of other scripts and the spaces, dots and
 * dashes of Unicode become plain ones; invisible characters and a leading apostrophe (with which spreadsheets mark text) are
 * removed. Line breaks and letters stay.
 */
export function cleaned(text: string): string {
	const plain = /[^\x20-\x7e]/.test(text)
		? text
				.normalize('NFKC')
				.replace(invisible, '')
				.replace(/[^\P{Nd}0-9]/gu, digitOf)
				.replace(/[\p{Pd}\u2212\u30fc]/gu, '-')
				.replace(/[\u00b7\u2022\u2024\u2027\u30fb]/g, '.')
				.replace(/[\u2044\u2215]/g, '/')
				.replace(/[\u2053\u223c\u301c]/g, '~')
				.replace(/[^\S\r\n]/g, ' ')
		: text;
	return plain.trim().replace(/^['`]/, '').trim();
}

const written = /^[\d ().\-/[\]+]*$/;

/** Whether a plus stands where it belongs, if there is one: with nothing but brackets and spaces before it. */
function isPlusInFront(text: string): boolean {
	return /^[([ ]*$/.test(text.slice(0, Math.max(text.lastIndexOf('+'), 0)));
}

/**
 * The digits of a cleaned text that holds nothing but digits and formatting, with a leading "+" if the text has one.
 *
 * @returns undefined if the text holds other characters, or no digit
 */
export function digitsIn(text: string): string | undefined {
	const digits = written.test(text) && isPlusInFront(text) ? text.replace(/[^\d+]/g, '') : '';
	return /\d/.test(digits) && !/^[ ]*-/.test(text) ? digits : undefined;
}
