import { createHmac, hash } from 'node:crypto';
import type { JsonObject } from '../json';
import { HIDDEN, type FieldValues, SECRET_MARK } from './fieldValues';

/** Length of the fingerprint of a field: 36 bits, so that one change in 69 billion goes unnoticed. */
export const FIELD_LENGTH = 6;

/** Length of the fingerprint of an object: 48 bits. */
export const OBJECT_LENGTH = 8;

/** Stands for a secret that the server does not show. No fingerprint holds this character. */
export const HIDDEN_PRINT = '~'.repeat(FIELD_LENGTH);

/** Fingerprints of fields, by path. */
export type Prints = ReadonlyMap<string, string>;

/** Makes fingerprints under one API secret. */
export interface Fingerprinter {
	/** Fingerprint of the API secret itself: tells whether two states were made under the same one. */
	readonly key: string;
	/** Fingerprint of an object as the server wrote it, including its secrets. */
	object(written: object): string;
	/** Fingerprint of each field of an object. */
	fields(id: string, values: FieldValues): Prints;
}

function keyed(secret: string, text: string, length: number): string {
	return createHmac('sha256', secret).update(text).digest('base64url').slice(0, length);
}

function plain(content: string, length: number): string {
	return hash('sha256', content, 'base64url').slice(0, length);
}

/**
 * Makes fingerprints that a state may hold: they are short, and no secret can be found from them.
 *
 * Trying all possibilities would find a 4-digit PIN from its plain hash. So every fingerprint that covers a secret is keyed
 * with the API secret. Fingerprints of secrets also cover the ID of the object, so that equal PINs of two rules differ.
 */
export function fingerprinter(apiSecret: string): Fingerprinter {
	const objectKey = createHmac('sha256', apiSecret)
		.update('livekit-sip-trigger whole object')
		.digest('base64url');
	return {
		key: keyed(apiSecret, 'livekit-sip-trigger', OBJECT_LENGTH),
		// One hash over key and text: an HMAC would take three times as long, 20 ms more for 10,000 objects. Only a quarter of
		// the hash is kept, so nobody can extend it.
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
 * Finds the fields that differ, sorted by path.
 *
 * @param sameKey whether both sides were made under the same API secret; if not, secrets cannot be compared
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
 * Makes the ID of an event. The same change, seen again from the same state, gets the same ID. Any other change that
 * follows from this state gets another one.
 *
 * The revision tells a change from the same change made again after it was undone. The content tells a replay in which more
 * has happened by now, and so does LiveKit's time of the change, if the server sets one.
 *
 * Two limits remain. A state that begins anew counts revisions from 0, so an equal change may get the ID of an earlier one.
 * An older state that sees two changes as one gives that one an ID of its own. An epoch in the state would remove the first
 * limit, but then replays would no longer give the same IDs.
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

/** Fingerprint of a server's URL. */
export function serverPrint(baseUrl: string): string {
	return plain(baseUrl, OBJECT_LENGTH);
}
