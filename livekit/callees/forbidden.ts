import { numberKey } from './text';

const tail = 7;

/**
 * Numbers that must not be called. A number without a country code, in the list or as the callee, is compared by its
 * end: one call too few is better than one to a person who asked not to be called.
 */
export class Forbidden {
	private readonly exact = new Set<string>();
	/** By the last seven digits: all others, without country code or with, as digits without leading zeros. */
	private readonly national = new Map<string, string[]>();
	private readonly international = new Map<string, string[]>();

	/** Adds a number in the form of `numberKey`. */
	add(key: string): void {
		if (this.exact.has(key)) return;
		this.exact.add(key);
		const digits = key.replace(/^\+?0*/, '');
		if (!/^\d{7,}$/.test(digits)) return;
		const index = key.startsWith('+') ? this.international : this.national;
		const end = digits.slice(-tail);
		const others = index.get(end);
		if (others) others.push(digits);
		else index.set(end, [digits]);
	}

	/** Whether a number is among them, in whatever form. */
	has(number: string): boolean {
		const key = numberKey(number);
		if (this.exact.has(key)) return true;
		const digits = key.replace(/^\+?0*/, '');
		if (!/^\d{7,}$/.test(digits)) return false;
		const end = digits.slice(-tail);
		if (this.national.get(end)?.some((other) => digits.endsWith(other))) return true;
		return !key.startsWith('+') && (this.international.get(end)?.some((other) => other.endsWith(digits)) ?? false);
	}
}
