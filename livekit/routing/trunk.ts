import type { JsonObject, JsonValue } from '../json';
import { type AddressGate, addressGate } from './addresses';
import { normalizedNumber, numberKeys } from './numbers';
import type { Reading } from './servers';

/** An inbound trunk, read once for many calls. */
export interface Trunk {
	readonly id: string;
	readonly name: string;
	/** Called numbers as they are stored; empty for all numbers. */
	readonly numbers: readonly string[];
	/** How often each called number is on the trunk, normalized. */
	readonly spellings: ReadonlyMap<string, number>;
	/** Callers that may call, normalized; empty for all callers. */
	readonly callers: ReadonlySet<string>;
	readonly gate: AddressGate;
	/** User name that a caller has to give, with the password; both empty if none is asked for. */
	readonly username: string;
	readonly password: string;
	/** Keys under which LiveKit's validator compares the trunk with others, in its order. */
	readonly numberKeys: readonly string[];
	readonly callerKeys: readonly string[];
}

/** A text of a decoded message, empty if it holds none. */
export function textOf(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}

/** The texts in a list of a decoded message. */
export function textsOf(value: JsonValue | undefined): string[] {
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** Reads an inbound trunk. @param trunk decoded */
export function readTrunk(trunk: JsonObject, reading: Reading): Trunk {
	const numbers = textsOf(trunk.numbers);
	const callers = textsOf(trunk.allowed_numbers);
	const spellings = new Map<string, number>();
	for (const number of numbers) {
		const key = normalizedNumber(number);
		spellings.set(key, (spellings.get(key) ?? 0) + 1);
	}
	const username = textOf(trunk.auth_username);
	const password = textOf(trunk.auth_password);
	const asks = username !== '' && password !== '';
	// Older validators compare called numbers as they are written, and an entry that stands twice with itself.
	const written = numbers.length > 0 ? numbers : [''];
	return {
		id: textOf(trunk.sip_trunk_id),
		name: textOf(trunk.name),
		numbers,
		spellings,
		callers: callers.length > 0 ? new Set(numberKeys(callers)) : new Set(),
		gate: addressGate(textsOf(trunk.allowed_addresses), reading),
		username: asks ? username : '',
		password: asks ? password : '',
		numberKeys: reading.countsSpellings ? written : [...new Set(numberKeys(numbers))],
		callerKeys: reading.countsSpellings ? numberKeys(callers) : [...new Set(numberKeys(callers))],
	};
}
