import { readFileSync } from 'node:fs';

import type {
	DescField,
	DescMessage,
	DescMethod,
	FileRegistry,
	JsonObject,
	JsonValue,
} from '@bufbuild/protobuf';
import { createFileRegistry, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

import type { ResolvedOptions } from './options';
import { TwirpError } from './twirp';

const DESCRIPTORS = new URL('../livekit-protocol.binpb', import.meta.url);

let loaded: FileRegistry | undefined;

/** LiveKit's own descriptors, read once per process. */
export function livekitRegistry(): FileRegistry {
	loaded ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(DESCRIPTORS)));
	return loaded;
}

/** The messages inside `value`, with the object that holds them: fields of `desc` that are messages, lists or maps of them. */
function* children(desc: DescMessage, value: JsonObject, name: (field: DescField) => string[]) {
	for (const field of desc.fields) {
		if (!field.message || field.message.typeName.startsWith('google.protobuf.')) continue;
		for (const key of name(field)) {
			const held = value[key];
			if (held === null || typeof held !== 'object') continue;
			const items: JsonValue[] = field.fieldKind === 'message' ? [held] : Object.values(held);
			for (const item of items) if (isObject(item)) yield { desc: field.message, value: item };
		}
	}
}

function isObject(value: JsonValue | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const bothNames = (field: DescField) =>
	field.name === field.jsonName ? [field.name] : [field.name, field.jsonName];
const protoName = (field: DescField) => [field.name];

/** protobuf-go refuses one field given in both its names. */
function hasFieldTwice(desc: DescMessage, value: JsonObject): boolean {
	if (
		desc.fields.some(
			(field) => field.name !== field.jsonName && field.name in value && field.jsonName in value,
		)
	)
		return true;
	for (const child of children(desc, value, bothNames))
		if (hasFieldTwice(child.desc, child.value)) return true;
	return false;
}

/** For protobuf-go `null` is an absent field everywhere; protobuf-es would take it for a second oneof member. */
function dropNulls(desc: DescMessage, value: JsonObject): void {
	for (const name of desc.fields.flatMap(bothNames)) if (value[name] === null) delete value[name];
	for (const child of children(desc, value, bothNames)) dropNulls(child.desc, child.value);
}

/** protobuf-go writes an unset message field as `null`, but leaves out unset oneof members and optional fields. */
function writeNulls(desc: DescMessage, value: JsonObject): void {
	for (const field of desc.fields) {
		if (field.fieldKind === 'message' && !field.oneof && !field.proto.proto3Optional)
			value[field.name] ??= null;
	}
	for (const child of children(desc, value, protoName)) writeNulls(child.desc, child.value);
}

/** The two ways between JSON on the wire and canonical messages (see messages.ts), for one server's options. */
export class Schema {
	private readonly registry = livekitRegistry();
	private readonly dropped: Set<string>;

	constructor(private readonly options: ResolvedOptions) {
		this.dropped = new Set(options.dropFields);
	}

	/** The RPC of a service such as `SIP`, or undefined for one that does not exist. */
	method(service: string, name: string): DescMethod | undefined {
		return this.registry
			.getService(`livekit.${service}`)
			?.methods.find((method) => method.name === name);
	}

	/** A request body as a canonical message. Throws Twirp's `malformed` without saying where, as LiveKit does. */
	decode<T>(desc: DescMessage, body: Buffer, binary: boolean): T {
		try {
			if (binary) return this.canonical(desc, fromBinary(desc, body));
			const json = parseFirstValue(body.toString('utf8'));
			if (!isObject(json) || hasFieldTwice(desc, json)) throw new SyntaxError();
			dropNulls(desc, json);
			return this.canonical(
				desc,
				fromJson(desc, json, { registry: this.registry, ignoreUnknownFields: true }),
			);
		} catch {
			throw new TwirpError(
				'malformed',
				`the ${binary ? 'protobuf' : 'json'} request could not be decoded`,
			);
		}
	}

	/** A canonical message as the bytes of an answer, in the casing of the options. */
	encode(desc: DescMessage, message: object, binary: boolean): Uint8Array {
		const { registry } = this;
		const value = structuredClone(message) as JsonObject;
		this.drop(desc, value);
		this.maskSecrets(desc, value);
		const typed = fromJson(desc, value, { registry });
		if (binary) return toBinary(desc, typed);
		if (this.options.style === 'camel')
			return Buffer.from(JSON.stringify(toJson(desc, typed, { registry })));
		const json = toJson(desc, typed, {
			registry,
			alwaysEmitImplicit: true,
			useProtoFieldName: true,
		});
		if (isObject(json)) {
			writeNulls(desc, json);
			this.drop(desc, json);
		}
		return Buffer.from(JSON.stringify(json));
	}

	private canonical<T>(desc: DescMessage, message: ReturnType<typeof fromBinary>): T {
		const { registry } = this;
		const complete = (value: typeof message) =>
			toJson(desc, value, { registry, alwaysEmitImplicit: true, useProtoFieldName: true });
		const json = complete(message);
		if (!this.dropped.size || !isObject(json)) return json as T;
		// A field that this server does not know reads as unset, not as missing.
		this.drop(desc, json);
		return complete(fromJson(desc, json, { registry })) as T;
	}

	private drop(desc: DescMessage, value: JsonObject): void {
		if (!this.dropped.size) return;
		for (const { name } of desc.fields)
			if (this.dropped.has(`${desc.name}.${name}`)) delete value[name];
		for (const child of children(desc, value, protoName)) this.drop(child.desc, child.value);
	}

	private maskSecrets(desc: DescMessage, value: JsonObject): void {
		const { maskSecrets: mask } = this.options;
		if (mask === false) return;
		if (value.auth_password) value.auth_password = mask === true ? '' : mask;
		for (const child of children(desc, value, protoName)) this.maskSecrets(child.desc, child.value);
	}
}

/** Go's decoder reads one JSON value and leaves what follows it unread. */
function parseFirstValue(text: string): JsonValue {
	try {
		return JSON.parse(text) as JsonValue;
	} catch (fault) {
		const after = /after JSON at position (\d+)/.exec(String(fault));
		if (!after) throw fault;
		return JSON.parse(text.slice(0, Number(after[1]))) as JsonValue;
	}
}
