import type {
	DeclarativeRestApiSettings,
	IExecuteFunctions,
	IExecutePaginationFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { operationError } from '../../shared/errors';
import type { Operation, Resource } from '../rows/operation';
import { runRouted } from '../rows/routed';
import { runRows } from '../rows/runRows';
import { agentDispatch } from './agentDispatch';
import { call } from './call';
import { dispatchRule } from './dispatchRule';
import { inboundTrunk } from './inboundTrunk';
import { outboundTrunk } from './outboundTrunk';
import { phoneNumber } from './phoneNumber';

/** All resources with their operations, in the order of the form, calls first: the one list that everything is made from. */
export const resources: readonly Resource[] = [
	call,
	agentDispatch,
	dispatchRule,
	inboundTrunk,
	outboundTrunk,
	phoneNumber,
];

/** The operation of a resource; undefined if there is none of that name. */
export function operationOf(resource: unknown, operation: unknown): Operation | undefined {
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}

function runs(operation: Operation) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (this.getInputData().length === 0) return [[]];
		return await (operation.runAll ?? runRows)(this, operation);
	};
}

/** Every operation, run row by row. n8n's older AI-tool path does not look here, and routes instead. */
export const customOperations: NonNullable<INodeType['customOperations']> = Object.fromEntries(
	resources.map(({ value, operations }) => [
		value,
		Object.fromEntries(operations.map((operation) => [operation.value, runs(operation)])),
	]),
);

/** Stands behind `requestOperations.pagination`, for n8n's older AI-tool path. */
export async function routeRow(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const [resource, name] = [this.getNodeParameter('resource'), this.getNodeParameter('operation')];
	const operation = operationOf(resource, name);
	if (!operation) {
		const message = `There is no operation "${String(name)}" of the resource "${String(resource)}". Choose one from the list`;
		throw operationError(this.getNode(), message);
	}
	return await runRouted(this, requestData, operation);
}
