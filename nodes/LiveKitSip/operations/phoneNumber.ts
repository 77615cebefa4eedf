import type { Resource } from '../rows/operation';
import { getManyNumbers } from './routing/phoneNumbers';

/** The resource Phone Number: not an object of LiveKit's, but what trunks and rules make of each number. */
export const phoneNumber: Resource = {
	value: 'phoneNumber',
	label: 'Phone Number',
	labelOfMany: 'Phone Numbers',
	about: 'which numbers there are and who answers them',
	initial: 'getAll',
	operations: [getManyNumbers],
};
