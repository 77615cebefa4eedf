import { type IDataObject, type IExecuteFunctions, type INodeExecutionData, NodeOperationError, sleep } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { type RequestOptions, readBase } from './base';
import { collectBody } from './collect';
import { type Outcome, inputFailure } from './failure';
import { exchange } from './link';
import { runOnce } from './once';
import { originOf, runIndexOf } from './origin';
import type { Row } from './row';
import { itemsOf, run } from './run';

function collectRow(functions: IExecuteFunctions, row: Row): Outcome<JsonObject> {
	try {
		return { value: collectBody(functions, row) };
	} catch (error) {
		const cause = error instanceof Error ? error : new Error(String(error));
		return { failure: new NodeOperationError(row.node, cause, { itemIndex: row.itemIndex }) };
	}
}

async function runRow(functions: IExecuteFunctions, itemIndex: number, origin: string, options: RequestOptions): Promise<Outcome<IDataObject[]>> {
	const credentials = await functions.getCredentials('liveKitApi', itemIndex);
	const base = readBase(credentials.url, options);
	const row: Row = {
		node: functions.getNode(),
		itemIndex,
		resource: String(functions.getNodeParameter('resource', itemIndex)),
		operation: String(functions.getNodeParameter('operation', itemIndex)),
		origin,
		parameter: (name, fallback) => functions.getNodeParameter(name, itemIndex, fallback) as typeof fallback,
		send: async (rpc, body, sending) => await exchange(functions, 'value' in base ? base.value : {}, rpc, body, sending),
	};
	if ('fault' in base) return inputFailure(row, [base.fault]);
	const raw = collectRow(functions, row);
	if ('failure' in raw) return raw;
	const { result } = await runOnce(functions.getExecuteData(), row, raw.value, async (once) => await run(once, raw.value));
	return result;
}

/** Waits between batches; false when the execution was cancelled meanwhile. */
async function pause(milliseconds: number, cancelled: AbortSignal | undefined): Promise<boolean> {
	if (cancelled?.aborted) return false;
	const stopped = new Promise<void>((resolve) => cancelled?.addEventListener('abort', () => resolve(), { once: true }));
	// n8n 1.x has no signal for its sleep, so the two race.
	await Promise.race([sleep(milliseconds), stopped]);
	return !cancelled?.aborted;
}

/**
 * Runs an operation row after row, each seeing what the earlier ones did: n8n's routing engine would start all rows
 * at once. Parameters are evaluated just before their row. Batching paces the rows as n8n does for routed nodes.
 * Cancelling the execution stops before the next row.
 */
export async function runInOrder(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	const rows = this.getInputData().length;
	const cancelled = this.getExecutionCancelSignal();
	const options = this.getNodeParameter('requestOptions', 0, {}) as RequestOptions;
	const { batchSize = 1, batchInterval = 0 } = options.batching?.batch ?? {};
	const origin = originOf(this, runIndexOf(this, 0));
	for (let itemIndex = 0; itemIndex < rows; itemIndex++) {
		const batchEnds = itemIndex > 0 && batchInterval > 0 && itemIndex % Math.max(1, batchSize) === 0;
		if (!(await pause(batchEnds ? batchInterval : 0, cancelled))) break;
		const outcome = await runRow(this, itemIndex, origin, options);
		items.push(...itemsOf(itemIndex, outcome, this.continueOnFail()));
	}
	return [items];
}
