import type { INodeProperties } from 'n8n-workflow';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { formOrJson, showFor } from '../../fields/form';
import type { ObjectDefinition } from './definition';

/** Parameters of Create. */
export function createDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'create', [
		...formOrJson(object.noun, object.createExample, object.fields(object.wrapper)),
		simplify,
		optionsOf(...object.writeOptions, includeSecrets),
	]);
}
