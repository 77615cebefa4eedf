import { type JsonObject, type JsonValue, at, isObject, sameJson } from '../json';
import { type Field, type MessageField, type MessageName, enumOf, messageOf } from '../schema';

/** A field that was sent and that the answer does not hold with the same value. */
export interface Difference {
	/** Wire path, such as `media.codecs`. */
	readonly path: string;
	/** Whether the answer holds no value for it, as from a server that does not know the field. */
	readonly missing: boolean;
}

/**
 * Finds the fields that the server did not keep as they were sent. LiveKit silently drops fields that its version does not
 * know, so this shows that a server is too old.
 *
 * Deprecated fields, fields that the server sets, and secrets (which an answer may mask) are not compared.
 *
 * @param sent encoded body of the message
 * @param kept decoded answer of the same message
 */
export function notKept(
	message: MessageName,
	sent: JsonObject,
	kept: JsonObject,
	path = '',
): Difference[] {
	return messageOf(message).fields.flatMap((field) => {
		const value = sent[field.name];
		if (value === undefined || field.deprecated || field.output || field.secret) return [];
		if (field.name === 'media' && isObject(value) && encryptionKept(value, kept)) return [];
		return compareField(field, value, kept[field.name], at(path, field.name));
	});
}

// Servers without `media` keep the encryption in its older field, which is always sent too.
function encryptionKept(media: JsonObject, kept: JsonObject): boolean {
	return (
		!isObject(kept.media) &&
		Object.keys(media).length === 1 &&
		media.encryption === kept.media_encryption
	);
}

function compareField(
	field: Field,
	sent: JsonValue,
	kept: JsonValue | undefined,
	path: string,
): Difference[] {
	if (field.kind !== 'message' || field.shape === 'map') {
		return sameValue(field, sent, kept)
			? []
			: [{ path, missing: isEmpty(kept) || isUnset(field, kept) }];
	}
	if (field.shape === 'list' && Array.isArray(sent)) {
		const list = Array.isArray(kept) ? kept : [];
		if (list.length !== sent.length) return [{ path, missing: list.length === 0 }];
		return sent.flatMap((entry, index) =>
			compareMessage(field, entry, list[index], `${path}[${index}]`),
		);
	}
	return compareMessage(field, sent, kept, path);
}

function compareMessage(
	field: MessageField,
	sent: JsonValue,
	kept: JsonValue | undefined,
	path: string,
): Difference[] {
	if (!isObject(sent)) return [];
	const lost = notKept(field.type, sent, isObject(kept) ? kept : {}, path);
	return isObject(kept) || lost.length < 2 ? lost : [{ path, missing: true }];
}

function sameValue(field: Field, sent: JsonValue, kept: JsonValue | undefined): boolean {
	if (field.type === 'duration' && typeof sent === 'string')
		return Number.parseFloat(sent) === Number.parseFloat(String(kept ?? '0s'));
	if (isEmpty(sent)) return isEmpty(kept);
	if (field.type.endsWith('64')) return String(sent) === String(kept);
	return sameJson(sent, kept);
}

// An enum that the answer lacks is decoded as its first value.
function isUnset({ kind, type }: Field, kept: JsonValue | undefined): boolean {
	return kind === 'enum' && typeof kept === 'string' && enumOf(type)[kept] === 0;
}

function isEmpty(value: JsonValue | undefined): boolean {
	if (value === undefined || value === null || value === '' || value === 0 || value === false)
		return true;
	if (Array.isArray(value)) return value.length === 0;
	return isObject(value) && Object.keys(value).length === 0;
}
