import { createHash } from 'node:crypto';
import type { Row } from '../rows/row';
import type { CallSettings } from './settings';

/**
 * The names of rooms that Place makes begin with it. Not `call-`, which LiveKit's documentation uses for inbound calls:
 * Hang Up All must be able to end a campaign and leave callers alone.
 */
export const freshRoomPrefix = 'outbound-';

function short(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

/** What identifies a call besides its body: the user's contact and attempt, or else execution, node, run and row. */
export function callOrigin(
	row: Row,
	{ contactKey, attempt }: Pick<CallSettings, 'contactKey' | 'attempt'>,
): string {
	return JSON.stringify(
		contactKey === '' ? [row.origin, row.itemIndex] : [row.home, 'contact', contactKey, attempt],
	);
}

/**
 * Room and identity of a contact's attempt. They hide the key, which may be a name or a number: room names appear in logs
 * and dashboards.
 */
export function contactNames(
	home: string,
	contactKey: string,
	attempt: string | number | null,
): { readonly room: string; readonly identity: string } {
	const id = short(home, contactKey, attempt);
	return { room: `${freshRoomPrefix}${id}`, identity: `contact-${id}` };
}

/** A room of this row alone, the same on every try. */
export function freshRoom(row: Row): string {
	return `${freshRoomPrefix}${short(row.origin, row.itemIndex)}`;
}

const attemptsBefore = 3;

/** The attempts of a contact that could be running: this one, and those around it if attempts are counted. */
export function runningAttempts(attempt: string | number | null): Array<string | number | null> {
	if (typeof attempt !== 'number' || !Number.isInteger(attempt)) return [attempt];
	const earlier = Array.from({ length: attemptsBefore }, (_, back) => attempt - 1 - back);
	return [attempt, ...earlier.filter((one) => one > 0), attempt + 1];
}

/** A number that is the same for every call of a contact's attempt, to choose among caller IDs. */
export function contactTurn(contactKey: string, attempt: string | number | null): number {
	return Number.parseInt(short(contactKey, attempt).slice(0, 8), 16);
}
