import type { INodeProperties } from 'n8n-workflow';
import { to } from './form';

interface ListField {
	displayName: string;
	name: string;
	path: string;
	description: string;
	example: string;
}

/** A change of a list: set, add, remove or clear, read by `readListChange`. */
export function listUpdateField(field: ListField): INodeProperties {
	return {
		displayName: field.displayName,
		name: field.name,
		type: 'fixedCollection',
		placeholder: 'Add Change',
		default: {},
		description: field.description,
		options: [
			{
				displayName: 'Change',
				name: 'change',
				values: [
					{
						displayName: 'Change',
						name: 'mode',
						type: 'options',
						noDataExpression: true,
						options: [
							{ name: 'Add', value: 'add', description: 'Add to the entries that are there' },
							{ name: 'Clear', value: 'clear', description: 'Remove all entries' },
							{
								name: 'Remove',
								value: 'remove',
								description: 'Remove these entries, keep the others',
							},
							{ name: 'Set', value: 'set', description: 'Replace all entries by these' },
						],
						default: 'add',
					},
					{
						displayName: 'Entries',
						name: 'entries',
						type: 'string',
						displayOptions: { hide: { mode: ['clear'] } },
						default: '',
						placeholder: `e.g. ${field.example}`,
						description: 'One or several, separated by commas',
					},
				],
			},
		],
		routing: to(field.path),
	};
}
