import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A proxy on 127.0.0.1. */
export interface Proxy {
	url: string;
	/** What it was asked to reach. */
	asked: string[];
	close(): Promise<void>;
}

function selfSigned(): { key: Buffer; cert: Buffer } {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
	execFileSync(
		'openssl',
		[
			'req',
			'-x509',
			'-newkey',
			'ec',
			'-pkeyopt',
			'ec_paramgen_curve:prime256v1',
			'-nodes',
			'-keyout',
			key,
			'-out',
			cert,
			'-days',
			'1',
			'-subj',
			'/CN=127.0.0.1',
		],
		{ stdio: 'ignore' },
	);
	const pair = { key: readFileSync(key), cert: readFileSync(cert) };
	rmSync(folder, { recursive: true });
	return pair;
}

/**
 * Starts a forward proxy (plain requests and CONNECT), or with `tls` a server with a self-signed certificate in
 * front of that port, or with `redirectTo` a server that sends every request on to that URL.
 */
export async function startProxy({
	tls,
	redirectTo,
}: { tls?: number; redirectTo?: string } = {}): Promise<Proxy> {
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const server = tls === undefined ? createServer() : createTlsServer(selfSigned());
	server.on('connection', (socket) => sockets.add(socket));
	server.on('request', (incoming, response) => {
		const target = new URL(incoming.url ?? '/', `http://127.0.0.1:${tls ?? 0}`);
		asked.push(target.href);
		if (redirectTo)
			return void response.writeHead(307, { location: `${redirectTo}${incoming.url ?? ''}` }).end();
		const outgoing = request(
			target,
			{ method: incoming.method, headers: incoming.headers },
			(answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
			},
		);
		outgoing.on('error', () => response.destroy());
		incoming.pipe(outgoing);
	});
	server.on('connect', (incoming, socket: Socket, head: Buffer) => {
		asked.push(incoming.url ?? '');
		const [host, port] = (incoming.url ?? '').split(':');
		const upstream = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			upstream.write(head);
			upstream.pipe(socket).pipe(upstream);
		});
		upstream.on('error', () => socket.destroy());
		socket.on('error', () => upstream.destroy());
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
		asked,
		close: () =>
			new Promise((closed) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => closed());
			}),
	};
}
