// A relay in front of a real server: what the server answers is written down, what it is asked can be changed on the way.
import { createServer, request as httpRequest } from 'node:http';
import { AccessToken } from 'livekit-server-sdk';

async function bodyOf(request) {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

/**
 * @param {string} target base URL of the server
 * @returns {Promise<{url: string, answers: {path: string, status: number, text: string}[], tokens: string[],
 *   change: ((request: {path: string, headers: object, body: string}) => object | Promise<object>) | undefined, close(): Promise<void>}>}
 *   tokens: every JWT that came by; change: gives what is to be sent in place of the request
 */
export async function startRelay(target) {
	const relay = { answers: [], tokens: [], change: undefined };
	const pass = async (request, response) => {
		const asked = {
			path: request.url,
			headers: {
				'content-type': request.headers['content-type'],
				authorization: request.headers.authorization,
			},
			body: await bodyOf(request),
		};
		relay.tokens.push(asked.headers.authorization.replace('Bearer ', ''));
		const { path, headers, body } = { ...asked, ...(await relay.change?.(asked)) };
		const given = Object.fromEntries(
			Object.entries(headers).filter(([, value]) => value !== undefined),
		);
		const answer = await fetch(target + path, { method: 'POST', headers: given, body });
		const text = await answer.text();
		relay.answers.push({ path, status: answer.status, text });
		response.writeHead(answer.status, {
			'content-type': answer.headers.get('content-type') ?? 'text/plain',
		});
		response.end(text);
	};
	const server = createServer((request, response) => {
		pass(request, response).catch(() => request.socket.destroy());
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return Object.assign(relay, { url: `http://127.0.0.1:${server.address().port}`, close });
}

/**
 * Puts a participant who is no phone call into a room, for as long as the returned function is not called: a signal
 * connection without media, which is all that a browser does at first.
 *
 * @param {{url: string, key: string, secret: string}} server
 * @returns {Promise<() => void>} leaves the room
 */
export async function enter({ url, key, secret }, room, identity) {
	const token = new AccessToken(key, secret, { identity });
	token.addGrant({ roomJoin: true, room });
	const headers = {
		connection: 'Upgrade',
		upgrade: 'websocket',
		'sec-websocket-version': '13',
		'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
	};
	const asked = httpRequest(
		`${url}/rtc?access_token=${await token.toJwt()}&protocol=9&sdk=js&version=2.0.0&auto_subscribe=0`,
		{ headers },
	);
	return await new Promise((resolve, reject) => {
		asked.once('upgrade', (_, socket) => {
			socket.on('error', () => undefined);
			resolve(() => socket.destroy());
		});
		asked.once('response', ({ statusCode }) =>
			reject(new Error(`LiveKit answered ${statusCode} to a join.`)),
		);
		asked.once('error', reject);
		asked.end();
	});
}
