import { decode } from '../codec/decode';
import { maskSecrets } from '../codec/secrets';
import { type JsonObject, sameJson } from '../json';
import type { StoredObject } from '../schema/rpc';
import { toReplacement } from './change';

// Servers fill in parts of the media configuration by themselves.
const leftOut = new Set(['media', 'media_encryption', 'name']);

function contentOf(object: StoredObject, value: JsonObject): JsonObject {
	const whole = toReplacement(object, decode(object.info, value));
	const kept = Object.entries(whole).filter(([name]) => !leftOut.has(name));
	return maskSecrets(object.info, Object.fromEntries(kept));
}

/**
 * The objects that are the same as one in all but the name, their IDs and times. Secrets count only as set or not, since
 * some servers hide them.
 *
 * @param value encoded or decoded
 * @param others decoded
 */
export function twinsOf(
	object: StoredObject,
	value: JsonObject,
	others: readonly JsonObject[],
): JsonObject[] {
	const content = contentOf(object, value);
	return others.filter((other) => sameJson(contentOf(object, other), content));
}
