import { isObject, show } from '../json';
import type { Result } from '../result';
import { readPlain } from './number';

/** Names of columns that hold phone numbers, without case, spaces and digits: phone, Phone Number, mobile_2, homePhone. */
const phoneName =
	/^(?:phone|mobile|mobil|cell|tel|telephone|telefon|handy|landline|whatsapp|msisdn|fax|number|numbers)+$|phone|mobile(?!app)|telefon|whatsapp|msisdn|landline/;

/** Names of columns whose digits are no phone number. */
const otherName =
	/(?:^|_|\b)(?:id|ids|uuid|key|date|time|timestamp|at|on|row|count|amount|price|zip|plz|postal|year|age|number)(?:_|\b|$)|id$|_at$|[a-z](?:Id|At|Date|Time|Number)$|number$/;

function isPhoneColumn(name: string): boolean {
	const plain = name.toLowerCase().replace(/[^\p{L}]/gu, '');
	if (/(?:id|at|date|time|type|status|valid|verified|country|label|opt(?:in|out))$/.test(plain))
		return false;
	return phoneName.test(plain);
}

/** Whether a column that nobody would expect numbers in holds one. */
function looksLikePhone(name: string, value: unknown): boolean {
	if (typeof value !== 'string' && typeof value !== 'number') return false;
	const text = String(value).trim();
	if (
		!/^[+(]?[\d][\d ().\-/]{6,24}$/.test(text) ||
		/^\d{4}-\d\d-\d\d|^\d\d?[./]\d\d?[./]\d{2,4}$/.test(text)
	)
		return false;
	const plain = /^\d+$/.test(text);
	if (plain && (otherName.test(name) || otherName.test(name.toLowerCase()))) return false;
	return 'number' in readPlain(value, undefined, {});
}

function columnsOf(row: Readonly<Record<string, unknown>>): string {
	const names = Object.keys(row);
	const shown = names.slice(0, 12).map((name) => name.slice(0, 30));
	return names.length === 0
		? 'no columns'
		: `the columns ${shown.join(', ')}${names.length > shown.length ? ' and others' : ''}`;
}

/**
 * The numbers of an entry of a list: text, a number, or an object (also an item of n8n) that holds some in columns whose
 * names say so, such as `phone`, `Mobile` or `phone_number`.
 *
 * @returns the numbers, or what is wrong: the rest of a sentence that begins with the entry
 */
export function numbersOfEntry(entry: unknown): Result<readonly unknown[]> {
	if (!isObject(entry)) return { value: [entry] };
	const row = isObject(entry.json) ? entry.json : entry;
	const filled = Object.entries(row).filter(
		([, value]) => value !== undefined && value !== null && String(value).trim() !== '',
	);
	const phones = filled.filter(([name]) => isPhoneColumn(name));
	const others = filled.filter(
		([name, value]) => !isPhoneColumn(name) && looksLikePhone(name, value),
	);
	if (others.length > 0)
		return {
			fault: `has ${show(others[0][1])} under "${others[0][0].slice(0, 30)}", which looks like a phone number in a column that is not called phone. Give a list of the numbers alone, or name the column phone`,
		};
	const empty = Object.keys(row).find(isPhoneColumn);
	if (phones.length === 0 && empty !== undefined)
		return {
			fault: `is empty in the column "${empty.slice(0, 30)}". Fill in its number, or take the row out`,
		};
	if (phones.length === 0)
		return {
			fault: `has ${columnsOf(row)}, and no number under phone, mobile or number. Fill in its number, or give a list of the numbers alone`,
		};
	return { value: phones.map(([, value]) => value) };
}
