import { type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, NodeOperationError, sleep } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { type RequestOptions, readBase } from './base';
import { collectBody, shownProperties } from './collect';
import { type Outcome, inputFailure, quietly } from './failure';
import { exchange } from './link';
import { runOnce } from './once';
import { originOf, runIndexOf } from './origin';
import type { Row } from './row';
import { itemsOf, run } from './run';

/** What all rows of a run share. */
interface Run {
	readonly functions: IExecuteFunctions;
	readonly resource: string;
	readonly operation: string;
	readonly origin: string;
	readonly options: RequestOptions;
	readonly shown: readonly INodeProperties[];
}

// Rows that dial, or that change what an earlier row may have changed, go one after the other.
const oneByOne = new Set(['place', 'update', 'replace']);
const mostAtOnce = 10;

function collectRow({ functions, shown }: Run, itemIndex: number): Outcome<JsonObject> {
	try {
		return { value: collectBody(functions, itemIndex, shown) };
	} catch (error) {
		const cause = error instanceof Error ? error : new Error(String(error));
		return { failure: new NodeOperationError(quietly(functions.getNode()), cause, { itemIndex }) };
	}
}

async function runRow(shared: Run, itemIndex: number): Promise<Outcome<IDataObject[]>> {
	const { functions, resource, operation, origin, options } = shared;
	const { url } = await functions.getCredentials('liveKitApi', itemIndex);
	const base = readBase(url, options);
	const row: Row = {
		node: functions.getNode(),
		itemIndex,
		resource,
		operation,
		origin,
		parameter: (name, fallback) => functions.getNodeParameter(name, itemIndex, fallback) as typeof fallback,
		send: async (rpc, body, sending) => await exchange(functions, 'value' in base ? base.value : {}, rpc, body, sending),
	};
	if ('fault' in base) return inputFailure(row, [base.fault]);
	const raw = collectRow(shared, itemIndex);
	if ('failure' in raw) return raw;
	const { result } = await runOnce(functions.getExecuteData(), row, raw.value, async (once) => await run(once, raw.value));
	return result;
}

/** Waits between batches; false when the execution was cancelled meanwhile. */
async function pause(milliseconds: number, cancelled: AbortSignal | undefined): Promise<boolean> {
	if (cancelled?.aborted || milliseconds <= 0) return !cancelled?.aborted;
	const stopped = new Promise<void>((resolve) => cancelled?.addEventListener('abort', () => resolve(), { once: true }));
	// n8n 1.x has no signal for its sleep, so the two race.
	await Promise.race([sleep(milliseconds), stopped]);
	return !cancelled?.aborted;
}

/**
 * Starts rows in order, a few at once or one by one, paced by Batching as n8n paces routed nodes. After a failed row
 * no other is started where the node stops on errors, nor after the execution was cancelled.
 */
async function runAll(shared: Run): Promise<Array<Outcome<IDataObject[]>>> {
	const { functions, operation, options } = shared;
	const { batchSize = 1, batchInterval = 0 } = options.batching?.batch ?? {};
	const cancelled = functions.getExecutionCancelSignal();
	const lanes = oneByOne.has(operation) ? 1 : mostAtOnce;
	const started: Array<Promise<Outcome<IDataObject[]>>> = [];
	const running = new Set<Promise<unknown>>();
	const stopsOnFailure = !functions.continueOnFail();
	let stopped = false;
	for (let itemIndex = 0; itemIndex < functions.getInputData().length; itemIndex++) {
		const batchEnds = itemIndex > 0 && itemIndex % Math.max(1, batchSize) === 0;
		if (running.size >= lanes) await Promise.race(running);
		if (stopped || !(await pause(batchEnds ? batchInterval : 0, cancelled))) break;
		const row = runRow(shared, itemIndex);
		started.push(row);
		const ended = (failed: boolean) => {
			running.delete(watched);
			stopped ||= failed;
		};
		const watched = row.then(
			(outcome) => ended(stopsOnFailure && 'failure' in outcome),
			() => ended(true),
		);
		running.add(watched);
	}
	return await Promise.all(started);
}

/**
 * Runs an operation for all input items.
 *
 * It stands in the place of n8n's routing engine (`customOperations`), with the same descriptions: the engine starts
 * all rows at once and awaits none, loses the linking of rows whose expressions fail, and evaluates each expression
 * once per parameter of the same name, which makes it three times slower than this for a node of this size.
 */
export async function runRows(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (this.getInputData().length === 0) return [[]];
	const shared: Run = {
		functions: this,
		resource: String(this.getNodeParameter('resource', 0)),
		operation: String(this.getNodeParameter('operation', 0)),
		origin: originOf(this, runIndexOf(this, 0)),
		options: this.getNodeParameter('requestOptions', 0, {}) as RequestOptions,
		shown: shownProperties(this.getNode()),
	};
	const outcomes = await runAll(shared);
	return [outcomes.flatMap((outcome, itemIndex) => itemsOf(itemIndex, outcome, this.continueOnFail()))];
}
