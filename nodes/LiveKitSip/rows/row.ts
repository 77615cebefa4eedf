import type { INode } from 'n8n-workflow';
import { type JsonObject, isObject, show } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/schema/rpc';
import type { Answer } from '../../../livekit/http/twirp';

/** How a request is sent, besides its body. */
export interface SendOptions {
	/** `X-Livekit-Request-Id`: newer servers do the same request once. */
	readonly requestId?: string;
	/** Shortest HTTP timeout in milliseconds; a shorter one of the user's is raised. */
	readonly atLeastMs?: number;
	/** `X-Twirp-Timeout-Ms`: the server's own deadline, where its default is too short. */
	readonly serverDeadlineMs?: number;
}

/**
 * The parameters of a row that are no part of the request body. They are read before anything is sent: an expression
 * among them that fails must not lose the answer of a request that was made.
 */
export interface Settings {
	readonly fromJson: boolean;
	readonly simplify: boolean;
	readonly options: Readonly<Record<string, unknown>>;
	/** How many results Return All and Limit ask for. */
	readonly wanted: number;
	/** Lower case, empty where there is no such filter. */
	readonly nameContains: string;
}

// An expression can give objects that cannot be turned into text.
function textOf(value: unknown): string {
	return typeof value === 'object' ? show(value) : String(value);
}

/**
 * Reads the settings of a row. A limit that an expression makes less than 1 or no number is 1.
 *
 * @param read reads a parameter, or gives the fallback where the operation has none of that name
 */
export function readSettings(read: (name: string, fallback: unknown) => unknown): Settings {
	const options = read('options', {});
	const filters = read('filters', {});
	const limit = Math.floor(Number(textOf(read('limit', 50))));
	return {
		fromJson: read('inputMode', 'form') === 'json',
		simplify: read('simplify', false) === true,
		options: isObject(options) ? options : {},
		wanted: read('returnAll', false) === true ? Infinity : Math.max(limit || 1, 1),
		nameContains: isObject(filters) ? textOf(filters.nameContains ?? '').toLowerCase() : '',
	};
}

/** One input item on its way, the same for routed and custom operations. */
export interface Row {
	readonly node: INode;
	readonly itemIndex: number;
	readonly resource: string;
	readonly operation: string;
	/** This n8n and the workflow, within which the user's contact keys tell contacts apart. */
	readonly home: string;
	/** What makes this row's requests differ from those of other executions, nodes, runs and rows. */
	readonly origin: string;
	readonly settings: Settings;
	send(rpc: Rpc, body: JsonObject, options?: SendOptions): Promise<Answer>;
}

/** Whether a switch of the Options collection is on. */
export function option({ settings }: Row, name: string): boolean {
	return settings.options[name] === true;
}
