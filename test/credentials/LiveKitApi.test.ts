import { TokenVerifier } from 'livekit-server-sdk';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { LiveKitApi } from '../../credentials/LiveKitApi.credentials';

const apiKey = 'devkey';
const apiSecret = 'secret-of-at-least-32-characters-long';
const data = { url: 'wss://x.livekit.cloud', apiKey, apiSecret };
const credential = new LiveKitApi();

/** What the signed request may do, by LiveKit's own verifier. */
async function grantsOf({ headers }: IHttpRequestOptions) {
	const [scheme, token = ''] = String(headers?.Authorization).split(' ');
	expect(scheme).toBe('Bearer');
	const { video, sip } = await new TokenVerifier(apiKey, apiSecret).verify(token);
	return { ...(video && { video }), ...(sip && { sip }) };
}

async function sign(options: object, given: ICredentialDataDecryptedObject = data) {
	return await credential.authenticate(given, options as IHttpRequestOptions);
}

const transfer = { room_name: 'r1', participant_identity: 'p', transfer_to: 'tel:+15550100' };
const transferGrant = { sip: { call: true }, video: { roomAdmin: true, room: 'r1' } };
const transferUrl = 'https://x.livekit.cloud/twirp/livekit.SIP/TransferSIPParticipant';

describe('LiveKitApi', () => {
	it('masks key and secret, and not the URL', () => {
		const masked = credential.properties.map(({ name, typeOptions }) => [
			name,
			typeOptions?.password ?? false,
		]);
		expect(Object.fromEntries(masked)).toEqual({ url: false, apiKey: true, apiSecret: true });
	});

	it("signs our node's requests", async () => {
		const url = '/twirp/livekit.SIP/ListSIPInboundTrunk';
		const request = {
			url,
			baseURL: 'https://x.livekit.cloud/prefix',
			method: 'POST',
			body: '{}',
			headers: { Accept: 'a' },
		};
		const signed = await sign(request);
		expect(signed).toEqual({
			...request,
			headers: { Accept: 'a', Authorization: expect.any(String) },
		});
		expect(await grantsOf(signed)).toEqual({ sip: { admin: true } });
	});

	it.each([
		['JSON with a parsed body', { uri: transferUrl, method: 'POST', json: true, body: transfer }],
		[
			'JSON with a text body',
			{ uri: transferUrl, method: 'POST', json: true, body: JSON.stringify(transfer) },
		],
		[
			'a raw body',
			{
				uri: transferUrl,
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(transfer),
			},
		],
		[
			'a binary body',
			{ uri: transferUrl, method: 'POST', body: Buffer.from(JSON.stringify(transfer)) },
		],
	])("signs the HTTP Request node's requests: %s", async (_, request) => {
		expect(await grantsOf(await sign(request))).toEqual(transferGrant);
	});

	it('signs a request without body, and one to an unknown path without any grant', async () => {
		expect(
			await grantsOf(await sign({ uri: 'http://h/twirp/livekit.RoomService/ListRooms' })),
		).toEqual({
			video: { roomList: true },
		});
		expect(await grantsOf(await sign({ uri: 'https://elsewhere.example/anything' }))).toEqual({});
		expect(await grantsOf(await sign({}))).toEqual({});
	});

	it('replaces the header it set before, in any casing, and leaves the given options alone', async () => {
		const request = {
			url: '/twirp/livekit.SIP/ListSIPTrunk',
			headers: { authorization: 'Bearer old', 'X-Other': '1' },
		};
		const signed = await sign(await sign(request));
		expect(Object.keys(signed.headers ?? {})).toEqual(['X-Other', 'Authorization']);
		expect(signed.headers?.Authorization).not.toContain('old');
		expect(request.headers.authorization).toBe('Bearer old');
	});

	it('takes key and secret as they were pasted, with white space around them', async () => {
		const signed = await sign(
			{ url: '/twirp/livekit.SIP/ListSIPTrunk' },
			{ ...data, apiKey: ` ${apiKey}\n`, apiSecret: `\t${apiSecret} ` },
		);
		expect(await grantsOf(signed)).toEqual({ sip: { admin: true } });
	});

	it.each(['apiKey', 'apiSecret'])('says what is missing when %s is empty', async (field) => {
		await expect(sign({ url: '/' }, { ...data, [field]: ' ' })).rejects.toThrow(
			'Fill in API Key and API Secret',
		);
		await expect(sign({ url: '/' }, { url: data.url })).rejects.toThrow(
			'Fill in API Key and API Secret',
		);
	});
});
