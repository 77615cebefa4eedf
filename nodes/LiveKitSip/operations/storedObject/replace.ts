import type { INodeProperties } from 'n8n-workflow';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import { formOrJson, showFor } from '../../fields/form';
import type { ObjectDefinition } from './definition';
import { pickerOrJson } from './picker';

/** Parameters of Replace. */
export function replaceDescription(object: ObjectDefinition): INodeProperties[] {
	return showFor(object.resource, 'replace', [
		{
			displayName: `Replace writes the whole ${object.noun} anew: every field that is not set here is cleared, ${object.cleared} too. To change single fields, use Update.`,
			name: 'replaceNotice',
			type: 'notice',
			default: '',
		},
		...pickerOrJson(object.locator(`The ${object.noun} to replace`)),
		...formOrJson(object.noun, object.createExample, object.fields('replace')),
		simplify,
		optionsOf(...object.changeOptions, ...object.writeOptions, includeSecrets),
	]);
}
