import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import { AccessToken, WebhookReceiver } from 'livekit-server-sdk';

import { verifyDelivery } from '../../../livekit/events/delivery';
import { signToken } from '../../../livekit/http/token';
import { hashOf, recorded, signedBySdk, signer } from '../../support/webhooks';

const at = 1_700_000_000;
const body =
	'{"event":"room_started","room":{"sid":"RM_x","name":"r1"},"id":"EV_1","createdAt":"1700000000"}';
const bytes = (text: string) => Buffer.from(text);

const verify = async (token: string, text = body, now = at * 1000, who = signer) => {
	const result = await verifyDelivery({ token, body: bytes(text) }, who, now);
	return 'refused' in result ? result.refused : 'accepted';
};

const claims = { iss: signer.apiKey, nbf: at, exp: at + 300, sha256: hashOf(body) };
const sign = async (own: object, secret = signer.apiSecret, alg = 'HS256') =>
	await new SignJWT({ ...claims, ...own })
		.setProtectedHeader({ alg })
		.sign(new TextEncoder().encode(secret));

it("LiveKit's own vector is accepted", async () => {
	const token =
		'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkiLCJuYmYiOjE3MDAwMDAwMDAsImV4cCI6MTcwMDAwMDMwMCwic2hhMjU2IjoiRUwyWnZmcno5dmFkRXZvVUh4S08yblBQZWxqLzVSRndZdFZFdXl1RW91VT0ifQ.WUu04V90TzaRNjEIenvxYy_tRE1-LfiQKsLEJrcN7ik';
	expect(bytes(body)).toHaveLength(95);
	expect(await verify(token, body, at * 1000, { apiKey: 'devkey', apiSecret: 'secret' })).toBe(
		'accepted',
	);
});

it.each(recorded.map(({ json, ...one }) => [json.event, json.id, one] as const))(
	'the recorded %s %s is accepted when it came, and only then and so',
	async (_event, _id, { token, raw, receivedAt }) => {
		expect(await verify(token, raw, receivedAt)).toBe('accepted');
		expect(await verify(token, JSON.stringify(JSON.parse(raw)) + ' ', receivedAt)).toBe(
			'other_body',
		);
		expect(await verify(token, raw, receivedAt + 3_600_000)).toBe('too_late');
		expect(await verify(token, raw, receivedAt - 3_600_000)).toBe('too_early');
		expect(await verify(token, raw, receivedAt, { ...signer, apiSecret: 'x'.repeat(40) })).toBe(
			'other_secret',
		);
		expect(await verify(token, raw, receivedAt, { ...signer, apiKey: 'other' })).toBe('other_key');
	},
);

it('no recorded token is good for another body', async () => {
	const once = recorded.filter(
		({ raw }, index) => recorded.findIndex((other) => other.raw === raw) === index,
	);
	for (const [index, { token, receivedAt }] of once.entries()) {
		const other = once[(index + 1) % once.length];
		expect(await verify(token, other.raw, receivedAt)).toBe('other_body');
	}
});

it.each([
	['59 s after its end', 300 + 59, 'accepted'],
	['61 s after its end', 300 + 61, 'too_late'],
	['59 s before its beginning', -59, 'accepted'],
	['61 s before its beginning', -61, 'too_early'],
])('a token %s: %s s after it was signed', async (_what, seconds, expected) => {
	expect(await verify(await sign({}), body, (at + seconds) * 1000)).toBe(expected);
});

it.each([
	['another key with the same secret', { iss: 'other' }, 'other_key'],
	['no key', { iss: undefined }, 'no_token'],
	['no end', { exp: undefined }, 'no_token'],
	['no hash, as a token for the API', { sha256: undefined }, 'no_token'],
	['an end that is text', { exp: String(at + 300) }, 'no_token'],
	['a beginning that is text', { nbf: String(at) }, 'no_token'],
	['a hash that is a list', { sha256: [hashOf(body)] }, 'other_body'],
	['a hash in hex', { sha256: Buffer.from(hashOf(body), 'base64').toString('hex') }, 'other_body'],
	[
		'a hash in base64url',
		{ sha256: hashOf(body).replace('/', '_').replace('=', '') },
		'other_body',
	],
	['a hash with something behind', { sha256: `${hashOf(body)}=` }, 'other_body'],
	['an empty hash', { sha256: '' }, 'other_body'],
])('%s is refused', async (_what, own, expected) => {
	expect(await verify(await sign(own))).toBe(expected);
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function handmade(header: object, payload: object = claims): string {
	const text = `${part(header)}.${part(payload)}`;
	const mac = createHmac('sha256', signer.apiSecret).update(text).digest('base64url');
	return `${text}.${mac}`;
}

it('a token made by hand is accepted, so that the next test means something', async () => {
	expect(await verify(handmade({ alg: 'HS256' }))).toBe('accepted');
});

it.each([
	['alg none', `${part({ alg: 'none' })}.${part(claims)}.`],
	['alg none with a signature', handmade({ alg: 'none' })],
	['alg HS512 with a signature of HS256', handmade({ alg: 'HS512' })],
	['no alg', handmade({})],
	['a critical extension', handmade({ alg: 'HS256', crit: ['b64'], b64: false })],
	['a list of claims', handmade({ alg: 'HS256' }, [claims])],
	['Bearer in front', `Bearer ${handmade({ alg: 'HS256' })}`],
	['a space in front', ` ${handmade({ alg: 'HS256' })}`],
	['a fourth part', `${handmade({ alg: 'HS256' })}.x`],
	['no signature', handmade({ alg: 'HS256' }).replace(/[^.]*$/, '')],
	['an empty text', ''],
	['something else', 'x'],
])('%s is refused as no token', async (_what, token) => {
	expect(['no_token', 'other_secret']).toContain(await verify(token));
});

it.each(['HS384', 'HS512'])('a right signature by %s is refused', async (alg) => {
	expect(await verify(await sign({}, signer.apiSecret, alg))).toBe('no_token');
});

it('an empty secret accepts nothing', async () => {
	const empty = { apiKey: 'devkey', apiSecret: '' };
	const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
	const token = `${text}.${createHmac('sha256', '').update(text).digest('base64url')}`;
	expect(await verify(token, body, at * 1000, empty)).not.toBe('accepted');
});

it('a token of our own requests, signed with the same secret, is refused', async () => {
	const token = await signToken({ ...signer, grant: {}, now: at * 1000 });
	expect(await verify(token)).toBe('no_token');
});

it("what LiveKit's SDK signs is accepted, and so does its receiver", async () => {
	const token = await signedBySdk(body);
	expect(await verify(token, body, Date.now())).toBe('accepted');
	const event = await new WebhookReceiver(signer.apiKey, signer.apiSecret).receive(body, token);
	expect(event.id).toBe('EV_1');
});

it("a token of LiveKit's SDK for a room, without a hash, is refused", async () => {
	const token = new AccessToken(signer.apiKey, signer.apiSecret, { identity: 'x' });
	token.addGrant({ roomJoin: true, room: 'r1' });
	expect(await verify(await token.toJwt(), body, Date.now())).toBe('no_token');
});
