import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';

import type { ResolvedOptions } from './options';

const LEEWAY_SECONDS = 60;

/** What LiveKit reads of a token (`protocol/auth/grants.go`). */
export interface Claims {
	iss?: string;
	exp?: number;
	video?: {
		room?: string;
		roomCreate?: boolean;
		roomList?: boolean;
		roomAdmin?: boolean;
		destinationRoom?: string;
	};
	sip?: { admin?: boolean; call?: boolean };
	[claim: string]: unknown;
}

/** A token that LiveKit's middleware refuses: 401 in plain text, before any RPC is looked at. */
export class TokenRefused extends Error {}

/** Reasons in the words of golang-jwt, which LiveKit passes on. */
function reason(fault: unknown): string {
	if (fault instanceof errors.JWTExpired) return 'token has invalid claims: token is expired';
	if (fault instanceof errors.JWTClaimValidationFailed) {
		if (fault.claim === 'nbf') return 'token has invalid claims: token is not valid yet';
		if (fault.claim === 'exp')
			return 'token has invalid claims: token is missing required claim: exp claim is required';
	}
	return 'token signature is invalid: signature is invalid';
}

/**
 * The claims of the request's token, or undefined when it carries none (`livekit-server/pkg/service/auth.go`).
 * @throws {TokenRefused} with the text of the 401
 */
export async function verifyToken(
	authorization: string | undefined,
	queryToken: string | null,
	options: ResolvedOptions,
): Promise<Claims | undefined> {
	if (authorization && !authorization.startsWith('Bearer ')) {
		throw new TokenRefused('invalid authorization header. Must start with Bearer ');
	}
	const token = authorization ? authorization.slice('Bearer '.length) : queryToken;
	if (!token) return undefined;
	const issuer = issuerOf(token);
	const secret = Object.hasOwn(options.keys, issuer) ? options.keys[issuer] : undefined;
	if (!secret)
		throw new TokenRefused(
			options.leakTokenIn401 ? `invalid API key: ${issuer}` : 'invalid API key',
		);
	try {
		const { payload } = await jwtVerify<Claims>(token, new TextEncoder().encode(secret), {
			algorithms: ['HS256'],
			clockTolerance: LEEWAY_SECONDS,
			requiredClaims: options.leakTokenIn401 ? [] : ['exp'],
		});
		return payload;
	} catch (fault) {
		const text = options.leakTokenIn401
			? `invalid token: ${token}, error: `
			: 'invalid authorization token: ';
		throw new TokenRefused(text + reason(fault));
	}
}

function issuerOf(token: string): string {
	try {
		if (decodeProtectedHeader(token).alg === 'HS256') return decodeJwt(token).iss ?? '';
	} catch {
		// Not a token: refused below in the words for both.
	}
	throw new TokenRefused('invalid authorization token');
}
