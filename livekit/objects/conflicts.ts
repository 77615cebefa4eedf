import type { JsonObject } from '../json';

/** Two inbound trunks that would serve the same number for the same callers. */
export interface TrunkConflict {
	readonly trunkId: string;
	readonly name: string;
	readonly number: string;
}

// livekit/protocol livekit/sip.go NormalizeNumber
function normalized(number: string): string {
	return /^\+?[\d\- ()]+$/.test(number) ? `+${number.replace(/[+\s()-]/g, '')}` : number;
}

function numbersOf(trunk: JsonObject, field: string): string[] {
	const list = trunk[field];
	const numbers = Array.isArray(list) ? list.map((entry) => normalized(String(entry))) : [];
	return numbers.length > 0 ? numbers : [''];
}

/**
 * The first trunk that owns a number of the given one for the same callers (livekit/protocol sip/sip.go). LiveKit
 * refuses such a create, but accepts an update into a conflict and then fails the calls of both (reference 10).
 *
 * @param trunk decoded inbound trunk as it would be
 * @param others decoded inbound trunks of the server
 */
export function findConflict(
	trunk: JsonObject,
	others: readonly JsonObject[],
): TrunkConflict | undefined {
	const numbers = numbersOf(trunk, 'numbers');
	const callers = numbersOf(trunk, 'allowed_numbers');
	for (const other of others) {
		if (other.sip_trunk_id === trunk.sip_trunk_id) continue;
		const otherCallers = new Set(numbersOf(other, 'allowed_numbers'));
		const otherNumbers = new Set(numbersOf(other, 'numbers'));
		const number = numbers.find((candidate) => otherNumbers.has(candidate));
		if (number === undefined || !callers.some((caller) => otherCallers.has(caller))) continue;
		return { trunkId: String(other.sip_trunk_id), name: String(other.name ?? ''), number };
	}
	return undefined;
}
