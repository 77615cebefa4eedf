import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { Answer } from './http';
import { readRequest, Router, takeFault } from './http';
import type { ParticipantInfo } from './messages';
import type { Dial, Fault, LocalLiveKitOptions, RecordedRequest, ResolvedOptions } from './options';
import { resolveOptions } from './options';
import { newParticipant } from './participant';
import { phonePage } from './phone-page';
import { Schema } from './schema';
import { seedRules, seedTrunks } from './seed';
import type { ReceivedCall, TelephoneCall } from './telephone';
import type { Delivery } from './webhooks';
import { World } from './world';

export type { Dial, Fault, LocalLiveKitOptions, RecordedRequest } from './options';
export { DEFAULT_KEY, DEFAULT_SECRET } from './options';

const LOG_LENGTH = 20_000;

/** A running local LiveKit. */
export interface LocalLiveKit {
	/** `http://127.0.0.1:PORT` */
	url: string;
	port: number;
	key: string;
	secret: string;
	/** The last 20,000 requests, oldest first. */
	requests: RecordedRequest[];
	/** Disturbances to come; push here. */
	faults: Fault[];
	/** May be changed while the server runs, all but `port` and `dropFields`. */
	options: ResolvedOptions;
	/** Every INVITE sent so far. */
	dials(): Dial[];
	/** Who is in a room at this moment. */
	participants(room: string): ParticipantInfo[];
	/** Puts somebody into a room, which is made when there is none. */
	join(
		room: string,
		identity: string,
		kind?: 'STANDARD' | 'AGENT' | 'SIP',
		attributes?: Record<string, string>,
	): void;
	/** Calls a number of this LiveKit, as a telephone does. Undefined if it does not take the call. */
	callIn(call: TelephoneCall): ReceivedCall | undefined;
	/** The requests with webhooks so far. */
	deliveries(): Delivery[];
	/** Stores many inbound trunks at once, returns their ids. */
	seedTrunks(count: number): string[];
	/** Stores many dispatch rules at once, returns their ids. */
	seedRules(count: number): string[];
	/** Forgets all objects, calls, requests and planned faults; the options stay. */
	reset(): void;
	close(): Promise<void>;
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
	response.writeHead(status, {
		'content-type': contentType,
		'content-length': Buffer.byteLength(body),
	});
	response.end(body);
}

/**
 * Starts LiveKit's SIP API, RoomService and AgentDispatchService in memory on 127.0.0.1.
 * @throws when the port is taken
 */
export async function startLocalLiveKit(given: LocalLiveKitOptions = {}): Promise<LocalLiveKit> {
	const options = resolveOptions(given);
	const world = new World(options);
	const router = new Router(options, new Schema(options), world);
	const requests: RecordedRequest[] = [];
	const faults: Fault[] = [];

	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const incoming = await readRequest(request);
		const { record } = incoming;
		const page = phonePage(incoming, world);
		if (page) return send(response, page);
		requests.push(record);
		if (requests.length > LOG_LENGTH) requests.shift();
		const fault = takeFault(faults, record.method);
		if (fault?.delayMs) await world.sleep(fault.delayMs);
		if (fault?.kind === 'drop-before') return void request.socket.destroy();
		const answer: Answer =
			fault?.kind === 'status' || fault?.kind === 'body'
				? {
						status: fault.status ?? (fault.kind === 'body' ? 200 : 500),
						contentType: fault.contentType ?? 'application/json',
						body: fault.body ?? '',
					}
				: await router.answer(incoming);
		record.status = answer.status;
		if (fault?.kind === 'drop-after') return void request.socket.destroy();
		send(response, answer);
	};

	const server = createServer((request, response) => {
		serve(request, response).catch(() => request.socket.destroy());
	});
	await new Promise<void>((listening, fail) => {
		server.once('error', fail);
		server.listen(options.port, '127.0.0.1', listening);
	});
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : options.port;
	const [key = '', secret = ''] = Object.entries(options.keys)[0] ?? [];

	return {
		url: `http://127.0.0.1:${port}`,
		port,
		key,
		secret,
		requests,
		faults,
		options,
		dials: () => [...world.bridge.dials],
		participants: (room) =>
			structuredClone(
				[...(world.rooms.get(room)?.participants.values() ?? [])].map(({ info }) => info),
			),
		join: (room, identity, kind = 'STANDARD', attributes = {}) =>
			world.rooms.join(world.rooms.open({ name: room }, 'ADT_JOIN'), {
				info: newParticipant(identity, kind, { attributes }),
			}),
		callIn: (call) => world.telephone.call(call),
		deliveries: () => [...world.webhooks.deliveries],
		seedTrunks: (count) => seedTrunks(world.store, count),
		seedRules: (count) => seedRules(world.store, count),
		reset() {
			world.clear();
			requests.length = 0;
			faults.length = 0;
		},
		close: () =>
			new Promise((closed) => {
				world.clear();
				server.close(() => closed());
				server.closeAllConnections();
			}),
	};
}
