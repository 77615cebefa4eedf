import { createHmac, hash } from 'node:crypto';
import type { JsonObject } from '../json';
import { HIDDEN, type FieldValues, SECRET_MARK } from './fieldValues';

/** Length of the fingerprint of one field: 36 bits, so one change in 69 billion goes unseen. */
export const FIELD_LENGTH = 6;

/** Length of the fingerprint of a whole object: 48 bits. */
export const OBJECT_LENGTH = 8;

/** Stands for a secret that the server does not show; no fingerprint holds this character. */
export const HIDDEN_PRINT = '~'.repeat(FIELD_LENGTH);

/** Path of a field to its fingerprint. */
export type Prints = ReadonlyMap<string, string>;

/** Fingerprints under one API secret. */
export interface Fingerprinter {
	/** Tells whether two states were made under the same API secret. */
	readonly key: string;
	/** Of an object as the server wrote it, secrets included. */
	object(written: object): string;
	/** Of each field of an object. */
	fields(id: string, values: FieldValues): Prints;
}

function keyed(secret: string, text: string, length: number): string {
	return createHmac('sha256', secret).update(text).digest('base64url').slice(0, length);
}

function plain(content: string, length: number): string {
	return hash('sha256', content, 'base64url').slice(0, length);
}

/**
 * Fingerprints that a state may hold: short, and without a way back to a secret.
 *
 * A password or a 4-digit PIN could be found from a plain hash by trying, so all that covers a secret is an HMAC under
 * the API secret. It holds the id, so that equal PINs of two rules do not show as equal.
 */
export function fingerprinter(apiSecret: string): Fingerprinter {
	const objectKey = createHmac('sha256', apiSecret)
		.update('livekit-sip-trigger whole object')
		.digest('base64url');
	return {
		key: keyed(apiSecret, 'livekit-sip-trigger', OBJECT_LENGTH),
		// Key and text in one hash, of which a quarter is kept, so that nothing can be appended to it: an HMAC for each of
		// 10,000 objects would be half of the cost of a poll.
		object: (written) => plain(objectKey + JSON.stringify(written), OBJECT_LENGTH),
		fields(id, values) {
			const prints = new Map<string, string>();
			for (const [path, text] of values) {
				if (text === HIDDEN) prints.set(path, HIDDEN_PRINT);
				else if (path.endsWith(SECRET_MARK))
					prints.set(path, keyed(apiSecret, JSON.stringify([id, path, text]), FIELD_LENGTH));
				else prints.set(path, plain(text, FIELD_LENGTH));
			}
			return prints;
		},
	};
}

/**
 * Names of the fields that differ, sorted.
 *
 * @param sameKey whether both were made under one API secret; otherwise two secrets cannot be compared
 */
export function changedFields(before: Prints, after: Prints, sameKey: boolean): string[] {
	const changed = new Set<string>();
	for (const path of new Set([...before.keys(), ...after.keys()])) {
		const [old, now] = [before.get(path), after.get(path)];
		const secret = path.endsWith(SECRET_MARK);
		const incomparable =
			secret &&
			old !== undefined &&
			now !== undefined &&
			(!sameKey || old === HIDDEN_PRINT || now === HIDDEN_PRINT);
		if (old !== now && !incomparable)
			changed.add(secret ? path.slice(0, -SECRET_MARK.length) : path);
	}
	return [...changed].sort();
}

/**
 * The id of an event: the same whenever the same change is seen again from the same state, another one for every other
 * change that follows in this state.
 *
 * A state begun anew counts revisions from 0 again, so an equal change can have an earlier one's id; and an older state
 * that sees two changes as one gives that one an id of its own. An epoch in the state would cure the first and take away
 * that replays give the same ids.
 *
 * The revision sets apart a rule that is changed there and back again, the content a replay in which more had happened,
 * and LiveKit's own time of the change (where the server tells one) a replay in which it happened once more.
 */
export function eventId(
	server: string,
	kind: string,
	id: string,
	revision: number,
	event: string,
	content: Prints,
	object: JsonObject | undefined,
): string {
	const fields = [...content].map(([path, print]) => `${path}=${print}`).sort();
	const text = JSON.stringify([
		server,
		kind,
		id,
		revision,
		event,
		fields,
		object?.updated_at ?? null,
	]);
	return hash('sha256', text).slice(0, 32);
}

/** Stands in a state for a server: its URL, shortened. */
export function serverPrint(baseUrl: string): string {
	return plain(baseUrl, OBJECT_LENGTH);
}
