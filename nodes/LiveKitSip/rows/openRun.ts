import type {
	IDataObject,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INode,
} from 'n8n-workflow';
import { cancellation } from './cancellation';
import { EventLoop } from './eventLoop';
import type { Operation } from './operation';
import { homeOf, originOf, runIndexOf } from './origin';
import type { ReadParameter } from './parameterReader';
import type { SharedByRows } from './row';

/** n8n's functions: those of a workflow's node, or those of a request that its routing engine sends. */
export type Functions = IExecuteFunctions | IExecutePaginationFunctions;

/** One run of the node: an operation over all rows. */
export interface Run extends SharedByRows {
	readonly functions: Functions;
	readonly node: INode;
	readonly operation: Operation;
	readonly home: string;
	readonly origin: string;
	readonly read: ReadParameter;
	/** JSON of an input item. */
	inputOf(itemIndex: number): IDataObject;
}

/** Opens a run of an operation. Its `cancel` must be told to forget when the run ends. */
export function openRun(
	functions: Functions,
	operation: Operation,
	read: ReadParameter,
	inputOf: Run['inputOf'],
): Run {
	const runIndex = runIndexOf(functions);
	return {
		functions,
		node: functions.getNode(),
		operation,
		home: homeOf(functions),
		origin: originOf(functions, runIndex),
		read,
		inputOf,
		executeData: functions.getExecuteData(),
		context: functions.getContext('node'),
		runIndex: Number(runIndex),
		cancel: cancellation(functions.getExecutionCancelSignal()),
		eventLoop: new EventLoop(),
	};
}
