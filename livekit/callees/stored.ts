import { readNumber } from './number';
import { sameSubscriber } from './subscriber';

function readOrText(number: string): { readonly number: string } {
	const read = readNumber(number, { allowUserNames: true, allowUnusual: true });
	return 'fault' in read ? { number } : read;
}

/** Whether two texts name one subscriber. One that is no phone number, such as a SIP user name, is compared as it is. */
export function isSameNumber(one: string, other: string): boolean {
	return sameSubscriber(readOrText(one), readOrText(other));
}
