import { show } from '../json';
import type { Result } from '../result';
import { callingCodeOf } from './countries';
import { entriesOfList } from './entries';
import { cleaned, digitsIn } from './text';

/** The digits of a text in any writing, with "+" if a country code stands first; other text in lower case. */
function prefixOf(text: string): string {
	const plain = cleaned(text).replace(/^tel:(?:\/\/)?/i, '');
	return digitsIn(plain)?.replace(/^00(?=[1-9])/, '+') ?? plain.toLowerCase();
}

/**
 * Reads the prefixes of the numbers that may be called: `+49, 0043, 1415`. Digits alone begin with a country code, unless
 * their first one is 0: those are a prefix of numbers that are dialled without one. An empty list is a fault, since it would
 * allow everybody or nobody.
 *
 * @param extensions whether digits alone are a prefix of a switchboard's extensions: `20` is 200, and not Egypt
 * @returns the prefixes, digits with "+" if they begin with a country code, or what is wrong: the rest of a sentence that begins with the field
 */
export function readPrefixes(given: unknown, extensions = false): Result<readonly string[]> {
	const entries = entriesOfList(given);
	if ('fault' in entries) return entries;
	if (entries.value.length === 0)
		return { fault: 'is empty. Give prefixes such as +49, or remove the field' };
	const prefixes: string[] = [];
	for (const entry of entries.value) {
		const prefix =
			typeof entry === 'string' || typeof entry === 'number' ? prefixOf(String(entry)) : '';
		if (!/^(?:\+[1-9]|\d)\d{0,14}$/.test(prefix))
			return {
				fault: `holds ${show(entry)}, which is no prefix of phone numbers. Write it like ${exampleFor(entry)}`,
			};
		// People write a city's prefix like "+49 (0)30", but no number begins like that.
		if (/\(0\)/.test(String(entry)))
			return {
				fault: `holds ${show(entry)}. Leave out the (0), which is dialled inside the country only`,
			};
		prefixes.push(extensions ? prefix : withCode(prefix));
	}
	return { value: prefixes };
}

/** How to write a destination that is given by the two letters of its country; else two examples. */
function exampleFor(entry: unknown): string {
	const code = callingCodeOf(String(entry).trim().toUpperCase());
	return code === undefined ? '+49 or +1415' : `+${code}`;
}

/** Digits that are a country code, alone or with what follows, are meant as such: `49` is +49. Trunk prefixes begin with 0. */
function withCode(prefix: string): string {
	return /^[1-9]/.test(prefix) ? `+${prefix}` : prefix;
}

/** Whether a number begins with one of the prefixes. Those of extensions are for extensions alone, see `readPrefixes`. */
export function isAllowed(number: string, prefixes: readonly string[]): boolean {
	const key = prefixOf(number);
	const isExtension = /^\d{1,6}$/.test(key);
	return prefixes.some(
		(prefix) => key.startsWith(prefix) && (isExtension || !/^[1-9]/.test(prefix)),
	);
}
