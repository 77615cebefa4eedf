import type { INodeProperties } from 'n8n-workflow';
import { roomLocator } from '../../fields/locators';
import { returnAllAndLimit, simplify } from '../../fields/output';
import { showFor, to } from '../../fields/form';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'inbound' },
				{ name: 'Outbound', value: 'outbound' },
			],
			default: 'inbound',
			description: 'Return only calls in this direction',
			routing: to('call_direction'),
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'active', description: 'Answered' },
				{
					name: 'Automation',
					value: 'automation',
					description: 'Answered, keys are being pressed',
				},
				{ name: 'Dialing', value: 'dialing' },
				{ name: 'Hangup', value: 'hangup', description: 'About to leave the room' },
				{ name: 'Ringing', value: 'ringing' },
			],
			default: 'active',
			description: 'Return only calls in this state',
			routing: to('call_status'),
		},
	],
};

/** Parameters of Call: Get Many. */
export const getAllDescription: INodeProperties[] = showFor('call', 'getAll', [
	roomLocator({
		displayName: 'Room',
		name: 'room',
		description: 'The room whose calls to retrieve',
		place: 'room',
	}),
	...returnAllAndLimit,
	filters,
	simplify,
]);
