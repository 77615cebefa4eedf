import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { type Field, type MessageField, type MessageName, enumOf, messageOf } from '../schema';
import { isMasked } from '../codec/secrets';

/** Ends the path under which the secrets of a field are listed. The rest of the field is listed under the path itself. */
export const SECRET_MARK = '*';

/** Stands for a secret that the server does not show. */
export const HIDDEN = Symbol('hidden secret');

/** What fields hold, as text, by their paths, such as `rule.dispatch_rule_direct.room_name`. */
export type FieldValues = ReadonlyMap<string, string | typeof HIDDEN>;

// Deeper messages (`room_config.egress.room`) count as one field, so that the number of fields has a limit.
const deepest = 2;

// In the older field, which does not tell empty from unset, this means unset (livekit/protocol livekit/sip.go, UpgradeWith).
const encryptionOff = 'SIP_MEDIA_ENCRYPT_DISABLE';

/**
 * Reads the fields of a decoded object that hold something, as texts that are equal if the content is equal.
 *
 * Values that mean unset on the wire are left out, since a server that learns a field adds its default to every object.
 * Fields that the server sets (times) and fields that the schema table lacks are left out too. If the wire tells empty from
 * unset, an empty value counts: members of a oneof, and `optional` fields, which servers write only if they were set
 * (docs/livekit.md, JSON on the wire). The older encryption field counts as the newer one, because servers fill the newer
 * one from it unless it is off.
 *
 * @param message name of the message, such as `SIPDispatchRuleInfo`
 * @param id name of the ID field, which is left out
 */
export function fieldValuesOf(message: MessageName, value: JsonObject, id: string): FieldValues {
	const values = new Map<string, string | typeof HIDDEN>();
	const media = isObject(value.media) ? value.media : {};
	const older: JsonObject =
		value.media_encryption === encryptionOff ? {} : { encryption: value.media_encryption };
	walk(message, { ...value, media: { ...older, ...media } }, '', 0, values);
	values.delete(id);
	return values;
}

/**
 * All paths that {@link fieldValuesOf} can give for a message, in the same order and without the mark of secrets: the names
 * that can be in `changed`.
 *
 * @param id name of the ID field, which is left out
 */
export function fieldPaths(message: MessageName, id: string): string[] {
	return pathsUnder(message, '', 0).filter((path) => path !== id);
}

function pathsUnder(message: MessageName, path: string, depth: number): string[] {
	return messageOf(message).fields.flatMap((field) => {
		if (field.output || field.deprecated) return [];
		const here = at(path, field.name);
		if (field.kind !== 'message' || !isOpened(field, depth)) return [here];
		return [...(field.oneof ? [here] : []), ...pathsUnder(field.type, here, depth + 1)];
	});
}

function isOpened(field: MessageField, depth: number): boolean {
	return field.shape === 'one' && depth < deepest;
}

function walk(
	message: MessageName,
	value: JsonObject,
	path: string,
	depth: number,
	values: Map<string, string | typeof HIDDEN>,
): void {
	for (const field of messageOf(message).fields) {
		const current = value[field.name];
		if (field.output || field.deprecated || current === undefined || current === null) continue;
		const here = at(path, field.name);
		if (field.kind === 'message' && isOpened(field, depth) && isObject(current)) {
			if (field.oneof) values.set(here, '{}');
			walk(field.type, current, here, depth + 1, values);
			continue;
		}
		const secrets: string[] = [];
		const content = contentOf(field, current, secrets);
		if (content !== undefined) values.set(here, JSON.stringify(content));
		if (secrets.length > 0)
			values.set(here + SECRET_MARK, secrets.every(isMasked) ? HIDDEN : JSON.stringify(secrets));
	}
}

/** What a field holds, in one form for all servers, undefined if it holds nothing. Its secrets go into `secrets`. */
function contentOf(field: Field, value: JsonValue, secrets: string[]): JsonValue | undefined {
	if (Array.isArray(value))
		return value.length > 0
			? value.map((entry) => contentOf({ ...field, shape: 'one' }, entry, secrets) ?? null)
			: undefined;
	if (field.shape === 'map' && isObject(value)) return sortedMap(value);
	if (field.kind === 'message' && isObject(value)) return messageContent(field, value, secrets);
	if (field.secret) {
		if (value !== '') secrets.push(String(value));
		return undefined;
	}
	if (field.optional) return value;
	if (field.type === 'duration') return Number.parseFloat(String(value)) || undefined;
	if (field.kind === 'enum') return enumOf(field.type)[String(value)] === 0 ? undefined : value;
	return value === '' || value === false || value === 0 ? undefined : value;
}

function messageContent(
	field: MessageField,
	value: JsonObject,
	secrets: string[],
): JsonValue | undefined {
	const content: JsonObject = {};
	for (const inner of messageOf(field.type).fields) {
		const current = value[inner.name];
		if (current === undefined || current === null) continue;
		const kept = contentOf(inner, current, secrets);
		if (kept !== undefined) content[inner.name] = kept;
	}
	return Object.keys(content).length > 0 || field.oneof ? content : undefined;
}

function sortedMap(value: JsonObject): JsonValue | undefined {
	const names = Object.keys(value).sort();
	return names.length > 0 ? names.map((name) => [name, value[name]]) : undefined;
}
