import { type AddressInfo, type Server, connect, createServer } from 'node:net';

import { connectionRefusal } from '../../nodes/shared/connection';
import { useDialling, numbers, wholeResult } from '../support/dialling';
import { credentialOf, engine, major, runNode } from '../support/harness';
import { picked } from '../support/livekit';
import { startProxy } from '../support/proxy';

const dialling = useDialling();
const { livekit } = dialling;
const openServers: Server[] = [];
afterEach(() => openServers.splice(0).forEach((server) => server.close()));

/** A proxy that answers each CONNECT like that, in the given pieces, and then hangs up. */
async function refusingProxy(...pieces: string[]): Promise<string> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => {
			void (async () => {
				for (const piece of pieces) {
					socket.write(piece);
					await new Promise((later) => setTimeout(later, 20));
				}
				socket.end();
			})();
		});
	});
	openServers.push(server);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const place = () => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(dialling.trunk),
	callTo: '={{ $json.number }}',
	limits: { callsPerSecond: 0 },
	options: wholeResult,
});
const campaign = numbers('+14155550101', '+14155550102');
const secure = () => ({ ...credentialOf(livekit.server), url: 'wss://livekit.example.com' });

const notFor2x = major === 1 ? [] : ['502', '503 that breaks off', '204'];

// Of n8n 2.x a node gets no more than the answer, and a gateway behind the proxy may have given it.
it.each(
	[
		{ name: '407', pieces: ['HTTP/1.1 407 Proxy Auth\r\ncontent-length: 4\r\n\r\nnope'] },
		{ name: '407 in pieces', pieces: ['HTTP/1.1 407 No\r\ncontent-length: 4\r\n\r\n', 'nope'] },
		{ name: '502', pieces: ['HTTP/1.1 502 Bad Gateway\r\n\r\n<h1>Bad Gateway</h1>'] },
		{
			name: '503 that breaks off',
			pieces: ['HTTP/1.1 503 Unavailable\r\ncontent-length: 999\r\n\r\nx'],
		},
		{ name: '204', pieces: ['HTTP/1.1 204 No Content\r\n\r\n'] },
		{ name: 'nothing', pieces: [] },
	].filter(({ name }) => !notFor2x.includes(name)),
)('a proxy that answers $name on the way to a TLS server: not sent', async ({ pieces }) => {
	const proxy = await refusingProxy(...pieces);
	const parameters = { ...place(), requestOptions: { proxy } };
	const { error } = await runNode(secure(), parameters, campaign);
	expect(error?.message).toMatch(/proxy did not open the way to the LiveKit server/);
	expect(error?.description).toMatch(/proxy settings of n8n/);
	const { json } = await runNode(secure(), parameters, campaign, {
		onError: 'continueRegularOutput',
	});
	expect(JSON.stringify(json)).not.toMatch(/may have rung|unknown/);
});

it('a host that is not there: not sent', async () => {
	const { error } = await runNode(
		{ ...credentialOf(livekit.server), url: 'ws://no-such-host.invalid' },
		place(),
		campaign,
	);
	expect(error).toMatchObject({
		message: 'The host of the LiveKit server was not found',
		description: expect.stringMatching(/spelling of the Server URL/),
	});
});

// A proxy does so that gives up waiting, on a tunnel that it opened.
it('plain text in the middle of TLS, after the dial: unknown, and not dialled again', async () => {
	const gateway = await startProxy({ tls: livekit.server.port });
	const tunnel = createServer((client) => {
		const upstream = connect(Number(new URL(gateway.url).port), '127.0.0.1');
		for (const socket of [client, upstream]) socket.on('error', () => undefined);
		client.pipe(upstream);
		upstream.on('data', (bytes) => {
			const late = dialling.called().length > 0;
			client.write(late ? 'HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 0\r\n\r\n' : bytes);
		});
		upstream.on('end', () => client.end());
	});
	openServers.push(tunnel);
	await new Promise<void>((listening) => tunnel.listen(0, '127.0.0.1', listening));
	const url = `https://127.0.0.1:${(tunnel.address() as AddressInfo).port}`;
	const { json } = await runNode(
		{ ...credentialOf(livekit.server), url },
		{ ...place(), requestOptions: { allowUnauthorizedCerts: true } },
		numbers('+14155550101'),
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError: 'continueRegularOutput' },
	);
	await gateway.close();
	expect(dialling.called()).toEqual(['+14155550101']);
	expect(json).toMatchObject([{ outcome: 'unknown' }]);
});

/** Settings of n8n's protection against requests to internal servers, which only 2.x has. */
async function protection(): Promise<{ enabled: boolean }> {
	const { inside, container } = await engine();
	const { SsrfProtectionConfig } = inside('@n8n/config') as {
		SsrfProtectionConfig: new () => { enabled: boolean };
	};
	return container.get(SsrfProtectionConfig);
}

(major === 1 ? it.skip : it)(
	"n8n's protection against requests to internal servers: not sent, and says what to set",
	async () => {
		const settings = await protection();
		settings.enabled = true;
		try {
			const { error } = await dialling.place({}, campaign);
			expect(error).toMatchObject({
				message: expect.stringContaining('(SSRF) blocks this address'),
				description: expect.stringMatching(/N8N_SSRF_ALLOWED_HOSTNAMES/),
			});
			// The same rows are called where it is off.
			settings.enabled = false;
			const { json } = await dialling.place({}, campaign);
			expect(json).toHaveLength(2);
			settings.enabled = true;
			const reported = await dialling.place({}, campaign, { onError: 'continueRegularOutput' });
			expect(JSON.stringify(reported.json)).not.toMatch(/may have rung/);
			expect(dialling.called()).toHaveLength(2);
		} finally {
			settings.enabled = false;
		}
	},
);

describe("what Node's errors become in n8n's", () => {
	const axiosError = (message: string, code?: string) => {
		const known = code === undefined ? {} : { code };
		const cause = Object.assign(new Error(message), known);
		return Object.assign(new Error(message, { cause }), known, { name: 'AxiosError' });
	};

	it.each([
		['getaddrinfo EAI_FAIL livekit.example.com', 'EAI_FAIL', 'not sent'],
		['getaddrinfo EBUSY livekit.example.com', 'EBUSY', 'not sent'],
		['connect ETIMEDOUT 10.0.0.9:443', 'ETIMEDOUT', 'not sent'],
		['connect EACCES 10.0.0.9:443', 'EACCES', 'not sent'],
		['connect ENETDOWN 10.0.0.9:443', 'ENETDOWN', 'not sent'],
		['connect EMFILE 10.0.0.9:443', 'EMFILE', 'not sent'],
		['connect EADDRNOTAVAIL 10.0.0.9:443', 'EADDRNOTAVAIL', 'not sent'],
		[
			'Client network socket disconnected before secure TLS connection was established',
			'ECONNRESET',
			'not sent',
		],
		['Proxy connection ended before receiving CONNECT response', undefined, 'not sent'],
		['Invalid character in header content ["X"]', 'ERR_INVALID_CHAR', 'not sent'],
		['Domain not allowed: This credential is restricted from accessing x.', undefined, 'not sent'],
		['read ETIMEDOUT', 'ETIMEDOUT', 'unknown'],
		['read ECONNRESET', 'ECONNRESET', 'unknown'],
		['write EPIPE', 'EPIPE', 'unknown'],
		['socket hang up', 'ECONNRESET', 'unknown'],
		['aborted', 'ECONNRESET', 'unknown'],
		['timeout of 300ms exceeded', 'ECONNABORTED', 'unknown'],
		['read EHOSTUNREACH', 'EHOSTUNREACH', 'unknown'],
	])('%s (%s): %s', async (message, code, fate) => {
		const { workflow } = await engine();
		const node = {
			id: '1',
			name: 'n',
			type: 't',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const wrapped: unknown = Reflect.construct(workflow.NodeApiError, [
			node,
			axiosError(message, code),
		]);
		expect(connectionRefusal(wrapped, false).code).toBe(
			fate === 'unknown' ? 'unknown_fate' : 'no_answer',
		);
	});
});
