import { show } from '../json';
import type { Result } from '../result';

/** Reads a list as people give it: an array, JSON text of one, or text separated by commas, semicolons or line breaks. */
export function entriesOfList(given: unknown): Result<readonly unknown[]> {
	if (given === undefined || given === null) return { value: [] };
	if (Array.isArray(given)) return { value: given };
	if (typeof given === 'number') return { value: [given] };
	if (typeof given !== 'string')
		return { fault: `must be a list or text with commas between, not ${show(given)}` };
	const text = given.trim();
	if (text.startsWith('[')) {
		try {
			return entriesOfList(JSON.parse(text));
		} catch {
			return { fault: 'starts like a JSON list, but cannot be read as one' };
		}
	}
	return {
		value: text
			.split(/[,;\r\n]+/)
			.map((entry) => entry.trim())
			.filter((entry) => entry !== ''),
	};
}

/**
 * Whether a list without entries is what remains around an expression that found nothing: a space, a line break or a comma.
 * Empty text is a field of the form that nobody filled in, and `[]` was written on purpose.
 */
export function isLeftover(given: unknown): boolean {
	return typeof given === 'string' && given !== '' && !given.trim().startsWith('[');
}
