import type { Cancellation } from '../rows/cancellation';
import { patient } from './patience';
import { type Lane, type Taken, type Waiting, lastTurn, slownessOf } from './pace';

// Timers are late by a few milliseconds, which would add up over many short gaps.
const shortGapMs = 200;
const catchUpMs = 50;

/** The right to dial now. */
export interface Turn {
	/** False if it is none: the execution was cancelled, or it did not come in time. */
	readonly given: boolean;
	/** The dial begins: the gap of the next caller counts from here if that is noticeably later than the turn. */
	begin(): void;
	/** What came of it is known. If it does not count, nobody has to wait for it: no phone can have rung. */
	end(counts: boolean): void;
}

const noTurn: Turn = { given: false, begin: () => {}, end: () => {} };

function turnAt(lane: Lane, gap: number, at: number, late: boolean): Turn {
	const mark: Taken = { at, late, gap, counts: true };
	lane.taken.push(mark);
	return {
		given: true,
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
	const due = Math.max(first.due, ...afterOthers, lastTurn(lane)) + slownessOf(lane);
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
 * @returns the turn; if the execution was cancelled, or none came in time, one that is not given
 */
export async function takeTurn(
	lane: Lane,
	perSecond: number,
	cancel: Cancellation,
	patience = patient(cancel),
): Promise<Turn> {
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
			const isFirst = lane.line[0] === me;
			if (isFirst && turn <= now)
				return takeNow(lane, gap, { due: turn, now, slept: turn === sleptUntil });
			if (patience.isOver()) return noTurn;
			if (isFirst) {
				sleptUntil = turn;
				await patience.orUntil(Promise.race([woken, cancel.orAfter(Math.ceil(turn - now))]));
			} else await patience.orUntil(woken);
		}
		return noTurn;
	} finally {
		lane.line.splice(lane.line.indexOf(me), 1);
		lane.line[0]?.wake();
	}
}
