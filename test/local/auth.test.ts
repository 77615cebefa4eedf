import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { ask, sign } from '../support/client';

const LIST = 'SIP/ListSIPInboundTrunk';
const refused = {
	status: 401,
	type: 'application/json',
	body: { code: 'unauthenticated', msg: 'permissions denied' },
};
const text401 = (body: string) => ({ status: 401, type: 'text/plain; charset=utf-8', body });

describe('tokens', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit();
	});
	afterAll(() => livekit.close());

	test.each([
		['no token', { token: null }, refused],
		[
			'another scheme',
			{ headers: { authorization: 'Basic x' } },
			text401('invalid authorization header. Must start with Bearer '),
		],
		['no JWT', { token: 'x' }, text401('invalid authorization token')],
		['unknown key', { key: 'nobody' }, text401('invalid API key')],
		[
			'wrong secret',
			{ secret: 'another' },
			text401('invalid authorization token: token signature is invalid: signature is invalid'),
		],
		[
			'expired',
			{ expires: -90 },
			text401('invalid authorization token: token has invalid claims: token is expired'),
		],
		[
			'not valid yet',
			{ notBefore: 90 },
			text401('invalid authorization token: token has invalid claims: token is not valid yet'),
		],
		[
			'no expiry',
			{ expires: null },
			text401(
				'invalid authorization token: token has invalid claims: token is missing required claim: exp claim is required',
			),
		],
	])('%s', async (_, how, expected) => {
		expect(await ask(livekit, LIST, {}, how)).toEqual(expected);
	});

	test.each([
		['just expired', { expires: -30 }],
		['a little early', { notBefore: 30 }],
	])('leeway: %s', async (_, how) => {
		expect((await ask(livekit, LIST, {}, how)).status).toBe(200);
	});

	test('a token signed with another algorithm is no token', async () => {
		const [, payload = ''] = (await sign(livekit)).split('.');
		const header = Buffer.from('{"alg":"none"}').toString('base64url');
		expect(await ask(livekit, LIST, {}, { token: `${header}.${payload}.` })).toEqual(
			text401('invalid authorization token'),
		);
	});

	test('a server up to v1.13.5 repeats the token and needs no expiry', async () => {
		const old = await startLocalLiveKit({ leakTokenIn401: true });
		const token = await sign(old, { expires: -90 });
		expect((await ask(old, LIST, {}, { token })).body).toBe(
			`invalid token: ${token}, error: token has invalid claims: token is expired`,
		);
		expect((await ask(old, LIST, {}, { key: 'nobody' })).body).toBe('invalid API key: nobody');
		expect((await ask(old, LIST, {}, { expires: null })).status).toBe(200);
		await old.close();
	});
});

describe('grants', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit();
	});
	afterAll(() => livekit.close());

	const admin = { sip: { admin: true } };
	const call = { sip: { call: true } };
	const room = (name: string) => ({ video: { roomAdmin: true, room: name } });
	const transfer = { room_name: 'r1', participant_identity: 'x', transfer_to: 'tel:+1' };

	test.each([
		['SIP/ListSIPDispatchRule', {}, call, 401],
		['SIP/ListSIPDispatchRule', {}, admin, 200],
		['SIP/CreateSIPParticipant', {}, admin, 401],
		['SIP/CreateSIPParticipant', {}, call, 400],
		['SIP/TransferSIPParticipant', transfer, call, 401],
		['SIP/TransferSIPParticipant', transfer, room('r1'), 401],
		['SIP/TransferSIPParticipant', transfer, { ...call, ...room('other') }, 401],
		['SIP/TransferSIPParticipant', transfer, { ...call, ...room('r1') }, 404],
		['RoomService/CreateRoom', { name: 'r1' }, { video: { roomList: true } }, 401],
		['RoomService/CreateRoom', { name: 'r1' }, { video: { roomCreate: true } }, 200],
		['RoomService/ListRooms', {}, { video: { roomCreate: true } }, 401],
		['RoomService/ListRooms', {}, { video: { roomList: true } }, 200],
		['RoomService/ListParticipants', { room: 'r1' }, room('r2'), 401],
		['RoomService/ListParticipants', { room: 'r1' }, { video: { room: 'r1' } }, 401],
		['RoomService/ListParticipants', { room: 'r1' }, room('r1'), 200],
		['AgentDispatchService/ListDispatch', { room: 'r1' }, room('r2'), 401],
		['AgentDispatchService/ListDispatch', { room: 'r1' }, room('r1'), 200],
	])('%s %j with %j answers %i', async (rpc, body, claims, status) => {
		const reply = await ask(livekit, rpc, body, { claims });
		expect(reply.status).toBe(status);
		if (status === 401) expect(reply).toEqual(refused);
	});
});
