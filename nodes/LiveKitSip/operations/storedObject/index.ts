import type { INodeProperties } from 'n8n-workflow';
import { routed } from '../routing';
import { createDescription } from './create';
import type { ObjectDefinition } from './definition';
import { deleteDescription } from './delete';
import { getDescription } from './get';
import { getAllDescription } from './getAll';
import { replaceDescription } from './replace';
import { updateDescription } from './update';

function operations({ resource, noun, aNoun }: ObjectDefinition): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: `Create ${noun}`,
				description: `Create ${aNoun}`,
				routing: routed(resource, 'create'),
			},
			{
				name: 'Delete',
				value: 'delete',
				action: `Delete ${noun}`,
				description: `Delete ${aNoun}`,
				routing: routed(resource, 'delete'),
			},
			{
				name: 'Get',
				value: 'get',
				action: `Get ${noun}`,
				description: `Retrieve ${aNoun}`,
				routing: routed(resource, 'get'),
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: `Get many ${noun}s`,
				description: `Retrieve many ${noun}s`,
				routing: routed(resource, 'getAll'),
			},
			{
				name: 'Replace Entirely (Clears Unset Fields)',
				value: 'replace',
				action: `Replace ${noun} entirely`,
				description: `Write ${aNoun} anew. Fields that are not set are cleared.`,
				routing: routed(resource, 'replace'),
			},
			{
				name: 'Update',
				value: 'update',
				action: `Update ${noun}`,
				description: `Change single fields of ${aNoun} and leave the others as they are`,
				routing: routed(resource, 'update'),
			},
		],
		default: 'getAll',
	};
}

/** Operations and parameters of a stored object. */
export function objectDescription(object: ObjectDefinition): INodeProperties[] {
	return [
		operations(object),
		...createDescription(object),
		...deleteDescription(object),
		...getDescription(object),
		...getAllDescription(object),
		...replaceDescription(object),
		...updateDescription(object),
	];
}
