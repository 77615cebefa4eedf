import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { storedObjects } from '../../../livekit/schema/rpc';
import {
	type AgentOperation,
	createDispatch,
	deleteDispatch,
	getManyDispatches,
} from './agentDispatch/dispatches';
import { type CallOperation, getCall, getManyCalls } from './call/participants';
import type { Outcome } from '../rows/failure';
import { hangUpCall } from './call/hangUpCall';
import { hangUpAllCalls } from './call/hangUpAllCalls';
import {
	type ObjectOperation,
	createObject,
	deleteObject,
	getManyObjects,
	getOneObject,
} from './storedObject/objects';
import type { Row } from '../rows/row';
import { transferCall } from './call/transferCall';
import { replaceObject, updateObject } from './storedObject/write';

const objectOperations: Readonly<Record<string, ObjectOperation>> = {
	create: createObject,
	delete: deleteObject,
	get: getOneObject,
	getAll: getManyObjects,
	replace: replaceObject,
	update: updateObject,
};

const callOperations: Readonly<Record<string, CallOperation>> = {
	get: getCall,
	getAll: getManyCalls,
	hangUp: hangUpCall,
	hangUpAll: hangUpAllCalls,
	transfer: transferCall,
};

const agentOperations: Readonly<Record<string, AgentOperation>> = {
	create: createDispatch,
	delete: deleteDispatch,
	getAll: getManyDispatches,
};

/** Runs the operation of a row on its raw body. */
export async function run(row: Row, raw: JsonObject): Promise<Outcome<IDataObject[]>> {
	if (row.resource === 'call') return await callOperations[row.operation](row, raw);
	if (row.resource === 'agentDispatch') return await agentOperations[row.operation](row, raw);
	return await objectOperations[row.operation](row, storedObjects[row.resource], raw);
}

/**
 * The items of a row, linked to their input; under Continue On Fail also the one that carries the error text.
 *
 * `{ error }` alone is the shape that both majors of n8n route to the error output with linking and input kept.
 *
 * @throws the row's NodeApiError or NodeOperationError where the node stops on errors
 */
export function itemsOf(
	itemIndex: number,
	outcome: Outcome<IDataObject[]>,
	continueOnFail: boolean,
): INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	if ('value' in outcome) return outcome.value.map((json) => ({ json, pairedItem }));
	if (!continueOnFail) throw outcome.failure;
	const { message, description } = outcome.failure;
	return [
		{
			json: { error: description ? `${message.replace(/\.$/, '')}. ${description}` : message },
			pairedItem,
		},
	];
}
