import type { Rule } from './rule';

/** The room of a call. */
export interface Room {
	/** Without the random end. Empty if the rule names no room; LiveKit then ends the call. */
	readonly name: string;
	/** Whether LiveKit adds an underscore and twelve random letters and digits, so that each call has a room of its own. */
	readonly endsRandom: boolean;
}

// LiveKit counts bytes, which are letters in all numbers and user names that SIP allows.
function shownNumber(caller: string, hidesNumber: boolean): string {
	if (!hidesNumber) return caller;
	return caller.slice(caller.length <= 4 ? -1 : -4);
}

/**
 * The room into which a rule brings a call (livekit/protocol sip/sip.go, EvaluateDispatchRule).
 *
 * @param alwaysRandom see `Reading`
 */
export function roomOf(rule: Rule, called: string, caller: string, alwaysRandom: boolean): Room {
	const endsRandom = rule.isRandom;
	if (rule.kind === 'direct') return { name: rule.room, endsRandom };
	const number = rule.kind === 'callee' ? called : shownNumber(caller, rule.hidesNumber);
	const hasPrefix = rule.room !== '' || (rule.kind === 'individual' && alwaysRandom);
	return { name: hasPrefix ? `${rule.room}_${number}` : number, endsRandom };
}
