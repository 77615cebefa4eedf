import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { type Field, type MessageName, fieldOf, messageOf } from '../schema';

/** What stands in an output in the place of a secret (password, pin, storage key). */
export const MASK = '**hidden**';

/** Whether a text is a mask, ours or the usual ones of other tools and servers, and not a secret of its own. */
export function isMasked(value: unknown): boolean {
	return (
		typeof value === 'string' &&
		(value === MASK || /^[*•●]{3,}$/.test(value) || /^[<[]redacted[^>\]]*[>\]]$/i.test(value))
	);
}

// A newer server may have secrets that the schema table does not know.
const soundsSecret =
	/password|secret|token|credential|(private|access|account|api|signing)_?key|external_?id|^pin$/i;

/** A list or object with the mask on what it holds; itself where that changes nothing. */
function maskInside(
	value: JsonValue[] | JsonObject,
	mask: (inner: JsonValue, name: string) => JsonValue,
): JsonValue {
	if (Array.isArray(value)) {
		const masked = value.map((entry) => mask(entry, ''));
		return masked.some((entry, index) => entry !== value[index]) ? masked : value;
	}
	const entries = Object.entries(value);
	const masked = entries.map(([name, inner]): [string, JsonValue] => [name, mask(inner, name)]);
	return masked.some(([, inner], index) => inner !== entries[index][1])
		? Object.fromEntries(masked)
		: value;
}

/** Masks by names alone what the schema table does not describe. */
function maskByName(value: JsonValue, secret: boolean): JsonValue {
	if (typeof value === 'object' && value !== null)
		return maskInside(value, (inner, name) => maskByName(inner, secret || soundsSecret.test(name)));
	return secret && value !== '' && ['string', 'number'].includes(typeof value) ? MASK : value;
}

function maskField(field: Field | undefined, name: string, value: JsonValue): JsonValue {
	if (!field) return maskByName(value, soundsSecret.test(name));
	if (field.secret) return value === '' ? value : MASK;
	if (typeof value !== 'object' || value === null) return value;
	// Names in a map are the user's own.
	if (field.shape === 'map')
		return maskInside(value, (inner) =>
			typeof inner === 'object' ? maskByName(inner, false) : inner,
		);
	if (field.kind !== 'message') return maskByName(value, false);
	const maskOne = (entry: JsonValue) =>
		isObject(entry) ? maskSecrets(field.type, entry) : maskByName(entry, false);
	return Array.isArray(value) ? maskInside(value, maskOne) : maskOne(value);
}

/**
 * A decoded message in which every secret that is not empty reads {@link MASK}: the message itself where it holds
 * none, for lists of thousands.
 */
export function maskSecrets(message: MessageName, value: JsonObject): JsonObject {
	const known = messageOf(message);
	let copy: JsonObject | undefined;
	for (const name of Object.keys(value)) {
		const masked = maskField(fieldOf(known, name), name, value[name]);
		if (masked === value[name]) continue;
		copy ??= { ...value };
		copy[name] = masked;
	}
	return copy ?? value;
}

/** Paths of the secret fields of an encoded or decoded message that hold a mask instead of a secret. */
export function maskedPaths(message: MessageName, value: JsonObject, path = ''): string[] {
	return messageOf(message).fields.flatMap((field) => {
		const current = value[field.name];
		const here = at(path, field.name);
		if (field.kind !== 'message') return field.secret && isMasked(current) ? [here] : [];
		if (Array.isArray(current)) {
			return current.flatMap((entry, index) =>
				isObject(entry) ? maskedPaths(field.type, entry, `${here}[${index}]`) : [],
			);
		}
		return isObject(current) ? maskedPaths(field.type, current, here) : [];
	});
}
