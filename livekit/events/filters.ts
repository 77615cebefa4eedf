import { entriesOfList } from '../callees/entries';
import { listedNumber } from '../callees/listed';
import { sameSubscriber } from '../callees/subscriber';
import { show } from '../json';
import { attributeOf, directionOf } from '../objects/simplify';
import type { Result } from '../result';
import type { Read } from './item';
import { roomOf } from './kinds';

/** What the user asks of a call, each undefined if it does not matter. An empty set lets nothing through. */
export interface EventFilters {
	readonly direction?: string;
	readonly trunk?: string;
	readonly rule?: string;
	readonly roomPrefix?: string;
	/** Numbers of either side, see {@link readNumbers}. */
	readonly numbers?: readonly string[];
	/** Which of true, false and null the field `answered` may be. */
	readonly answered?: ReadonlySet<boolean | null>;
}

/** Reads the numbers of a filter: a list, or text with commas. */
export function readNumbers(given: unknown): Result<readonly string[]> {
	const entries = entriesOfList(given);
	if ('fault' in entries) return entries;
	const numbers: string[] = [];
	for (const entry of entries.value) {
		const number =
			typeof entry === 'string' || typeof entry === 'number'
				? listedNumber(String(entry))
				: { fault: `must hold numbers, not ${show(entry)}` };
		if ('fault' in number) return number;
		numbers.push(number.value);
	}
	return numbers.length > 0 ? { value: numbers } : { fault: 'is empty' };
}

type Check = (filters: EventFilters, read: Required<Read>) => boolean;

const matchesNumber: Check = ({ numbers }, { call }) => {
	if (numbers === undefined || call === undefined) return true;
	const sides = [attributeOf(call, 'sip.phoneNumber'), attributeOf(call, 'sip.trunkPhoneNumber')];
	return sides.some(
		(side) => side !== '' && numbers.some((number) => sameSubscriber({ number }, { number: side })),
	);
};

/** A filter about calls does not look at other events, nor one about the answer at the start of a call. */
const checks: readonly Check[] = [
	({ roomPrefix }, { event }) =>
		roomPrefix === undefined || (roomOf(event) !== '' && roomOf(event).startsWith(roomPrefix)),
	({ direction }, { call }) =>
		direction === undefined || call === undefined || directionOf(call) === direction,
	({ trunk }, { call }) =>
		trunk === undefined || call === undefined || attributeOf(call, 'sip.trunkID') === trunk,
	({ rule }, { call }) =>
		rule === undefined || call === undefined || attributeOf(call, 'sip.ruleID') === rule,
	matchesNumber,
	({ answered }, { ending }) =>
		answered === undefined || ending === undefined || answered.has(ending.answered),
];

/** Whether the filters let an event through. */
export function matchesEvent(filters: EventFilters, read: Read): boolean {
	return checks.every((check) => check(filters, { ...read }));
}
