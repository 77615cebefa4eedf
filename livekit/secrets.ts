import { type JsonObject, type JsonValue, at, isObject } from './json';
import { type Field, fieldOf, messageOf } from './schema';
import { withoutTokens } from './token';

/** What stands in an output in the place of a secret (password, pin, storage key). */
export const MASK = '**hidden**';

/** Whether a text is a mask, ours or the usual ones of other tools and servers, and not a secret of its own. */
export function isMasked(value: unknown): boolean {
	return typeof value === 'string' && (value === MASK || /^[*•●]{3,}$/.test(value) || /^[<[]redacted[^>\]]*[>\]]$/i.test(value));
}

function mapFields(message: string, value: JsonObject, path: string, change: (field: Field, value: JsonValue, path: string) => JsonValue): JsonObject {
	const result: JsonObject = { ...value };
	for (const field of messageOf(message).fields) {
		const current = value[field.name];
		if (current === undefined || current === null) continue;
		const here = at(path, field.name);
		if (field.kind === 'message') {
			const each = (entry: JsonValue, index?: number): JsonValue =>
				isObject(entry) ? mapFields(field.type, entry, index === undefined ? here : `${here}[${index}]`, change) : entry;
			result[field.name] = Array.isArray(current) ? current.map((entry, index) => each(entry, index)) : each(current);
		} else {
			result[field.name] = change(field, current, here);
		}
	}
	return result;
}

/** A copy of a decoded message in which every secret that is not empty reads {@link MASK}. */
export function maskSecrets(message: string, value: JsonObject): JsonObject {
	return maskUnknown(message, mapFields(message, value, '', (field, current) => (field.secret && current !== '' ? MASK : current)));
}

// A newer server may have secrets that the schema table does not know.
const soundsSecret = /password|secret|token|credential|private_?key|^pin$/i;

function maskUnknown(message: string, value: JsonObject): JsonObject {
	const known = messageOf(message);
	return Object.fromEntries(
		Object.entries(value).map(([name, current]) => {
			const field = fieldOf(known, name);
			if (!field) return [name, soundsSecret.test(name) && current !== '' ? MASK : current];
			if (field.kind !== 'message') return [name, current];
			const inner = (entry: JsonValue): JsonValue => (isObject(entry) ? maskUnknown(field.type, entry) : entry);
			return [name, Array.isArray(current) ? current.map(inner) : inner(current)];
		}),
	);
}

/** Paths of the secret fields of an encoded or decoded message that hold a mask instead of a secret. */
export function maskedPaths(message: string, value: JsonObject): string[] {
	const paths: string[] = [];
	mapFields(message, value, '', (field, current, path) => {
		if (field.secret && isMasked(current)) paths.push(path);
		return current;
	});
	return paths;
}

/** Takes tokens and API keys out of a text that a server wrote: older LiveKit servers repeat them in a 401. */
export function scrub(text: string): string {
	return withoutTokens(text).replace(/(invalid API key): \S+/i, '$1').replace(/(Bearer)\s+\S+/gi, '$1 [token]');
}
