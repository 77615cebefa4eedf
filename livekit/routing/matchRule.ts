import { compareTexts } from './numbers';
import { type RuleConflict, firstRuleConflict, suspects } from './conflicts';
import type { Rule } from './rule';

/** What becomes of a rule that LiveKit asks for a call. */
export type RuleWhy =
	/** The rule takes the call. */
	| 'taken'
	/** The rule is for other trunks. */
	| 'other_trunk'
	/** The rule is for other callers. */
	| 'other_caller'
	/** The rule is for other called numbers. */
	| 'other_number'
	/** The rule asks for a PIN, and the caller has none. */
	| 'asks_pin'
	/** The caller typed a PIN, and the rule asks for none. */
	| 'asks_no_pin'
	/** The caller typed another PIN. */
	| 'other_pin'
	/** A rule for this trunk goes before one for all trunks. */
	| 'rule_of_trunk_first'
	/** A rule that is more specific goes first. */
	| 'other_rule_first';

/** A rule that was asked for a call. */
export interface RuleCandidate {
	readonly rule: Rule;
	readonly why: RuleWhy;
}

/** What the caller has typed: undefined before the bridge asks, empty for no PIN. */
export type TypedPin = string | undefined;

/** A call, as rules look at it. */
export interface RuledCall {
	readonly called: string;
	readonly caller: string;
	/** Undefined if it comes over no trunk. */
	readonly trunkId: string | undefined;
	readonly pin: TypedPin;
}

/** All rules that LiveKit reads for a call, those of the call's trunk and those for all trunks. */
export interface Listing {
	/** In LiveKit's order. */
	readonly rules: readonly Rule[];
	/** Why LiveKit fails every call for which it reads these rules. */
	readonly conflict: RuleConflict | undefined;
	/** A rule of a kind that this package does not know. */
	readonly unknown: Rule | undefined;
}

/** Gives the rules that LiveKit reads for calls over a trunk, and over none. Each list is made once. */
export function listings(rules: readonly Rule[]): (trunkId: string | undefined) => Listing {
	const byTrunk = new Map<string, Rule[]>();
	for (const rule of rules) {
		for (const trunkId of new Set(rule.trunkIds)) {
			const list = byTrunk.get(trunkId);
			if (list) list.push(rule);
			else byTrunk.set(trunkId, [rule]);
		}
	}
	const forAll = rules.filter(({ trunkIds }) => trunkIds.length === 0);
	const suspected = new Set(suspects(rules));
	const place = new Map(rules.map((rule, index) => [rule, index]));
	const order = (one: Rule, other: Rule) => (place.get(one) ?? 0) - (place.get(other) ?? 0);
	const listed = (read: readonly Rule[]): Listing => {
		const doubtful = read.filter((rule) => suspected.has(rule));
		const unknownAt = doubtful.findIndex(({ kind }) => kind === undefined);
		const before = unknownAt < 0 ? doubtful : doubtful.slice(0, unknownAt);
		const conflict = firstRuleConflict(before);
		return { rules: read, conflict, unknown: conflict ? undefined : doubtful[unknownAt] };
	};
	const made = new Map<string | undefined, Listing>();
	const onlyForAll = listed(forAll);
	return (trunkId) => {
		const known = made.get(trunkId);
		if (known) return known;
		const own = trunkId === undefined ? [] : (byTrunk.get(trunkId) ?? []);
		if (trunkId !== undefined && own.length === 0) return onlyForAll;
		const listing = listed(trunkId === undefined ? rules : [...forAll, ...own].sort(order));
		made.set(trunkId, listing);
		return listing;
	};
}

function pinRefusal(rulePin: string, typed: TypedPin): RuleWhy | undefined {
	if (typed === undefined) return undefined;
	if (typed === '') return rulePin === '' ? undefined : 'asks_pin';
	if (rulePin === '') return 'asks_no_pin';
	return rulePin === typed ? undefined : 'other_pin';
}

function refusal(rule: Rule, call: RuledCall): RuleWhy | undefined {
	const { trunkId } = call;
	if (rule.trunkIds.length > 0 && (trunkId === undefined || !rule.trunkIds.includes(trunkId)))
		return 'other_trunk';
	if (rule.callers.size > 0 && !rule.callers.has(call.caller)) return 'other_caller';
	if (rule.numbers.size > 0 && !rule.numbers.has(call.called)) return 'other_number';
	return pinRefusal(rule.pin, call.pin);
}

/** Whether LiveKit puts a rule before another one (livekit/protocol sip/sip.go, hasHigherPriority). */
function goesBefore(one: Rule, other: Rule): boolean {
	if (one.priority !== other.priority) return one.priority < other.priority;
	return compareTexts(one.room, other.room) < 0;
}

function first(rules: readonly Rule[]): Rule | undefined {
	let best: Rule | undefined;
	for (const rule of rules) if (!best || goesBefore(rule, best)) best = rule;
	return best;
}

/**
 * Finds the rule that takes a call (livekit/protocol sip/sip.go, MatchDispatchRuleIter): rules of the trunk before those
 * for all trunks, then by priority, then by the name of the room.
 */
export function matchRule({ rules }: Listing, call: RuledCall): Rule | undefined {
	const fitting = rules.filter((rule) => !refusal(rule, call));
	return first(fitting.filter(({ trunkIds }) => trunkIds.length > 0)) ?? first(fitting);
}

/** What becomes of each rule that LiveKit reads for a call. */
export function ruleCandidates({ rules }: Listing, call: RuledCall): RuleCandidate[] {
	const taken = matchRule({ rules, conflict: undefined, unknown: undefined }, call);
	const lost = (rule: Rule): RuleWhy =>
		rule.trunkIds.length === 0 && (taken?.trunkIds.length ?? 0) > 0
			? 'rule_of_trunk_first'
			: 'other_rule_first';
	return rules.map((rule) => ({
		rule,
		why: refusal(rule, call) ?? (rule === taken ? 'taken' : lost(rule)),
	}));
}
