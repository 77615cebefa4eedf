import type { RuleWhy } from './matchRule';
import type { TrunkWhy } from './matchTrunk';

/** What becomes of a call. */
export type Verdict =
	/** It comes into a room. */
	| 'routed'
	/** LiveKit asks the caller for a PIN, and the call at hand has none. */
	| 'pin_required'
	/** No trunk or no rule takes it. */
	| 'refused'
	/** Several trunks take it, or two rules exclude each other: LiveKit fails the call. */
	| 'conflict';

/** Why, by verdict. `pin_hidden` goes with `pin_required`: the call has a PIN, and the server hides those of the rules. */
export type RouteReason = 'routed' | 'pin_required' | 'pin_hidden' | RefusalReason | ConflictReason;

/** Why a call is refused. */
export type RefusalReason =
	/** The address from which it comes is none. */
	| 'bad_source_address'
	/** No trunk has the number, none takes all numbers, and no rule takes the call without a trunk. */
	| 'no_trunk'
	/** The trunk of the number lets only other callers in. */
	| 'caller_not_allowed'
	/** The trunk of the number lets calls in only from other addresses. */
	| 'address_not_allowed'
	/** The trunk asks for a user name and a password, and the call has others. */
	| 'wrong_credentials'
	/** No rule is for the trunk, and none for all trunks. */
	| 'no_rule'
	/** Rules for the trunk are there, but for other callers. */
	| 'no_rule_for_caller'
	/** Rules for the trunk are there, but for other called numbers. */
	| 'no_rule_for_number'
	/** The PIN that was typed is not one of a rule. */
	| 'wrong_pin'
	/** The caller typed no PIN, and all rules that fit ask for one. */
	| 'no_pin'
	/** The rule names no room, which LiveKit stores, and then the call ends. */
	| 'no_room'
	/** A rule is of a kind that this package does not know. */
	| 'unknown_rule';

/** Why LiveKit fails a call. */
export type ConflictReason =
	/** Two trunks have the number and let the caller in. */
	| 'two_trunks'
	/** No trunk has the number, and two take all numbers. */
	| 'two_trunks_for_all'
	/** Two rules that LiveKit reads for the call exclude each other, even if neither would take this call. */
	| 'two_rules';

/** Why the call comes over no trunk. @param whys of the trunks that have the number or take all, nearest first */
export function withoutTrunk(whys: readonly TrunkWhy[]): RefusalReason {
	if (whys.includes('address_not_allowed')) return 'address_not_allowed';
	return whys.includes('caller_not_allowed') ? 'caller_not_allowed' : 'no_trunk';
}

/** Why the PIN of a call, or that it has none, keeps it from all rules that fit. Undefined if that does not. */
export function withoutPin(whys: readonly RuleWhy[]): RefusalReason | undefined {
	if (whys.includes('other_pin') || whys.includes('asks_no_pin')) return 'wrong_pin';
	return whys.includes('asks_pin') ? 'no_pin' : undefined;
}

/** Why no rule takes a call that comes over a trunk. The rule that came nearest says it. */
export function withoutRule(whys: readonly RuleWhy[]): RefusalReason {
	if (whys.includes('other_number')) return 'no_rule_for_number';
	return whys.includes('other_caller') ? 'no_rule_for_caller' : 'no_rule';
}
