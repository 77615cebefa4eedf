import type { IContextObject, IDataObject, INode, INodeProperties } from 'n8n-workflow';
import { type JsonObject, isObject, show } from '../../../livekit/json';
import type { Reply } from '../../../livekit/codec/response';
import type { Rpc } from '../../../livekit/schema/rpc';
import type { SendOptions } from '../../shared/send';
import type { Cancellation } from './cancellation';
import type { EventLoop } from './eventLoop';
import type { ReadInRow } from './parameterReader';

/**
 * The parameters of a row that are no part of the request body. They are read before anything is sent: if an expression
 * among them fails later, the answer to a request would be lost.
 */
export interface Settings {
	readonly fromJson: boolean;
	readonly simplify: boolean;
	readonly options: Readonly<Record<string, unknown>>;
	/** How many results Return All and Limit ask for. */
	readonly wanted: number;
	/** Lower case; empty if the filter is not set. */
	readonly nameContains: string;
}

// An expression can return objects that cannot be turned into text.
function shownText(value: unknown): string {
	return typeof value === 'object' ? show(value) : String(value);
}

/**
 * Reads the settings of a row. If an expression makes the limit less than 1 or no number, it is 1.
 *
 * @param read reads a parameter, or returns the fallback if the operation has none of that name
 */
export function readSettings(read: (name: string, fallback: unknown) => unknown): Settings {
	const options = read('options', {});
	const filters = read('filters', {});
	const limit = Math.floor(Number(shownText(read('limit', 50))));
	return {
		fromJson: read('inputMode', 'form') === 'json',
		simplify: read('simplify', false) === true,
		options: isObject(options) ? options : {},
		wanted: read('returnAll', false) === true ? Infinity : Math.max(limit || 1, 1),
		nameContains: isObject(filters) ? shownText(filters.nameContains ?? '').toLowerCase() : '',
	};
}

/** What the rows of one run of the node share. */
export interface SharedByRows {
	/** The object that n8n keeps from try to try of Retry On Fail. */
	readonly executeData: { readonly node: INode };
	/** n8n's store of this node in this execution, which n8n keeps once it was asked for. */
	context(): IContextObject;
	/** How often the node has run in this execution before, as in a loop. */
	readonly runIndex: number;
	/** When the run began, in milliseconds of the clock that is never set back. */
	readonly startedAt: number;
	readonly cancel: Cancellation;
	readonly eventLoop: EventLoop;
}

/** One input item on its way through an operation. */
export interface Row {
	readonly node: INode;
	readonly itemIndex: number;
	/** Values of the Resource and the Operation parameter. */
	readonly resource: string;
	readonly operation: string;
	/** The operation's parameters, whose labels name the fields in messages. */
	readonly properties: readonly INodeProperties[];
	/** This n8n and the workflow: contact keys of the user tell contacts apart within it. */
	readonly home: string;
	/** What tells this row's requests from those of other executions, nodes and runs. */
	readonly origin: string;
	readonly settings: Settings;
	/** JSON of the input item. */
	readonly input: IDataObject;
	/** What tells a server and API key from others, without holding the key. */
	readonly account: string;
	/** How long a request may take as a whole, and all pages of a list. */
	readonly timeoutMs: number;
	readonly shared: SharedByRows;
	/** Asks n8n only once for each parameter. */
	readonly read: ReadInRow;
	/** Sends a request and returns LiveKit's decoded response, or its refusal. */
	send(rpc: Rpc, body: JsonObject, options?: SendOptions): Promise<Reply>;
	/** Lets the next row start although this one has not ended. */
	release(): void;
	/** Whether a phone may have rung for this row. */
	mayHaveRung(): boolean;
}

/** Whether an AI agent uses a node as a tool: n8n gives such nodes a type of their own. */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}

/** Whether a switch of the Options collection is on. */
export function option({ settings }: Row, name: string): boolean {
	return settings.options[name] === true;
}
