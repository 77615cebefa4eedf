import { fieldNamed, fromSdkForm, reasonFor } from './spellings';
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
import { isWellFormed, toEnum, toScalar, toText } from './scalars';

/** A request body in LiveKit's JSON, and what is wrong with the input. With faults the body must not be sent. */
export interface Encoded {
	readonly body: JsonObject;
	readonly faults: readonly Fault[];
}

/** Group name of every fixed collection: its entries reach `encode` as `{ rows: [...] }`. */
export const ROWS = 'rows';

/** Collection inside a row for its rarely used fields; its entries belong to the row itself. */
export const MORE = 'more';

/** How many unknown names of a message are told one by one: what each may mean takes a while to find out. */
const mostNamed = 100;

interface Encoding {
	readonly faults: Fault[];
	readonly keepEmpty: boolean;
	readonly keepUnknown: boolean;
}

/** How `encode` treats what is special. */
export interface EncodeOptions {
	/** Keep what the wire cannot tell from unset, for changes that are merged into an object. */
	readonly keepEmpty?: boolean;
	/** Keep names and enum values that the table does not hold: what a newer server answered must go back to it as it came. */
	readonly keepUnknown?: boolean;
}

/**
 * Brings raw values (parameters, or JSON in any spelling) to a body that LiveKit parses.
 *
 * LiveKit drops unknown names and unknown enum values in silence and answers wrong types with "malformed" alone
 * (reference 1.3), so both are faults here. Unset values are left out, and so are values that the wire cannot tell
 * from unset (empty text, list or map, 0, false, the first value of an enum), except where the field is `optional`: there they
 * mean "set to empty".
 *
 * @param message name of the message, such as `CreateSIPInboundTrunkRequest`
 */
export function encode(
	message: MessageName,
	value: unknown,
	path = '',
	{ keepEmpty = false, keepUnknown = false }: EncodeOptions = {},
): Encoded {
	if (isDeep(value))
		return { body: {}, faults: [{ path, message: 'is nested too deeply, or holds itself' }] };
	const encoding: Encoding = { faults: [], keepEmpty, keepUnknown };
	const body = encodeMessage(messageOf(message), value, path, encoding);
	return { body: body ?? {}, faults: encoding.faults };
}

function parsed(value: unknown, opening: string): unknown {
	if (typeof value !== 'string' || !value.trim().startsWith(opening)) return value;
	try {
		const read: unknown = JSON.parse(value);
		return isDeep(read) ? value : read;
	} catch {
		return value;
	}
}

// What stands in the place of a message or a map may hold a secret somewhere, so its content is not shown.
function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value !== 'string')
		return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
	return /^\s*[{[]/.test(value)
		? 'text that is no valid JSON: check its quotes, commas and brackets'
		: 'text';
}

function encodeMessage(
	message: Message,
	given: unknown,
	path: string,
	encoding: Encoding,
): JsonObject | undefined {
	const value = fromSdkForm(message.name, parsed(given, '{'));
	if (!isJsonObject(value)) {
		encoding.faults.push({ path, message: `must be a JSON object, not ${kindOf(given)}` });
		return undefined;
	}
	const { [MORE]: more, ...own } = value;
	const entries = isObject(more)
		? [...Object.entries(own), ...Object.entries(more)]
		: Object.entries(value);
	const body: JsonObject = {};
	const seen = new Map<string, unknown>();
	let unknown = 0;
	for (const [name, raw] of entries) {
		const field = fieldNamed(message, name);
		if (!field) {
			if (encoding.keepUnknown) setOwn(body, name, raw);
			else if (++unknown <= mostNamed)
				encoding.faults.push({ path: at(path, name), message: reasonFor(message, name) });
			continue;
		}
		if (raw === null || raw === undefined) continue;
		if (seen.has(field.name) && !sameJson(seen.get(field.name), raw)) {
			encoding.faults.push({
				path: at(path, field.name),
				message: 'is given twice, in two spellings. Keep one of them',
			});
			continue;
		}
		seen.set(field.name, raw);
		const encoded = encodeField(field, raw, at(path, field.name), encoding);
		// The form writes the agents of a room configuration always. Other empty messages mean something on the wire: an
		// empty media in an update clears the stored one.
		const hollow =
			field.type === 'RoomConfiguration' &&
			!encoding.keepEmpty &&
			isObject(encoded) &&
			Object.keys(encoded).length === 0;
		if (encoded !== undefined && !hollow) body[field.name] = encoded;
	}
	if (unknown > mostNamed)
		encoding.faults.push({
			path,
			message: `holds ${unknown - mostNamed} more names that LiveKit's ${message.name} does not have`,
		});
	checkOneofs(message, body, path, encoding);
	return body;
}

function checkOneofs(message: Message, body: JsonObject, path: string, { faults }: Encoding): void {
	const chosen = new Map<string, string>();
	for (const field of message.fields) {
		if (!field.oneof || !(field.name in body)) continue;
		const other = chosen.get(field.oneof);
		if (other)
			faults.push({
				path,
				message: `holds both ${other} and ${field.name}. LiveKit takes one of them: remove the other`,
			});
		chosen.set(field.oneof, field.name);
	}
}

/** What n8n gives for a picker. */
function isLocator(value: unknown): value is { readonly value: unknown } {
	return isObject(value) && value.__rl === true && 'value' in value;
}

function encodeField(
	field: Field,
	given: unknown,
	path: string,
	encoding: Encoding,
): JsonValue | undefined {
	const raw =
		field.shape !== 'map' && field.kind !== 'message' && isLocator(given) ? given.value : given;
	if (raw === null || raw === undefined) return undefined;
	if (field.shape !== 'one') {
		const entries =
			field.shape === 'list'
				? encodeList(field, raw, path, encoding)
				: encodeMap(raw, path, encoding);
		return entries && Object.keys(entries).length === 0 && !encoding.keepEmpty
			? undefined
			: entries;
	}
	if (raw === '' && field.type !== 'string') return undefined;
	const encoded = encodeOne(field, raw, path, encoding);
	const implicit = !field.optional && !field.oneof && !encoding.keepEmpty;
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
	if (
		encoding.keepUnknown &&
		field.kind === 'enum' &&
		(typeof raw === 'string' || typeof raw === 'number')
	)
		return raw;
	// A value that is wrong may still be the secret itself.
	encoding.faults.push({ path, message: field.secret ? 'must be text' : scalar.fault });
	return undefined;
}

function rowsOf(raw: unknown): unknown {
	return isObject(raw) && Array.isArray(raw[ROWS]) && Object.keys(raw).length === 1
		? raw[ROWS]
		: raw;
}

function listOf(field: Field, raw: unknown): unknown[] {
	const value = rowsOf(parsed(raw, '['));
	if (Array.isArray(value))
		return value.flatMap((entry) => (field.type === 'string' ? entryTexts(entry) : [entry]));
	if (typeof value === 'string') return splitText(value);
	// What n8n gives for a fixed collection without rows.
	if (isObject(value) && Object.keys(value).length === 0) return [];
	return [value];
}

function splitText(text: string): string[] {
	return text
		.split(/[,;\n]/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

// A row of a fixed collection holds one picker or text; an expression there may give several at once.
function entryTexts(entry: unknown): unknown[] {
	const inner =
		isObject(entry) && !isLocator(entry) && Object.keys(entry).length === 1
			? Object.values(entry)[0]
			: entry;
	const value = isLocator(inner) ? inner.value : inner;
	if (Array.isArray(value)) return value;
	return inner === entry || typeof value !== 'string' || value.trim() === ''
		? [value]
		: splitText(value);
}

function encodeList(field: Field, raw: unknown, path: string, encoding: Encoding): JsonValue[] {
	const list: JsonValue[] = [];
	listOf(field, raw).forEach((entry, index) => {
		const here = `${path}[${index}]`;
		if (
			entry === null ||
			entry === undefined ||
			(typeof entry === 'string' && entry.trim() === '')
		) {
			encoding.faults.push({ path: here, message: 'is empty. Fill it in or remove the row' });
			return;
		}
		const encoded = encodeOne(
			field,
			typeof entry === 'string' && field.type === 'string' ? entry.trim() : entry,
			here,
			encoding,
		);
		if (encoded !== undefined) list.push(encoded);
	});
	return list;
}

function pairsOf(raw: unknown): Array<[string, unknown]> | undefined {
	const value = rowsOf(parsed(raw, '{'));
	if (Array.isArray(value)) {
		const rows = value
			.filter(isObject)
			.map((row): [unknown, unknown] => [row.name ?? row.key ?? '', row.value]);
		if (rows.length < value.length || rows.some(([name]) => typeof name === 'object'))
			return undefined;
		return rows.map(([name, inner]) => [String(name).trim(), inner]);
	}
	return isObject(value) ? Object.entries(value) : undefined;
}

function encodeMap(raw: unknown, path: string, encoding: Encoding): JsonObject | undefined {
	if (raw === '') return undefined;
	const pairs = pairsOf(raw);
	if (!pairs) {
		encoding.faults.push({
			path,
			message: `must be an object of names and values, not ${kindOf(raw)}`,
		});
		return undefined;
	}
	const map: JsonObject = {};
	for (const [key, value] of pairs) {
		if (key === '') {
			encoding.faults.push({
				path,
				message: 'has a row without a name. Fill it in or remove the row',
			});
			continue;
		}
		if (!isWellFormed(key)) {
			encoding.faults.push({
				path,
				message:
					'has a name that holds half of a character, as is left of an emoji that was cut. Remove it',
			});
			continue;
		}
		if (Object.hasOwn(map, key)) {
			encoding.faults.push({ path: at(path, key), message: 'is given twice. Keep one of them' });
			continue;
		}
		const text = typeof value === 'boolean' ? { value: String(value) } : toText(value ?? '');
		if ('value' in text) setOwn(map, key, text.value);
		else encoding.faults.push({ path: at(path, key), message: text.fault });
	}
	return map;
}
