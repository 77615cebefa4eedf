import type { Resource } from '../../rows/operation';
import { get } from './get';
import { getAll } from './getAll';
import { hangUp } from './hangUp';
import { hangUpAll } from './hangUpAll';
import { place } from './place';
import { transfer } from './transfer';

/** The resource Call. */
export const call: Resource = {
	value: 'call',
	label: 'Call',
	labelOfMany: 'Calls',
	about: 'a phone call that is placed or running',
	initial: 'place',
	operations: [place, transfer, hangUp, hangUpAll, get, getAll],
};
