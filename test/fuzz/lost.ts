import { type JsonObject, type JsonValue, at, isObject } from '../../livekit/json';
import { type Field, enumOf, fieldOf, messageOf, type MessageName } from '../../livekit/schema';
import { sameText } from './invariants';

function unlocated(value: unknown): unknown {
	return isObject(value) && value.__rl === true && 'value' in value ? value.value : value;
}

function parsed(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/** Whether the wire could not tell a value from an unset field. */
function saysNothing(field: Field, value: unknown): boolean {
	if (value === null || value === undefined) return true;
	if (typeof value === 'string' && value.trim() === '')
		return field.type !== 'string' || field.shape !== 'one' || value === '';
	if (field.shape === 'map' && Array.isArray(value)) return value.length === 0;
	if (Array.isArray(value)) return value.length === 0;
	if (isObject(value)) {
		const [inner, ...others] = Object.values(value);
		if (inner === undefined && others.length === 0) return true;
		// Seconds and nanoseconds of nothing.
		if (field.type === 'duration')
			return Object.values(value).every((part) => Number(part ?? 0) === 0);
		return others.length === 0 && 'rows' in value && Array.isArray(inner) && inner.length === 0;
	}
	if (field.kind === 'enum') {
		const [first = ''] = Object.keys(enumOf(field.type));
		const text = String(value)
			.trim()
			.toUpperCase()
			.replace(/[\s-]+/g, '_');
		return first.endsWith(text) || (/^\d+$/.test(text) && Number(text) === 0);
	}
	if (value === false || value === 'false') return field.type === 'bool';
	return field.type !== 'string' && (Number(value) === 0 || Number.parseFloat(String(value)) === 0);
}

function lostIn(field: Field, given: unknown, kept: JsonValue, path: string): string[] {
	const value = parsed(given);
	if (field.kind === 'message' && field.shape === 'one')
		return isObject(value) && isObject(kept)
			? lost(field.type, value, kept as JsonObject, path)
			: [];
	if (field.kind === 'message' && Array.isArray(value) && Array.isArray(kept)) {
		if (value.length !== kept.length)
			return [`${path}: ${value.length} entries became ${kept.length}`];
		return value.flatMap((entry, index) =>
			lostIn({ ...field, shape: 'one' }, entry, kept[index], `${path}[${index}]`),
		);
	}
	if (field.shape === 'list' && Array.isArray(value)) {
		const texts = new Set(Array.isArray(kept) ? kept.map((entry) => String(entry).trim()) : []);
		return value
			.filter(
				(entry) => typeof entry === 'string' && field.kind === 'scalar' && !texts.has(entry.trim()),
			)
			.map((entry) => `${path}: ${String(entry)}`);
	}
	if (field.shape === 'map' && isObject(value) && isObject(kept) && !Array.isArray(value.rows)) {
		return Object.entries(value)
			.filter(([name, inner]) => !Object.hasOwn(kept, name) || !sameText(inner, kept[name]))
			.map(([name]) => at(path, name));
	}
	const isText = field.kind === 'scalar' && field.shape === 'one' && field.type === 'string';
	return !isText || sameText(unlocated(given), kept) ? [] : [`${path}: another text`];
}

/**
 * What of an input that was found right is not in the body: known fields that are missing or hold another text, and
 * names that LiveKit does not know. Written independently of the encoder.
 *
 * @param given fields of the message in any spelling, or what else the user gave for it
 * @param body the encoded message, of which nothing was found wrong
 */
export function lost(message: MessageName, given: unknown, body: JsonObject, path = ''): string[] {
	const value = parsed(given);
	// Rules have forms of their own, which have tests of their own.
	if (!isObject(value) || message === 'SIPDispatchRule') return [];
	const known = messageOf(message);
	return Object.entries(value).flatMap(([name, raw]) => {
		if (name === 'more' && isObject(raw)) return lost(message, raw, body, path);
		const field = fieldOf(known, name);
		const here = at(path, name);
		if (!field)
			return aliased(message, name) ? [] : [`${here}: no field of ${message}, and nobody said so`];
		const inner = field.shape === 'map' || field.kind === 'message' ? raw : unlocated(raw);
		const isText = field.type === 'string' && field.shape === 'one';
		if (saysNothing(field, isText ? inner : parsed(inner))) return [];
		const kept = body[field.name];
		if (kept === undefined)
			return field.type === 'RoomConfiguration' || isHollow(inner) ? [] : [here];
		return lostIn(field, inner, kept, here);
	});
}

// A list of nothing but commas, as text, or of empty lists.
function isHollow(given: unknown): boolean {
	const value = unlocated(given);
	if (Array.isArray(value))
		return value.every((entry) => typeof entry === 'object' && isHollow(entry));
	if (isObject(value))
		return Object.values(value).length === 1 && isHollow(Object.values(value)[0]);
	return typeof value === 'string' && /^[\s,;[\]{}]*$/.test(value);
}

function aliased(message: MessageName, name: string): boolean {
	return message === 'CreateSIPParticipantRequest' && /^(from_?number|call_?to)$/i.test(name);
}
