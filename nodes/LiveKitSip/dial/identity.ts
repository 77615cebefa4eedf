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
	{ contact, attempt }: Pick<CallSettings, 'contact' | 'attempt'>,
): string {
	return JSON.stringify(
		contact === '' ? [row.origin, row.itemIndex] : [row.home, 'contact', contact, attempt],
	);
}

/** Room and identity of a contact's attempt, and how those of all its attempts begin. */
export interface ContactNames {
	readonly room: string;
	readonly identity: string;
	readonly anyRoom: string;
	readonly anyIdentity: string;
}

/**
 * Names by which the calls of a contact are found, whichever attempt they are. They hide the key, which may be a name or a
 * number: room names appear in logs and dashboards.
 */
export function contactNames(
	home: string,
	{ contact, attempt }: Pick<CallSettings, 'contact' | 'attempt'>,
): ContactNames {
	const any = short(home, contact);
	const [anyRoom, anyIdentity] = [`${freshRoomPrefix}${any}-`, `contact-${any}-`];
	const id = short(home, contact, attempt).slice(0, 12);
	return { room: `${anyRoom}${id}`, identity: `${anyIdentity}${id}`, anyRoom, anyIdentity };
}

/** A room of this row alone, the same on every try. */
export function freshRoom(row: Row): string {
	return `${freshRoomPrefix}${short(row.origin, row.itemIndex)}`;
}

/** A number that is the same for every call of a contact's attempt, to choose among caller IDs. */
export function contactTurn({
	contact,
	attempt,
}: Pick<CallSettings, 'contact' | 'attempt'>): number {
	return Number.parseInt(short(contact, attempt).slice(0, 8), 16);
}
