import { listedNumber } from '../callees/listed';
import { type Fault, type JsonObject, type JsonValue, at } from '../json';
import type { MessageName } from '../schema';
import type { Checker } from './findings';

/** Lists of phone numbers, in trunks and rules. */
export const numberLists: ReadonlySet<string> = new Set([
	'numbers',
	'allowed_numbers',
	'inbound_numbers',
]);

const noWildcard =
	'is "*", which LiveKit compares as text, so that no call would match. Leave the list out for all numbers';

/**
 * Brings the entries of a list to the text that LiveKit compares, see `listedNumber`. What is no text is left to `encode`.
 *
 * @param info message that holds the list: for outbound trunks `*` stands for any caller ID
 * @param path of the list
 */
export function readNumbers(
	info: MessageName,
	entries: readonly JsonValue[],
	path: string,
): { entries: JsonValue[]; faults: Fault[] } {
	const faults: Fault[] = [];
	const read = entries.map((entry, index) => {
		if (typeof entry !== 'string') return entry;
		const isAny = entry.trim() === '*';
		if (isAny && info === 'SIPOutboundTrunkInfo') return '*';
		const number = isAny ? { fault: noWildcard } : listedNumber(entry);
		if ('value' in number) return number.value;
		faults.push({ path: `${path}[${index}]`, message: number.fault });
		return entry;
	});
	return { entries: read, faults };
}

/** Corrects the lists of a whole trunk or rule in place. Lists that an update found stored are left as they are. */
export function numbersChecker(info: MessageName): Checker {
	return (body: JsonObject, path, findings, { isUpdate }) => {
		if (isUpdate) return;
		for (const name of numberLists) {
			const list = body[name];
			if (!Array.isArray(list)) continue;
			const { entries, faults } = readNumbers(info, list, at(path, name));
			body[name] = entries;
			for (const fault of faults) findings.faults.push(fault);
		}
	};
}
