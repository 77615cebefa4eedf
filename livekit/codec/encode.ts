import {
	type Fault,
	type JsonObject,
	type JsonValue,
	at,
	isDeep,
	isJsonObject,
	isObject,
	jsonText,
	sameJson,
	setOwn,
} from '../json';
import { type Field, type Message, type MessageName, enumOf, messageOf } from '../schema';
import { MORE, entriesGiven, jsonOrSame, kindOf, pairsGiven, picked } from './given';
import { isWellFormed, toEnum, toScalar, toText } from './scalars';
import { fieldNamed, fromSdkForm, reasonFor } from './spellings';

/** A request body in LiveKit's JSON, and what is wrong with the input. A body with faults must not be sent. */
export interface Encoded {
	readonly body: JsonObject;
	readonly faults: readonly Fault[];
}

/** What `encode` keeps although it would leave it out of a request. */
export interface EncodeOptions {
	/** Keep values that mean unset on the wire. In changes that are merged into an object, they clear a field. */
	readonly keepEmpty?: boolean;
	/** Keep names and enum values that the schema table lacks: what a newer server answered must go back to it unchanged. */
	readonly keepUnknown?: boolean;
}

/** How many unknown names of a message are reported one by one. Finding out what a name may mean takes time. */
const mostNamed = 100;

/** One call of {@link encode}: its options, and the faults found so far. */
class Encoding {
	readonly faults: Fault[] = [];

	constructor(readonly options: EncodeOptions) {}

	fault(path: string, message: string): void {
		this.faults.push({ path, message });
	}
}

/**
 * Turns raw values (parameters, or JSON in any spelling) into a body that LiveKit parses.
 *
 * LiveKit silently drops unknown names and unknown enum values, and answers wrong types with no more than "malformed"
 * (docs/livekit.md, JSON on the wire). So all of these are faults here. Unset values are left out, and so are values that
 * mean unset on the wire: empty text, an empty list or map, 0, false, the first value of an enum. In `optional` fields
 * these mean "set to empty" and stay.
 *
 * @param message name of the message, such as `CreateSIPInboundTrunkRequest`
 */
export function encode(
	message: MessageName,
	value: unknown,
	path = '',
	options: EncodeOptions = {},
): Encoded {
	if (isDeep(value))
		return { body: {}, faults: [{ path, message: 'is nested too deeply, or holds itself' }] };
	const encoding = new Encoding(options);
	const body = encodeMessage(messageOf(message), value, path, encoding);
	return { body: body ?? {}, faults: encoding.faults };
}

function encodeMessage(
	message: Message,
	given: unknown,
	path: string,
	encoding: Encoding,
): JsonObject | undefined {
	const value = fromSdkForm(message.name, jsonOrSame(given, '{'));
	if (!isJsonObject(value)) {
		encoding.fault(path, `must be a JSON object, not ${kindOf(given)}`);
		return undefined;
	}
	const body: JsonObject = {};
	const seen = new Map<string, JsonValue>();
	let unknown = 0;
	for (const [name, raw] of entriesOf(value)) {
		const field = fieldNamed(message, name);
		if (field) encodeInto(body, seen, field, raw, path, encoding);
		else if (encoding.options.keepUnknown) setOwn(body, name, raw);
		else if (++unknown <= mostNamed) encoding.fault(at(path, name), reasonFor(message, name));
	}
	if (unknown > mostNamed)
		encoding.fault(
			path,
			`holds ${unknown - mostNamed} more names that LiveKit's ${message.name} does not have`,
		);
	checkOneofs(message, body, path, encoding);
	return body;
}

/** The fields of a message, including those in the form's collection of rarely used ones. */
function entriesOf(value: JsonObject): Array<[string, JsonValue]> {
	const { [MORE]: more, ...own } = value;
	return isObject(more) ? [...Object.entries(own), ...Object.entries(more)] : Object.entries(value);
}

function encodeInto(
	body: JsonObject,
	seen: Map<string, JsonValue>,
	field: Field,
	raw: JsonValue,
	path: string,
	encoding: Encoding,
): void {
	if (raw === null || raw === undefined) return;
	const here = at(path, field.name);
	const before = seen.get(field.name);
	if (before !== undefined && !sameJson(before, raw)) {
		encoding.fault(here, 'is given twice, in two spellings. Keep one of them');
		return;
	}
	seen.set(field.name, raw);
	const encoded = encodeField(field, raw, here, encoding);
	// The form always writes a room configuration, even one without agents. Other empty messages mean something on the wire:
	// an empty media in an update clears the stored one.
	const hollow =
		field.type === 'RoomConfiguration' &&
		!encoding.options.keepEmpty &&
		isObject(encoded) &&
		Object.keys(encoded).length === 0;
	if (encoded !== undefined && !hollow) body[field.name] = encoded;
}

function checkOneofs(message: Message, body: JsonObject, path: string, encoding: Encoding): void {
	const chosen = new Map<string, string>();
	for (const field of message.fields) {
		if (!field.oneof || !(field.name in body)) continue;
		const other = chosen.get(field.oneof);
		if (other)
			encoding.fault(
				path,
				`holds both ${other} and ${field.name}. LiveKit takes one of them: remove the other`,
			);
		chosen.set(field.oneof, field.name);
	}
}

function encodeField(
	field: Field,
	given: JsonValue,
	path: string,
	encoding: Encoding,
): JsonValue | undefined {
	const { keepEmpty } = encoding.options;
	const raw = field.shape === 'map' || field.kind === 'message' ? given : picked(given);
	if (raw === null || raw === undefined) return undefined;
	if (field.shape !== 'one') {
		const entries =
			field.shape === 'list'
				? encodeList(field, raw, path, encoding)
				: encodeMap(raw, path, encoding);
		return entries && Object.keys(entries).length === 0 && !keepEmpty ? undefined : entries;
	}
	if (raw === '' && field.type !== 'string') return undefined;
	const encoded = encodeOne(field, raw, path, encoding);
	const implicit = !field.optional && !field.oneof && !keepEmpty;
	return implicit && isUnset(field, encoded) ? undefined : encoded;
}

function isUnset(field: Field, value: JsonValue | undefined): boolean {
	if (field.kind === 'enum') return enumOf(field.type)[String(value)] === 0;
	return (
		value === '' || value === false || value === 0 || (value === '0' && field.type.endsWith('64'))
	);
}

function encodeOne(
	field: Field,
	raw: unknown,
	path: string,
	encoding: Encoding,
): JsonValue | undefined {
	if (field.kind === 'message') return encodeMessage(messageOf(field.type), raw, path, encoding);
	if (field.json && typeof raw === 'object') return jsonText(raw);
	const scalar = field.kind === 'enum' ? toEnum(field.type, raw) : toScalar(field.type, raw);
	if ('value' in scalar) return scalar.value;
	const newerEnum = field.kind === 'enum' && encoding.options.keepUnknown;
	if (newerEnum && (typeof raw === 'string' || typeof raw === 'number')) return raw;
	// The scalar's own fault shows the value, and a wrong value may still be the secret.
	encoding.fault(path, field.secret ? 'must be text' : scalar.fault);
	return undefined;
}

function isBlank(entry: unknown): boolean {
	return (
		entry === null || entry === undefined || (typeof entry === 'string' && entry.trim() === '')
	);
}

function encodeList(field: Field, raw: unknown, path: string, encoding: Encoding): JsonValue[] {
	return entriesGiven(field, raw).flatMap((entry, index) => {
		const here = `${path}[${index}]`;
		// What is stored stays: a list with an empty entry may stand for nobody, and without it for everybody.
		if (isBlank(entry) && !(encoding.options.keepUnknown && entry === '')) {
			encoding.fault(here, 'is empty. Fill it in or remove the row');
			return [];
		}
		const trimmed = typeof entry === 'string' && field.type === 'string' ? entry.trim() : entry;
		return encodeOne(field, trimmed, here, encoding) ?? [];
	});
}

function encodeMap(raw: unknown, path: string, encoding: Encoding): JsonObject | undefined {
	if (raw === '') return undefined;
	const pairs = pairsGiven(raw);
	if (!pairs) {
		encoding.fault(path, `must be an object of names and values, not ${kindOf(raw)}`);
		return undefined;
	}
	const map: JsonObject = {};
	for (const [key, value] of pairs) {
		const text = typeof value === 'boolean' ? { value: String(value) } : toText(value ?? '');
		if (key === '') encoding.fault(path, 'has a row without a name. Fill it in or remove the row');
		else if (!isWellFormed(key))
			encoding.fault(
				path,
				'has a name that holds half of a character, as is left of an emoji that was cut. Remove it',
			);
		else if (Object.hasOwn(map, key))
			encoding.fault(at(path, key), 'is given twice. Keep one of them');
		else if ('fault' in text) encoding.fault(at(path, key), text.fault);
		else setOwn(map, key, text.value);
	}
	return map;
}
