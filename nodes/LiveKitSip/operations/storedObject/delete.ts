import type { INodeProperties } from 'n8n-workflow';
import { showFor } from '../../fields/form';
import type { ObjectDefinition } from './definition';

/** Parameters of Delete. */
export function deleteDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'delete', [
		object.locator(`The ${object.noun} to delete. ${object.left}`),
	]);
}
