import { isObject } from '../json';

/**
 * The attribute of the callee's participant in which an agent writes who has picked up, as LiveKit's answering machine
 * detection names it: `human`, `machine-vm`, `machine-unavailable`, `machine-ivr`, `uncertain`.
 */
export const pickedUpByAttribute = 'amd_result';

/** Who has picked up. */
export type PickedUpBy = 'person' | 'voicemail';

const words: ReadonlyMap<string, PickedUpBy> = new Map([
	['human', 'person'],
	['person', 'person'],
	['machine-vm', 'voicemail'],
	// A mailbox that takes no messages.
	['machine-unavailable', 'voicemail'],
	['machine', 'voicemail'],
	['answering-machine', 'voicemail'],
	['voicemail', 'voicemail'],
]);

/** Who has picked up, by the attributes of the callee's participant. Null if nobody has told, or the agent was not sure. */
export function pickedUpBy(attributes: unknown): PickedUpBy | null {
	const told = isObject(attributes) ? attributes[pickedUpByAttribute] : undefined;
	if (typeof told !== 'string') return null;
	const word = told.trim().toLowerCase().replace(/[_ ]/g, '-');
	return words.get(word) ?? null;
}
