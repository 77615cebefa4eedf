import type { IncomingMessage } from 'node:http';

import type { DescMethod } from '@bufbuild/protobuf';

import type { Fault, RecordedRequest, ResolvedOptions } from './options';
import type { Handler } from './rpc';
import type { Schema } from './schema';
import { TokenRefused, verifyToken } from './token';
import { badRoute, TwirpError } from './twirp';
import type { World } from './world';

const MAX_BODY_BYTES = 10 * 1024 * 1024;
const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';

/** One answer on the wire. */
export interface Answer {
	status: number;
	contentType: string;
	body: Uint8Array | string;
}

/** A request taken apart, with its entry in the log. */
export interface Incoming {
	httpMethod: string;
	path: string;
	service: string;
	method: string;
	contentType: string;
	queryToken: string | null;
	body: Buffer;
	record: RecordedRequest;
}

const text = (status: number, body: string): Answer => ({ status, contentType: TEXT, body });

/** Reads a request to its end. */
export async function readRequest(request: IncomingMessage): Promise<Incoming> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	const body = Buffer.concat(chunks);
	const { pathname, searchParams } = new URL(
		(request.url ?? '/').replace(/^\/\//, '/'),
		'http://127.0.0.1',
	);
	const [, service = '', method = ''] = /^\/twirp\/livekit\.([^/]*)\/?(.*)$/.exec(pathname) ?? [];
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
	);
	const rawBody = body.toString('utf8');
	return {
		httpMethod: request.method ?? '',
		path: pathname,
		service,
		method,
		contentType: (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
		queryToken: searchParams.get('access_token'),
		body,
		record: { service, method, headers, rawBody, body: parsed(rawBody), at: Date.now() },
	};
}

function parsed(rawBody: string): unknown {
	try {
		return JSON.parse(rawBody);
	} catch {
		return undefined;
	}
}

/** Takes the first fault that is planned for this RPC, and counts it. */
export function takeFault(faults: Fault[], method: string): Fault | undefined {
	const fault = faults.find((planned) => planned.method === undefined || planned.method === method);
	if (!fault) return undefined;
	fault.times = (fault.times ?? 1) - 1;
	if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
	return fault;
}

/** Answers like livekit-server: health and body limit, then the token, the path, the RPC. */
export class Router {
	constructor(
		private readonly options: ResolvedOptions,
		private readonly schema: Schema,
		private readonly world: World,
	) {}

	async answer(incoming: Incoming): Promise<Answer> {
		const { record, queryToken } = incoming;
		if (incoming.body.length > MAX_BODY_BYTES) return text(413, 'request body too large');
		try {
			record.claims = await verifyToken(record.headers.authorization, queryToken, this.options);
			if (incoming.path === '/') return text(200, 'OK');
			if (!this.world.service(incoming.service)) return text(404, '404 page not found\n');
			const [handler, desc] = this.route(incoming);
			const binary = incoming.contentType === 'application/protobuf';
			const request = this.schema.decode<never>(desc.input, incoming.body, binary);
			const message = await handler(request, {
				claims: record.claims,
				requestId: record.headers['x-livekit-request-id'] ?? '',
				timeoutMs: Number.parseInt(record.headers['x-twirp-timeout-ms'] ?? '', 10) || undefined,
				options: this.options,
			});
			const body = this.encode(desc, message, binary);
			return { status: 200, contentType: binary ? 'application/protobuf' : JSON_TYPE, body };
		} catch (fault) {
			if (fault instanceof TokenRefused) return text(401, fault.message);
			const error = fault instanceof TwirpError ? fault : new TwirpError('internal', String(fault));
			return { status: error.status, contentType: JSON_TYPE, body: error.body };
		}
	}

	private route({
		httpMethod,
		path,
		service,
		method,
		contentType,
	}: Incoming): [Handler<never>, DescMethod] {
		if (httpMethod !== 'POST') {
			throw badRoute(`unsupported method "${httpMethod}" (only POST is allowed)`, httpMethod, path);
		}
		const handler = this.world.handler(service, method);
		const desc = this.schema.method(service, method);
		if (!handler || !desc) throw badRoute(`no handler for path "${path}"`, httpMethod, path);
		if (contentType !== JSON_TYPE && contentType !== 'application/protobuf') {
			throw badRoute(`unexpected Content-Type: "${contentType}"`, httpMethod, path);
		}
		return [handler, desc];
	}

	/** Servers up to v1.13.5 answer a transfer with google.protobuf.Empty, which has no defaults to write out. */
	private encode(desc: DescMethod, message: object, binary: boolean): Uint8Array | string {
		if (desc.name !== 'TransferSIPParticipant' || this.options.transferAnswer === 'response') {
			return this.schema.encode(desc.output, message, binary);
		}
		return binary ? '' : '{}';
	}
}
