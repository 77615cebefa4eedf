import type { CallOutcome } from '../../../livekit/outcome/call';
import type { Cancellation } from '../rows/cancellation';

/** How fast and how many at once, as the form says; 0 is no limit. */
export interface Pace {
	readonly perSecond: number;
	readonly atOnce: number;
}

/** Fewer calls per second are refused: everybody on the lane waits for the gap of the one in front. */
export const leastPerSecond = 1 / 600;

/** A turn that was taken, by the clock that is never set back. */
interface Taken {
	at: number;
	/** Whether that is when it was due, and a timer let it come a little later. */
	late: boolean;
	/** Milliseconds that its taker keeps between calls. */
	readonly gap: number;
	/** False once it is known that no phone can have rung. */
	counts: boolean;
}

/** Somebody in the line of a lane. */
interface Waiting {
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
	/** Milliseconds added to every gap after the carrier asked to slow down. */
	slowed: number;
	/** When it last asked. */
	slowedAt: number;
	/** Until when nobody is called, and another wish to slow down counts as the same one. */
	pausedUntil: number;
	freed: Promise<void>;
	free: () => void;
}

const lanes = new Map<string, Lane>();
const mostLanes = 1000;

const longestGapMs = 1000 / leastPerSecond;
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

function lastTurn(lane: Lane): number {
	return lane.taken.at(-1)?.at ?? -Infinity;
}

function idle(lane: Lane, now: number): boolean {
	const neededUntil = Math.max(lastTurn(lane) + longestGapMs, lane.slowedAt + forgottenAfterMs);
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
		slowed: 0,
		slowedAt: -Infinity,
		pausedUntil: -Infinity,
		freed: Promise.resolve(),
		free: () => {},
	};
	renew(lane);
	lanes.set(name, lane);
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

/** The right to dial now. */
export interface Turn {
	/** The dial begins: the gap of the next caller counts from here if that is noticeably later than the turn. */
	begin(): void;
	/** What came of it is known. If it does not count, nobody has to wait for it: no phone can have rung. */
	end(counts: boolean): void;
}

const noTurn: Turn = { begin: () => {}, end: () => {} };

function turnAt(lane: Lane, gap: number, at: number, late: boolean): Turn {
	const mark: Taken = { at, late, gap, counts: true };
	lane.taken.push(mark);
	return {
		begin() {
			const place = lane.taken.indexOf(mark);
			if (place < 0 || performance.now() - mark.at <= catchUpMs) return;
			lane.taken.splice(place, 1);
			Object.assign(mark, { at: performance.now(), late: false });
			lane.taken.push(mark);
			lookAgain(lane);
		},
		end(counts) {
			mark.counts = counts;
			const place = lane.taken.indexOf(mark);
			if (!counts) {
				if (place >= 0) lane.taken.splice(place, 1);
				lookAgain(lane);
			} else if (place > 0) {
				const now = performance.now();
				const before = lane.taken.splice(0, place);
				lane.taken.unshift(...before.filter((turn) => turn.at + turn.gap > now));
			}
		},
	};
}

/** When somebody's own gap is over, counted from the last call that was there when they came. */
function ownDue({ gap, behind }: Pick<Waiting, 'gap' | 'behind'>): number {
	return behind.reduce(
		(due, { counts, at }) => (counts ? Math.max(due, at + gap) : due),
		-Infinity,
	);
}

/** Puts those first who are due first, or else who came first, and lets the one in front look at the time again. */
function sortLine({ line }: Lane): void {
	const whenDue = ({ asked, due }: Waiting) => Math.max(asked, due);
	line.sort((one, other) => whenDue(one) - whenDue(other) || one.ticket - other.ticket);
	line[0]?.wake();
}

/** After a turn has moved or does not count. */
function lookAgain(lane: Lane): void {
	for (const waiting of lane.line) waiting.due = ownDue(waiting);
	sortLine(lane);
}

/**
 * When whoever is first in line may dial: after their own gap, and not sooner after a call that was made meanwhile than the
 * quicker of the two allows. So nobody waits for the gap of somebody slower, and a slow one does not wait for ever behind
 * quick ones.
 */
function dueAt(lane: Lane, first: Waiting): number {
	const afterOthers = lane.taken.map(({ at, gap }) => at + Math.min(first.gap, gap));
	const isSlow = performance.now() < lane.slowedAt + forgottenAfterMs;
	const due = Math.max(first.due, ...afterOthers, lastTurn(lane)) + (isSlow ? lane.slowed : 0);
	return Math.max(due, lane.pausedUntil);
}

/**
 * Takes the turn. Over short gaps the lateness of timers would add up, so that a turn counts from when it was due if a
 * timer, and not the caller, was late: for this turn, or for the last one, which is still being made up for.
 */
function takeNow(
	lane: Lane,
	gap: number,
	{ due, now, slept }: { readonly due: number; readonly now: number; readonly slept: boolean },
): Turn {
	const makesUp = slept || lane.taken.at(-1)?.late === true;
	const late = makesUp && gap < shortGapMs && due < now && now - due <= catchUpMs;
	return turnAt(lane, gap, late ? due : now, late);
}

/**
 * Waits in line for the next turn of a lane, or until the execution is cancelled. Whoever is first in line looks again
 * whenever it wakes up, so that a turn is never given in advance: it may be due earlier, because a turn did not count, or
 * later, because the carrier asked to slow down.
 *
 * @returns the turn; if the execution was cancelled, one that is no turn
 */
export async function takeTurn(lane: Lane, perSecond: number, cancel: Cancellation): Promise<Turn> {
	const gap = perSecond > 0 ? 1000 / perSecond : 0;
	const asked = performance.now();
	const behind = lane.taken.filter(({ at }) => at + gap > asked);
	const due = ownDue({ gap, behind });
	const me: Waiting = { asked, gap, behind, due, ticket: lane.came++, wake: () => {} };
	lane.line.push(me);
	sortLine(lane);
	let sleptUntil = Number.NaN;
	try {
		while (!cancel.happened()) {
			const woken = new Promise<void>((resolve) => {
				me.wake = resolve;
			});
			const [now, turn] = [performance.now(), dueAt(lane, me)];
			if (lane.line[0] !== me) await cancel.orUntil(woken);
			else if (turn > now) {
				sleptUntil = turn;
				await Promise.race([woken, cancel.orAfter(Math.ceil(turn - now))]);
			} else {
				return takeNow(lane, gap, { due: turn, now, slept: turn === sleptUntil });
			}
		}
		return noTurn;
	} finally {
		lane.line.splice(lane.line.indexOf(me), 1);
		lane.line[0]?.wake();
	}
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
	const before = now < lane.slowedAt + forgottenAfterMs ? lane.slowed : 0;
	lane.slowed = Math.min(Math.max(before * 2, shortestSlowMs), longestSlowMs);
	lane.slowedAt = now;
	lane.pausedUntil = now + lane.slowed;
}
