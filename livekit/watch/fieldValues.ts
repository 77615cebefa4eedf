import { type JsonObject, type JsonValue, at, isObject } from '../json';
import { type Field, type MessageField, type MessageName, enumOf, messageOf } from '../schema';
import { isMasked } from '../codec/secrets';

/** Ends the path of a leaf that stands for the secrets of a field; the rest of the field has a leaf of its own. */
export const SECRET_MARK = '*';

/** A leaf whose secret the server does not show. */
export const HIDDEN = Symbol('hidden secret');

/** Path of a field, such as `rule.dispatch_rule_direct.room_name`, to what it holds, as text. */
export type FieldValues = ReadonlyMap<string, string | typeof HIDDEN>;

// Deeper messages (`room_config.egress.room`) are one leaf, which bounds how many an object can have.
const deepest = 2;

// In the older field, which has no explicit presence, it means unset (protocol, livekit/sip.go UpgradeWith).
const encryptionOff = 'SIP_MEDIA_ENCRYPT_DISABLE';

/**
 * The fields of a decoded object that hold something, each as text that is equal for equal content.
 *
 * Left out is what the wire cannot tell from unset (a server that learns a field adds such defaults to every object),
 * what the server sets by itself (times), and names that the schema table does not hold. What the wire tells from unset
 * counts also when it is empty: the member of a oneof, and `optional` fields, which servers write only where they were set
 * (reference 1.4). The older encryption field counts as the newer one, which servers fill from it unless it is off.
 *
 * @param message name of the message, such as `SIPDispatchRuleInfo`
 * @param id name of the id field, which is no leaf
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
 * Every path that {@link fieldValuesOf} can give for a message, in its order, secrets without their mark: the names that can
 * stand in `changed`.
 *
 * @param id name of the id field, which is no leaf
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

/** What a field holds, in one form for all servers; its secrets go to `secrets`. Undefined where it holds nothing. */
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
