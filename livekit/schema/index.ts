import { agentMessages } from './agent';
import { callMessages } from './call';
import { egressMessages } from './egress';
import { enums } from './enums';
import { roomMessages } from './room';
import { ruleMessages } from './rule';
import type { MessageTable } from './table';
import { trunkMessages } from './trunk';

/** One field of a message, read from its specification. */
export interface Field {
	readonly name: string;
	/** Scalar name, enum name or message name. */
	readonly type: string;
	readonly kind: 'scalar' | 'enum' | 'message';
	readonly shape: 'one' | 'list' | 'map';
	readonly optional: boolean;
	readonly secret: boolean;
	readonly deprecated: boolean;
	readonly output: boolean;
	readonly json: boolean;
	readonly oneof?: string;
}

/** A message: its fields in LiveKit's order, and the same by name and by spelling-insensitive key. */
export interface Message {
	readonly name: string;
	readonly fields: readonly Field[];
	readonly byName: ReadonlyMap<string, Field>;
	readonly byKey: ReadonlyMap<string, Field>;
}

const tables: MessageTable = {
	...trunkMessages,
	...ruleMessages,
	...callMessages,
	...roomMessages,
	...agentMessages,
	...egressMessages,
};

/**
 * Brings `sip_trunk_id`, `sipTrunkId` and `SipTrunkID` to one key, so that any language's spelling of a field is found.
 */
export function fieldKey(name: string): string {
	return name.replace(/_/g, '').toLowerCase();
}

function readField(name: string, specification: string): Field {
	const [typeText, ...flags] = specification.split(' ');
	const type = typeText.replace(/\[\]$|\{\}$/, '');
	return {
		name,
		type,
		kind: type in tables ? 'message' : type in enums ? 'enum' : 'scalar',
		shape: typeText.endsWith('[]') ? 'list' : typeText.endsWith('{}') ? 'map' : 'one',
		optional: flags.includes('optional'),
		secret: flags.includes('secret'),
		deprecated: flags.includes('deprecated'),
		output: flags.includes('output'),
		json: flags.includes('json'),
		oneof: flags.find((flag) => flag.startsWith('oneof:'))?.slice('oneof:'.length),
	};
}

const messages: ReadonlyMap<string, Message> = new Map(
	Object.entries(tables).map(([name, specifications]) => {
		const fields = Object.entries(specifications).map(([field, text]) => readField(field, text));
		const byName = new Map(fields.map((field) => [field.name, field]));
		return [
			name,
			{
				name,
				fields,
				byName,
				byKey: new Map(fields.map((field) => [fieldKey(field.name), field])),
			},
		];
	}),
);

/** All message names of the table. */
export const messageNames: readonly string[] = [...messages.keys()];

/**
 * The message of that name (without the `livekit.` package).
 *
 * @throws Error when the table does not hold it: a defect of this package, never of the user's input.
 */
export function messageOf(name: string): Message {
	const message = messages.get(name);
	if (!message) throw new Error(`The schema table holds no message ${name}`);
	return message;
}

/** The field of a message by its name in any spelling. */
export function fieldOf(message: Message, name: string): Field | undefined {
	return message.byName.get(name) ?? message.byKey.get(fieldKey(name));
}

/** Name to number of an enum of the table. */
export function enumOf(name: string): Readonly<Record<string, number>> {
	return enums[name];
}
