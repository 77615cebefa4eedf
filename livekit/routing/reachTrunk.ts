import { readPlain } from '../callees/number';
import { type IpRange, contains } from '../checks/ip';
import type { JsonObject } from '../json';
import { addressGate } from './addresses';
import { normalizedNumber } from './numbers';
import { newestReading } from './servers';
import { readTrunk, textsOf } from './trunk';

/** What nobody can reach, or everybody: the rest of a warning about a field of a trunk or a rule. */
export interface Noticed {
	readonly field: string;
	/** Fields by whose change it may have come. */
	readonly fields: readonly string[];
	readonly message: string;
}

/** Why no call comes with a number, undefined if one may. */
export function unmatchable(number: string): string | undefined {
	if (number.trim() === '') return 'hold an empty entry, which no call matches. Remove it';
	if (number === '*')
		return 'hold "*", which LiveKit compares as text, so that no call matches. Clear the list for all numbers';
	if (/^(tel|sips?):/i.test(number))
		return `hold "${number}". LiveKit compares it with the number alone, so no call matches: leave out what stands before the number`;
	if (/\(0\)/.test(number))
		return `hold "${number}". Carriers do not send the 0 in brackets, so no call matches: leave it out`;
	if (/^\+?0/.test(normalizedNumber(number)) && /\d{5}/.test(number))
		return `hold "${number}", which has no country code. Carriers mostly send one, and then no call matches: write the number like +15105550100`;
	const read = readPlain(number, undefined, {});
	return 'fault' in read && read.reason === 'impossible'
		? `hold "${number}", and nobody can have this number, so no call will match. Check its digits`
		: undefined;
}

/** A list that holds more of them is wrong as a whole. */
const mostUnmatchable = 20;

function unmatchableOf(object: JsonObject, field: string): Noticed[] {
	const found: Noticed[] = [];
	for (const number of textsOf(object[field])) {
		const message = unmatchable(number);
		if (message !== undefined) found.push({ field, fields: [field], message });
		if (found.length === mostUnmatchable) break;
	}
	return found;
}

/** Warnings for the first entries of lists of numbers that no call can match. */
export function unmatchableIn(object: JsonObject, fields: readonly string[]): Noticed[] {
	return fields.flatMap((field) => unmatchableOf(object, field));
}

const isWithin = (one: IpRange, other: IpRange) =>
	one.length > other.length && contains(other, one.ip);

/** Whether ranges hold a good part of all addresses: half of IPv4, or an eighth of IPv6, which is all that is in use. */
function holdNearlyAll(ranges: readonly IpRange[]): boolean {
	const keyOf = ({ ip, length }: IpRange) =>
		`${ip.bits} ${length} ${ip.value >> BigInt(ip.bits - length)}`;
	const distinct = [...new Map(ranges.map((range) => [keyOf(range), range])).values()];
	const outer = distinct.filter((range) => !distinct.some((other) => isWithin(range, other)));
	const part = (bits: number) =>
		outer.filter(({ ip }) => ip.bits === bits).reduce((sum, { length }) => sum + 2 ** -length, 0);
	return part(32) >= 1 / 2 || part(128) >= 1 / 8;
}

/**
 * What nobody can reach, or everybody, in an inbound trunk as it will be.
 *
 * @param trunk decoded or encoded
 */
export function trunkReach(trunk: JsonObject): Noticed[] {
	const { numbers, callers, username } = readTrunk(trunk, newestReading);
	const gate = addressGate(textsOf(trunk.allowed_addresses), newestReading);
	const found = unmatchableIn(trunk, ['numbers', 'allowed_numbers']);
	const own = numbers.filter((number) => callers.has(normalizedNumber(number)));
	if (own.length > 0)
		found.push({
			field: 'allowed_numbers',
			fields: ['numbers', 'allowed_numbers'],
			message: `hold ${own[0]}, which is a number of this trunk. They are for the numbers of those who call: enter those, or clear them for all callers`,
		});
	if (numbers.length === 0 && username === '' && (gate.open || holdNearlyAll(gate.ranges)))
		found.push({
			field: 'allowed_addresses',
			fields: ['numbers', 'allowed_addresses', 'auth_username', 'auth_password'],
			message:
				'let everybody on the internet call in, with any number. Enter {numbers}, the addresses of your carrier, or a user name and a password',
		});
	return found;
}
