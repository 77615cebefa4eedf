import type { INodeProperties } from 'n8n-workflow';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { showFor } from '../../fields/form';
import type { ObjectDefinition } from './definition';

/** Parameters of Get. */
export function getDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'get', [
		object.locator(`The ${object.noun} to retrieve`),
		simplify,
		optionsOf(includeSecrets),
	]);
}
