import { createHash } from 'node:crypto';
import type { Row } from '../request/row';
import type { CallSettings } from './settings';

/**
 * How the rooms that Place makes begin. Not `call-`, which LiveKit's documentation gives to inbound calls: Hang Up All
 * must be able to end a campaign and leave the callers alone.
 */
export const freshRoomPrefix = 'outbound-';

function short(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

/** What identifies a call besides its body: the user's contact and attempt, or else execution, node, run and row. */
export function callOrigin(row: Row, { contactKey, attempt }: Pick<CallSettings, 'contactKey' | 'attempt'>): string {
	return JSON.stringify(contactKey === '' ? [row.origin, row.itemIndex] : [row.instance, 'contact', contactKey, attempt]);
}

/**
 * Room and identity of a contact's attempt. They do not hold the key itself, which may be a name or a number: room
 * names stand in logs and dashboards.
 */
export function contactNames(instance: string, contactKey: string, attempt: string | number | null): { readonly room: string; readonly identity: string } {
	const id = short(instance, contactKey, attempt);
	return { room: `${freshRoomPrefix}${id}`, identity: `contact-${id}` };
}

/** A room that no other call has, and the same one on every try of this row. */
export function freshRoom(row: Row): string {
	return `${freshRoomPrefix}${short(row.origin, row.itemIndex)}`;
}

const attemptsToLookAt = 5;

/** The attempts of a contact that could still be running: this one, and the few before it where attempts are counted. */
export function runningAttempts(attempt: string | number | null): Array<string | number | null> {
	if (typeof attempt !== 'number' || !Number.isInteger(attempt)) return [attempt];
	return Array.from({ length: Math.max(1, Math.min(attempt, attemptsToLookAt)) }, (_, back) => attempt - back);
}
