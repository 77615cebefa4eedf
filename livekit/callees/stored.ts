import { isPossible, isValid } from './countries';
import { readNumber } from './number';
import { canonical } from './spellings';
import { sameSubscriber } from './subscriber';

function readOrText(number: string): { readonly number: string } {
	const read = readNumber(number, { allowUserNames: true, allowUnusual: true });
	return 'fault' in read ? { number } : read;
}

/** Whether two texts name one subscriber. One that is no phone number, such as a SIP user name, is compared as it is. */
export function isSameNumber(one: string, other: string): boolean {
	return sameSubscriber(readOrText(one), readOrText(other));
}

/**
 * What a key of the user's stands for: the number, if it is a phone number, so that a subscriber is one contact in every
 * spelling. Any other key, also one that only may be a number, stands for itself.
 *
 * @param defaultCountry see `NumberOptions`
 */
export function contactOf(key: string, defaultCountry: string): string {
	const read = readNumber(key, { defaultCountry });
	// Behind one number, extensions are several contacts.
	if ('fault' in read || read.keys !== undefined) return key;
	const number = /^\d{8,}$/.test(read.number) ? `+${read.number}` : read.number;
	return number.startsWith('+') && isPossible(number) && isValid(number) ? canonical(number) : key;
}
