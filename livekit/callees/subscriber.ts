import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { hasLength, splitNumber } from './countries';
import { fromAbroad } from './international';
import type { Dialled } from './reading';
import { canonical } from './spellings';

/** The shortest end that tells a subscriber. Fewer digits count only if they are a whole national number. */
const tail = 7;

/** The fewest digits of a national number (Niue, Tokelau). */
const shortest = 4;

/** Digits before a short national number: a trunk prefix, or the area code of San Marino without its 0. */
const longestTrunk = 3;

type Numbered = Pick<Dialled, 'number'>;

/** What a number can stand for. */
interface Meanings {
	/** With "+", in their canonical spelling. */
	readonly international: readonly string[];
	/** Digits that were given without a country code, undefined if there are none. */
	readonly national: string | undefined;
}

/**
 * Digits without "+" may be a national number, one that lost its "+" in a numeric cell, or begin with what a country dials
 * before numbers abroad. All count: one call too few is better than one to a person who asked not to be called.
 */
function meaningsOf({ number }: Numbered): Meanings {
	if (number.startsWith('+')) return { international: [canonical(number)], national: undefined };
	if (!/^\d+$/.test(number))
		return { international: [`@${number.toLowerCase()}`], national: undefined };
	const abroad = fromAbroad(number);
	const lost = canonical(`+${number}`);
	return {
		international: [
			// Of San Marino's numbers the canonical spelling alone is too short.
			...(hasLength(lost) === false && hasLength(`+${number}`) === false ? [] : [lost]),
			...(abroad === undefined ? [] : [canonical(abroad)]),
		],
		national: number,
	};
}

function plain(number: string): string {
	return number.replace(/^\+?0*/, '');
}

/** Whether digits without a country code, with or without a trunk prefix, can be the end of a number that has one. */
function endsAlike(national: string, number: string): boolean {
	const short = plain(national);
	if (short.length >= tail && number.endsWith(short)) return true;
	const { code, rest } = splitNumber(number) ?? { code: '', rest: '' };
	if (rest.length >= tail ? national.endsWith(rest) : short === plain(rest) && rest !== '')
		return true;
	if (code === '' || national.length > 15) return false;
	// Argentina's 15, Brazil's numbers of carriers, short numbers behind a trunk prefix.
	const read = parsePhoneNumberFromString(national, { defaultCallingCode: code });
	return read !== undefined && canonical(read.number) === number;
}

function nationalAlike(one: string, other: string): boolean {
	if (one === other) return true;
	const [short, long] = [plain(one), plain(other)].sort((a, b) => a.length - b.length);
	// Short numbers of one country may still differ by the 0 that a numeric cell loses.
	return short.length >= tail ? long.endsWith(short) : short.length >= shortest && short === long;
}

function alike(a: Meanings, b: Meanings): boolean {
	return (
		a.international.some((one) => b.international.includes(one)) ||
		(a.national !== undefined && b.international.some((one) => endsAlike(a.national ?? '', one))) ||
		(b.national !== undefined && a.international.some((one) => endsAlike(b.national ?? '', one))) ||
		(a.national !== undefined && b.national !== undefined && nationalAlike(a.national, b.national))
	);
}

/**
 * Whether two numbers reach one subscriber; extensions and keys do not matter. Numbers with a country code are compared
 * exactly, but for those that have two spellings (`canonical`). If one has none, their ends are compared.
 */
export function sameSubscriber(a: Numbered, b: Numbered): boolean {
	return alike(meaningsOf(a), meaningsOf(b));
}

interface Entry<T> {
	readonly meanings: Meanings;
	readonly value: T;
}

function endOf(number: string): string {
	// No country code is longer than three digits.
	if (number.length > 3 + tail) return number.slice(-tail);
	const rest = splitNumber(number)?.rest ?? number;
	return rest.length >= tail ? rest.slice(-tail) : plain(rest);
}

/** What two numbers have in common that can be one subscriber: their last digits, or all of a short national number. */
function endsOf({ international, national }: Meanings): string[] {
	const ends = international.map(endOf);
	if (national === undefined) return ends;
	if (national.length >= tail) ends.push(national.slice(-tail));
	// Short numbers, with and without what is dialled before them.
	const short = plain(national);
	for (let before = 0; before <= longestTrunk; before++) {
		if (short.length - before < tail) ends.push(short.slice(before));
	}
	return [...new Set(ends)];
}

function isSame<T>(one: Entry<T>, other: Entry<T>): boolean {
	return (
		one.value === other.value &&
		one.meanings.national === other.meanings.national &&
		one.meanings.international.join() === other.meanings.international.join()
	);
}

function put<T>(map: Map<string, Entry<T>[]>, key: string, entry: Entry<T>): void {
	const others = map.get(key);
	if (others === undefined) map.set(key, [entry]);
	// A list that holds a number a thousand times is not searched a thousand times. Other numbers may share its end.
	else if (!isSame(others[others.length - 1], entry)) others.push(entry);
}

/**
 * Numbers by subscriber, for lists: what is found is what {@link sameSubscriber} says, without comparing each with each.
 */
export class SubscriberIndex<T> {
	private readonly exact = new Map<string, Entry<T>[]>();
	/** Entries without a country code, by their ends. */
	private readonly national = new Map<string, Entry<T>[]>();
	/** Entries with one. */
	private readonly international = new Map<string, Entry<T>[]>();

	/** Adds a number. */
	add(number: Numbered, value: T): void {
		const meanings = meaningsOf(number);
		const entry = { meanings, value };
		for (const key of meanings.international) put(this.exact, key, entry);
		const index = meanings.national === undefined ? this.international : this.national;
		for (const end of endsOf(meanings)) put(index, end, entry);
	}

	/** The first value of the same subscriber that is wanted. */
	find(number: Numbered, wanted: (value: T) => boolean = () => true): T | undefined {
		const meanings = meaningsOf(number);
		for (const key of meanings.international) {
			const found = this.exact.get(key)?.find(({ value }) => wanted(value));
			if (found) return found.value;
		}
		for (const end of endsOf(meanings)) {
			const found =
				find(this.national.get(end), meanings, wanted) ??
				// Numbers that both have a country code were compared already.
				(meanings.national === undefined
					? undefined
					: find(this.international.get(end), meanings, wanted));
			if (found) return found.value;
		}
		return undefined;
	}
}

function find<T>(
	entries: readonly Entry<T>[] | undefined,
	meanings: Meanings,
	wanted: (value: T) => boolean,
): Entry<T> | undefined {
	return entries?.find((entry) => wanted(entry.value) && alike(entry.meanings, meanings));
}
