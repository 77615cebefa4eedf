import type { INodeProperties } from 'n8n-workflow';
import { routed } from '../routing';
import { createDescription } from './create';
import { deleteDescription } from './delete';
import { getAllDescription } from './getAll';

/** Operations and parameters of the resource Agent Dispatch. */
export const agentDispatchDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agentDispatch'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create agent dispatch',
				description: 'Send an agent into a room',
				routing: routed('agentDispatch', 'create'),
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete agent dispatch',
				description: 'Take back a dispatch; an agent that came for it leaves the room',
				routing: routed('agentDispatch', 'delete'),
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many agent dispatches',
				description: 'Retrieve many agent dispatches of a room',
				routing: routed('agentDispatch', 'getAll'),
			},
		],
		default: 'create',
	},
	...createDescription,
	...deleteDescription,
	...getAllDescription,
];
