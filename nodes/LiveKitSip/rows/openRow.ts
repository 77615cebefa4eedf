import { createHash } from 'node:crypto';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INode,
	INodeProperties,
} from 'n8n-workflow';
import { sendAndRead, timeoutOf } from '../../shared/send';
import type { Server } from '../../shared/server';
import { cancellation } from './cancellation';
import { EventLoop } from './eventLoop';
import type { Operation } from './operation';
import { type ReadInRow, type ReadParameter, rowReader } from './parameterReader';
import { shownProperties } from './rawBody';
import { type Row, type SharedByRows, readSettings } from './row';

/** n8n's functions: those of a workflow's node, or those of a request that its routing engine sends. */
export type Functions = IExecuteFunctions | IExecutePaginationFunctions;

/** One run of the node: an operation over all rows. */
export interface Run extends SharedByRows {
	readonly functions: Functions;
	readonly node: INode;
	readonly operation: Operation;
	readonly home: string;
	readonly origin: string;
	/** Parameters of the operation that n8n shows for this node. */
	readonly shown: readonly INodeProperties[];
	/** Opens the reader of a row's parameters. */
	readerOf(itemIndex: number): ReadInRow;
	/** JSON of an input item. */
	inputOf(itemIndex: number): IDataObject;
}

/** n8n instance, execution, node and run of a request, see `requestId`. */
function originOf(functions: Functions, runIndex: unknown): string {
	return JSON.stringify([
		functions.getInstanceId(),
		functions.getExecutionId(),
		functions.getWorkflow().id,
		functions.getNode().id,
		runIndex,
	]);
}

/** Opens a run of an operation. Its `cancel` must be told to forget when the run ends. */
export function openRun(
	functions: Functions,
	operation: Operation,
	read: ReadParameter,
	inputOf: Run['inputOf'],
): Run {
	const node = functions.getNode();
	const runIndex: unknown = functions.getWorkflowDataProxy(0).$runIndex;
	return {
		functions,
		node,
		operation,
		home: JSON.stringify([functions.getInstanceId(), functions.getWorkflow().id]),
		origin: originOf(functions, runIndex),
		shown: shownProperties(node, operation.properties),
		readerOf: (itemIndex) => rowReader(read, node, operation.properties, itemIndex),
		inputOf,
		executeData: functions.getExecuteData(),
		context: () => functions.getContext('node'),
		runIndex: Number(runIndex),
		startedAt: performance.now(),
		cancel: cancellation(functions.getExecutionCancelSignal()),
		eventLoop: new EventLoop(),
	};
}

/** A server, and the API key with which it is asked. */
export interface Account {
	readonly server: Server;
	readonly apiKey: unknown;
}

function accountOf(address: string, apiKey: unknown): string {
	const key = typeof apiKey === 'string' ? apiKey.trim() : '';
	return createHash('sha256')
		.update(JSON.stringify([address, key]))
		.digest('base64url');
}

/** Opens a row of a run: reads its settings and binds its requests to a server. */
export function openRow(
	run: Run,
	itemIndex: number,
	read: ReadInRow,
	{ server, apiKey }: Account,
	release: () => void,
): Row {
	const { functions, node, operation, home, origin } = run;
	return {
		node,
		itemIndex,
		resource: operation.resource,
		operation: operation.value,
		properties: operation.properties,
		home,
		origin,
		settings: readSettings(read),
		input: run.inputOf(itemIndex),
		account: accountOf(server.baseURL, apiKey),
		timeoutMs: timeoutOf(server),
		shared: run,
		read,
		send: async (rpc, body, options) => await sendAndRead(functions, server, rpc, body, options),
		release,
		mayHaveRung: () => false,
	};
}
