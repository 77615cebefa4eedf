import { type JsonObject, type JsonValue, isObject, setOwn } from '../json';
import {
	type EnumName,
	type Field,
	type Message,
	type MessageName,
	enumOf,
	fieldOf,
	messageOf,
} from '../schema';

/**
 * Brings an answer of any LiveKit server to one form: snake_case names in LiveKit's order, with every field present.
 *
 * The open-source server answers in snake_case with all defaults; LiveKit Cloud and SDK-style servers answer in camelCase
 * without them (docs/livekit.md, JSON on the wire). Unset messages, durations and timestamps become `null`; unset
 * `optional` fields and unset members of a oneof are left out. Keys of maps (headers, attributes) are the user's own and
 * stay as they are. `null` entries of lists are dropped, and so are objects in fields that hold text or a number. Fields
 * that this package does not know, of a newer server, keep their own name.
 */
export function decode(message: MessageName, answer: JsonObject): JsonObject {
	return decodeMessage(messageOf(message), answer);
}

function decodeMessage(message: Message, answer: JsonObject): JsonObject {
	const given = new Map<string, JsonValue>();
	const unknown: Array<[string, JsonValue]> = [];
	for (const [name, value] of Object.entries(answer)) {
		const field = fieldOf(message, name);
		if (field) given.set(field.name, value);
		else unknown.push([name, value]);
	}
	const decoded: JsonObject = {};
	for (const field of message.fields) {
		const value = given.get(field.name);
		const isGiven = value !== undefined && fits(field, value);
		const result = isGiven ? decodeField(field, value) : unset(field);
		if (result !== undefined) decoded[field.name] = result;
	}
	for (const [name, value] of unknown) setOwn(decoded, name, value);
	return decoded;
}

/** Whether a field can hold a value: only some fields hold lists and objects. */
function fits(field: Field, value: JsonValue): boolean {
	if (value === null) return false;
	return typeof value !== 'object' || field.kind === 'message' || field.shape !== 'one';
}

function unset(field: Field): JsonValue | undefined {
	if (field.shape === 'list') return [];
	if (field.shape === 'map') return {};
	if (field.optional || field.oneof) return undefined;
	if (field.kind === 'message' || field.type === 'duration' || field.type === 'timestamp')
		return null;
	if (field.kind === 'enum') return enumName(field.type, 0);
	if (field.type === 'string') return '';
	return field.type === 'bool' ? false : 0;
}

function enumName(type: EnumName, value: JsonValue): JsonValue {
	const known = enumOf(type);
	return Object.keys(known).find((name) => known[name] === value) ?? value;
}

function decodeField(field: Field, value: JsonValue): JsonValue {
	if (field.shape === 'list') {
		const list = Array.isArray(value) ? value : [value];
		return list
			.filter((entry) => fits({ ...field, shape: 'one' }, entry))
			.map((entry) => decodeOne(field, entry));
	}
	return field.shape === 'map' ? decodeMap(value) : decodeOne(field, value);
}

function decodeMap(value: JsonValue): JsonValue {
	if (!isObject(value) || !Object.values(value).some((inner) => typeof inner === 'object'))
		return value;
	return Object.fromEntries(Object.entries(value).filter(([, inner]) => typeof inner !== 'object'));
}

function decodeOne(field: Field, value: JsonValue): JsonValue {
	if (field.kind === 'message' && isObject(value))
		return decodeMessage(messageOf(field.type), value);
	if (field.kind === 'enum') return enumName(field.type, value);
	if (field.type.endsWith('64') && typeof value === 'string' && Number.isSafeInteger(Number(value)))
		return Number(value);
	return value;
}
