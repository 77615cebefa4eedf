import { entriesOfList } from '../callees/entries';
import { type Fault, isObject, show, showGiven, wholeNumber } from '../json';
import type { Result } from '../result';

/** What a rule can be about. Voicemail is an answered call of which the agent told so. */
export const againOutcomes = [
	'busy',
	'no_answer',
	'voicemail',
	'declined',
	'blocked',
	'carrier_error',
	'rate_limited',
	'unknown',
] as const;

/** An outcome that a rule can be about. */
export type AgainOutcome = (typeof againOutcomes)[number];

/** When a contact is called again after an outcome, and how often at most. */
export interface AgainRule {
	readonly afterMinutes: number;
	/** Tries of the contact in all, whatever came of them. */
	readonly atMost: number;
}

/** When contacts are called again. */
export interface AgainRules {
	readonly byOutcome: ReadonlyMap<AgainOutcome, AgainRule>;
	/** Calls per day and contact. */
	readonly perDay: number;
}

/** Rules as the form or an expression gives them. */
export interface GivenRules {
	readonly blocks: unknown;
	readonly callsPerDay: unknown;
}

const mostMinutes = 525_600;
const mostTries = 100;

function within(path: string, given: unknown, most: number): Result<number, 'fault', Fault> {
	const value = wholeNumber(given);
	if (value !== undefined && value >= 1 && value <= most) return { value };
	const message = `must be a whole number from 1 to ${most}, not ${showGiven(given)}`;
	return { fault: { path, message } };
}

/** Minutes, also with their unit behind them, as people type it. */
function readMinutes(path: string, given: unknown): Result<number, 'fault', Fault> {
	const typed =
		typeof given === 'string'
			? /^(\d{1,15}(?:\.0{1,9})?) ?(?:min|minute)s?\.?$/i.exec(given.trim())
			: null;
	const bare = typed ? typed[1] : given;
	const read = within(path, bare, mostMinutes);
	if ('value' in read) return read;
	const message = `must be a whole number of minutes, such as 15, from 1 to ${mostMinutes}, not ${showGiven(given)}`;
	return { fault: { path, message } };
}

function outcomeOf(entry: unknown): AgainOutcome | undefined {
	const word = typeof entry === 'string' ? entry.trim().toLowerCase().replace(/[ -]/g, '_') : '';
	return againOutcomes.find((outcome) => outcome === word);
}

function readOutcomes(path: string, given: unknown): Result<AgainOutcome[], 'fault', Fault> {
	const entries = entriesOfList(given);
	if ('fault' in entries) return { fault: { path, message: entries.fault } };
	if (entries.value.length === 0)
		return { fault: { path, message: 'names no outcome. Choose one, or remove this rule' } };
	const outcomes: AgainOutcome[] = [];
	for (const entry of entries.value) {
		const outcome = outcomeOf(entry);
		if (!outcome) {
			const message = `holds ${show(entry)}, which is none of ${againOutcomes.join(', ')}`;
			return { fault: { path, message } };
		}
		outcomes.push(outcome);
	}
	return { value: outcomes };
}

function readBlock(
	path: string,
	given: unknown,
): Result<AgainRule & { readonly outcomes: AgainOutcome[] }, 'fault', Fault> {
	if (!isObject(given))
		return { fault: { path, message: `must be outcomes, minutes and tries, not ${show(given)}` } };
	const outcomes = readOutcomes(`${path}.outcomes`, given.outcomes);
	if ('fault' in outcomes) return outcomes;
	const after = readMinutes(`${path}.after`, given.after);
	if ('fault' in after) return after;
	const most = within(`${path}.atMost`, given.atMost, mostTries);
	if ('fault' in most) return most;
	return { value: { outcomes: outcomes.value, afterMinutes: after.value, atMost: most.value } };
}

/**
 * Reads rules. What cannot be read whole is a fault: a limit that cannot be read must not mean that there is none.
 *
 * @returns the rules, or a fault at `blocks`, at a field of a block such as `blocks[1].after`, or at `callsPerDay`
 */
export function readAgainRules({
	blocks,
	callsPerDay,
}: GivenRules): Result<AgainRules, 'fault', Fault> {
	if (!Array.isArray(blocks) || blocks.length === 0) {
		const message = 'holds no rule, so that nobody would be called again. Add one, or choose Never';
		return { fault: { path: 'blocks', message } };
	}
	const byOutcome = new Map<AgainOutcome, AgainRule>();
	for (const [place, one] of blocks.entries()) {
		const block = readBlock(`blocks[${place}]`, one);
		if ('fault' in block) return block;
		const { outcomes, ...rule } = block.value;
		for (const outcome of outcomes) {
			if (byOutcome.has(outcome)) {
				const message = `names ${outcome} a second time. Name each outcome in one rule only`;
				return { fault: { path: `blocks[${place}].outcomes`, message } };
			}
			byOutcome.set(outcome, rule);
		}
	}
	const perDay = within('callsPerDay', callsPerDay, mostTries);
	return 'fault' in perDay ? perDay : { value: { byOutcome, perDay: perDay.value } };
}

/** Tries after which no rule allows another one. */
export function mostTriesOf({ byOutcome }: AgainRules): number {
	return Math.max(...[...byOutcome.values()].map(({ atMost }) => atMost));
}
