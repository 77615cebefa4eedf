import { canBothLetIn } from './addresses';
import { type TrunkIndex, indexTrunks } from './matchTrunk';
import { inCommon } from './numbers';
import type { Rule } from './rule';
import type { Reading } from './servers';
import type { Trunk } from './trunk';

/** Two inbound trunks that get into each other's way. */
export interface TrunkClash {
	readonly trunk: Trunk;
	/** The same one if older servers count the spellings of a number on it. */
	readonly other: Trunk;
	/** Normalized numbers that both have; empty if both take all numbers. */
	readonly numbers: readonly string[];
	/** Normalized callers that both let in; empty if one lets in all callers, and the other too or only its own. */
	readonly callers: readonly string[];
	/** Whether LiveKit fails calls for it. Otherwise both ring, since their Allowed Addresses have nothing in common. */
	readonly failsCalls: boolean;
	/** Whether LiveKit refuses to have both, where it compares them. */
	readonly isRefused: boolean;
}

/** Two dispatch rules for the same trunk, callers, called numbers and PIN. LiveKit fails calls for it. */
export interface RuleClash {
	readonly rule: Rule;
	/** The same one if a rule holds two spellings of a number. */
	readonly other: Rule;
	/** Trunks on which every call fails, also those that neither rule is for; empty for all calls of the project. */
	readonly trunkIds: readonly string[];
	/** Normalized numbers and callers that both are for; empty for all. */
	readonly numbers: readonly string[];
	readonly callers: readonly string[];
}

function isTwice(entries: readonly string[]): boolean {
	return new Set(entries).size < entries.length;
}

const isForAll = (trunk: Trunk) => trunk.numbers.length === 0;

function numbersOfBoth(trunk: Trunk, other: Trunk): string[] | undefined {
	if (isForAll(trunk) !== isForAll(other)) return undefined;
	if (isForAll(trunk)) return [];
	const numbers = inCommon(new Set(trunk.spellings.keys()), new Set(other.spellings.keys()));
	return numbers.length > 0 ? numbers : undefined;
}

function callersOfBoth(trunk: Trunk, other: Trunk): readonly string[] | undefined {
	if (trunk.callers.size === 0 || other.callers.size === 0)
		return [...trunk.callers, ...other.callers];
	const callers = inCommon(trunk.callers, other.callers);
	return callers.length > 0 ? callers : undefined;
}

function clashOf(trunk: Trunk, other: Trunk): TrunkClash | undefined {
	const numbers = numbersOfBoth(trunk, other);
	const callers = callersOfBoth(trunk, other);
	const failsCalls =
		numbers !== undefined && callers !== undefined && canBothLetIn(trunk.gate, other.gate);
	// To the validator an empty entry is what no entry is.
	const isRefused =
		inCommon(new Set(trunk.numberKeys), new Set(other.numberKeys)).length > 0 &&
		inCommon(new Set(trunk.callerKeys), new Set(other.callerKeys)).length > 0;
	return failsCalls || isRefused
		? { trunk, other, numbers: numbers ?? [], callers: callers ?? [], failsCalls, isRefused }
		: undefined;
}

function clashWithItself(trunk: Trunk, reading: Reading): TrunkClash[] {
	if (!reading.countsSpellings) return [];
	const numbers = [...trunk.spellings].filter(([, count]) => count > 1).map(([number]) => number);
	const callers = [...trunk.callers];
	const isRefused = isTwice(trunk.numberKeys) || isTwice(trunk.callerKeys);
	const failsCalls = numbers.length > 0;
	return failsCalls || isRefused
		? [{ trunk, other: trunk, numbers, callers, failsCalls, isRefused }]
		: [];
}

/**
 * The trunks with which a trunk clashes. LiveKit's validator sees less than its matcher: not that "all callers" holds "these
 * callers", nor that addresses keep two trunks apart.
 *
 * @param others which may hold the trunk itself, or its state before a change
 */
export function trunkClashes(
	trunk: Trunk,
	others: readonly Trunk[],
	reading: Reading,
): TrunkClash[] {
	const found = others.flatMap((other) =>
		other.id === trunk.id ? [] : (clashOf(trunk, other) ?? []),
	);
	return [...clashWithItself(trunk, reading), ...found];
}

function later(trunk: Trunk, index: TrunkIndex, place: ReadonlyMap<Trunk, number>): Trunk[] {
	const numbers = isForAll(trunk) ? [''] : [...trunk.spellings.keys()];
	const near = numbers.flatMap((number) => [
		...(index.byNumber.get(number) ?? []),
		...(number === '' ? index.forAll : []),
	]);
	const own = place.get(trunk) ?? 0;
	return [...new Set(near)].filter((other) => (place.get(other) ?? 0) > own);
}

/** All clashes between trunks, each once. */
export function allTrunkClashes(trunks: readonly Trunk[], reading: Reading): TrunkClash[] {
	const index = indexTrunks(trunks);
	const place = new Map(trunks.map((trunk, at) => [trunk, at]));
	return trunks.flatMap((trunk) => trunkClashes(trunk, later(trunk, index, place), reading));
}

const withoutAll = (keys: readonly string[]) => keys.filter((key) => key !== '');

function ruleClash(rule: Rule, other: Rule): RuleClash | undefined {
	if (rule.pinKey !== other.pinKey) return undefined;
	const [own, others] = [rule, other].map(({ trunkIds, keys }) => ({
		trunkIds: new Set(trunkIds.length > 0 ? trunkIds : ['']),
		numbers: new Set(keys.numbers),
		callers: new Set(keys.callers),
	}));
	const trunkIds = inCommon(own.trunkIds, others.trunkIds);
	const numbers = inCommon(own.numbers, others.numbers);
	const callers = inCommon(own.callers, others.callers);
	if ([trunkIds, numbers, callers].some((list) => list.length === 0)) return undefined;
	return {
		rule,
		other,
		trunkIds: withoutAll(trunkIds),
		numbers: withoutAll(numbers),
		callers: withoutAll(callers),
	};
}

/**
 * The rules with which a rule clashes. LiveKit's matcher asks its validator, so one clash fails all calls for which both
 * rules are read: those of their trunk, and those over no trunk.
 *
 * @param others which may hold the rule itself, or its state before a change
 */
export function ruleClashes(rule: Rule, others: readonly Rule[]): RuleClash[] {
	const { keys, trunkIds } = rule;
	const twice = isTwice(keys.numbers) || isTwice(keys.callers) || isTwice(trunkIds);
	const near = others.filter(({ id }) => id !== rule.id);
	return [...(twice ? [rule] : []), ...near].flatMap((other) => ruleClash(rule, other) ?? []);
}

/**
 * Whether LiveKit's update compares a changed trunk with the others. It lists the trunks that have the new numbers, with the
 * trunk as it is stored; if it is not among them, nothing is compared (livekit/livekit pkg/service/sip.go).
 */
export function comparesTrunk(stored: Trunk, changed: Trunk): boolean {
	if (isForAll(stored) || isForAll(changed)) return true;
	return [...changed.spellings.keys()].some((number) => stored.spellings.has(number));
}

/** Whether LiveKit's update compares a changed rule with the others: it lists the rules of the new trunks, as they are stored. */
export function comparesRule(stored: Rule, changed: Rule): boolean {
	if (stored.trunkIds.length === 0 || changed.trunkIds.length === 0) return true;
	return changed.trunkIds.some((trunkId) => stored.trunkIds.includes(trunkId));
}
