import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import type { Rpc } from '../../../livekit/schema/rpc';
import type { RowResult } from './failure';
import type { Row } from './row';

/**
 * One operation of the node. Everything else is made from the list of them: the parameters and their routing, how n8n
 * runs them, what Retry On Fail may repeat, output schemas and the tables of the documentation.
 */
export interface Operation {
	/** Value of the Resource parameter. */
	readonly resource: string;
	/** Value of the Operation parameter. Request ids hash it and workflows hold it, so it never changes. */
	readonly value: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
	/** LiveKit's method. Of an operation that rings it is the request that makes the phone ring. */
	readonly rpc: Rpc;
	/** The other methods that it calls, each with the end of the sentence "`Method` ...". */
	readonly also?: ReadonlyArray<{ readonly rpc: Rpc; readonly when: string }>;
	/** Its parameters, without the condition that this operation is chosen. */
	readonly properties: INodeProperties[];
	/**
	 * Fields of an output item with their JSON types: `string`, `number null`, `string[]` for a list, `string{}` for a map.
	 * The name `...` stands for the simplified form of the message that it names.
	 */
	readonly output: Readonly<Record<string, string>>;
	/** Results of rows that write are kept for Retry On Fail; of rows that ring also what may have rung a phone. */
	readonly effect: 'reads' | 'writes' | 'rings';
	/** Whether a row may start before the one in front of it has ended. */
	readonly order: 'together' | 'oneByOne';
	/** Carries out one row: its raw body in, its output items out. */
	run(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>>;
	/** Runs all rows instead of `runRows`, for an operation whose rows depend on each other. */
	runAll?(functions: IExecuteFunctions, operation: Operation): Promise<INodeExecutionData[][]>;
}

/** A resource of the node with its operations, in the order of the form. */
export interface Resource {
	/** Value of the Resource parameter. */
	readonly value: string;
	readonly label: string;
	readonly labelOfMany: string;
	/** What it is, for people who do not know LiveKit. */
	readonly about: string;
	/** Value of the operation that a new node has. */
	readonly initial: string;
	readonly operations: readonly Operation[];
}
