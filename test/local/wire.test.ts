import { fromBinary } from '@bufbuild/protobuf';

import { livekitRegistry } from '../../local/livekit/schema';
import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered, ask, sign } from '../support/client';

const CREATE = 'SIP/CreateSIPInboundTrunk';
const malformed = {
	status: 400,
	type: 'application/json',
	body: { code: 'malformed', msg: 'the json request could not be decoded' },
};

describe('the wire', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit();
	});
	beforeEach(() => livekit.reset());
	afterAll(() => livekit.close());

	test('health', async () => {
		expect(await (await fetch(livekit.url)).text()).toBe('OK');
	});

	test.each([
		[
			'SIP/Nope',
			{},
			'no handler for path "/twirp/livekit.SIP/Nope"',
			'POST /twirp/livekit.SIP/Nope',
		],
		[
			CREATE,
			{ httpMethod: 'GET' },
			'unsupported method "GET" (only POST is allowed)',
			`GET /twirp/livekit.${CREATE}`,
		],
		[
			CREATE,
			{ headers: { 'content-type': 'text/xml' } },
			'unexpected Content-Type: "text/xml"',
			`POST /twirp/livekit.${CREATE}`,
		],
	])('%s with %j is a bad route', async (rpc, how, msg, route) => {
		const body = { code: 'bad_route', msg, meta: { twirp_invalid_route: route } };
		expect(await ask(livekit, rpc, {}, how)).toEqual({
			status: 404,
			type: 'application/json',
			body,
		});
	});

	test('a service that is not served answers in plain text', async () => {
		const reply = await ask(livekit, 'PhoneNumberService/ListPhoneNumbers');
		expect(reply).toEqual({
			status: 404,
			type: 'text/plain; charset=utf-8',
			body: '404 page not found\n',
		});
	});

	test.each([
		['nothing', ''],
		['a list', '[]'],
		['a number for a duration', { trunk: { ringing_timeout: 30 } }],
		['text for a bool', { trunk: { krisp_enabled: 'true' } }],
		['null in a list', { trunk: { numbers: [null] } }],
		['one field in both casings', { trunk: { auth_username: 'a', authUsername: 'b' } }],
	])('%s is malformed', async (_, body) => {
		expect(await ask(livekit, CREATE, body)).toEqual(malformed);
	});

	test('unknown fields and unknown enum names are dropped in silence, nulls are absent', async () => {
		const trunk = {
			numbers: ['+1'],
			nope: 1,
			include_headers: 'SIP_SOME',
			name: null,
			media: null,
		};
		expect(await answered(livekit, CREATE, { trunk })).toMatchObject({
			include_headers: 'SIP_NO_HEADERS',
			name: '',
			media: null,
		});
	});

	test('open-source style: snake_case, all defaults, unset messages null, optional fields left out', async () => {
		const trunk = await answered(livekit, CREATE, {
			trunk: { numbers: ['+15105550100'], media: {}, maxCallDuration: '90s' },
		});
		expect(trunk).toEqual({
			sip_trunk_id: expect.stringMatching(/^ST_\w{12}$/),
			name: '',
			metadata: '',
			numbers: ['+15105550100'],
			allowed_addresses: [],
			allowed_numbers: [],
			auth_username: '',
			auth_password: '',
			auth_realm: '',
			headers: {},
			headers_to_attributes: {},
			attributes_to_headers: {},
			include_headers: 'SIP_NO_HEADERS',
			ringing_timeout: null,
			ringing_timeout_status: 'SIP_STATUS_UNKNOWN',
			max_call_duration: '90s',
			krisp_enabled: false,
			media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE',
			media: { only_listed_codecs: false, codecs: [], drop_audio_during_dtmf: false },
			created_at: null,
			updated_at: null,
		});
	});

	test('the other style: camelCase, defaults left out, keys of maps untouched', async () => {
		const other = await startLocalLiveKit({ style: 'camel' });
		const trunk = { numbers: ['+1'], headers_to_attributes: { 'X-Some-Header': 'snake_key' } };
		expect(await answered(other, CREATE, { trunk })).toEqual({
			sipTrunkId: expect.stringMatching(/^ST_/),
			numbers: ['+1'],
			headersToAttributes: { 'X-Some-Header': 'snake_key' },
		});
		await other.close();
	});

	test("protobuf instead of JSON, as LiveKit's command line speaks", async () => {
		const [id] = livekit.seedTrunks(1);
		const response = await fetch(`${livekit.url}/twirp/livekit.SIP/ListSIPInboundTrunk`, {
			method: 'POST',
			headers: {
				'content-type': 'application/protobuf',
				authorization: `Bearer ${await sign(livekit)}`,
			},
		});
		const desc = livekitRegistry().getMessage('livekit.ListSIPInboundTrunkResponse');
		const message = desc && fromBinary(desc, new Uint8Array(await response.arrayBuffer()));
		expect(message).toMatchObject({ items: [{ sipTrunkId: id, name: 'Trunk 1' }] });
	});

	test('a server that does not know a field or an RPC', async () => {
		const old = await startLocalLiveKit({
			dropFields: ['SIPInboundTrunkInfo.media'],
			missingMethods: ['UpdateSIPInboundTrunk'],
		});
		const trunk = await answered(old, CREATE, {
			trunk: { numbers: ['+1'], media: { only_listed_codecs: true } },
		});
		expect(trunk).not.toHaveProperty('media');
		expect(await ask(old, 'SIP/UpdateSIPInboundTrunk')).toMatchObject({
			status: 404,
			body: { code: 'bad_route' },
		});
		await old.close();
	});

	test.each([
		[true, ''],
		['********', '********'],
	])('a cautious server (%j) does not give passwords back', async (maskSecrets, shown) => {
		const cautious = await startLocalLiveKit({ maskSecrets });
		await answered(cautious, CREATE, {
			trunk: { numbers: ['+1'], auth_username: 'u', auth_password: 'secret' },
		});
		const { items } = await answered<{ items: object[] }>(cautious, 'SIP/ListSIPInboundTrunk');
		expect(items).toMatchObject([{ auth_username: 'u', auth_password: shown }]);
		await cautious.close();
	});

	test('a server without Redis answers every SIP call alike, after the grant check', async () => {
		const bare = await startLocalLiveKit({ sip: false });
		const body = {
			code: 'internal',
			msg: 'twirp error unknown: sip not connected (redis required)',
		};
		for (const rpc of ['ListSIPInboundTrunk', 'CreateSIPDispatchRule', 'CreateSIPParticipant']) {
			expect(await ask(bare, `SIP/${rpc}`)).toMatchObject({ status: 500, body });
			expect(await ask(bare, `SIP/${rpc}`, {}, { claims: {} })).toMatchObject({ status: 401 });
		}
		expect((await ask(bare, 'RoomService/ListRooms')).status).toBe(200);
		await bare.close();
	});

	test('requests are recorded with claims, body and answer', async () => {
		await ask(
			livekit,
			'SIP/ListSIPInboundTrunk',
			{ numbers: ['+1'] },
			{ headers: { 'x-livekit-request-id': 'abc' } },
		);
		await ask(livekit, 'SIP/ListSIPInboundTrunk', 'nonsense', { token: 'bad' });
		expect(livekit.requests).toMatchObject([
			{
				service: 'SIP',
				method: 'ListSIPInboundTrunk',
				status: 200,
				body: { numbers: ['+1'] },
				claims: { iss: 'devkey' },
			},
			{ status: 401, rawBody: 'nonsense', body: undefined },
		]);
		expect(livekit.requests[0]?.headers['x-livekit-request-id']).toBe('abc');
		livekit.reset();
		expect(livekit.requests).toEqual([]);
	});
});
