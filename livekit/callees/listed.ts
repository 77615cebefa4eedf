import { show, showEntry } from '../json';
import type { Result } from '../result';
import { type Reading, type Refusal, withoutSwitches } from './reading';
import { readNumber } from './number';
import { userOfUri } from './uri';

/** Digits as carriers send them, with a country code or without, such as a short number. */
const asSent = /^(?!00[1-9]|\+0)\+?\d{1,15}$/;

function readEntry(text: string): Reading | Refusal {
	const read = readNumber(text);
	if ('number' in read) return read;
	// A carrier may send what nobody can have. A user name begins with a letter: anything else is a number with a slip.
	if (read.reason === 'impossible') return readNumber(text, { allowUnusual: true });
	return read.reason === 'not_a_number' && /^[a-z_]/i.test(text)
		? readNumber(text, { allowUserNames: true })
		: read;
}

// Lists have no rows.
function ofList(refusal: Refusal): string {
	return withoutSwitches(refusal)
		.replace('Give one number per row', 'Give each number an entry of its own')
		.replace('is empty: give the number to call', 'is empty: give a number');
}

/**
 * Brings an entry of a trunk's or a rule's list of numbers to the text that LiveKit compares with a call: a phone number
 * without formatting, or a SIP user name. A number without a country code stays one, since that may be what the carrier sends.
 *
 * @returns the text, or what is wrong: the rest of a sentence that begins with the field
 */
export function listedNumber(entry: string): Result<string> {
	const text = entry.trim();
	if (showEntry(text) !== show(text))
		return { fault: `holds ${showEntry(text)}, which is no phone number. Give the numbers alone` };
	if (/^<?sips?:|@/i.test(text)) {
		const user = userOfUri(/^<?sips?:/i.test(text) ? text : `sip:${text}`);
		if (!text.endsWith('.us') && 'value' in user && user.value !== '')
			return { fault: `is the address "${text}". Give its number or user alone: ${user.value}` };
	}
	const read = readEntry(text);
	if ('fault' in read)
		return read.reason === 'impossible' || (read.reason !== 'rounded' && asSent.test(text))
			? { value: text }
			: { fault: ofList(read) };
	if (asSent.test(text)) return { value: text };
	if (read.keys !== undefined)
		return {
			fault: `is "${text}", which holds an extension, and no call comes with one. Give the number alone: ${read.number}`,
		};
	return { value: read.number };
}
