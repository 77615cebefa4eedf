import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { IDataObject } from 'n8n-workflow';

import { type Credential, runNode, searchList } from '../support/harness';
import { picked } from '../support/livekit';
import { Polling } from '../support/polling';
import { until } from '../support/until';

const openServers: Array<{ server: Server; sockets: Set<Socket> }> = [];

afterEach(() => {
	for (const { server, sockets } of openServers.splice(0)) {
		for (const socket of sockets) socket.destroy();
		server.close();
	}
});

/** A server that answers as told, and is never silent for long; gives its credential, and what is still open. */
async function serve(answer: (response: ServerResponse, path: string) => void) {
	const sockets = new Set<Socket>();
	const seen: string[] = [];
	const server = createServer((request, response) => {
		request.resume();
		seen.push(request.url ?? '');
		answer(response, request.url ?? '');
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
	});
	openServers.push({ server, sockets });
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	const credential: Credential = {
		url: `ws://127.0.0.1:${port}`,
		apiKey: 'devkey',
		apiSecret: 'secret-of-at-least-32-characters-long',
	};
	return { credential, sockets, seen };
}

function drip(response: ServerResponse, write: () => void): void {
	const timer = setInterval(write, 20);
	response.on('close', () => clearInterval(timer));
	response.socket?.on('close', () => clearInterval(timer));
}

/** Sends its headers at once, and a byte of its body now and then. */
function drippingBody(response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.write('{"items":[');
	drip(response, () => response.write(' '));
}

/** Never comes to the end of its headers. */
function drippingHeaders(response: ServerResponse): void {
	response.socket?.write('HTTP/1.1 200 OK\r\nx-long: ');
	drip(response, () => response.socket?.write('x'));
}

const list = { resource: 'dispatchRule', operation: 'getAll', returnAll: true };
// Nothing is read before it.
const create = {
	resource: 'inboundTrunk',
	operation: 'create',
	numbers: '+15105550100',
	options: { allowConflict: true },
};
const place = {
	resource: 'call',
	operation: 'place',
	trunk: picked('ST_1'),
	callTo: '+14155550101',
	limits: { callsPerSecond: 0, ringFor: 1 },
	options: { simplify: false },
};
const soon = { requestOptions: { timeout: 300 } };

describe.each([
	['its body', drippingBody],
	['its headers', drippingHeaders],
])('a server that goes on sending %s', (_name, answer) => {
	it('does not hold a list', async () => {
		const { credential } = await serve(answer);
		const { error } = await runNode(credential, { ...list, ...soon });
		expect(error).toMatchObject({ message: 'LiveKit did not answer in time' });
		// It only reads: there is nothing to look after.
		expect(error?.description).toMatch(/^Check host and port/);
	});

	it('does not hold what changes something, which may have happened', async () => {
		const { credential } = await serve(answer);
		const { error } = await runNode(credential, { ...create, ...soon });
		expect(error).toMatchObject({
			message: 'LiveKit did not answer in time',
			description: expect.stringContaining('look before you try again'),
		});
	});

	it('does not hold a picker', async () => {
		const { credential } = await serve(answer);
		await expect(searchList(credential, 'searchInboundTrunks', soon)).rejects.toThrow(
			'LiveKit did not answer in time',
		);
	});

	it('does not hold a cancelled execution', async () => {
		const { credential, seen } = await serve(answer);
		const { json, stored } = await runNode(credential, place, [{}], {
			onStart: async (cancel) => {
				await until(() => seen.length > 0);
				cancel();
			},
		});
		if (json.length > 0) expect(json).toMatchObject([{ outcome: 'unknown' }]);
		expect(stored).not.toContain('"answered":true');
		expect(seen.filter((path) => path.endsWith('CreateSIPParticipant'))).toHaveLength(1);
	});
});

/** A call that is dripped at is unknown once it must have ended, and is not made again. */
async function callEnds(): Promise<void> {
	const { credential, seen, sockets } = await serve(drippingBody);
	const { json } = await runNode(credential, { ...place, ...soon }, [{}], {
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 0,
	});
	expect(json).toMatchObject([
		{ outcome: 'unknown', reason: 'connection_lost', message: expect.stringContaining('in time') },
	]);
	expect(seen).toHaveLength(1);
	await until(() => sockets.size === 0);
}

async function pollEnds(): Promise<void> {
	const { credential } = await serve(drippingBody);
	const polling = new Polling(
		credential,
		{ watch: ['dispatchRule'], events: ['created'] },
		'memory',
	);
	await expect(polling.activate()).rejects.toThrow('LiveKit did not answer in time');
}

// These wait for limits that nobody can make shorter, so they wait together.
it('a call and a poll that are dripped at end by themselves', async () => {
	await Promise.all([callEnds(), pollEnds()]);
});

it('Timeout holds for all pages of a list together', async () => {
	let page = 0;
	const { credential, seen } = await serve((response) => {
		setTimeout(() => {
			const id = `SDR_${page++}`;
			response.end(JSON.stringify({ items: [{ sip_dispatch_rule_id: id }] }));
		}, 50);
	});
	const { error } = await runNode(credential, { ...list, requestOptions: { timeout: 3000 } });
	expect(error?.message).toBe('LiveKit did not answer in time');
	expect(seen.length).toBeGreaterThan(1);
	expect(seen.length).toBeLessThan(100);
});

describe('an answer without end', () => {
	const endless = (status: number, begin: string) => (response: ServerResponse) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.write(begin);
		const block = 'eyJ'.repeat(20_000);
		const more = () => {
			while (!response.destroyed && response.write(block));
		};
		response.on('drain', more);
		more();
	};

	it.each([
		['that is JSON', 200, '{"items":["', /did not come from a LiveKit server/, /longer than this/],
		['that is a page', 200, '<html>', /did not come from a LiveKit server/, /eyJeyJ|eyJ/],
		['of a refusal', 500, '{"code":"internal","msg":"', /did not come from/, /HTTP 500/],
	])('%s', async (_name, status, begin, message, description) => {
		const { credential, sockets } = await serve(endless(status, begin));
		const { error, stored } = await runNode(credential, list);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(stored.length).toBeLessThan(50_000);
		await until(() => sockets.size === 0);
	});
});

it('keeps little of a refusal with a lot in it', async () => {
	const { credential } = await serve((response) => {
		const meta = Object.fromEntries(
			Array.from({ length: 500 }, (_, index) => [`eyJhbGci.eyJpc3Mi.x${index}`, 'x'.repeat(50)]),
		);
		response.writeHead(400).end(JSON.stringify({ code: 'x'.repeat(20_000), msg: 'no', meta }));
	});
	const { stored } = await runNode(credential, list as IDataObject);
	expect(stored.length).toBeLessThan(30_000);
	expect(stored).not.toMatch(/eyJ/);
});
