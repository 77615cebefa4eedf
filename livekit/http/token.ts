import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';

import type { Grant } from './grants';

/** LiveKit forgives a minute of clock difference; with one more, a server whose clock is two minutes slow still accepts us. */
const NOT_BEFORE_SECONDS = 60;
/** A token is checked once, when its request arrives. Ten minutes are what LiveKit's SDKs take. */
const LIFETIME_SECONDS = 600;

export interface TokenRequest {
	apiKey: string;
	apiSecret: string;
	/** The permissions, as `grantFor` gives them; an empty object makes a token that may do nothing. */
	grant: Grant;
	/** Milliseconds since 1970, `Date.now()` unless given. */
	now?: number;
}

/** The claims of a token that a server API takes (livekit/protocol auth/grants.go); times in seconds since 1970. */
export interface Claims extends Grant {
	/** The API key. */
	iss: string;
	nbf: number;
	exp: number;
}

/**
 * The claims as a JWT: HS256 over the UTF-8 bytes of the secret, header `{"alg":"HS256"}` and nothing else
 * (livekit/protocol auth/accesstoken.go). Rejects when the secret is empty.
 */
export async function signClaims(claims: Claims, apiSecret: string): Promise<string> {
	return await new SignJWT({ ...claims })
		.setProtectedHeader({ alg: 'HS256' })
		.sign(new TextEncoder().encode(apiSecret));
}

let last: { readonly of: string; readonly token: Promise<string> } | undefined;

/** An access token for one request to LiveKit, valid from a minute ago for eleven minutes. Rejects when the secret is empty. */
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
	// The same claims make the same token. Many rows send many requests in a second, and signing costs a tenth of each.
	const of = createHash('sha256')
		.update(JSON.stringify([claims, apiSecret]))
		.digest('base64');
	if (last?.of !== of) last = { of, token: signClaims(claims, apiSecret) };
	return await last.token;
}

/** The text with every token in it replaced: LiveKit up to v1.13.5 answers 401 with the whole token in the text. */
export function withoutTokens(text: string): string {
	return text.replace(/\beyJ[\w-]*(?:\.[\w-]*){1,2}/g, '[token]');
}

/** Takes tokens and API keys out of a text that a server wrote: older LiveKit servers repeat them in a 401. */
export function scrub(text: string): string {
	return withoutTokens(text)
		.replace(/(invalid API key): \S+/i, '$1')
		.replace(/(Bearer)\s+\S+/gi, '$1 [token]');
}
