import {
	type DescMessage,
	type JsonValue as WireValue,
	fromJson,
	toJson,
} from '@bufbuild/protobuf';

import { type JsonObject, isObject } from '../../livekit/json';
import { livekitRegistry } from '../../local/livekit/schema';
import type { MessageName } from '../../livekit/schema';

const registry = livekitRegistry();

function descriptorOf(message: MessageName): DescMessage {
	const descriptor = registry.getMessage(`livekit.${message}`);
	if (!descriptor) throw new Error(`No descriptor of ${message}`);
	return descriptor;
}

/**
 * What LiveKit reads of a JSON body: parsed strictly and written back in snake_case without defaults.
 *
 * @throws for what LiveKit's descriptors refuse, unknown names included
 */
export function read(message: MessageName, body: unknown): unknown {
	const descriptor = descriptorOf(message);
	const value = fromJson(descriptor, body as WireValue, { registry, ignoreUnknownFields: false });
	return toJson(descriptor, value, { registry, useProtoFieldName: true });
}

/** A message as servers answer it: snake_case with all defaults, and camelCase without them. */
export function answersOf(
	message: MessageName,
	body: JsonObject,
): { readonly snake: JsonObject; readonly camel: JsonObject } {
	const descriptor = descriptorOf(message);
	const value = fromJson(descriptor, body, { registry });
	const snake = toJson(descriptor, value, {
		registry,
		alwaysEmitImplicit: true,
		useProtoFieldName: true,
	});
	const camel = toJson(descriptor, value, { registry });
	return { snake: snake as JsonObject, camel: camel as JsonObject };
}

/** A body without room configurations that hold nothing: the form's empty list of agents makes them, encode drops them. */
export function withoutEmptyRooms(value: unknown): unknown {
	if (!isObject(value)) return value;
	const entries = Object.entries(value).map(
		([name, inner]) => [name, withoutEmptyRooms(inner)] as const,
	);
	return Object.fromEntries(
		entries.filter(
			([name, inner]) =>
				name !== 'room_config' || !isObject(inner) || Object.keys(inner).length > 0,
		),
	);
}
