import * as npmProtocol from '@livekit/protocol';

import { type MessageName, messageNames, messageOf } from '../../livekit/schema';
import { enums } from '../../livekit/schema/enums';
import { agentRpcs, callRpcs, storedObjects } from '../../livekit/schema/rpc';
import { livekitRegistry } from '../../local/livekit/schema';
import { type Table, type TableField, differences, tableName } from './differences';

const registry = livekitRegistry();
const table: Table = {
	messages: Object.fromEntries(messageNames.map((name) => [name, messageOf(name).fields])),
	enums,
};

function withFields(
	message: string,
	change: (fields: readonly TableField[]) => readonly TableField[],
): Table {
	return { ...table, messages: { ...table.messages, [message]: change(table.messages[message]) } };
}

function withField(message: string, name: string, change: Partial<TableField>): Table {
	return withFields(message, (fields) =>
		fields.map((field) => (field.name === name ? { ...field, ...change } : field)),
	);
}

interface NpmField {
	readonly name: string;
	readonly T?: unknown;
}

interface NpmMessage {
	readonly typeName: string;
	readonly fields: { list(): readonly NpmField[] };
}

function isNpmMessage(value: unknown): value is NpmMessage {
	return typeof value === 'function' && 'typeName' in value && 'fields' in value;
}

/** Fields and enum values of npm's `@livekit/protocol` that the table lacks, in the messages that the table has. */
function lackingFromNpm({ messages, enums: known }: Table): string[] {
	const exported: unknown[] = Object.values(npmProtocol);
	return exported.filter(isNpmMessage).flatMap((message) => {
		const own = messages[tableName(message.typeName)];
		if (!own) return [];
		const names = new Set(own.map(({ name }) => name));
		return message.fields.list().flatMap(({ name, T }) => [
			...(names.has(name) ? [] : [`${tableName(message.typeName)}.${name}`]),
			...enumValues(T)
				.filter(([type, value]) => !(value in (known[type] ?? {})))
				.map(([type, value]) => `${type}.${value}`),
		]);
	});
}

function enumValues(type: unknown): Array<[string, string]> {
	if (
		typeof type !== 'object' ||
		type === null ||
		!('values' in type) ||
		!('typeName' in type) ||
		!Array.isArray(type.values)
	)
		return [];
	const name = tableName(String(type.typeName));
	return type.values.map((value: { name: string }): [string, string] => [name, value.name]);
}

describe('the schema table', () => {
	it("equals LiveKit's descriptors, field by field and both ways", () => {
		expect(differences(table, registry)).toEqual([]);
	});

	it('holds the messages of every method this package uses and of webhooks, and all that they reach', () => {
		const rpcs = [
			...Object.values(storedObjects).flatMap((object) => Object.values(object.rpcs)),
			...Object.values(callRpcs),
			...Object.values(agentRpcs),
		];
		for (const rpc of rpcs) {
			const method = registry
				.getService(`livekit.${rpc.service}`)
				?.methods.find(({ name }) => name === rpc.name);
			expect([rpc.name, tableName(method?.input.typeName ?? 'none')]).toEqual([
				rpc.name,
				rpc.request,
			]);
			if (rpc.response)
				expect([rpc.name, tableName(method?.output.typeName ?? 'none')]).toEqual([
					rpc.name,
					rpc.response,
				]);
		}
		const reached = new Set<MessageName>();
		const walk = (name: MessageName): void => {
			if (reached.has(name)) return;
			reached.add(name);
			for (const field of messageOf(name).fields) if (field.kind === 'message') walk(field.type);
		};
		for (const rpc of rpcs) for (const name of [rpc.request, rpc.response]) if (name) walk(name);
		walk('WebhookEvent');
		expect([...messageNames].filter((name) => !reached.has(name))).toEqual([]);
		const usedEnums = new Set(
			Object.values(table.messages)
				.flat()
				.filter(({ kind }) => kind === 'enum')
				.map(({ type }) => type),
		);
		expect(Object.keys(enums).filter((name) => !usedEnums.has(name))).toEqual([]);
	});

	it("lacks nothing that npm's @livekit/protocol has", () => {
		expect(lackingFromNpm(table)).toEqual([]);
	});

	it("would be found to lack a field of npm's @livekit/protocol", () => {
		const without = withFields('SIPMediaConfig', (fields) =>
			fields.filter(({ name }) => name !== 'media_timeout'),
		);
		expect(lackingFromNpm(without)).toEqual(['SIPMediaConfig.media_timeout']);
		const { SIP_TRANSPORT_TLS, ...transports } = enums.SIPTransport;
		expect(SIP_TRANSPORT_TLS).toBe(3);
		expect(
			new Set(lackingFromNpm({ ...table, enums: { ...enums, SIPTransport: transports } })),
		).toEqual(new Set(['SIPTransport.SIP_TRANSPORT_TLS']));
	});
});

describe('a table that differs is found out', () => {
	const cases: ReadonlyArray<readonly [string, Table, string]> = [
		[
			'a new field of LiveKit',
			withFields('SIPInboundTrunkInfo', (fields) =>
				fields.filter(({ name }) => name !== 'auth_realm'),
			),
			'SIPInboundTrunkInfo.auth_realm: the table lacks it (string one)',
		],
		[
			'a field LiveKit does not have',
			withFields('SIPCodec', (fields) => [...fields, { ...fields[0], name: 'bitrate' }]),
			'SIPCodec.bitrate: LiveKit does not have it',
		],
		[
			'another type',
			withField('SIPCodec', 'rate', { type: 'int32' }),
			'SIPCodec.rate: the table says "int32 one", LiveKit "uint32 one"',
		],
		[
			'another shape',
			withField('SIPInboundTrunkInfo', 'numbers', { shape: 'one' }),
			'SIPInboundTrunkInfo.numbers: the table says "string one", LiveKit "string list"',
		],
		[
			'a lost map',
			withField('SIPInboundTrunkInfo', 'headers', { shape: 'list' }),
			'SIPInboundTrunkInfo.headers: the table says "string list", LiveKit "string map"',
		],
		[
			'lost presence',
			withField('CreateSIPParticipantRequest', 'display_name', { optional: false }),
			'CreateSIPParticipantRequest.display_name: the table says "string one", LiveKit "string one optional"',
		],
		[
			'a lost oneof',
			withField('SIPRequestDest', 'raw', { oneof: undefined }),
			'SIPRequestDest.raw: the table says "string one", LiveKit "string one oneof:uri"',
		],
		[
			'a lost deprecation',
			withField('SIPInboundTrunkInfo', 'media_encryption', { deprecated: false }),
			'SIPInboundTrunkInfo.media_encryption: the table says "SIPMediaEncryption one", LiveKit "SIPMediaEncryption one deprecated"',
		],
		[
			'a secret that is not known as one',
			withField('SIPDispatchRuleDirect', 'pin', { secret: false }),
			'SIPDispatchRuleDirect.pin: the table says "string one", LiveKit "string one secret"',
		],
		[
			'another enum number',
			{
				...table,
				enums: { ...enums, SIPTransport: { ...enums.SIPTransport, SIP_TRANSPORT_TLS: 9 } },
			},
			'SIPTransport.SIP_TRANSPORT_TLS: the table says "9", LiveKit "3"',
		],
		[
			'a message that is not in the table',
			{
				...table,
				messages: Object.fromEntries(
					Object.entries(table.messages).filter(([name]) => name !== 'SIPCodec'),
				),
			},
			'SIPCodec: the table refers to it and lacks it',
		],
	];
	it.each(cases)('%s', (_title, changed, expected) => {
		expect(differences(changed, registry)).toEqual([expected]);
	});
});
