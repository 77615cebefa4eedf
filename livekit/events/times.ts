import type { JsonObject } from '../json';
import { attributeOf } from '../objects/simplify';

/** When a participant joined, in Unix milliseconds; 0 if LiveKit does not say. Older servers tell whole seconds only. */
export function joinedAt(participant: JsonObject): number {
	return Number(participant.joined_at_ms) || Number(participant.joined_at) * 1000 || 0;
}

/** An attribute that holds Unix milliseconds, 0 if it is not there. */
export function timeIn(participant: JsonObject, attribute: string): number {
	return Number(attributeOf(participant, attribute)) || 0;
}

/** LiveKit tells times of jobs and recordings in nanoseconds. */
export function fromNanoseconds(value: unknown): number {
	return Number(value) / 1e6 || 0;
}

/**
 * A Unix time in milliseconds that is not before another one, 0 if it is not known. LiveKit cuts the times of its events off
 * to whole seconds: what happens later in the second of its start would seem to come before it.
 */
export function notBefore(time: number, earlier: number): number {
	return time > 0 ? Math.max(time, earlier) : 0;
}

/** Whole seconds between two Unix times in milliseconds, null if one of them is not known. LiveKit's own ends have whole seconds. */
export function secondsBetween(from: number, to: number): number | null {
	return from > 0 && to > 0 ? Math.max(0, Math.round((to - from) / 1000)) : null;
}
