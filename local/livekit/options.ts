/** How the local LiveKit should behave. Every default is the newest open-source livekit-server with a SIP bridge beside it. */
export interface LocalLiveKitOptions {
	/** Port on 127.0.0.1, default any free one. */
	port?: number;
	/** API key to secret, default `devkey` with the local secret. */
	keys?: Record<string, string>;
	/** `snake`: snake_case with all defaults as open-source servers answer; `camel`: camelCase, defaults left out. */
	style?: 'snake' | 'camel';
	/** Honour `page.limit`, which open-source servers ignore. */
	honourLimit?: boolean;
	/** false: a server without Redis, whose SIP calls all answer 500 after the grant check. */
	sip?: boolean;
	/** false: no SIP bridge is running, so calls and transfers answer 503. */
	bridge?: boolean;
	/** Generation of the bridge: a busy line is answered as HTTP 412, 429 or 503; the oldest cannot end calls with headers, and only the current one tells the time of the answer. */
	sipCodes?: 'current' | 'older' | 'oldest';
	/** `empty`: `{}` as servers up to v1.13.5; `response`: TransferSIPParticipantResponse. */
	transferAnswer?: 'empty' | 'response';
	/** RPC names that this server does not know yet (answers bad_route). */
	missingMethods?: string[];
	/** `Message.field` names that this server does not know yet: dropped from requests, absent from answers. */
	dropFields?: string[];
	/** Servers up to v1.13.5: 401 texts hold the whole token or key, and `exp` may be missing. */
	leakTokenIn401?: boolean;
	/** Answer every non-empty `auth_password` as `''` (true) or as the given text. */
	maskSecrets?: boolean | string;
	/** Milliseconds from dialling to the answer of a number that answers, default 50. */
	answerAfterMs?: number;
	/** Milliseconds until the bridge leaves the room after a transfer, default 1000. */
	leaveAfterTransferMs?: number;
	/** Milliseconds until a SIP service's "no response from servers", default 1000. That of a room comes after three times as long. */
	noResponseAfterMs?: number;
	/** Newer servers: a retry with the same `X-Livekit-Request-Id` finds the call it placed and does not dial again. */
	idempotent?: boolean;
	/** Names of running agents (`''` for a nameless one): a dispatch for one of them puts it into the room. `any`: every name but `missing-agent`. */
	agents?: string[] | 'any';
	/** Milliseconds until a dispatched agent is in the room, default 0. */
	agentJoinsAfterMs?: number;
	/** Milliseconds until the other side of an answered call hangs up, default 0, which is never. See `talkMs` for the numbers that say otherwise. */
	hangUpAfterMs?: number;
	/** URLs that get webhooks, default none. */
	webhookUrls?: string[];
	/** Waits before the repetitions of a webhook, in milliseconds. Default 1, 2, 4 and 8 seconds, as livekit/protocol has them. */
	webhookRetryMs?: number[];
}

/** One HTTP request as it came in, with what was answered. `at` is Unix milliseconds. */
export interface RecordedRequest {
	service: string;
	method: string;
	headers: Record<string, string>;
	rawBody: string;
	/** Parsed JSON, or undefined when the body is no JSON. */
	body: unknown;
	/** Claims of a token that verified. */
	claims?: Record<string, unknown>;
	status?: number;
	at: number;
}

/**
 * A planned disturbance, used up after `times` requests (default 1) of `method` (default any RPC).
 * `drop-before` cuts the connection before the RPC takes effect, `drop-after` afterwards; `status` and `body` answer
 * instead of the RPC, `body` with 200; `delay` waits `delayMs` and goes on. `delayMs` works with every kind.
 */
export interface Fault {
	method?: string;
	times?: number;
	kind: 'status' | 'drop-before' | 'drop-after' | 'delay' | 'body';
	status?: number;
	contentType?: string;
	body?: string;
	delayMs?: number;
}

/** One INVITE that the bridge sent. `at` is Unix milliseconds. */
export interface Dial {
	number: string;
	from: string;
	room: string;
	identity: string;
	callId: string;
	requestId: string;
	at: number;
}

export type ResolvedOptions = Required<LocalLiveKitOptions>;

export const DEFAULT_KEY = 'devkey';
export const DEFAULT_SECRET = 'secret-of-at-least-32-characters-long';

/** Options with every default filled in. */
export function resolveOptions(options: LocalLiveKitOptions): ResolvedOptions {
	return {
		port: options.port ?? 0,
		keys: options.keys ?? { [DEFAULT_KEY]: DEFAULT_SECRET },
		style: options.style ?? 'snake',
		honourLimit: options.honourLimit ?? false,
		sip: options.sip ?? true,
		bridge: options.bridge ?? true,
		sipCodes: options.sipCodes ?? 'current',
		transferAnswer: options.transferAnswer ?? 'empty',
		missingMethods: options.missingMethods ?? [],
		dropFields: options.dropFields ?? [],
		leakTokenIn401: options.leakTokenIn401 ?? false,
		maskSecrets: options.maskSecrets ?? false,
		answerAfterMs: options.answerAfterMs ?? 50,
		leaveAfterTransferMs: options.leaveAfterTransferMs ?? 1000,
		noResponseAfterMs: options.noResponseAfterMs ?? 1000,
		idempotent: options.idempotent ?? false,
		agents: options.agents ?? [],
		agentJoinsAfterMs: options.agentJoinsAfterMs ?? 0,
		hangUpAfterMs: options.hangUpAfterMs ?? 0,
		webhookUrls: options.webhookUrls ?? [],
		webhookRetryMs: options.webhookRetryMs ?? [1000, 2000, 4000, 8000],
	};
}
