import { createHash } from 'node:crypto';
import { decode } from '../codec/decode';
import { type JsonObject, isDeep, isJsonObject, isObject } from '../json';
import type { Result } from '../result';

/** One event of LiveKit, as a webhook brought it. */
export interface WebhookEvent {
	/** LiveKit's name for it, such as `participant_left`. */
	readonly name: string;
	/** The same each time the event is sent. */
	readonly id: string;
	/** Unix milliseconds of its creation, in whole seconds; 0 if it does not say. */
	readonly at: number;
	/** The decoded WebhookEvent, with its secrets. */
	readonly whole: JsonObject;
}

/** Text of a decoded field; empty for anything else, which a server of LiveKit does not send. */
export function textIn(value: unknown, name: string): string {
	const found: unknown = isObject(value) ? value[name] : undefined;
	return typeof found === 'string' ? found : '';
}

/** A message inside of a decoded message, empty if it is not set. */
export function messageIn(value: JsonObject, name: string): JsonObject {
	const found = value[name];
	return isJsonObject(found) ? found : {};
}

/** The JSON of a body, undefined if it is none. */
function parsed(body: Uint8Array): unknown {
	try {
		return JSON.parse(Buffer.from(body).toString('utf8'));
	} catch {
		return undefined;
	}
}

/** Older servers, and events made by hand, may have no ID: then the same bytes are the same event. */
function idOf(whole: JsonObject, body: Uint8Array): string {
	return textIn(whole, 'id') || `sha256-${createHash('sha256').update(body).digest('hex')}`;
}

/**
 * Reads the body of a delivery: JSON of a WebhookEvent, in either casing.
 *
 * @returns the event, or a fault if there is none in it
 */
export function readEvent(body: Uint8Array): Result<WebhookEvent> {
	const json = parsed(body);
	if (!isJsonObject(json) || isDeep(json)) return { fault: 'is no JSON object' };
	const whole = decode('WebhookEvent', json);
	const name = textIn(whole, 'event');
	if (name === '') return { fault: 'names no event' };
	return {
		value: { name, id: idOf(whole, body), at: Number(whole.created_at) * 1000 || 0, whole },
	};
}
