import type { IDataObject } from 'n8n-workflow';

import type { LocalLiveKit, LocalLiveKitOptions } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered } from './client';
import { credentialOf, engine, type NodeSettings, type Result, runNode } from './harness';

/** A local LiveKit for a test file, fresh for each test, and the node in n8n's engine against it. */
export interface LiveKit {
	readonly server: LocalLiveKit;
	/** Runs the node with the server's credential. */
	run(parameters: IDataObject, rows?: IDataObject[], settings?: NodeSettings): Promise<Result>;
	/** JSON bodies of the requests of one method, or of all. */
	bodies(method?: string): unknown[];
	/** Names of the methods that were called. */
	methods(): string[];
	/** Calls LiveKit past the node. */
	call<T = Record<string, string>>(
		rpc: string,
		body: object,
		claims?: Record<string, unknown>,
	): Promise<T>;
	/** Forgets the recorded requests. */
	forget(): void;
}

/** Starts a local LiveKit before the tests of a file; every test begins with an empty one and the given options. */
export function useLiveKit(options: LocalLiveKitOptions = {}): LiveKit {
	let server: LocalLiveKit;
	let usual: LocalLiveKit['options'];
	beforeAll(async () => {
		await engine();
		server = await startLocalLiveKit({
			answerAfterMs: 5,
			noResponseAfterMs: 5,
			leaveAfterTransferMs: 5,
			...options,
		});
		usual = structuredClone(server.options);
	});
	beforeEach(() => {
		server.reset();
		Object.assign(server.options, structuredClone(usual));
	});
	afterAll(async () => await server.close());
	return {
		get server() {
			return server;
		},
		run: async (parameters, rows, settings) =>
			await runNode(credentialOf(server), parameters, rows, settings),
		bodies: (method) =>
			server.requests
				.filter((request) => method === undefined || request.method === method)
				.map(({ body }) => body),
		methods: () => server.requests.map(({ method }) => method),
		call: async (rpc, body, claims) => await answered(server, rpc, body, { claims }),
		forget() {
			server.requests.length = 0;
		},
	};
}

/** A resource locator as the editor stores it for a typed id. */
export function picked(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}

/** The row of a list change as the form stores it. */
export function listChange(mode: 'set' | 'add' | 'remove' | 'clear', entries = ''): IDataObject {
	return { change: { mode, entries } };
}

/** Rows of a fixed collection. */
export function rowsOf(...rows: IDataObject[]): IDataObject {
	return { rows };
}

/** The change of an update that sets rows, as the form stores it. */
export function setRows(...rows: IDataObject[]): IDataObject {
	return { change: { mode: 'set', entries: { rows } } };
}

/** Rows of a map. */
export function pairs(map: Record<string, string>): IDataObject {
	return rowsOf(...Object.entries(map).map(([name, value]) => ({ name, value })));
}

/** The same value with random ids, times and durations replaced by what they are. */
export function withoutIds<T>(value: T): T {
	return JSON.parse(
		JSON.stringify(value)
			.replace(/\b(ST|SDR|SCL|PA|RM|STR|TR|AD|AJ)_[A-Za-z0-9]+/g, '$1_')
			.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
			.replace(
				/"(joined_at|joined_at_ms|created_at|started_at|ring_seconds|sip.callIDFull|sip.callTag|lk.sip.answerTime)":("\w+"|[\d.]+)/g,
				'"$1":"?"',
			),
	) as T;
}
