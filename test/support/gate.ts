import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { until } from './until';

/** A door in front of a server: requests wait there until it opens. */
export interface Gate {
	url: string;
	/** Most requests that were under way at one time. */
	readonly most: number;
	/** Waits until so many requests stand at the closed door, and a little longer for more of them. */
	full(count: number): Promise<void>;
	/** Lets all through, also those to come. */
	open(): void;
	close(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

/** Starts a closed gate on 127.0.0.1 in front of the server at that URL. */
export async function startGate(target: string): Promise<Gate> {
	let [now, most] = [0, 0];
	const door = new EventEmitter();
	const opened = once(door, 'open');
	const pass = async (request: IncomingMessage, response: ServerResponse) => {
		most = Math.max(most, ++now);
		const [body] = await Promise.all([textOf(request), opened]);
		const headers = {
			'content-type': 'application/json',
			authorization: String(request.headers.authorization),
		};
		const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body });
		const text = await answer.text();
		now--;
		response
			.writeHead(answer.status, { 'content-type': String(answer.headers.get('content-type')) })
			.end(text);
	};
	const server = createServer((request, response) => {
		pass(request, response).catch(() => request.socket.destroy());
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get most() {
			return most;
		},
		async full(count) {
			await until(() => now >= count);
			await sleep(50);
		},
		open: () => void door.emit('open'),
		close: async () =>
			await new Promise((closed) => {
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}
