import type { JsonObject } from '../json';
import { type TrunkClash, allTrunkClashes, comparesTrunk, trunkClashes } from './clashes';
import { newlyFailing } from './failing';
import { routingOf } from './route';
import type { Reading } from './servers';
import { type Trunk, textOf } from './trunk';
import { failingWords, standingClashWords, trunkClashWords } from './writeWords';

/** What a write of a trunk or a rule does to calls. Each text is the rest of a sentence that begins with a field. */
export interface WriteFindings {
	/** Why it should not be written: LiveKit refuses it, or calls fail that did not. */
	readonly stops: readonly string[];
	/** What is not as it should be, and is no worse than before. */
	readonly notes: readonly string[];
}

/** Whether LiveKit refuses a trunk beside others: it compares it with those that have its numbers, and those for all. */
function isRefused(
	written: Trunk,
	stored: Trunk | undefined,
	others: readonly Trunk[],
	reading: Reading,
): boolean {
	if (stored && !comparesTrunk(stored, written)) return false;
	const listed = others.filter((other) => comparesTrunk(other, written));
	const clashes = [...trunkClashes(written, listed, reading), ...allTrunkClashes(listed, reading)];
	return clashes.some((clash) => clash.isRefused);
}

/** Whether two trunks stood against each other before, for the same numbers or more. */
function stoodBefore({ other, numbers }: TrunkClash, before: readonly TrunkClash[]): boolean {
	return before.some(
		(clash) =>
			clash.other.id === other.id &&
			clash.failsCalls &&
			(clash.numbers.length === 0) === (numbers.length === 0) &&
			numbers.every((number) => clash.numbers.includes(number)),
	);
}

/**
 * What a write of an inbound trunk does to calls. A clash that was there before and is not widened does not stop it, so that
 * clashes can be mended one after the other; LiveKit may refuse it all the same.
 *
 * @param written decoded, as it will be; without an ID if it is new
 * @param trunks decoded inbound trunks of the project, with the trunk as it is stored
 * @param rules decoded dispatch rules of the project; a new trunk needs none, since only rules for all trunks see its calls
 */
export function trunkWriteFindings(
	written: JsonObject,
	trunks: readonly JsonObject[],
	rules: readonly JsonObject[],
): WriteFindings {
	const id = textOf(written.sip_trunk_id);
	const unchanged = trunks.filter((trunk) => textOf(trunk.sip_trunk_id) !== id);
	const before = routingOf(trunks, rules);
	const after = routingOf([...unchanged, written], rules);
	const { reading } = after;
	const others = after.trunks.filter((trunk) => trunk.id !== id);
	const stored = before.trunks.find((trunk) => trunk.id === id);
	const [own] = after.trunks.filter((trunk) => trunk.id === id);
	const refused = isRefused(own, stored, others, reading);
	const known = stored ? trunkClashes(stored, others, reading) : [];
	const clashes = trunkClashes(own, others, reading);
	const isStop = (clash: TrunkClash) =>
		(refused && clash.isRefused) || (clash.failsCalls && !stoodBefore(clash, known));
	const stopping = clashes.filter(isStop);
	const failing = stopping.length > 0 ? [] : newlyFailing(before, after, id);
	return {
		stops: [
			...stopping.map((clash) => trunkClashWords(clash, refused)),
			...failing.slice(0, 1).map((each) => failingWords(each, refused)),
		],
		notes: clashes.filter((clash) => !isStop(clash)).map(standingClashWords),
	};
}
