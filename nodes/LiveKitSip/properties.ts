import type { INodeProperties } from 'n8n-workflow';
import { rpcPath } from '../../livekit/schema/rpc';
import { showFor } from './fields/form';
import { resources } from './operations';
import type { Operation, Resource } from './rows/operation';

/**
 * The choice of an operation. Its routing names LiveKit's method and has `paginate`, which hands the request to
 * `routeRow`: only then does n8n's routing engine keep item linking and input under Continue On Fail.
 */
function choiceOf({ name, value, action, description, rpc }: Operation) {
	return {
		name,
		value,
		action,
		description,
		routing: {
			request: { method: 'POST', url: rpcPath(rpc) },
			send: { paginate: true },
		},
	} as const;
}

function operationParameter({ value, operations, initial }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(choiceOf),
		default: initial,
	};
}

function parametersOf(resource: Resource): INodeProperties[] {
	return [
		operationParameter(resource),
		...resource.operations.flatMap(({ value, properties }) =>
			showFor(resource.value, value, properties),
		),
	];
}

/** All parameters of the node. */
export const nodeProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources.map(({ label, value }) => ({ name: label, value })),
		default: 'call',
	},
	...resources.flatMap(parametersOf),
];
