import type { INodeProperties } from 'n8n-workflow';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { formOrJson, showFor } from '../../fields/form';
import type { ObjectDefinition } from './definition';
import { pickerOrJson } from './picker';

/** Parameters of Update. */
export function updateDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'update', [
		...pickerOrJson(object.locator(`The ${object.noun} to change`)),
		...formOrJson('changes', object.updateExample, object.changes),
		simplify,
		optionsOf(...object.changeOptions, ...object.writeOptions, includeSecrets),
	]);
}
