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

const noRedirects = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	sendCredentialsOnCrossOriginRedirect: false,
};
const server = 'https://x.livekit.cloud';
const list = `${server}/twirp/livekit.SIP/ListSIPTrunk`;
const transfer = { room_name: 'r1', participant_identity: 'p', transfer_to: 'tel:+15555550100' };
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
		const signed = await sign(request, { ...data, url: 'wss://x.livekit.cloud/prefix/' });
		expect(signed).toEqual({
			...request,
			...noRedirects,
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
		const rooms = await sign({ uri: `${server}/twirp/livekit.RoomService/ListRooms` });
		expect(await grantsOf(rooms)).toEqual({ video: { roomList: true } });
		for (const uri of [
			server,
			`${server}/`,
			`${server}/rtc/validate`,
			`${server}//twirp/livekit.SIP/ListSIPTrunk`,
		])
			expect(await grantsOf(await sign({ uri }))).toEqual({});
	});

	it.each([
		['another host', { uri: 'https://elsewhere.example/twirp/livekit.SIP/ListSIPOutboundTrunk' }],
		['another scheme', { uri: list.replace('https', 'http') }],
		['no host', { url: '/twirp/livekit.SIP/ListSIPTrunk' }],
		['no address', {}],
	])('refuses a request to %s', async (_name, request) => {
		await expect(sign(request)).rejects.toThrow(`Begin the URL with ${server}/`);
	});

	it('refuses what a path in front of LiveKit keeps apart', async () => {
		await expect(
			sign({ uri: list }, { ...data, url: 'wss://x.livekit.cloud/gateway' }),
		).rejects.toThrow(`Begin the URL with ${server}/gateway/`);
	});

	it.each([
		['', /Fill in the URL/],
		['x.livekit.cloud', /start with wss/],
		[undefined, /Fill in the URL/],
	])('says what is wrong with the Server URL %j', async (url, words) => {
		await expect(sign({ uri: list }, { apiKey, apiSecret, url: url ?? '' })).rejects.toThrow(words);
	});

	const proxy = { host: '127.0.0.1', port: 8080 };
	it.each([
		['our nodes', { skipSslCertificateValidation: true, proxy }, /^Proxy .* Ignore SSL Issues/],
		[
			'the HTTP Request node',
			{ rejectUnauthorized: false, proxy: 'http://127.0.0.1:8080' },
			/^Proxy .* Ignore SSL Issues/,
		],
		[
			'an own authority',
			{ agentOptions: { ca: 'PEM' }, proxy: 'http://127.0.0.1:8080' },
			/^Proxy .* the CA of SSL Certificates/,
		],
	])('refuses a proxy that could read the token: %s', async (_name, options, words) => {
		await expect(sign({ uri: list, ...options })).rejects.toThrow(words);
	});

	it('refuses a proxy before a server without TLS', async () => {
		await expect(
			sign({ uri: list.replace('https', 'http'), proxy }, { ...data, url: 'ws://x.livekit.cloud' }),
		).rejects.toThrow(/^Proxy .* begins with ws:/);
	});

	it.each([
		['a proxy', { proxy }],
		[
			'a proxy and a client certificate',
			{ proxy, agentOptions: { cert: 'c', key: 'k', passphrase: 'p' } },
		],
		['any certificate without a proxy', { skipSslCertificateValidation: true }],
		['an authority without a proxy', { agentOptions: { ca: 'PEM' } }],
	])('signs with %s', async (_name, options) => {
		expect(await grantsOf(await sign({ uri: list, ...options }))).toEqual({ sip: { admin: true } });
	});

	it('replaces the header it set before, in any casing, and leaves the given options alone', async () => {
		const request = {
			url: list,
			headers: { authorization: 'Bearer old', 'X-Other': '1' },
		};
		const signed = await sign(await sign(request));
		expect(Object.keys(signed.headers ?? {})).toEqual(['X-Other', 'Authorization']);
		expect(signed.headers?.Authorization).not.toContain('old');
		expect(request.headers.authorization).toBe('Bearer old');
	});

	it('takes key and secret as they were pasted, with white space around them', async () => {
		const signed = await sign(
			{ url: list },
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
