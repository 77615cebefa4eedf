/** What came of a call, as a breaker looks at it. */
export interface Counted {
	/** By the clock that is never set back, in milliseconds. */
	readonly at: number;
	readonly failed: boolean;
	/** Which row of which run of a node it is: its tries are one call. */
	readonly row: string;
	/** In which a person knows the call again, for messages. */
	readonly words: string;
}

/** From which share of failures on no more calls are made. */
export interface FailureRate {
	/** More than 0, up to 100. */
	readonly percent: number;
	/** How many calls there must have been. */
	readonly atLeast: number;
	readonly withinMs: number;
}

/** A breaker that is open. */
export interface Tripped {
	/** Calls of the last minutes, the oldest first. */
	readonly calls: readonly Counted[];
	/** When calling goes on, by the same clock. */
	readonly until: number;
}

/** The longest time over which failures are counted. */
export const longestWindowMs = 3_600_000;
const mostKept = 5000;

/** Notes what came of the call of a row, once: a later try counts only if it came to something else. Of very many calls the newest are kept. */
export function noteCall(recent: Counted[], call: Counted): void {
	const earlier = recent.findIndex(({ row }) => row === call.row);
	if (recent[earlier]?.failed === call.failed) return;
	if (earlier >= 0) recent.splice(earlier, 1);
	recent.push(call);
	const old = recent.findIndex(({ at }) => at > call.at - longestWindowMs);
	recent.splice(0, Math.max(old, recent.length - mostKept));
}

function isOver(calls: readonly Counted[], { percent, atLeast }: FailureRate): boolean {
	const failures = calls.filter(({ failed }) => failed).length;
	return calls.length >= atLeast && failures * 100 >= percent * calls.length;
}

/**
 * Whether too many of the last calls failed. Calls leave the window as time goes by: once too few are left, or enough of
 * the others were none, calling goes on, with one call for each that has left.
 *
 * @param recent what came of calls, the oldest first
 * @param now by the same clock as theirs
 */
export function trippedBy(
	recent: readonly Counted[],
	rate: FailureRate,
	now: number,
): Tripped | undefined {
	const calls = recent.filter(({ at }) => at > now - rate.withinMs);
	if (!isOver(calls, rate)) return undefined;
	let left = 1;
	while (isOver(calls.slice(left), rate)) left++;
	return { calls, until: calls[left - 1].at + rate.withinMs };
}
