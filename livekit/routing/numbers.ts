import { normalizedNumber } from '../callees/normalized';

export { normalizedNumber };

/**
 * The normalized entries of a list, or the one empty text by which LiveKit's validators mean all numbers. Two spellings of
 * a number are two entries.
 */
export function numberKeys(numbers: readonly string[]): string[] {
	return numbers.length > 0 ? numbers.map(normalizedNumber) : [''];
}

/** What two sets have in common. */
export function inCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
	const [few, many] = one.size <= other.size ? [one, other] : [other, one];
	return [...few].filter((key) => many.has(key));
}

/** The order of Go's texts and of LiveKit's lists: by bytes of UTF-8, which is that of code points. */
export function compareTexts(one: string, other: string): number {
	if (one === other) return 0;
	const left = [...one];
	const right = [...other];
	const at = left.findIndex((character, index) => character !== right[index]);
	if (at < 0) return -1;
	if (at >= right.length) return 1;
	return (left[at].codePointAt(0) ?? 0) - (right[at].codePointAt(0) ?? 0);
}
