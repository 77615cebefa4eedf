import { SignJWT } from 'jose';

import type { LocalLiveKit } from '../../local/livekit/server';

/** What came back. `body` is the parsed JSON, or the text when it is none. */
export interface Reply {
	status: number;
	type: string;
	body: unknown;
}

export interface Ask {
	claims?: Record<string, unknown>;
	headers?: Record<string, string>;
	httpMethod?: string;
	/** A whole token instead of a signed one; `null` sends none. */
	token?: string | null;
	key?: string;
	secret?: string;
	/** Seconds from now; `null` leaves the claim out. */
	expires?: number | null;
	notBefore?: number;
}

/** Grants for everything, in the room `r1`. */
export const ALL_GRANTS = {
	sip: { admin: true, call: true },
	video: { roomCreate: true, roomList: true, roomAdmin: true, room: 'r1' },
};

/** Signs a token for this server. */
export async function sign(livekit: LocalLiveKit, ask: Ask = {}): Promise<string> {
	const now = Math.floor(Date.now() / 1000);
	const jwt = new SignJWT(ask.claims ?? ALL_GRANTS)
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer(ask.key ?? livekit.key);
	if (ask.expires !== null) jwt.setExpirationTime(now + (ask.expires ?? 600));
	if (ask.notBefore !== undefined) jwt.setNotBefore(now + ask.notBefore);
	return await jwt.sign(new TextEncoder().encode(ask.secret ?? livekit.secret));
}

/** Sends `Service/Method` with a body (an object, or raw text) and reads the answer whatever it is. */
export async function ask(
	livekit: LocalLiveKit,
	rpc: string,
	body: object | string = {},
	how: Ask = {},
): Promise<Reply> {
	const token = how.token === undefined ? await sign(livekit, how) : how.token;
	const response = await fetch(`${livekit.url}/twirp/livekit.${rpc}`, {
		method: how.httpMethod ?? 'POST',
		headers: {
			'content-type': 'application/json',
			...(token !== null && { authorization: `Bearer ${token}` }),
			...how.headers,
		},
		body: how.httpMethod === 'GET' ? null : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	const type = response.headers.get('content-type') ?? '';
	return {
		status: response.status,
		type,
		body: type.startsWith('application/json') ? JSON.parse(text) : text,
	};
}

/** The parsed answer of a request that must succeed. */
export async function answered<T = Record<string, unknown>>(
	livekit: LocalLiveKit,
	rpc: string,
	body: object = {},
	how: Ask = {},
): Promise<T> {
	const reply = await ask(livekit, rpc, body, how);
	if (reply.status !== 200)
		throw new Error(`${rpc} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
	return reply.body as T;
}
