import type { CallOutcome, Reason } from './reasons';

/** What is known of a call that was asked for, or of a row that was not called. */
export interface Rung {
	readonly outcome: CallOutcome;
	readonly reason: Reason | null;
	/** Seconds from the request to its answer; null if LiveKit was not asked for a call. */
	readonly ring_seconds: number | null;
}

/** `late`: not if the carrier said no at once, which it does before it looks for the phone. */
type Rings = boolean | 'late';

// By what the other side of a call can do before it says this. A busy line may be a callee who pressed the red button.
const byOutcome: Readonly<Record<CallOutcome, Rings>> = {
	answered: true,
	dialing: true,
	busy: true,
	declined: true,
	no_answer: true,
	unknown: true,
	invalid_number: 'late',
	blocked: 'late',
	rate_limited: 'late',
	carrier_error: 'late',
	not_sent: false,
	skipped: false,
};

const byReason: Readonly<Partial<Record<Reason, Rings>>> = {
	// The callee has picked up.
	failed_after_answer: true,
	// 607 is what a phone says whose owner marks the call as unwanted.
	callee_blocks: true,
	// Asked for a password, the carrier has not looked at the number yet.
	trunk_credentials: false,
	// LiveKit, or what stands in front of it, has passed nothing on.
	livekit_limit: false,
	gateway_limit: false,
};

/** LiveKit does not tell whether a phone rang before a carrier refused. A no that took this many seconds may come after it. */
const lateSeconds = 3;

/**
 * Whether a phone may have rung for a row, whatever came of it and whoever is to blame: what a limit on calls to a person
 * has to count. In doubt it may have.
 */
export function mayHaveRung({ outcome, reason, ring_seconds: seconds }: Rung): boolean {
	const rings = (reason === null ? undefined : byReason[reason]) ?? byOutcome[outcome];
	return rings === 'late' ? seconds !== null && seconds >= lateSeconds : rings;
}

const onTheLine: ReadonlySet<CallOutcome> = new Set(['answered', 'dialing', 'unknown']);

/** Whether somebody is on the line after a call was asked for, or may be: its agent and its caller ID are still needed. */
export function mayBeOnTheLine(outcome: CallOutcome): boolean {
	return onTheLine.has(outcome);
}
