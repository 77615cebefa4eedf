// A load balancer before n8n, as it should be set up: it asks for n8n's health, and answers 503 while n8n is not ready.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** Passes a request on, and its answer back; rejects if the other side does not answer. */
async function passOn(from, to, url) {
	const { method, headers } = from;
	const onwards = request(`${url}${from.url}`, { method, headers });
	from.pipe(onwards);
	const [answer] = await once(onwards, 'response');
	to.writeHead(answer.statusCode, answer.headers);
	answer.pipe(to);
}

async function isReady(url) {
	return await fetch(`${url}/healthz/readiness`, { headers: { connection: 'close' } }).then(
		({ ok }) => ok,
		() => false,
	);
}

/**
 * Starts it on loopback, before one n8n or several, of which it takes the first that is ready.
 *
 * @param {string[]} backends URLs of n8n
 * @returns {Promise<{url: string, shut: boolean, close(): Promise<void>}>} shut: true makes it answer 503 to all
 */
export async function startGate(backends) {
	const gate = { url: '', shut: false, close: undefined };
	const choose = async () => {
		for (const url of gate.shut ? [] : backends) if (await isReady(url)) return url;
		return undefined;
	};
	const server = createServer((from, to) => {
		const answer = async () => {
			const url = await choose();
			if (url === undefined) return to.writeHead(503).end();
			await passOn(from, to, url);
		};
		answer().catch(() => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	gate.url = `http://127.0.0.1:${server.address().port}`;
	gate.close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return gate;
}
