import type { Refusal } from '../http/twirp';
import { type CallOutcome, type Ending, type Reason, factsOf } from './reasons';
import { type Reading, readRefusal } from './refusals';
import type { SipStatus } from './sipStatuses';

export type { CallOutcome, Reason, SkipReason } from './reasons';

/** The fate of a dial that was not answered. */
export interface Fate extends Ending {
	readonly sipStatus?: SipStatus;
	/** For people. */
	readonly message: string;
}

function wordsOf({ call, message, advice, sipStatus, carrierSays }: Reading): string {
	if (sipStatus) return carrierSays ?? message;
	const fate = call.outcome === 'unknown' ? `${message}. The phone may have rung` : message;
	return `${fate.replace(/\.$/, '')}. ${advice}`;
}

/**
 * The fate of a dial that LiveKit refused, by what the callee's side said (`meta`), never by the HTTP status. What
 * proves nothing is `unknown`: the phone may be ringing, so it is not for a retry.
 */
export function fateOf(refusal: Refusal): Fate {
	const reading = readRefusal(refusal);
	const { call, sipStatus } = reading;
	return { ...call, ...(sipStatus ? { sipStatus } : {}), message: wordsOf(reading) };
}

/** Whether nothing was sent for a reason that every other row of the run would meet too. */
export function isSystemic({
	outcome,
	reason,
}: {
	readonly outcome: CallOutcome;
	readonly reason: Reason | null;
}): boolean {
	return reason !== null && factsOf(outcome, reason)?.systemic === true;
}
