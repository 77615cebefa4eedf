import type { ResolvedOptions } from './options';
import type { Claims } from './token';

/** What an RPC knows about its request besides the message. */
export interface Call {
	claims: Claims | undefined;
	/** `X-Livekit-Request-Id`, or `''`. */
	requestId: string;
	/** `X-Twirp-Timeout-Ms`, when it is a number. */
	timeoutMs: number | undefined;
	options: ResolvedOptions;
}

/** An RPC: a canonical request in, a canonical answer out (see messages.ts). */
export type Handler<Request> = (request: Request, call: Call) => object | Promise<object>;

/** The RPCs of one service by name. */
export type Service = Record<string, Handler<never>>;
