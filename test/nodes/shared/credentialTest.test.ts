import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { TokenVerifier } from 'livekit-server-sdk';
import { CredentialTestContext } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import { liveKitApiTest } from '../../../nodes/shared/credentialTest';

const apiKey = 'devkey';
const apiSecret = 'secret-of-at-least-32-characters-long';

interface Reply {
	status: number;
	body: string;
	headers?: Record<string, string>;
}

const twirp = (status: number, code: string, msg: string): Reply => ({
	status,
	body: JSON.stringify({ code, msg }),
});
const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });
const denied = twirp(401, 'unauthenticated', 'permissions denied');
const openServers: Server[] = [];

afterEach(async () => {
	await Promise.all(openServers.splice(0).map((server) => server.close()));
});

async function listen(server: Server): Promise<string> {
	openServers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An HTTP server on loopback that answers as told; gives its host and port. */
async function serve(
	answer: (request: IncomingMessage) => Reply | Promise<Reply>,
): Promise<string> {
	return await listen(
		createServer((request, response) => {
			void Promise.resolve(answer(request)).then(({ status, body, headers }) =>
				response.writeHead(status, headers).end(body),
			);
		}),
	);
}

/** A server with LiveKit's own order of checks (pkg/service/auth.go of v1.13.5), which then answers a permitted call as told. */
async function serveLiveKit(permitted: (path: string) => Reply): Promise<string> {
	return await serve(async ({ headers, url = '', method }) => {
		if (method !== 'POST' || headers['content-type'] !== 'application/json')
			return twirp(404, 'bad_route', 'bad');
		const token = headers.authorization?.replace(/^Bearer /, '');
		if (token === undefined) return denied;
		const { iss } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()) as {
			iss: string;
		};
		if (iss !== apiKey) return { status: 401, body: `invalid API key: ${iss}` };
		try {
			const { sip, video } = await new TokenVerifier(apiKey, apiSecret).verify(token);
			return (url.includes('.SIP/') ? sip?.admin : video?.roomList) ? permitted(url) : denied;
		} catch {
			return {
				status: 401,
				body: `invalid token: ${token}, error: go-jose/go-jose: error in cryptographic primitive`,
			};
		}
	});
}

async function run(data: Record<string, string>) {
	const context = new CredentialTestContext({} as IWorkflowExecuteAdditionalData);
	const result = await liveKitApiTest.call(context, {
		id: '1',
		name: 'test',
		type: 'liveKitApi',
		data,
	});
	expect(result.message).not.toMatch(/eyJ/);
	expect(result.message).not.toContain(data.apiSecret || 'never');
	expect(result.message).not.toMatch(/error|problem|failure|mistake/i);
	return result;
}

async function faultAt(url: string, data: Record<string, string> = {}): Promise<string> {
	const { status, message } = await run({ url, apiKey, apiSecret, ...data });
	expect(status).toBe('Error');
	return message;
}

describe('liveKitApiTest: accepted', () => {
	it.each([
		['snake_case, all defaults', { items: [] }],
		['an empty list left out', {}],
		['a trunk', { items: [{ sip_trunk_id: 'ST_1' }] }],
	])('%s', async (_, answer) => {
		const host = await serveLiveKit((path) =>
			path === '/prefix/twirp/livekit.SIP/ListSIPInboundTrunk' ? json(answer) : denied,
		);
		expect(
			await run({
				url: ` ws://${host}/prefix/ `,
				apiKey: ` ${apiKey} `,
				apiSecret: `${apiSecret}\n`,
			}),
		).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});
});

describe('liveKitApiTest: LiveKit refuses', () => {
	it('tells a wrong key from a wrong secret', async () => {
		const host = await serveLiveKit(() => json({ items: [] }));
		expect(await faultAt(`ws://${host}`, { apiKey: 'other' })).toMatch(/does not know the API Key/);
		expect(await faultAt(`ws://${host}`, { apiSecret: 'x'.repeat(40) })).toMatch(
			/API Secret does not belong to this API Key/,
		);
	});

	it.each<[string, Reply, RegExp]>([
		['the key, newer words', { status: 401, body: 'invalid API key' }, /does not know the API Key/],
		[
			'the secret, newer words',
			{ status: 401, body: 'invalid authorization token: error in cryptographic primitive' },
			/API Secret does not belong/,
		],
		[
			'another header in the place of ours',
			{ status: 401, body: 'invalid authorization header. Must start with Bearer ' },
			/^LiveKit refuses the API Key or the API Secret/,
		],
		[
			'the clock',
			{
				status: 401,
				body: 'invalid authorization token: validation failed, token not valid yet (nbf)',
			},
			/clocks/,
		],
		['a stripped header', denied, /Authorization header/],
		[
			'unknown words',
			twirp(401, 'unauthenticated', 'project not found'),
			/API Key or the API Secret/,
		],
		[
			'no redis',
			twirp(500, 'internal', 'twirp error unknown: sip not connected (redis required)'),
			/are right, .*without Redis/,
		],
		[
			'another fault',
			twirp(503, 'unavailable', 'twirp error unknown: no response from servers'),
			/answers 503 \(unavailable\): no response from servers/,
		],
		['too often', { status: 429, body: '' }, /too many requests/],
	])('says: %s', async (_, reply, words) => {
		expect(await faultAt(`ws://${await serve(() => reply)}`)).toMatch(words);
	});

	it('sees a server that is older than SIP', async () => {
		const host = await serveLiveKit((path) =>
			path.endsWith('ListRooms')
				? json({ rooms: [] })
				: { status: 404, body: '404 page not found' },
		);
		expect(await faultAt(`ws://${host}`)).toMatch(
			/are right, but this LiveKit server has no SIP API/,
		);
	});

	it('shows neither the token nor the secret that a server echoes', async () => {
		const host = await serve(({ headers }) =>
			twirp(500, 'internal', `got ${headers.authorization} with ${apiSecret}`),
		);
		expect(await faultAt(`ws://${host}`)).toMatch(/got Bearer \[token\] with \[secret\]/);
	});
});

describe('liveKitApiTest: not LiveKit', () => {
	it.each<[string, Reply]>([
		[
			'an HTML page',
			{ status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } },
		],
		['an HTML 404', { status: 404, body: '<html></html>' }],
		['a text 404', { status: 404, body: '404 page not found' }],
		['other JSON', json({ ok: true })],
		['a JSON list', json([])],
		['JSON null', json(null)],
		['a JSON 404', { status: 404, body: '{"code":404,"msg":"not found"}' }],
		[
			'another Twirp service',
			twirp(404, 'bad_route', 'no handler for path "/twirp/livekit.SIP/ListSIPInboundTrunk"'),
		],
		['an empty answer', { status: 204, body: '' }],
		['everything with {}', json({})],
		['everything with a list', json({ items: [] })],
		['rooms to everybody', json({ rooms: [] })],
		['items that are no list', json({ items: 'none' })],
		['a 500 page', { status: 500, body: '<html></html>' }],
		['a 403 page', { status: 403, body: 'Forbidden' }],
	])('%s', async (_, reply) => {
		expect(await faultAt(`http://${await serve(() => reply)}`)).toMatch(
			/not as a LiveKit server does/,
		);
	});

	it.each<[string, Reply, RegExp]>([
		['a gateway with nothing behind it', { status: 502, body: '<html></html>' }, /gateway .* 502/],
		['a login page', { status: 401, body: '<html></html>' }, /words that are not LiveKit's/],
		[
			'a redirect',
			{ status: 302, body: '', headers: { location: 'https://other.example/login?t=1' } },
			/redirects to other\.example\. /,
		],
	])('%s', async (_, reply, words) => {
		expect(await faultAt(`http://${await serve(() => reply)}`)).toMatch(words);
	});

	it('does not carry the token over a redirect', async () => {
		const seen: unknown[] = [];
		const target = await serve(
			({ headers }) => (seen.push(headers.authorization), json({ items: [] })),
		);
		const host = await serve(() => ({
			status: 307,
			body: '',
			headers: { location: `http://${target}/twirp` },
		}));
		expect(await faultAt(`http://${host}`)).toMatch(/redirects/);
		expect(seen).toEqual([]);
	});
});

it('liveKitApiTest: says what a server answers as text', async () => {
	const hostile = '<a href="https://evil.example">click</a>\x1b[31m\u202e `x`';
	const bodies = [
		`invalid token: ${hostile}`,
		hostile,
		JSON.stringify({ code: hostile, msg: hostile }),
	];
	for (const body of bodies)
		for (const status of [200, 302, 400, 401, 403, 404, 451, 500, 502]) {
			const host = await serve(() => ({
				status,
				body,
				headers: { location: `/${encodeURI(hostile)}` },
			}));
			const message = await faultAt(`ws://${host}`);
			expect(message).not.toMatch(/[<>`\p{Cc}\p{Bidi_Control}]/u);
		}
});

describe('liveKitApiTest: no answer', () => {
	it.each([
		[{ url: '' }, /Fill in the URL/],
		[{ url: 'x.livekit.cloud' }, /start with wss/],
		[{ url: 'wss://x.livekit.cloud', apiKey: ' ' }, /Fill in the API Key/],
		[{ url: 'wss://x.livekit.cloud', apiSecret: '' }, /Fill in the API Secret/],
	])('asks for what is missing: %j', async (data, words) => {
		expect(await faultAt(data.url, data)).toMatch(words);
	});

	it('nothing listens', async () => {
		const server = createSocketServer();
		const host = await listen(server);
		await new Promise((resolve) => server.close(resolve));
		expect(await faultAt(`ws://${host}`)).toMatch(/nothing listens there/);
	});

	it('a host that does not exist', async () => {
		expect(await faultAt('wss://no-such-host.invalid')).toMatch(/host .* was not found/);
	});

	it('TLS where there is none', async () => {
		const host = await serve(() => json({ items: [] }));
		expect(await faultAt(`wss://${host}`)).toMatch(/does not speak TLS/);
	});

	it('a connection closed at once, as by a port with TLS', async () => {
		const host = await listen(createSocketServer((socket) => socket.end()));
		expect(await faultAt(`ws://${host}`)).toMatch(/broke off.*begins with wss:/);
	});

	it('a server that goes on answering a byte at a time', async () => {
		const host = await listen(
			createServer((_request, response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				const drip = setInterval(() => response.write(' '), 100);
				response.on('close', () => clearInterval(drip));
			}),
		);
		expect(await faultAt(`ws://${host}`)).toMatch(/did not answer in time/);
	});
});

describe('liveKitApiTest: reads no more than it needs', () => {
	it('of an answer without end', async () => {
		let sent = 0;
		const block = 'eyJ'.repeat(20_000);
		const host = await listen(
			createServer((_request, response) => {
				response.writeHead(401);
				const more = () => {
					while (!response.destroyed && response.write(block)) sent += block.length;
				};
				response.on('drain', more);
				more();
			}),
		);
		expect(await faultAt(`ws://${host}`)).toMatch(/refuses the API Key or the API Secret/);
		// What the machine's own buffers hold is gone before the connection is closed.
		expect(sent).toBeLessThan(50_000_000);
	});

	it('shows no words but those of LiveKit', async () => {
		for (const body of ['{"code":"eyJhbGciOi.eyJ.x","msg":"inner secret"}', 'inner secret', '[1]'])
			expect(await faultAt(`http://${await serve(() => ({ status: 500, body }))}`)).not.toMatch(
				/inner|eyJ/,
			);
	});

	it('does not find a short secret in its words', async () => {
		const host = await serve(() => twirp(500, 'internal', 'a secret word'));
		const message = (
			await liveKitApiTest.call(new CredentialTestContext({} as IWorkflowExecuteAdditionalData), {
				id: '1',
				name: 'test',
				type: 'liveKitApi',
				data: { url: `ws://${host}`, apiKey, apiSecret: 's' },
			})
		).message;
		expect(message).toContain('a secret word');
	});

	it('names no host that is too long, and no token in one', async () => {
		for (const name of ['x'.repeat(60) + '.' + 'y'.repeat(60), 'eyJhbGciOiJI.eyJpc3MiOiJr.abc']) {
			const headers = { location: `https://${name}.example/` };
			const host = await serve(() => ({ status: 302, body: '', headers }));
			const words = await faultAt(`http://${host}`);
			expect(words).toMatch(/^The Server URL redirects/);
			expect(words.toLowerCase()).not.toMatch(/xxxx|eyjpc3/);
		}
	});
});
