import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { type Field, type MessageName, fieldOf, messageOf } from '../schema';
import { isUrlField, maskUrl } from './urlSecrets';

/** What an output shows instead of a secret (password, PIN, storage key). */
export const MASK = '**hidden**';

/** Whether a value is a mask and not a secret itself: our own mask, or one that other tools and servers use. */
export function isMasked(value: unknown): boolean {
	return (
		typeof value === 'string' &&
		(value === MASK || /^[*•●]{3,}$/.test(value) || /^[<[]redacted[^>\]]*[>\]]$/i.test(value))
	);
}

// Names of secrets that a newer server may have and the schema table lacks.
const soundsSecret =
	/password|secret|token|credential|(private|access|account|api|signing|stream)_?key|external_?id|^pin$/i;

/** A list or object with its content masked. If nothing in it changes, it is returned itself. */
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

/** Masks the secret parts of a URL, or of a list of them. */
function maskUrls(value: JsonValue, secret: boolean): JsonValue {
	if (Array.isArray(value)) return maskInside(value, (inner) => maskUrls(inner, secret));
	return typeof value === 'string' && !secret ? maskUrl(value, MASK) : maskByName(value, secret);
}

/** Masks what the schema table does not describe, going by names alone. */
function maskByName(value: JsonValue, secret: boolean): JsonValue {
	if (typeof value === 'object' && value !== null)
		return maskInside(value, (inner, name) =>
			isUrlField(name)
				? maskUrls(inner, secret)
				: maskByName(inner, secret || soundsSecret.test(name)),
		);
	return secret && value !== '' && ['string', 'number'].includes(typeof value) ? MASK : value;
}

function maskField(field: Field | undefined, name: string, value: JsonValue): JsonValue {
	if (isUrlField(name)) return maskUrls(value, soundsSecret.test(name));
	if (!field) return maskByName(value, soundsSecret.test(name));
	if (field.secret) return value === '' ? value : MASK;
	if (typeof value !== 'object' || value === null) return value;
	// The names in a map are the user's own and say nothing.
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
 * Replaces every secret of a decoded message by {@link MASK}, except empty ones. A message without secrets is returned
 * itself: lists may hold thousands.
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

function holdsMask(field: Field, value: JsonValue | undefined): boolean {
	if (field.secret) return isMasked(value);
	return isUrlField(field.name) && [value].flat().some((url) => String(url).includes(MASK));
}

/** The paths of secret fields that hold a mask instead of a secret, in an encoded or decoded message. */
export function maskedPaths(message: MessageName, value: JsonObject, path = ''): string[] {
	return messageOf(message).fields.flatMap((field) => {
		const current = value[field.name];
		const here = at(path, field.name);
		if (field.kind !== 'message') return holdsMask(field, current) ? [here] : [];
		if (Array.isArray(current)) {
			return current.flatMap((entry, index) =>
				isObject(entry) ? maskedPaths(field.type, entry, `${here}[${index}]`) : [],
			);
		}
		return isObject(current) ? maskedPaths(field.type, current, here) : [];
	});
}
