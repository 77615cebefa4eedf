import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import * as fc from '../support/fastCheck';

import {
	type Credential,
	credentialOf,
	engine,
	requestSigned,
	runNode,
	searchList,
} from '../support/harness';
import { useAsTool } from '../support/agent';
import { picked, useLiveKit } from '../support/livekit';
import { startProxy } from '../support/proxy';
import { pathAt } from '../../livekit/http/destination';

const livekit = useLiveKit();
const call = '/twirp/livekit.SIP/ListSIPOutboundTrunk';

/** A server of somebody else. */
async function startStranger(answer: { status?: number; location?: string } = {}) {
	const seen: IncomingHttpHeaders[] = [];
	const server = createServer(({ headers }, response) => {
		seen.push(headers);
		const { status = 200, location } = answer;
		response
			.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) })
			.end('{}');
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		seen,
		close: async () => await new Promise((closed) => server.close(closed)),
	};
}

/** The options that n8n's HTTP Request node makes (n8n-nodes-base HttpRequestV3.node.ts), redirects followed and sent on. */
const asHttpRequest = (uri: string) => ({
	headers: {},
	method: 'POST',
	uri,
	gzip: true,
	json: true,
	body: {},
	rejectUnauthorized: true,
	followRedirect: true,
	followAllRedirects: true,
	resolveWithFullResponse: true,
	sendCredentialsOnCrossOriginRedirect: true,
});
const asNode = (url: string) => ({
	method: 'POST',
	url,
	body: '{}',
	headers: { 'content-type': 'application/json' },
});

const helpers = [
	['the HTTP Request node', 'older', asHttpRequest],
	['nodes', 'newer', asNode],
] as const;

describe.each(helpers)("n8n's way for %s", (_name, helper, optionsOf) => {
	it('signs a request to the server of the credential', async () => {
		await requestSigned(credentialOf(livekit.server), helper, optionsOf(livekit.server.url + call));
		expect(livekit.methods()).toEqual(['ListSIPOutboundTrunk']);
	});

	it('sends nothing to a server of somebody else, and says so', async () => {
		const stranger = await startStranger();
		const addresses = [
			stranger.url,
			`http://127.0.0.1:${livekit.server.port}@127.0.0.1:${stranger.port}`,
			`http://localhost:${livekit.server.port}`,
			`http://127.0.0.1:${stranger.port}\\@127.0.0.1:${livekit.server.port}`,
		];
		for (const address of addresses) {
			const sending = requestSigned(
				credentialOf(livekit.server),
				helper,
				optionsOf(address + call),
			);
			await expect(sending).rejects.toThrow('signs requests to its own server only');
		}
		await stranger.close();
		expect(stranger.seen).toEqual([]);
		expect(livekit.server.requests).toEqual([]);
	});

	it.each([301, 302, 303, 307, 308])('takes no token along on a redirect: %s', async (status) => {
		const stranger = await startStranger();
		const door = await startStranger({ status, location: `${stranger.url}${call}` });
		const credential = { ...credentialOf(livekit.server), url: door.url };
		const sending = requestSigned(credential, helper, optionsOf(door.url + call));
		await expect(sending).rejects.toThrow();
		await Promise.all([stranger.close(), door.close()]);
		expect(door.seen).toHaveLength(1);
		expect(stranger.seen).toEqual([]);
	});

	it('sends nothing through a proxy that could read the token', async () => {
		const proxy = await startProxy();
		for (const [url, more, words] of [
			[livekit.server.url, {}, /begins with ws:/],
			[
				'https://127.0.0.1:1',
				{ rejectUnauthorized: false, skipSslCertificateValidation: true },
				/Ignore SSL Issues/,
			],
		] as const) {
			const options = {
				...optionsOf(url + call),
				...more,
				proxy:
					helper === 'older'
						? proxy.url
						: { host: '127.0.0.1', port: Number(new URL(proxy.url).port) },
			};
			const sending = requestSigned({ ...credentialOf(livekit.server), url }, helper, options);
			await expect(sending).rejects.toThrow(words);
		}
		await proxy.close();
		expect(proxy.asked).toEqual([]);
		expect(livekit.server.requests).toEqual([]);
	});
});

/** What n8n's client makes of an address: the axios that n8n itself uses. */
interface Axios {
	getUri(config: { baseURL?: string; url?: string }): string;
}

it("n8n's client goes where the credential thinks it goes, or the request is refused", async () => {
	const parts = await engine();
	const { default: axios } = parts.inside('axios') as { default: Axios };
	const base = 'https://owner.livekit.cloud/livekit';
	const bits = fc.constantFrom(
		...[
			'https://',
			'http://',
			'https:',
			'//',
			'/',
			'\\',
			'@',
			':',
			'.',
			'..',
			'/../',
			'%2f',
			'\t',
			'\n',
			' ',
			'?',
			'#',
		],
		...[
			'owner.livekit.cloud',
			'OWNER.livekit.cloud',
			'evil.example',
			'/livekit',
			'livekit',
			call,
			'443',
			'80',
			base,
		],
	);
	const address = fc.array(bits, { maxLength: 6 }).map((some) => some.join(''));
	let signed = 0;
	fc.assert(
		fc.property(
			fc.option(address, { nil: undefined }),
			fc.option(address, { nil: undefined }),
			(baseURL, url) => {
				const path = pathAt(base, { baseURL, url });
				if ('fault' in path) return;
				signed++;
				const target = new URL(axios.getUri({ baseURL, url }));
				expect(target.origin).toBe('https://owner.livekit.cloud');
				expect(target.pathname).toBe(`/livekit${path.value}`);
			},
		),
		{
			numRuns: 5000,
			examples: [
				[base, call],
				[undefined, base + call],
				[`${base}/`, 'x'],
				[base, undefined],
			],
		},
	);
	expect(signed).toBeGreaterThan(3);
});

describe('Proxy with what lets it read the token is refused before anything is sent', () => {
	const getAll = { resource: 'outboundTrunk', operation: 'getAll' };
	const ways: Array<[string, (credential: Credential, requestOptions: object) => Promise<string>]> =
		[
			[
				'the node',
				async (credential, requestOptions) => {
					const { error } = await runNode(credential, { ...getAll, requestOptions });
					return String(error?.message);
				},
			],
			[
				'a call',
				async (credential, requestOptions) => {
					const place = {
						resource: 'call',
						operation: 'place',
						trunk: picked('ST_1'),
						callTo: '+14155550101',
					};
					const { error } = await runNode(credential, { ...place, requestOptions });
					return String(error?.message);
				},
			],
			[
				'a picker',
				async (credential, requestOptions) =>
					await searchList(credential, 'searchRooms', { requestOptions }).then(() => '', String),
			],
			[
				'the older path of AI tools',
				async (credential, requestOptions) => {
					const [{ thrown = '' }] = await useAsTool(credential, { ...getAll, requestOptions }, [
						{},
					]);
					return thrown;
				},
			],
		];

	it.each(ways)('%s', async (_name, refusalOf) => {
		const proxy = await startProxy();
		const plain = credentialOf(livekit.server);
		const secure = { ...plain, url: 'wss://127.0.0.1:1' };
		const loose = await refusalOf(secure, { proxy: proxy.url, allowUnauthorizedCerts: true });
		expect(loose).toMatch(/Proxy cannot be used together with Ignore SSL Issues \(Insecure\)/);
		expect(await refusalOf(plain, { proxy: proxy.url })).toMatch(/Proxy .* begins with ws:\/\//);
		await proxy.close();
		expect(proxy.asked).toEqual([]);
		expect(livekit.server.requests).toEqual([]);
	});
});
