import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { type RequestOptions, readBase } from '../../shared/server';
import { cancellation } from './cancellation';
import { collectBody, shownProperties } from './rawBody';
import { type Outcome, guarded, inputFailure } from './failure';
import { exchange } from '../../shared/send';
import { ranBefore, runOnce } from './retries';
import { homeOf, originOf, runIndexOf } from './origin';
import { type Row, readSettings } from './row';
import { itemsOf, run } from '../operations';
import { type ReadParameter, steadyReader } from './parameterReader';

/** What all rows of a run share. */
interface Run {
	readonly functions: IExecuteFunctions;
	readonly resource: string;
	readonly operation: string;
	readonly origin: string;
	readonly options: RequestOptions;
	readonly shown: readonly INodeProperties[];
	readonly read: ReadParameter;
	readonly node: INode;
}

// Rows that change what an earlier row may have changed go one after the other.
const oneByOne = new Set(['update', 'replace']);
const mostAtOnce = 10;

async function runRow(shared: Run, itemIndex: number): Promise<Outcome<IDataObject[]>> {
	const { functions, node, resource, operation, origin, options, shown, read } = shared;
	const before = await ranBefore(functions.getExecuteData(), { node, origin, itemIndex });
	if (before) return before.result;
	const { url } = await functions.getCredentials('liveKitApi', itemIndex);
	const base = readBase(url, options);
	const row: Row = {
		node,
		itemIndex,
		resource,
		operation,
		home: homeOf(functions),
		origin,
		settings: readSettings((name, fallback) => read(name, itemIndex, fallback)),
		send: async (rpc, body, sending) =>
			await exchange(functions, 'value' in base ? base.value : {}, rpc, body, sending),
	};
	if ('fault' in base) return inputFailure(row, [base.fault]);
	const raw = collectBody(read, itemIndex, shown);
	const { result } = await runOnce(
		functions.getExecuteData(),
		row,
		raw,
		async (once) => await run(once, raw),
	);
	return result;
}

/**
 * Starts rows in order, a few at once or one by one, paced by Batching as n8n paces routed nodes. After a failed row
 * no other is started where the node stops on errors, nor after the execution was cancelled.
 */
async function runAll(shared: Run): Promise<Array<Outcome<IDataObject[]>>> {
	const { functions, node, operation, options } = shared;
	const { batchSize = 1, batchInterval = 0 } = options.batching?.batch ?? {};
	const lanes = oneByOne.has(operation) ? 1 : mostAtOnce;
	const started: Array<Promise<Outcome<IDataObject[]>>> = [];
	const running = new Set<Promise<unknown>>();
	const stopsOnFailure = !functions.continueOnFail();
	const cancel = cancellation(functions.getExecutionCancelSignal());
	let stopped = false;
	for (let itemIndex = 0; itemIndex < functions.getInputData().length; itemIndex++) {
		const batchEnds = itemIndex > 0 && itemIndex % Math.max(1, batchSize) === 0;
		if (running.size >= lanes) await Promise.race(running);
		if (!stopped && batchEnds && batchInterval > 0) await cancel.orAfter(batchInterval);
		if (stopped || cancel.happened()) break;
		const row = guarded(node, itemIndex, async () => await runRow(shared, itemIndex));
		started.push(row);
		const watched = row.then((outcome) => {
			running.delete(watched);
			stopped ||= stopsOnFailure && 'failure' in outcome;
		});
		running.add(watched);
	}
	cancel.forget();
	return await Promise.all(started);
}

/**
 * Runs an operation for all input items; placing calls has a way of its own, see `runPlace`.
 *
 * It stands in the place of n8n's routing engine (`customOperations`), with the same descriptions: the engine starts
 * all rows at once and awaits none, loses the linking of rows whose expressions fail, and evaluates each expression
 * once per parameter of the same name, which makes it three times slower than this for a node of this size.
 */
export async function runRows(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (this.getInputData().length === 0) return [[]];
	const node = this.getNode();
	const shared: Run = {
		functions: this,
		node,
		resource: String(this.getNodeParameter('resource', 0)),
		operation: String(this.getNodeParameter('operation', 0)),
		origin: originOf(this, runIndexOf(this, 0)),
		options: this.getNodeParameter('requestOptions', 0, {}) as RequestOptions,
		shown: shownProperties(node),
		read: steadyReader(this),
	};
	const outcomes = await runAll(shared);
	return [
		outcomes.flatMap((outcome, itemIndex) => itemsOf(itemIndex, outcome, this.continueOnFail())),
	];
}
