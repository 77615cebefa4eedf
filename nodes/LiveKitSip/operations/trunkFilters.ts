import type { INodeProperties } from 'n8n-workflow';
import { to } from '../fields/form';

/** LiveKit's filters of trunk lists. */
export const trunkFilters: INodeProperties[] = [
	{
		displayName: 'Phone Numbers',
		name: 'numbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15105550100',
		description:
			'Return only trunks with one of these numbers, and trunks without numbers, which take any. Separate several by commas.',
		routing: to('numbers'),
	},
	{
		displayName: 'Trunk IDs',
		name: 'trunkIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. ST_aBcD1234efGh',
		description: 'Return only these trunks. Separate several by commas.',
		routing: to('trunk_ids'),
	},
];
