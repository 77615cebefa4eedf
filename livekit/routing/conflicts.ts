import type { Rule } from './rule';

/** Two rules that LiveKit's validator does not take together. Its matcher asks the same validator, and fails the call. */
export interface RuleConflict {
	readonly rule: Rule;
	/** The one that comes first in LiveKit's list; the same one if a rule holds two spellings of a number. */
	readonly other: Rule;
	/** Trunk that both name; empty if both are for all trunks. */
	readonly trunkId: string;
	/** Normalized number that both name; empty if both are for all numbers. */
	readonly number: string;
	/** Normalized caller that both name; empty if both are for all callers. */
	readonly caller: string;
}

const orAll = (trunkIds: readonly string[]) => (trunkIds.length > 0 ? trunkIds : ['']);

/**
 * The conflicts that LiveKit's validator sees between rules (livekit/protocol sip/sip.go, DispatchRuleValidator). It names
 * the first one in its message. The PIN counts, the room does not.
 *
 * @param rules in LiveKit's order
 */
export function* eachRuleConflict(rules: readonly Rule[]): Generator<RuleConflict> {
	const owners = new Map<string, Rule>();
	for (const rule of rules) {
		for (const trunkId of orAll(rule.trunkIds)) {
			for (const caller of rule.keys.callers) {
				for (const number of rule.keys.numbers) {
					const key = JSON.stringify([rule.pinKey, trunkId, caller, number]);
					const other = owners.get(key);
					if (other) yield { rule, other, trunkId, number, caller };
					else owners.set(key, rule);
				}
			}
		}
	}
}

/** The first of {@link eachRuleConflict}, which LiveKit names. */
export function firstRuleConflict(rules: readonly Rule[]): RuleConflict | undefined {
	const { value } = eachRuleConflict(rules).next();
	return value ?? undefined;
}

/**
 * The rules without those that can be in no conflict at all: no other rule has their trunk, number and PIN. It spares the
 * validator, which looks at each caller together with each number, most of its work.
 */
export function suspects(rules: readonly Rule[]): Rule[] {
	const users = new Map<string, number>();
	const keysOf = (rule: Rule) =>
		orAll(rule.trunkIds).flatMap((trunkId) =>
			rule.keys.numbers.map((number) => JSON.stringify([rule.pinKey, trunkId, number])),
		);
	for (const rule of rules)
		for (const key of keysOf(rule)) users.set(key, (users.get(key) ?? 0) + 1);
	return rules.filter(
		(rule) =>
			rule.kind === undefined ||
			new Set(rule.keys.callers).size < rule.keys.callers.length ||
			keysOf(rule).some((key) => (users.get(key) ?? 0) > 1),
	);
}
