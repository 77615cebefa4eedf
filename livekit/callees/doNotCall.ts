import type { CountryCode } from 'libphonenumber-js/min';
import { show } from '../json';
import type { Result } from '../result';
import { looksRounded } from './cell';
import { numbersOfEntry } from './columns';
import { readCountry } from './countries';
import { entriesOfList, isLeftover } from './entries';
import { nationalNumber } from './national';
import { readPlain } from './number';
import {
	type Dialled,
	type NumberOptions,
	type Refusal,
	noNumber,
	withoutSwitches,
} from './reading';
import { SubscriberIndex } from './subscriber';
import { userOfUri } from './uri';

/** The numbers that must not be called. */
export type Forbidden = SubscriberIndex<true>;

/** The fewest digits that a national number of any country has (Niue, Tokelau). */
const shortest = 4;

/** Why a number would protect nobody, or only somebody else. */
function tooLittle(number: string, { internalExtensions }: NumberOptions): Refusal | undefined {
	if (!/^\+?\d+$/.test(number)) return undefined;
	if (looksRounded(number))
		return {
			reason: 'rounded',
			fault:
				'ends in zeros: a spreadsheet seems to have rounded it. If that is the number, write it with "+" and its country code',
		};
	const digits = number.replace(/^\+?0*/, '').length;
	const fewest = number.startsWith('+') ? shortest + 1 : internalExtensions ? 1 : shortest;
	return digits < fewest
		? noNumber(
				'is too short to be a phone number. If it is an extension, turn on {internal_extensions}',
			)
		: undefined;
}

/** The number of an entry with the default country, undefined if it is the same without. */
function completed(
	given: unknown,
	plain: Dialled | Refusal,
	country: CountryCode,
	options: NumberOptions,
): Dialled | undefined {
	if ('number' in plain && plain.number.startsWith('+') && !/^\W*00/.test(String(given)))
		return undefined;
	const digits = 'number' in plain && /^\d+$/.test(plain.number) ? plain.number : undefined;
	const read =
		digits === undefined ? readPlain(given, country, options) : nationalNumber(digits, country);
	return 'number' in read ? read : undefined;
}

/**
 * The ways in which a row may give the number of an entry. Numeric cells of spreadsheets lose the "+", so an entry without
 * one counts with and without the default country: one call too few is better than one to a person who asked not to be
 * called.
 */
function numbersOf(
	given: unknown,
	country: CountryCode | undefined,
	options: NumberOptions,
): readonly { readonly number: string }[] | Refusal {
	const user =
		typeof given === 'string' && /^<?\s*sips?:/i.test(given.trimStart())
			? userOfUri(given)
			: undefined;
	const value = user && 'value' in user ? user.value : given;
	const plain = readPlain(value, undefined, options);
	const whole = country && completed(value, plain, country, options);
	if ('fault' in plain) return whole ? [whole] : plain;
	const little = tooLittle(plain.number, options);
	if (little && (whole === undefined || little.reason === 'rounded')) return little;
	return whole === undefined || whole.number === plain.number ? [plain] : [plain, whole];
}

// A switch that lets more numbers be called is no remedy for a list of those that must not be.
function inWords(given: unknown, refusal: Refusal): string {
	const shown = show(given);
	const fault = withoutSwitches(refusal);
	if (refusal.reason === 'missing')
		return `is ${shown}: it is empty. Fill it in, or take the row out`;
	if (fault.startsWith(`is ${shown}`)) return fault;
	if (!fault.startsWith('"')) return `is ${shown}: it ${fault}`;
	// Some faults begin with the value themselves.
	return `is ${fault.startsWith(`${shown} `) ? `${shown}, which${fault.slice(shown.length)}` : `${shown}: ${fault}`}`;
}

const entriesPerStep = 500;

/**
 * Reads the numbers that must not be called. A list of 100,000 takes some tenths of a second, so it is read in steps of a
 * few milliseconds, between which n8n can do other work.
 *
 * @param given a list of numbers or of objects with columns such as `phone`, or text
 * @returns the numbers, or what is wrong: the rest of a sentence that begins with the field. An entry that cannot be read,
 * or that would protect nobody, is never left out
 */
export function* readDoNotCall(
	given: unknown,
	options: NumberOptions,
): Generator<undefined, Result<Forbidden>> {
	if (given === undefined || given === null)
		return { fault: 'has no value: the expression found no list. Nobody is called until it does' };
	const country = readCountry(options.defaultCountry);
	if ('fault' in country) return { fault: `cannot be read: {default_country} ${country.fault}` };
	const entries = entriesOfList(given);
	if ('fault' in entries) return entries;
	if (entries.value.length === 0 && isLeftover(given))
		return {
			fault:
				'holds no number: the expression found none. Give a list, which may be empty, or remove the field. Nobody is called until then',
		};
	const numbers: Forbidden = new SubscriberIndex();
	for (const [index, entry] of entries.value.entries()) {
		if (index % entriesPerStep === entriesPerStep - 1) yield undefined;
		const found = numbersOfEntry(entry);
		const row = `cannot be read: row ${index + 1} of the list`;
		if ('fault' in found)
			return { fault: `${row} ${found.fault}. Nobody is called until it is mended` };
		for (const one of found.value) {
			const read = numbersOf(one, country.value, options);
			if ('fault' in read)
				return {
					fault: `${row} ${inWords(one, read)}. Nobody is called until it is mended`,
				};
			for (const number of read) numbers.add(number, true);
		}
	}
	return { value: numbers };
}
