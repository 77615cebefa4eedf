import type { CallOutcome } from '../../../livekit/outcome/call';
import type { Cancellation } from '../rows/cancellation';
import { type Counted, longestWindowMs } from './failureRate';
import { patient } from './patience';
import { Signal } from './signal';

/** How fast and how many at once, as the form says; 0 is no limit. */
export interface Pace {
	readonly perSecond: number;
	readonly atOnce: number;
	/** Seconds from the beginning of the run in which rows wait for place and turn; Infinity for as long as it takes. */
	readonly giveUpAfter: number;
}

/** Fewer calls per second are refused: the row would wait longer than anybody means it to. */
export const leastPerSecond = 1 / 600;

/** A turn that was taken, by the clock that is never set back. */
export interface Taken {
	at: number;
	/** Whether that is when it was due, and a timer let it come a little later. */
	late: boolean;
	/** Milliseconds that its taker keeps between calls. */
	readonly gap: number;
	/** False once it is known that no phone can have rung. */
	counts: boolean;
}

/** Somebody in the line of a lane. */
export interface Waiting {
	/** When it came. */
	readonly asked: number;
	/** Milliseconds between calls. */
	readonly gap: number;
	/** The turns that were there when this one came, and that its gap has to be kept to. */
	readonly behind: readonly Taken[];
	/** When its own gap is over, see `ownDue`. */
	due: number;
	/** Counts those who came. */
	readonly ticket: number;
	wake: () => void;
}

/** What all executions of this n8n process share for one server, API key and trunk. */
export interface Lane {
	running: number;
	/** Who waits for a turn, in the order in which they are due. Only the first one looks at the time. */
	readonly line: Waiting[];
	/** How many have come. */
	came: number;
	/** The turns that were taken, the newest last. Once one counts, those before it are forgotten whose own gap is over. */
	readonly taken: Taken[];
	/** What came of the calls of the last minutes, the oldest first. */
	readonly recent: Counted[];
	/** Milliseconds added to every gap after the carrier asked to slow down. */
	slowed: number;
	/** When it last asked. */
	slowedAt: number;
	/** Until when nobody is called, and another wish to slow down counts as the same one. */
	pausedUntil: number;
	/** Given when one of its calls is over. */
	readonly freed: Signal;
}

const lanes = new Map<string, Lane>();
const mostLanes = 1000;

const longestGapMs = 1000 / leastPerSecond;
const forgottenAfterMs = 300_000;
const shortestSlowMs = 1000;
const longestSlowMs = 30_000;

/** When the last turn was taken, by the clock that is never set back. */
export function lastTurn(lane: Lane): number {
	return lane.taken.at(-1)?.at ?? -Infinity;
}

function idle(lane: Lane, now: number): boolean {
	const lastCall = lane.recent.at(-1)?.at ?? -Infinity;
	const neededUntil = Math.max(
		lastTurn(lane) + longestGapMs,
		lane.slowedAt + forgottenAfterMs,
		lastCall + longestWindowMs,
	);
	return lane.running === 0 && lane.line.length === 0 && neededUntil < now;
}

/** The lane of that name, which must hold no secret. */
export function laneOf(name: string): Lane {
	const known = lanes.get(name);
	if (known) return known;
	if (lanes.size >= mostLanes)
		for (const [other, lane] of lanes) if (idle(lane, performance.now())) lanes.delete(other);
	const lane: Lane = {
		running: 0,
		line: [],
		came: 0,
		taken: [],
		recent: [],
		slowed: 0,
		slowedAt: -Infinity,
		pausedUntil: -Infinity,
		freed: new Signal(),
	};
	lanes.set(name, lane);
	return lane;
}

/**
 * Waits until a lane has room for one more simultaneous call, or until the execution is cancelled, and counts the call.
 *
 * @returns ends the counting, calling it again does nothing; undefined if there was no room in time
 */
export async function takeSlot(
	lane: Lane,
	atOnce: number,
	cancel: Cancellation,
	patience = patient(cancel),
): Promise<(() => void) | undefined> {
	while (atOnce > 0 && lane.running >= atOnce && !cancel.happened()) {
		if (patience.isOver()) return undefined;
		await patience.orUntil(lane.freed.next());
	}
	lane.running++;
	let held = true;
	return () => {
		if (!held) return;
		held = false;
		lane.running--;
		lane.freed.give();
	};
}

// What a carrier says of a callee shows that it lets calls through. Its own faults do not, nor does LiveKit's word that it
// is dialling.
const shows: Readonly<Record<CallOutcome, 'way' | 'limit' | 'nothing'>> = {
	answered: 'way',
	busy: 'way',
	declined: 'way',
	no_answer: 'way',
	invalid_number: 'way',
	blocked: 'nothing',
	carrier_error: 'nothing',
	dialing: 'nothing',
	not_sent: 'nothing',
	skipped: 'nothing',
	unknown: 'nothing',
	rate_limited: 'limit',
};

/** Milliseconds that are added to every gap now. */
export function slownessOf({ slowed, slowedAt }: Lane): number {
	return performance.now() < slowedAt + forgottenAfterMs ? slowed : 0;
}

/**
 * Slows a lane down when the carrier or LiveKit asks for it, and lets it recover with each call that gets through. After
 * five minutes in which nobody asked, the lane is as fast as before.
 */
export function adapt(lane: Lane, outcome: CallOutcome): void {
	const now = performance.now();
	if (shows[outcome] === 'way' && lane.slowed > 0) {
		lane.slowed = lane.slowed > shortestSlowMs ? lane.slowed / 2 : 0;
		lane.line[0]?.wake();
	}
	// Calls that were under way together ask for it once, not once each.
	if (shows[outcome] !== 'limit' || now < lane.pausedUntil) return;
	lane.slowed = Math.min(Math.max(slownessOf(lane) * 2, shortestSlowMs), longestSlowMs);
	lane.slowedAt = now;
	lane.pausedUntil = now + lane.slowed;
}
