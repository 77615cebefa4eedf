import * as fc from 'fast-check';

import { numberLists } from '../../livekit/checks/numberLists';
import type { JsonObject, JsonValue } from '../../livekit/json';
import { type Field, enumOf, messageOf, type MessageName } from '../../livekit/schema';

// Older forms are added by the package itself, and sip_to_header is refused; a generated one would contradict.
const left = new Set([
	'media_encryption',
	'play_dialtone',
	'play_ringtone',
	'created_at',
	'updated_at',
]);

const unicode = fc.string({ unit: 'grapheme', maxLength: 12 });
/** An entry of a list, as it may stand between commas: no separator, no spaces around, no JSON list of its own. */
const entry = fc
	.oneof(
		fc.constantFrom(
			'+15105550100',
			'alice',
			'192.0.2.0/24',
			'2001:db8::1',
			'ST_aBcD1234efGh',
			'151e8',
			'0x10',
			'007',
		),
		unicode,
	)
	.map((text) => text.replace(/[,;\n[]/g, '').trim())
	.filter((text) => text !== '');
/** An entry of a list of phone numbers, as LiveKit compares it: others are refused or written so. */
const listed = fc.oneof(
	fc.constantFrom('alice', '100', '0301234567'),
	fc.stringMatching(/^\+1415555\d{4}$/),
);
const key = fc
	.oneof(
		fc.constantFrom(
			'X-Customer-Id',
			'customer.id',
			'sip.h.x-team',
			'__proto__',
			'constructor',
			'toString',
			'rows',
			'more',
			'snake_case',
			'camelCase',
		),
		unicode,
	)
	.map((text) => text.trim())
	.filter((text) => text !== '');
const json = fc.oneof(
	unicode,
	fc.dictionary(key, unicode, { maxKeys: 2 }).map((value) => JSON.stringify(value)),
);

/** Durations to the millisecond, as LiveKit writes them. */
const duration = fc
	.oneof(fc.integer({ min: 0, max: 86_400_000 }), fc.constantFrom(0, 1, 500, 30_000))
	.map((ms) => `${ms / 1000}s`);

function scalar(field: Field): fc.Arbitrary<JsonValue> {
	if (field.kind === 'enum') return fc.constantFrom(...Object.keys(enumOf(field.type)));
	switch (field.type) {
		case 'string':
			return field.json ? json : unicode;
		case 'bool':
			return fc.boolean();
		case 'duration':
			return duration;
		case 'double':
			return fc.integer({ min: 0, max: 100_000 }).map((value) => value / 8);
		case 'int32':
			return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
		case 'uint32':
			return fc.integer({ min: 0, max: 2 ** 32 - 1 });
		case 'int64':
			return fc.maxSafeInteger().map(String);
		default:
			throw new Error(`No values for ${field.type}`);
	}
}

function listUpdate(one: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> {
	const entries = fc.array(one, { minLength: 1, maxLength: 3 });
	return fc.oneof(
		entries.map((set): JsonObject => ({ set })),
		entries.map((add): JsonObject => ({ add })),
		fc.record({ add: entries, remove: entries }),
		fc.constant<JsonObject>({ clear: true }),
	);
}

function values(field: Field, depth: number): fc.Arbitrary<JsonValue> {
	const text = numberLists.has(field.name) ? listed : entry;
	if (field.type === 'ListUpdate') return listUpdate(text);
	const one =
		field.kind === 'message'
			? bodies(field.type, depth + 1)
			: field.shape === 'list' && field.type === 'string'
				? text
				: scalar(field);
	if (field.shape === 'list') return fc.array(one, { maxLength: 3 });
	if (field.shape === 'map')
		return fc
			.uniqueArray(fc.tuple(key, unicode), { maxLength: 4, selector: ([name]) => name })
			.map((pairs): JsonObject => Object.fromEntries(pairs));
	return one;
}

function oneOfEach(message: MessageName, body: JsonObject): JsonObject {
	const chosen = new Set<string>();
	return Object.fromEntries(
		Object.entries(body).filter(([name]) => {
			const oneof = messageOf(message).fields.find((field) => field.name === name)?.oneof;
			if (!oneof) return true;
			const first = !chosen.has(oneof);
			chosen.add(oneof);
			return first;
		}),
	);
}

/**
 * Bodies of a message in LiveKit's own JSON (snake_case): any subset of its fields, of every oneof one at most, with
 * values that the wire can hold. Messages deep inside are rarer, so that bodies stay small.
 */
export function bodies(message: MessageName, depth = 0): fc.Arbitrary<JsonObject> {
	const fields = messageOf(message).fields.filter(({ name }) => !left.has(name));
	const parts = fields.map((field) => {
		const present = depth > 1 && field.kind === 'message' ? 1 : 4;
		const value = fc.oneof(
			{ weight: present, arbitrary: values(field, depth) },
			{ weight: 3, arbitrary: fc.constant(undefined) },
		);
		return value.map((given) => [field.name, given] as const);
	});
	return fc
		.tuple(...parts)
		.chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
		.map((entries) =>
			oneOfEach(
				message,
				Object.fromEntries(
					entries.filter((pair): pair is readonly [string, JsonValue] => pair[1] !== undefined),
				),
			),
		);
}
