import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';

import type { Grant } from './grants';

/** LiveKit tolerates a clock difference of a minute. With one more, a server whose clock is two minutes slow accepts us. */
const NOT_BEFORE_SECONDS = 60;
/** LiveKit's SDKs take ten minutes too. A token is checked only once, when its request arrives. */
const LIFETIME_SECONDS = 600;

/** What a token is made of. */
export interface TokenRequest {
	apiKey: string;
	apiSecret: string;
	/** The permissions, see `grantFor`. An empty object makes a token that permits nothing. */
	grant: Grant;
	/** Unix milliseconds, `Date.now()` unless given. */
	now?: number;
}

/** The claims of a token for LiveKit's API (livekit/protocol auth/grants.go). Times are Unix seconds. */
export interface Claims extends Grant {
	/** The API key. */
	iss: string;
	nbf: number;
	exp: number;
}

/**
 * Signs claims as a JWT: HS256 with the UTF-8 bytes of the secret, and the header `{"alg":"HS256"}`
 * (livekit/protocol auth/accesstoken.go). Rejects if the secret is empty.
 */
export async function signClaims(claims: Claims, apiSecret: string): Promise<string> {
	return await new SignJWT({ ...claims })
		.setProtectedHeader({ alg: 'HS256' })
		.sign(new TextEncoder().encode(apiSecret));
}

let last: { readonly of: string; readonly token: Promise<string> } | undefined;

/** Makes an access token for a request to LiveKit. It expires in ten minutes. Rejects if the secret is empty. */
export async function signToken({
	apiKey,
	apiSecret,
	grant,
	now = Date.now(),
}: TokenRequest): Promise<string> {
	const seconds = Math.floor(now / 1000);
	const claims: Claims = {
		iss: apiKey,
		nbf: seconds - NOT_BEFORE_SECONDS,
		exp: seconds + LIFETIME_SECONDS,
		...grant,
	};
	// Equal claims make an equal token. Many rows send many requests in a second, and signing is a tenth of the cost of each.
	const of = createHash('sha256')
		.update(JSON.stringify([claims, apiSecret]))
		.digest('base64');
	if (last?.of !== of) last = { of, token: signClaims(claims, apiSecret) };
	return await last.token;
}

/**
 * Replaces every token in a text. LiveKit up to v1.13.5 repeats the whole token in a 401. Takes time in proportion to the
 * length of the text: each run of a token's characters is looked at once.
 */
export function withoutTokens(text: string): string {
	return text.replace(/[\w.-]+/g, (run) => {
		const start = run.indexOf('eyJ');
		return start === -1 || !run.includes('.', start) ? run : `${run.slice(0, start)}[token]`;
	});
}

/** Takes tokens and API keys out of the text of a server. Older LiveKit servers repeat them in a 401. */
export function scrub(text: string): string {
	return withoutTokens(text)
		.replace(/(invalid API key): \S+/i, '$1')
		.replace(/(Bearer)\s+\S+/gi, '$1 [token]');
}
