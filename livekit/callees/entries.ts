import { show } from '../json';

/** The entries of a list as people give it: an array, JSON text of one, or text with commas, semicolons or lines between. */
export function entriesOfList(given: unknown): { readonly value: readonly unknown[] } | { readonly fault: string } {
	if (given === undefined || given === null) return { value: [] };
	if (Array.isArray(given)) return { value: given };
	if (typeof given === 'number') return { value: [given] };
	if (typeof given !== 'string') return { fault: `must be a list or text with commas between, not ${show(given)}` };
	const text = given.trim();
	if (text.startsWith('[')) {
		try {
			return entriesOfList(JSON.parse(text));
		} catch {
			return { fault: 'starts like a JSON list, but cannot be read as one' };
		}
	}
	return { value: text.split(/[,;\r\n]+/).map((entry) => entry.trim()).filter((entry) => entry !== '') };
}
