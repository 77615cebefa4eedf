import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { type RequestOptions, serverOf } from '../../shared/server';
import { inputFailure } from './failure';
import { readGiven } from './given';
import { itemsOf } from './items';
import { type Run, openRow, openRun } from './openRow';
import type { Operation } from './operation';
import { type ReadInRow, parameterReader } from './parameterReader';
import { type Ran, ranBefore, runOnce } from './retries';
import { startRows } from './startRows';

/** A run as part of a workflow, where the node itself reads what n8n's routing engine would. */
export interface WorkflowRun extends Run {
	readonly functions: IExecuteFunctions;
	readonly options: RequestOptions;
	readonly count: number;
}

/** Opens a run as part of a workflow. */
export function openWorkflowRun(functions: IExecuteFunctions, operation: Operation): WorkflowRun {
	const items = functions.getInputData();
	const read = parameterReader(functions);
	const run = openRun(functions, operation, read, (itemIndex) => items[itemIndex].json);
	return {
		...run,
		functions,
		options: functions.getNodeParameter('requestOptions', 0, {}) as RequestOptions,
		count: items.length,
	};
}

/**
 * Opens a row, collects its raw body and carries it out.
 *
 * @param read the reader of the row's parameters
 */
export async function runAnew(
	run: WorkflowRun,
	itemIndex: number,
	read: ReadInRow,
	release: () => void,
): Promise<Ran> {
	const { url, apiKey } = await run.functions.getCredentials('liveKitApi', itemIndex);
	const server = serverOf(url, run.options);
	const account = { server: 'value' in server ? server.value : { baseURL: '' }, apiKey };
	const row = openRow(run, itemIndex, read, account, release);
	if ('fault' in server) return { result: inputFailure(row, [server.fault]), rang: false };
	const given = readGiven(run, row);
	if ('failure' in given) return { result: given, rang: false };
	return await runOnce(row, given.value, run.operation);
}

/**
 * Runs an operation for all input items, in place of n8n's routing engine (`customOperations`) and with the same
 * descriptions: the engine starts all rows at once and awaits none, loses the linking of rows whose expressions fail, and
 * evaluates each expression once per parameter of the same name, which makes it three times slower for a node of this
 * size.
 *
 * After a failed row no other is started if the node stops on errors.
 */
export async function runRows(
	functions: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[][]> {
	const run = openWorkflowRun(functions, operation);
	const stops = !functions.continueOnFail();
	const rows = await startRows({
		run,
		options: run.options,
		count: run.count,
		work: async (itemIndex, release) =>
			(await ranBefore(run, itemIndex)) ??
			(await runAnew(run, itemIndex, run.readerOf(itemIndex), release)),
		isFailure: ({ result }) => stops && 'failure' in result,
		endsAfterFailure: async () => true,
	});
	run.cancel.forget();
	const onFailure = stops ? 'throw' : 'report';
	return [rows.flatMap(({ result }, itemIndex) => itemsOf(itemIndex, result, onFailure))];
}
