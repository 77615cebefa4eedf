import { isPossible } from './countries';
import { numberKey } from './text';

const tail = 7;

/**
 * Reads a number that begins with what North America (011), Australia (0011), Japan (010) or Russia (810) dials before
 * numbers abroad, even if a numeric cell has lost the zeros.
 *
 * @param key in the form of `numberKey`, which takes the 00 of 0011 for "+"; no country code begins with 11
 * @returns the number with "+", undefined if it is none of those
 */
function fromAbroad(key: string): string | undefined {
	const behind = /^(?:\+11|0*(?:11|8?10))([1-9]\d{6,13})$/.exec(key)?.[1];
	return behind !== undefined && isPossible(`+${behind}`) ? `+${behind}` : undefined;
}

/**
 * Numbers that must not be called. If the listed number or the callee has no country code, their ends are compared: one call
 * too few is better than one to a person who asked not to be called.
 */
export class Forbidden {
	private readonly exact = new Set<string>();
	/** Numbers without a country code, as digits without leading zeros, by their last seven digits. */
	private readonly national = new Map<string, string[]>();
	/** The same for numbers with a country code. */
	private readonly international = new Map<string, string[]>();

	/** Adds a number in the form of `numberKey`. */
	add(key: string): void {
		const number = fromAbroad(key);
		if (number !== undefined) this.addOne(number);
		this.addOne(key);
	}

	private addOne(key: string): void {
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
		const abroad = fromAbroad(key);
		return this.hasOne(key) || (abroad !== undefined && this.hasOne(abroad));
	}

	private hasOne(key: string): boolean {
		if (this.exact.has(key)) return true;
		const digits = key.replace(/^\+?0*/, '');
		if (!/^\d{7,}$/.test(digits)) return false;
		const end = digits.slice(-tail);
		if (this.national.get(end)?.some((other) => digits.endsWith(other))) return true;
		return (
			!key.startsWith('+') &&
			(this.international.get(end)?.some((other) => other.endsWith(digits)) ?? false)
		);
	}
}
