import { createHmac, hash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../json';
import { HIDDEN, type FieldValues, SECRET_MARK } from './fieldValues';

/**
 * Length of the fingerprint of a field: 36 bits, so that one change in 69 billion goes unnoticed. Two texts that share one can
 * be searched for only by who knows the salt.
 */
export const FIELD_LENGTH = 6;

/** Length of the fingerprint of an object: 48 bits. */
export const OBJECT_LENGTH = 8;

/** Stands for a secret that the server does not show. No fingerprint holds this character. */
export const HIDDEN_PRINT = '~'.repeat(FIELD_LENGTH);

/** Fingerprints of fields, by path. */
export type Prints = ReadonlyMap<string, string>;

/** Makes fingerprints under one API secret and one salt. */
export interface Fingerprinter {
	/** Fingerprint of the API secret itself: tells whether two states were made under the same one. */
	readonly key: string;
	/** Fingerprint of an object as the server wrote it, including its secrets. */
	object(written: object): string;
	/** Fingerprint of each field of an object. */
	fields(id: string, values: FieldValues): Prints;
	/** What an object holds, for the ID of an event: the same whatever the salt, and no secret can be found from it. */
	content(id: string, values: FieldValues): string;
}

const saltBytes = 12;

/**
 * A salt for a new state. Without one, whoever may name a room or a trunk could search for two names with the same fingerprint
 * (1.2 seconds for 36 bits), and the trigger would not see the change from one to the other.
 */
export function newSalt(): string {
	return randomBytes(saltBytes).toString('base64url');
}

function keyed(secret: string, text: string, length?: number): string {
	return createHmac('sha256', secret).update(text).digest('base64url').slice(0, length);
}

function plain(content: string, length?: number): string {
	return hash('sha256', content, 'base64url').slice(0, length);
}

/**
 * Makes fingerprints that a state may hold: they are short, and no secret can be found from them.
 *
 * Trying all possibilities would find a 4-digit PIN from its plain hash. So every fingerprint that covers a secret is keyed
 * with the API secret. Fingerprints of secrets also cover the ID of the object, so that equal PINs of two rules differ.
 *
 * @param salt of the state that the fingerprints are compared with
 */
export function fingerprinter(apiSecret: string, salt: string): Fingerprinter {
	const objectKey = keyed(apiSecret, `livekit-sip-trigger whole object ${salt}`);
	const secretText = (id: string, path: string, text: string) => JSON.stringify([id, path, text]);
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
					prints.set(path, keyed(apiSecret, salt + secretText(id, path, text), FIELD_LENGTH));
				else prints.set(path, plain(salt + text, FIELD_LENGTH));
			}
			return prints;
		},
		content(id, values) {
			const fields = [...values].map(([path, text]): [string, string | null] => {
				if (text === HIDDEN) return [path, null];
				const secret = path.endsWith(SECRET_MARK);
				return [path, secret ? keyed(apiSecret, secretText(id, path, text)) : text];
			});
			return plain(JSON.stringify(fields.sort(([left], [right]) => (left < right ? -1 : 1))));
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
 * Makes the ID of an event. It does not hang on the salt of a state. The same change, seen again from the same state, gets the same ID. Any other change that
 * follows from this state gets another one.
 *
 * The revision tells a change from the same change made again after it was undone. The content tells a replay in which more
 * has happened by now, and so does LiveKit's time of the change, if the server sets one.
 *
 * Two limits remain. A state that begins anew counts revisions from 0, so an equal change may get the ID of an earlier one.
 * An older state that sees two changes as one gives that one an ID of its own. An epoch in the state would remove the first
 * limit, but then replays would no longer give the same IDs.
 *
 * @param content see {@link Fingerprinter.content}; empty for an object that is gone
 */
export function eventId(
	server: string,
	kind: string,
	id: string,
	revision: number,
	event: string,
	content: string,
	object: JsonObject | undefined,
): string {
	const text = JSON.stringify([
		server,
		kind,
		id,
		revision,
		event,
		content,
		object?.updated_at ?? null,
	]);
	return hash('sha256', text).slice(0, 32);
}

/** Fingerprint of a server's URL. */
export function serverPrint(baseUrl: string): string {
	return plain(baseUrl, OBJECT_LENGTH);
}
