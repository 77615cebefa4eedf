import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { AccessToken } from 'livekit-server-sdk';

import type { JsonObject } from '../../livekit/json';
import { type WebhookEvent, readEvent } from '../../livekit/events/event';

/** A webhook as a real LiveKit sent it: livekit-server v1.13.5 with livekit-sip 1.11 and sipp. */
export interface Recorded {
	/** Unix milliseconds. */
	readonly receivedAt: number;
	readonly token: string;
	readonly raw: string;
	readonly json: JsonObject;
}

/** Key and secret of the server whose webhooks are recorded. */
export const signer = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-32-characters-long' };

/** All that were recorded, in the order in which they came. */
export const recorded: readonly Recorded[] = readFileSync(join(__dirname, 'webhooks.jsonl'), 'utf8')
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => {
		const { received_at, headers, raw } = JSON.parse(line) as {
			received_at: string;
			headers: { authorization: string };
			raw: string;
		};
		const json = JSON.parse(raw) as JsonObject;
		return { receivedAt: Date.parse(received_at), token: headers.authorization, raw, json };
	});

function roomName({ room }: JsonObject): unknown {
	return (room as JsonObject | undefined)?.name;
}

/** The recorded events of a room, the repeated ones once. */
export function eventsOf(room: string): Recorded[] {
	const found = recorded.filter(({ json }) => roomName(json) === room);
	return found.filter(
		({ json }, at) => found.findIndex((other) => other.json.id === json.id) === at,
	);
}

/** One recorded event of a room. */
export function eventOf(room: string, name: string): Recorded {
	const found = eventsOf(room).find(({ json }) => json.event === name);
	if (!found) throw new Error(`No ${name} of ${room} was recorded`);
	return found;
}

/** An event as the package reads it. */
export function read(json: object | string): WebhookEvent {
	const text = typeof json === 'string' ? json : JSON.stringify(json);
	const event = readEvent(Buffer.from(text));
	if ('fault' in event) throw new Error(event.fault);
	return event.value;
}

/** What a token of LiveKit's own SDK holds for a body. */
export function hashOf(body: string | Uint8Array): string {
	return createHash('sha256').update(body).digest('base64');
}

/** A token for a body by LiveKit's own SDK, valid now and for five minutes. */
export async function signedBySdk(
	body: string | Uint8Array,
	{ apiKey, apiSecret } = signer,
): Promise<string> {
	const token = new AccessToken(apiKey, apiSecret, { ttl: 300 });
	token.sha256 = hashOf(body);
	return await token.toJwt();
}

/** A token as LiveKit would have signed it some seconds ago, or by a clock that goes wrong. */
export async function signedAgo(body: string, seconds: number): Promise<string> {
	const now = Math.floor(Date.now() / 1000) - seconds;
	const claims = { iss: signer.apiKey, nbf: now, exp: now + 300, sha256: hashOf(body) };
	return await new SignJWT(claims)
		.setProtectedHeader({ alg: 'HS256' })
		.sign(new TextEncoder().encode(signer.apiSecret));
}

/** The recorded participant of the end of a call with other attributes and fields; undefined takes one out. */
export function leftWith(
	room: string,
	attributes: Record<string, string | undefined>,
	participant: Record<string, unknown> = {},
	event: Record<string, unknown> = {},
): JsonObject {
	const { json } = eventOf(room, 'participant_left');
	const left = json.participant as JsonObject;
	return JSON.parse(
		JSON.stringify({
			...json,
			...event,
			participant: {
				...left,
				...participant,
				attributes: { ...(left.attributes as JsonObject), ...attributes },
			},
		}),
	) as JsonObject;
}

/** The same event as newer and older servers could write it: snake_case with all fields, numbers as numbers. */
export function inSnakeCase(json: JsonObject): JsonObject {
	return read(json).whole;
}
