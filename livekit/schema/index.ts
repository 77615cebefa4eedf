import { agentMessages } from './agent';
import { callMessages } from './call';
import { egressMessages } from './egress';
import { type EnumName, enums } from './enums';
import { recordingMessages } from './recording';
import { roomMessages } from './room';
import { ruleMessages } from './rule';
import { trunkMessages } from './trunk';
import { webhookMessages } from './webhook';

export type { EnumName } from './enums';

const tables = {
	...trunkMessages,
	...ruleMessages,
	...callMessages,
	...roomMessages,
	...agentMessages,
	...egressMessages,
	...recordingMessages,
	...webhookMessages,
};

/** Name of a message of LiveKit's API, without the package `livekit.` in front. */
export type MessageName = keyof typeof tables;

const scalars = [
	'string',
	'bool',
	'double',
	'int32',
	'uint32',
	'int64',
	'duration',
	'timestamp',
] as const;

/** Name of a type that is neither a message nor an enum. Durations and timestamps count: in JSON they are text. */
export type ScalarName = (typeof scalars)[number];

/** What a field holds. */
type FieldType =
	| { readonly kind: 'scalar'; readonly type: ScalarName }
	| { readonly kind: 'enum'; readonly type: EnumName }
	| { readonly kind: 'message'; readonly type: MessageName };

/** One field of a message, read from its specification. `MessageTable` explains the flags. */
export type Field = FieldType & {
	readonly name: string;
	readonly shape: 'one' | 'list' | 'map';
	readonly optional: boolean;
	readonly secret: boolean;
	readonly deprecated: boolean;
	readonly output: boolean;
	readonly json: boolean;
	readonly oneof?: string;
};

/** A field that holds a message, or several. */
export type MessageField = Extract<Field, { readonly kind: 'message' }>;

/** A message: its fields in LiveKit's order, by name, and by {@link fieldKey}. */
export interface Message {
	readonly name: MessageName;
	readonly fields: readonly Field[];
	readonly byName: ReadonlyMap<string, Field>;
	readonly byKey: ReadonlyMap<string, Field>;
}

/** The same key for `sip_trunk_id`, `sipTrunkId` and `SipTrunkID`, so that a field is found in any language's spelling. */
export function fieldKey(name: string): string {
	return name.replace(/_/g, '').toLowerCase();
}

function isMessageName(name: string): name is MessageName {
	return Object.hasOwn(tables, name);
}

function isEnumName(name: string): name is EnumName {
	return Object.hasOwn(enums, name);
}

function readType(name: string): FieldType {
	if (isMessageName(name)) return { kind: 'message', type: name };
	if (isEnumName(name)) return { kind: 'enum', type: name };
	const scalar = scalars.find((known) => known === name);
	if (scalar) return { kind: 'scalar', type: scalar };
	throw new Error(`The schema table names a type that it does not hold: ${name}`);
}

function readField(name: string, specification: string): Field {
	const [typeText, ...flags] = specification.split(' ');
	return {
		...readType(typeText.replace(/\[\]$|\{\}$/, '')),
		name,
		shape: typeText.endsWith('[]') ? 'list' : typeText.endsWith('{}') ? 'map' : 'one',
		optional: flags.includes('optional'),
		secret: flags.includes('secret'),
		deprecated: flags.includes('deprecated'),
		output: flags.includes('output'),
		json: flags.includes('json'),
		oneof: flags.find((flag) => flag.startsWith('oneof:'))?.slice('oneof:'.length),
	};
}

function readMessage(name: MessageName): Message {
	const fields = Object.entries(tables[name]).map(([field, text]) => readField(field, text));
	return {
		name,
		fields,
		byName: new Map(fields.map((field) => [field.name, field])),
		byKey: new Map(fields.map((field) => [fieldKey(field.name), field])),
	};
}

/** All message names of the table. */
export const messageNames: readonly MessageName[] = Object.keys(tables).filter(isMessageName);

// TypeScript loses the names in Object.fromEntries.
const messages = Object.fromEntries(
	messageNames.map((name) => [name, readMessage(name)]),
) as Readonly<Record<MessageName, Message>>;

/** The message of that name. */
export function messageOf(name: MessageName): Message {
	return messages[name];
}

/** Finds a field of a message by its name in any spelling. */
export function fieldOf(message: Message, name: string): Field | undefined {
	return message.byName.get(name) ?? message.byKey.get(fieldKey(name));
}

/** The values of an enum: names and their numbers. */
export function enumOf(name: EnumName): Readonly<Record<string, number>> {
	return enums[name];
}
