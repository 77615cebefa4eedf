import { createHash, timingSafeEqual } from 'node:crypto';
import { type JWTPayload, decodeJwt, errors, jwtVerify } from 'jose';
import type { Result } from '../result';

/** A body beyond this is no event of LiveKit, whose biggest fields (metadata, attributes) hold 64 KB each. */
export const mostOfDelivery = 1024 * 1024;

/** LiveKit's own receiver forgives a minute too (livekit/protocol auth/verifier.go, go-jose's default leeway). */
const LEEWAY_SECONDS = 60;

/** A webhook as it came in. */
export interface Delivery {
	/** The Authorization header: a token, without `Bearer`. */
	readonly token: string;
	/** The body, byte for byte: LiveKit signs its hash. */
	readonly body: Uint8Array;
}

/** Whose signature counts. */
export interface Signer {
	readonly apiKey: string;
	readonly apiSecret: string;
}

/** Why a delivery is not LiveKit's, or not for this credential. The sender is never told. */
export type NotGenuine =
	/** Nothing that LiveKit would send: no token, another algorithm, a claim that is missing. */
	| 'no_token'
	/** Signed, maybe, with an API key that the credential does not hold. */
	| 'other_key'
	/** The key is the credential's, the secret is another one. */
	| 'other_secret'
	/** Not valid yet, by more than a minute. */
	| 'too_early'
	/** Expired more than a minute ago. */
	| 'too_late'
	/** Signed for another body. */
	| 'other_body';

/** Who says to have signed a token that could not be verified; undefined if it does not say. */
export function claimedKey(token: string): string | undefined {
	try {
		return decodeJwt(token).iss;
	} catch {
		return undefined;
	}
}

function whyRefused(thrown: unknown, token: string, { apiKey }: Signer): NotGenuine {
	if (thrown instanceof errors.JWTExpired) return 'too_late';
	if (thrown instanceof errors.JWTClaimValidationFailed)
		return thrown.claim === 'nbf' && thrown.reason === 'check_failed' ? 'too_early' : 'no_token';
	if (!(thrown instanceof errors.JWSSignatureVerificationFailed)) return 'no_token';
	const claimed = claimedKey(token);
	if (claimed === undefined) return 'no_token';
	return claimed === apiKey ? 'other_secret' : 'other_key';
}

/** Whether a claim is the SHA-256 of a body in padded base64. Takes the same time whatever the claim is. */
function isHashOf(body: Uint8Array, claim: unknown): boolean {
	const expected = Buffer.from(createHash('sha256').update(body).digest('base64'));
	const given = Buffer.from(typeof claim === 'string' ? claim : '');
	return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whether a delivery comes from the LiveKit server of a credential: a token signed with HS256 and its secret, issued by its
 * key, valid now, for exactly this body (livekit/protocol webhook/verifier.go). Never rejects.
 *
 * @param now Unix milliseconds
 */
export async function verifyDelivery(
	{ token, body }: Delivery,
	signer: Signer,
	now: number,
): Promise<Result<JWTPayload, 'refused', NotGenuine>> {
	try {
		const { payload } = await jwtVerify(token, new TextEncoder().encode(signer.apiSecret), {
			algorithms: ['HS256'],
			clockTolerance: LEEWAY_SECONDS,
			currentDate: new Date(now),
			requiredClaims: ['iss', 'exp', 'sha256'],
		});
		if (payload.iss !== signer.apiKey) return { refused: 'other_key' };
		return isHashOf(body, payload.sha256) ? { value: payload } : { refused: 'other_body' };
	} catch (thrown) {
		return { refused: whyRefused(thrown, token, signer) };
	}
}
