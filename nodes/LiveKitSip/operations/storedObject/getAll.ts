import type { INodeProperties } from 'n8n-workflow';
import {
	includeSecrets,
	nameFilter,
	optionsOf,
	returnAllAndLimit,
	simplify,
} from '../../fields/output';
import { showFor, sorted } from '../../fields/form';
import type { ObjectDefinition } from './definition';

/** Parameters of Get Many. */
export function getAllDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'getAll', [
		...returnAllAndLimit,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: sorted([nameFilter, ...object.filters]),
		},
		simplify,
		optionsOf(includeSecrets),
	]);
}
