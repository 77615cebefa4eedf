import type { Row } from '../rows/row';
import { type Running, seeCall } from './follow';
import { Signal } from './signal';

/** A caller ID in use, by a call of this n8n process. */
interface Live {
	/** The call, once nobody waits for its end any more. */
	left?: Pick<Running, 'room' | 'identity' | 'participantId'>;
	/** When the call is over at the latest, by the clock that is never set back. */
	until: number;
	lookedAt: number;
}

// One registry for all executions, by server, API key and number.
const live = new Map<string, Live>();
const freed = new Signal();

/** Settles when the next caller ID becomes free. */
export function nextFreed(): Promise<void> {
	return freed.next();
}

/** Takes a caller ID, unless a call is using it. Nothing is awaited: of two rows one has it. */
export function takeCaller(key: string): boolean {
	if (live.has(key)) return false;
	live.set(key, { until: Infinity, lookedAt: -Infinity });
	return true;
}

/** Frees a caller ID whose call is over. */
export function freeCaller(key: string): void {
	live.delete(key);
	freed.give();
}

/**
 * Leaves a caller ID to a call that goes on, or may: nobody waits for its end.
 *
 * @param longest seconds after which LiveKit ends the call
 */
export function leaveCaller(key: string, call: Live['left'], longest: number): void {
	live.set(key, {
		left: call,
		until: performance.now() + longest * 1000,
		lookedAt: -Infinity,
	});
	// Whoever waits may look now whether the call goes on.
	freed.give();
}

const pauseMs = 1000;

/** Frees a caller ID if the call that was left with it is over. LiveKit is asked once a second at most. */
export async function freeIfOver(key: string, row: Row): Promise<void> {
	const found = live.get(key);
	const now = performance.now();
	if (!found?.left || now - found.lookedAt < pauseMs) return;
	found.lookedAt = now;
	const isOver = now > found.until || (await seeCall(row, found.left)) === 'gone';
	// Another row may have freed and taken it meanwhile.
	if (isOver && live.get(key) === found) freeCaller(key);
}
