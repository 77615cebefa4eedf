import { decodeJwt, decodeProtectedHeader } from 'jose';
import { TokenVerifier } from 'livekit-server-sdk';

import { signClaims, signToken, withoutTokens } from '../../../livekit/http/token';

const apiKey = 'devkey';
const apiSecret = 'secret-of-at-least-32-characters-long';

describe('signClaims', () => {
	const frame = { iss: 'devkey', nbf: 1_700_000_000, exp: 1_700_000_600 };

	it('makes the published tokens, byte for byte', async () => {
		expect(await signClaims({ ...frame, sip: { admin: true } }, 'secret')).toBe(
			'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkiLCJuYmYiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwMDYwMCwic2lwIjp7ImFkbWluIjp0cnVlfX0.2JU2XE61UGZMOiiBnlKfZxV4ZjIV7hYisnwW1jSfbYg',
		);
		expect(
			await signClaims(
				{ ...frame, video: { roomAdmin: true, room: 'r1' }, sip: { call: true } },
				'secret',
			),
		).toBe(
			'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkiLCJuYmYiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwMDYwMCwidmlkZW8iOnsicm9vbUFkbWluIjp0cnVlLCJyb29tIjoicjEifSwic2lwIjp7ImNhbGwiOnRydWV9fQ.t2p7n1I8xDue-h0UkUbRjE2QRiITlfu5QoDSRuiwpFM',
		);
	});
});

describe('signToken', () => {
	it('is valid from a minute ago for ten minutes from now, and says nothing more than it must', async () => {
		const token = await signToken({
			apiKey,
			apiSecret,
			grant: { sip: { admin: true } },
			now: 1_700_000_060_999,
		});
		expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256' });
		expect(decodeJwt(token)).toEqual({
			iss: 'devkey',
			nbf: 1_700_000_000,
			exp: 1_700_000_660,
			sip: { admin: true },
		});
	});

	it('carries no grant for an empty one', async () => {
		const claims = decodeJwt(await signToken({ apiKey, apiSecret, grant: {} }));
		expect(Object.keys(claims)).toEqual(['iss', 'nbf', 'exp']);
	});

	it("passes LiveKit's own verifier, and only with the right secret", async () => {
		const grant = { video: { roomAdmin: true, room: 'rööm 1' }, sip: { call: true } } as const;
		const token = await signToken({ apiKey, apiSecret, grant });
		await expect(new TokenVerifier(apiKey, apiSecret).verify(token)).resolves.toMatchObject(grant);
		await expect(new TokenVerifier(apiKey, `${apiSecret}x`).verify(token)).rejects.toThrow(
			/signature/i,
		);
		await expect(new TokenVerifier('other', apiSecret).verify(token)).rejects.toThrow(/iss/);
	});

	it('signs with the UTF-8 bytes of the secret', async () => {
		const token = await signToken({
			apiKey,
			apiSecret: 'schlüssel-von-32-zeichen-und-mehr',
			grant: { sip: { admin: true } },
		});
		await expect(
			new TokenVerifier(apiKey, 'schlüssel-von-32-zeichen-und-mehr').verify(token),
		).resolves.toBeDefined();
	});

	it('rejects an empty secret', async () => {
		await expect(signToken({ apiKey, apiSecret: '', grant: {} })).rejects.toThrow();
	});
});

describe('withoutTokens', () => {
	it('takes tokens out of a text, whole or cut', async () => {
		const token = await signToken({ apiKey, apiSecret, grant: {} });
		expect(withoutTokens(`invalid token: ${token}, error: expired`)).toBe(
			'invalid token: [token], error: expired',
		);
		expect(withoutTokens(`a ${token.slice(0, -20)}`)).toBe('a [token]');
		expect(withoutTokens('nothing to hide')).toBe('nothing to hide');
	});
});
