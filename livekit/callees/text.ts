/**
 * Says that a text is the address of a callee and not a number: the rest of a sentence that begins with the field.
 *
 * @returns undefined for anything else
 */
export function uriFault(text: string): string | undefined {
	if (!/^sips?:/i.test(text) && !text.includes('@')) return undefined;
	return 'must be a phone number or SIP user, not a URI. Put the host into the trunk, or use {sip_request_uri} under {carrier_options}';
}

// What copying from a page or a PDF leaves in a text: soft hyphens, zero-width characters and marks of the writing direction.
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Brings a text to the characters of a keyboard. Full-width characters and the spaces and dashes of Unicode become plain
 * ones; invisible characters and a leading apostrophe (with which spreadsheets mark text) are removed. Line breaks stay.
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
 * The digits of a cleaned text that holds nothing but digits and formatting, with a leading "+" if the text has one.
 *
 * @returns undefined if the text holds other characters, or no digit
 */
export function writtenDigits(text: string): string | undefined {
	const number = text.replace(/^tel:(?:\/\/)?/i, '');
	const digits = written.test(number) ? number.replace(/[^\d+]/g, '') : '';
	return /\d/.test(digits) ? digits : undefined;
}

/** The same, but a leading 00 counts as "+". */
export function plainDigits(text: string): string | undefined {
	return writtenDigits(text)?.replace(/^00(?=[1-9])/, '+');
}

/**
 * The form in which numbers are compared: digits, with a leading "+" if the number has a country code. A SIP user name
 * becomes lower case.
 */
export function numberKey(text: string): string {
	const plain = cleaned(text);
	return plainDigits(plain) ?? plain.toLowerCase();
}
