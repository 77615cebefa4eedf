import type { INodeType } from 'n8n-workflow';
import { operationRpcs } from '../../../livekit/schema/rpc';
import { runPlace } from '../dial/placeRows';
import { runRows } from '../rows/runRows';

/** Every operation of every resource, run row by row. n8n's older AI-tool path does not look here, and routes instead. */
export const rowOperations: NonNullable<INodeType['customOperations']> = Object.fromEntries(
	Object.entries(operationRpcs).map(([resource, operations]) => [
		resource,
		Object.fromEntries(
			Object.keys(operations).map((operation) => [
				operation,
				resource === 'call' && operation === 'place' ? runPlace : runRows,
			]),
		),
	]),
);
