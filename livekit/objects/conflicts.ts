import type { JsonObject } from '../json';

/** The inbound trunk that already serves a number for the same callers. */
export interface TrunkConflict {
	readonly trunkId: string;
	readonly name: string;
	/** Empty if both trunks serve all numbers. */
	readonly number: string;
}

// As NormalizeNumber in livekit/protocol livekit/sip.go.
function normalized(number: string): string {
	return /^\+?[\d\- ()]+$/.test(number) ? `+${number.replace(/[+\s()-]/g, '')}` : number;
}

function numbersOf(trunk: JsonObject, field: string): string[] {
	const list = trunk[field];
	const numbers = Array.isArray(list) ? list.map((entry) => normalized(String(entry))) : [];
	return numbers.length > 0 ? numbers : [''];
}

/**
 * Finds the first trunk that serves a number of the given one for the same callers (livekit/protocol sip/sip.go). LiveKit
 * refuses to create such a trunk, but accepts an update that leads to one, and then calls to both trunks fail
 * (docs/livekit.md, Trunks and numbers).
 *
 * @param trunk decoded inbound trunk, as it would be after the update
 * @param others decoded inbound trunks of the server, which may include the same one
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
