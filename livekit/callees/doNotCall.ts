import type { CountryCode } from 'libphonenumber-js/min';
import { isObject, show } from '../json';
import type { Result } from '../result';
import { readCountry } from './countries';
import { entriesOfList, isLeftover } from './entries';
import { Forbidden } from './forbidden';
import { nationalNumber } from './national';
import { type NumberOptions, readNumber } from './number';
import { numberKey } from './text';

const fields = ['number', 'phone', 'phone_number', 'phoneNumber'];

/** The numbers in an entry: text, a number, or an object (also an item of n8n) that holds some under the usual names. */
function numbersIn(entry: unknown): readonly unknown[] {
	if (!isObject(entry)) return [entry];
	const row = isObject(entry.json) ? entry.json : entry;
	return fields
		.map((field) => row[field])
		.filter((value) => value !== undefined && value !== null && value !== '');
}

/** The number of an entry with the country's code added, undefined if there is nothing to add. */
function completed(entry: unknown, key: string, country: CountryCode): string | undefined {
	if (!key.startsWith('+')) {
		const whole = nationalNumber(key, country);
		return 'value' in whole ? whole.value : undefined;
	}
	// In some countries 00 is part of a longer prefix.
	const read = String(entry).startsWith('+') ? undefined : readNumber(entry, country);
	return read && 'number' in read ? read.number : undefined;
}

/**
 * The forms in which a row may give the number of an entry. Numeric cells of spreadsheets lose the "+", so an entry without
 * it is read both ways: one call too few is better than one to a person who asked not to be called.
 */
function formsOf(
	entry: unknown,
	number: string,
	country: CountryCode | undefined,
): readonly string[] {
	const key = numberKey(number);
	const plain = key.replace(/^\+/, '');
	if (!/^\d+$/.test(plain)) return [key];
	const whole = country && completed(entry, key, country);
	return [key, plain, `+${plain}`, ...(whole ? [whole] : [])];
}

const entriesPerStep = 500;

/**
 * Reads the numbers that must not be called. A list of 100,000 takes some tenths of a second, so it is read in steps of a
 * few milliseconds, between which n8n can do other work.
 *
 * @param given a list of numbers or of objects with `number`, `phone`, `phone_number` or `phoneNumber`, or text
 * @returns the numbers, or what is wrong: the rest of a sentence that begins with the field. An entry that cannot be read is
 * never left out
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
	const numbers = new Forbidden();
	for (const [index, entry] of entries.value.entries()) {
		if (index % entriesPerStep === entriesPerStep - 1) yield undefined;
		const found = numbersIn(entry);
		if (found.length === 0)
			return {
				fault: `holds ${show(entry)}, which has no number under ${fields.join(', ')}. Nobody is called until it is mended`,
			};
		for (const one of found) {
			const read = readNumber(one, undefined, options.allowUserNames);
			if ('fault' in read)
				return {
					fault: `holds ${show(entry)}, which ${read.fault}. Nobody is called until it is mended`,
				};
			for (const form of formsOf(one, read.number, country.value)) numbers.add(form);
		}
	}
	return { value: numbers };
}
