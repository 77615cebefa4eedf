import type { Cancellation } from '../rows/cancellation';

/** How fast and how many at once, as the form says; 0 is no limit. */
export interface Pace {
	readonly perSecond: number;
	readonly atOnce: number;
}

/** What all executions of this n8n process share for one server and trunk. */
export interface Lane {
	running: number;
	/** When the next call may start, by the clock that is never set back. */
	next: number;
	/** Milliseconds added to every gap after the carrier asked to slow down. */
	slowed: number;
	/** Until when another wish to slow down counts as the same one. */
	slowedUntil: number;
	freed: Promise<void>;
	free: () => void;
}

const lanes = new Map<string, Lane>();
const mostLanes = 1000;

const forgottenAfterMs = 300_000;
const shortestSlowMs = 1000;
const longestSlowMs = 30_000;
// Timers are late by a few milliseconds, which would add up over many short gaps.
const shortGapMs = 200;
const catchUpMs = 50;

function renew(lane: Lane): void {
	lane.freed = new Promise((resolve) => {
		lane.free = resolve;
	});
}

function idle(lane: Lane, now: number): boolean {
	return lane.running === 0 && lane.next + (lane.slowed > 0 ? forgottenAfterMs : 0) < now;
}

/** The lane of a server and trunk. */
export function laneOf(key: string): Lane {
	const known = lanes.get(key);
	if (known) return known;
	if (lanes.size >= mostLanes)
		for (const [name, lane] of lanes) if (idle(lane, performance.now())) lanes.delete(name);
	const lane: Lane = {
		running: 0,
		next: 0,
		slowed: 0,
		slowedUntil: 0,
		freed: Promise.resolve(),
		free: () => {},
	};
	renew(lane);
	lanes.set(key, lane);
	return lane;
}

/**
 * Waits until a lane has room for one more simultaneous call, or until the execution is cancelled, and counts the call.
 *
 * @returns ends the counting; calling it again does nothing
 */
export async function takeSlot(
	lane: Lane,
	atOnce: number,
	cancel: Cancellation,
): Promise<() => void> {
	while (atOnce > 0 && lane.running >= atOnce && !cancel.happened())
		await cancel.orUntil(lane.freed);
	lane.running++;
	let held = true;
	return () => {
		if (!held) return;
		held = false;
		lane.running--;
		lane.free();
		renew(lane);
	};
}

/** Waits for the next turn of a lane, or until the execution is cancelled. Turns are given in the order of asking. */
export async function takeTurn(lane: Lane, perSecond: number, cancel: Cancellation): Promise<void> {
	const now = performance.now();
	const gap = (perSecond > 0 ? 1000 / perSecond : 0) + lane.slowed;
	const turn = Math.max(lane.next, gap < shortGapMs ? now - catchUpMs : now);
	lane.next = turn + gap;
	if (turn > now) await cancel.orAfter(turn - now);
	// A cancelled call leaves its turn to others.
	if (cancel.happened()) lane.next -= gap;
}

/** Slows a lane down when the carrier or LiveKit asks for it, and lets it recover with every other answer. */
export function adapt(lane: Lane, asksToSlowDown: boolean): void {
	const now = performance.now();
	if (!asksToSlowDown) lane.slowed = lane.slowed > shortestSlowMs ? lane.slowed / 2 : 0;
	else if (now >= lane.slowedUntil) {
		// Calls that were under way together ask for it once, not once each.
		lane.slowed = Math.min(Math.max(lane.slowed * 2, shortestSlowMs), longestSlowMs);
		lane.slowedUntil = now + lane.slowed;
		lane.next = Math.max(lane.next, lane.slowedUntil);
	}
}
