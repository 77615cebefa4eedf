import type { INode } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/rpc';
import type { Answer } from '../../../livekit/twirp';

/** How a request is sent, besides its body. */
export interface SendOptions {
	/** `X-Livekit-Request-Id`: newer servers do the same request once. */
	readonly requestId?: string;
	/** Shortest HTTP timeout in milliseconds; a shorter one of the user's is raised. */
	readonly atLeastMs?: number;
	/** `X-Twirp-Timeout-Ms`: the server's own deadline, where its default is too short. */
	readonly serverDeadlineMs?: number;
}

/** One input item on its way, the same for routed and custom operations. */
export interface Row {
	readonly node: INode;
	readonly itemIndex: number;
	readonly resource: string;
	readonly operation: string;
	/** What makes this row's requests differ from those of other executions, nodes, runs and rows. */
	readonly origin: string;
	/** Value of a parameter that is not part of the request body. */
	parameter<T extends string | number | boolean | object>(name: string, fallback: T): T;
	send(rpc: Rpc, body: JsonObject, options?: SendOptions): Promise<Answer>;
}

/** Entry of the Options collection. */
export function option(row: Row, name: string): boolean {
	const options: object = row.parameter('options', {});
	return (options as Record<string, unknown>)[name] === true;
}
