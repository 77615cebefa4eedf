import { MORE, ROWS } from '../../livekit/codec/given';
import { type JsonObject, type JsonValue, isObject } from '../../livekit/json';
import {
	type EnumName,
	type Field,
	enumOf,
	messageOf,
	type MessageName,
} from '../../livekit/schema';

/** Picks 0 to `count - 1`; a test gives it from its seed. */
export type Pick = (count: number) => number;

/** Writes a body of LiveKit's own JSON another way that means the same. */
export type Spelling = (message: MessageName, body: JsonObject, pick: Pick) => JsonObject;

const casings: ReadonlyArray<(name: string) => string> = [
	(name) => name,
	(name) => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
	(name) => name.replace(/(^|_)([a-z])/g, (_all, _start, letter: string) => letter.toUpperCase()),
	(name) => name.toUpperCase(),
];

function isPlainJson(text: string): boolean {
	return text.startsWith('{') && text.endsWith('}');
}

function durationAs(value: string, pick: Pick): JsonValue {
	const seconds = Number.parseFloat(value);
	const nanos = Math.round((seconds % 1) * 1e9);
	return [
		value,
		seconds,
		String(seconds),
		{ seconds: String(Math.trunc(seconds)), nanos },
		{ seconds: Math.trunc(seconds), ...(nanos ? { nanos } : {}) },
	][pick(5)];
}

function enumAs(type: EnumName, value: string, pick: Pick): JsonValue {
	const number = enumOf(type)[value];
	return [value, number, String(number), value.toLowerCase()][pick(4)];
}

function scalarAs(field: Field, value: JsonValue, pick: Pick): JsonValue {
	if (field.kind === 'enum') return enumAs(field.type, String(value), pick);
	if (field.type === 'duration') return durationAs(String(value), pick);
	if (field.json && typeof value === 'string' && isPlainJson(value))
		return [value, JSON.parse(value) as JsonValue][pick(2)];
	if (typeof value === 'number' || typeof value === 'boolean')
		return [value, String(value)][pick(2)];
	return value;
}

function fieldsOf(
	message: MessageName,
	body: JsonObject,
	write: (field: Field, value: JsonValue) => JsonValue,
): Array<[string, JsonValue]> {
	const { fields } = messageOf(message);
	return Object.entries(body).flatMap(([name, value]) => {
		const field = fields.find((candidate) => candidate.name === name);
		return field ? [[name, write(field, value)] as [string, JsonValue]] : [];
	});
}

function inside(
	field: Field,
	value: JsonValue,
	spell: (message: MessageName, body: JsonObject) => JsonObject,
	one: (value: JsonValue) => JsonValue,
): JsonValue {
	const each = (entry: JsonValue) =>
		field.kind === 'message' && isObject(entry) ? spell(field.type, entry) : one(entry);
	return Array.isArray(value) ? value.map(each) : each(value);
}

/** JSON as people paste it: any casing, enums by number, durations as objects, metadata as an object, `null` for unset. */
export const asJson: Spelling = (message, body, pick) => {
	const casing = casings[pick(casings.length)];
	const unset = messageOf(message).fields.filter(({ name }) => !(name in body));
	const entries = fieldsOf(message, body, (field, value) =>
		field.shape === 'map'
			? value
			: inside(
					field,
					value,
					(inner, given) => asJson(inner, given, pick),
					(entry) => scalarAs(field, entry, pick),
				),
	);
	const nothing: Array<[string, JsonValue]> =
		unset.length > 0 && pick(4) === 0 ? [[unset[pick(unset.length)].name, null]] : [];
	return Object.fromEntries([...entries, ...nothing].map(([name, value]) => [casing(name), value]));
};

function locator(value: JsonValue, pick: Pick): JsonValue {
	return pick(2) === 0 ? value : { __rl: true, mode: 'id', value };
}

function listAsParameter(field: Field, list: readonly JsonValue[], pick: Pick): JsonValue {
	if (field.kind === 'message')
		return { [ROWS]: list.map((entry) => rowOf(field.type, isObject(entry) ? entry : {}, pick)) };
	const rows = list.map((entry) => ({ trunk: locator(entry, pick) }));
	return [
		list.join(', '),
		`${list.join('\n')}\n`,
		[...list],
		JSON.stringify(list),
		{ [ROWS]: rows },
	][pick(5)];
}

function rowOf(message: MessageName, body: JsonObject, pick: Pick): JsonObject {
	const entries = Object.entries(asParameters(message, body, pick));
	const rare = entries.filter(() => pick(2) === 0);
	const usual = entries.filter((pair) => !rare.includes(pair));
	return rare.length > 0
		? { ...Object.fromEntries(usual), [MORE]: Object.fromEntries(rare) }
		: Object.fromEntries(usual);
}

function mapAsParameter(map: JsonObject, pick: Pick): JsonValue {
	const rows = Object.entries(map).map(([name, value]) => ({ name, value }));
	return pick(3) === 0 ? JSON.stringify(map) : { [ROWS]: rows };
}

function listChange(change: JsonObject, pick: Pick): JsonObject {
	const [mode, ...more] = Object.keys(change);
	if (more.length > 0) return change;
	const entries = change[mode];
	return {
		change: {
			mode,
			...(Array.isArray(entries) ? { entries: [entries.join(', '), entries][pick(2)] } : {}),
		},
	};
}

/** The raw body that n8n builds of the node's parameters: rows, comma-separated texts, seconds as numbers, JSON texts. */
export const asParameters: Spelling = (message, body, pick) =>
	Object.fromEntries(
		fieldsOf(message, body, (field, value) => {
			if (field.shape === 'list' && Array.isArray(value))
				return listAsParameter(field, value, pick);
			if (field.shape === 'map' && isObject(value)) return mapAsParameter(value, pick);
			if (field.type === 'ListUpdate' && isObject(value)) return listChange(value, pick);
			if (field.type === 'RoomEgress') return JSON.stringify(value);
			if (field.kind === 'message' && isObject(value)) return asParameters(field.type, value, pick);
			if (field.type === 'duration') return Number.parseFloat(String(value));
			return value;
		}),
	);
