import type { DescField, DescMessage, Registry } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';

import type { Field } from '../../livekit/schema';

/** A field whose type may be one that the table does not hold. */
export type TableField = Omit<Field, 'kind' | 'type'> & {
	readonly kind: Field['kind'];
	readonly type: string;
};

/** The schema table as a test sees it: fields by message, numbers by enum name. */
export interface Table {
	readonly messages: Readonly<Record<string, readonly TableField[]>>;
	readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const scalarNames: ReadonlyMap<unknown, string> = new Map(
	Object.entries(ScalarType).flatMap(([name, number]) =>
		typeof number === 'number' ? [[number, name.toLowerCase()] as const] : [],
	),
);
const wellKnown: Readonly<Record<string, string>> = {
	'google.protobuf.Duration': 'duration',
	'google.protobuf.Timestamp': 'timestamp',
};

/** Name in the table: LiveKit's without the package and, for nested types, without dots. */
export function tableName(typeName: string): string {
	return typeName.replace(/^livekit\./, '').replace(/\./g, '');
}

// Extension `logger.sensitivity` (livekit/protocol logger/options.proto), 2 is SENSITIVITY_SECRET. The set holds no
// extensions, so protobuf-es keeps it as an unknown field.
function isSecret(field: DescField): boolean {
	return (field.proto.options?.$unknown ?? []).some(
		({ no, data }) => no === 1288 && data.length === 1 && data[0] === 2,
	);
}

/** Whether the field has explicit presence of its own: proto3 `optional` on a scalar or enum. */
function isOptional(field: DescField): boolean {
	return field.proto.proto3Optional && !field.message;
}

/** A field of LiveKit's descriptors in words that can be compared with {@link wordsOf}. */
function wordsOfDescriptor(field: DescField): string {
	const named = field.message ?? field.enum;
	const type = named
		? (wellKnown[named.typeName] ?? tableName(named.typeName))
		: scalarNames.get(field.scalar);
	const shape = field.fieldKind === 'list' ? 'list' : field.fieldKind === 'map' ? 'map' : 'one';
	const flags = [
		isOptional(field) && 'optional',
		isSecret(field) && 'secret',
		field.proto.options?.deprecated && 'deprecated',
		field.oneof && `oneof:${field.oneof.name}`,
	];
	return [type, shape, ...flags.filter(Boolean)].join(' ');
}

/** A field of the table in words. `output` and `json` are this package's own and have no counterpart. */
function wordsOf(field: TableField): string {
	const flags = [
		field.optional && 'optional',
		field.secret && 'secret',
		field.deprecated && 'deprecated',
		field.oneof && `oneof:${field.oneof}`,
	];
	return [field.type, field.shape, ...flags.filter(Boolean)].join(' ');
}

function compare(
	where: string,
	table: ReadonlyMap<string, string>,
	livekit: ReadonlyMap<string, string>,
): string[] {
	const names = new Set([...table.keys(), ...livekit.keys()]);
	return [...names].flatMap((name) => {
		const [ours, theirs] = [table.get(name), livekit.get(name)];
		if (ours === theirs) return [];
		if (ours === undefined) return [`${where}.${name}: the table lacks it (${theirs})`];
		if (theirs === undefined) return [`${where}.${name}: LiveKit does not have it`];
		return [`${where}.${name}: the table says "${ours}", LiveKit "${theirs}"`];
	});
}

function enumNumbers(values: Readonly<Record<string, number>>): Map<string, string> {
	return new Map(Object.entries(values).map(([name, number]) => [name, String(number)]));
}

/** Everything in which a table differs from LiveKit's descriptors, in words; empty when they are equal. */
export function differences(table: Table, registry: Registry): string[] {
	const messages = new Map<string, DescMessage>();
	const enums = new Map<string, Map<string, string>>();
	for (const type of registry) {
		if (type.kind === 'message') messages.set(tableName(type.typeName), type);
		if (type.kind === 'enum')
			enums.set(
				tableName(type.typeName),
				new Map(type.values.map(({ name, number }) => [name, String(number)])),
			);
	}
	const fields = Object.entries(table.messages).flatMap(([name, own]) => {
		const message = messages.get(name);
		if (!message) return [`${name}: LiveKit has no such message`];
		const ours = new Map(own.map((field) => [field.name, wordsOf(field)]));
		return compare(
			name,
			ours,
			new Map(message.fields.map((field) => [field.name, wordsOfDescriptor(field)])),
		);
	});
	const values = Object.entries(table.enums).flatMap(([name, own]) =>
		compare(name, enumNumbers(own), enums.get(name) ?? new Map()),
	);
	const named = Object.values(table.messages).flat();
	const missing = named.flatMap((field) => {
		const known =
			field.kind === 'message'
				? field.type in table.messages
				: field.kind === 'enum'
					? field.type in table.enums
					: !messages.has(field.type) && !enums.has(field.type);
		return known ? [] : [`${field.type}: the table refers to it and lacks it`];
	});
	return [...fields, ...values, ...new Set(missing)];
}
