/**
 * Why a text is the address of a callee and not its number, as the end of a sentence that starts with the field.
 *
 * @returns undefined for everything else
 */
export function uriFault(text: string): string | undefined {
	if (!/^sips?:/i.test(text) && !text.includes('@')) return undefined;
	return 'must be a phone number or SIP user, not a URI. Put the host into the trunk, or use {sip_request_uri} under {carrier_options}';
}

// What copying from a page or a PDF leaves behind: soft hyphens, zero-width characters and marks of the writing direction.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A text as people type it: full-width characters and the many spaces and dashes of Unicode become plain ones, invisible
 * characters and a leading apostrophe (a spreadsheet's mark for text) go. Line breaks stay.
 */
export function cleaned(text: string): string {
	const plain = /[^\x20-\x7e]/.test(text)
		? text
				.normalize('NFKC')
				.replace(invisible, '')
				.replace(/[\p{Pd}\u2212]/gu, '-')
				.replace(/[^\S\r\n]/g, ' ')
		: text;
	return plain.trim().replace(/^'/, '').trimStart();
}

const written = /^[([ ]*\+?[\d ().\-/[\]]*$/;

/**
 * The digits of a cleaned text in which nothing but digits and formatting stands, "+" first where it is written so.
 *
 * @returns undefined where other characters stand in it, or no digit
 */
export function writtenDigits(text: string): string | undefined {
	const number = text.replace(/^tel:(?:\/\/)?/i, '');
	const digits = written.test(number) ? number.replace(/[^\d+]/g, '') : '';
	return /\d/.test(digits) ? digits : undefined;
}

/** The same with "+" first where the number has a country code: a leading 00 counts as one. */
export function plainDigits(text: string): string | undefined {
	return writtenDigits(text)?.replace(/^00(?=[1-9])/, '+');
}

/**
 * The form in which two numbers are compared: digits, "+" first where the number has a country code; a SIP user name in lower
 * case.
 */
export function numberKey(text: string): string {
	const plain = cleaned(text);
	return plainDigits(plain) ?? plain.toLowerCase();
}
