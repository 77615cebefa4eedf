import type { INodeProperties } from 'n8n-workflow';
import { routed } from '../routing';
import { getDescription } from './get';
import { getAllDescription } from './getAll';
import { hangUpDescription } from './hangUp';
import { hangUpAllDescription } from './hangUpAll';
import { placeDescription } from './place';
import { transferDescription } from './transfer';

/** Operations and parameters of the resource Call. */
export const callDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['call'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get call',
				description: 'Retrieve a running call by room and participant',
				routing: routed('call', 'get'),
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many calls',
				description: 'Retrieve many running calls of a room',
				routing: routed('call', 'getAll'),
			},
			{
				name: 'Hang Up',
				value: 'hangUp',
				action: 'Hang up call',
				description: 'End a call, ringing or answered',
				routing: routed('call', 'hangUp'),
			},
			{
				name: 'Hang Up All',
				value: 'hangUpAll',
				action: 'Hang up all calls',
				description:
					'End the calls of all rooms whose names begin alike: the emergency stop of a campaign',
				routing: routed('call', 'hangUpAll'),
			},
			{
				name: 'Place',
				value: 'place',
				action: 'Place call',
				description: 'Call a phone number and connect it with a room',
				routing: routed('call', 'place'),
			},
			{
				name: 'Transfer',
				value: 'transfer',
				action: 'Transfer call',
				description: 'Hand a running call over to another number (blind transfer by SIP REFER)',
				routing: routed('call', 'transfer'),
			},
		],
		default: 'place',
	},
	...getDescription,
	...getAllDescription,
	...hangUpDescription,
	...hangUpAllDescription,
	...placeDescription,
	...transferDescription,
];
