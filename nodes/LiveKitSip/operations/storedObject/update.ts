import { withJson } from '../../fields/form';
import { includeSecrets, optionsOf, simplify } from '../../fields/output';
import type { Operation } from '../../rows/operation';
import type { ObjectDefinition } from './definition';
import { pickerOrJson } from './picker';
import { updateObject } from './updateObject';
import { canClash } from './write';

/** Update: changes single fields and leaves the others as they are. */
export function update({ resource, object, ...definition }: ObjectDefinition): Operation {
	const { noun, rpcs } = object;
	const { locator, changes, changeOptions, writeOptions } = definition;
	const read = rpcs.get ?? rpcs.list;
	return {
		resource,
		value: 'update',
		name: 'Update',
		action: `Update ${noun}`,
		description: `Change single fields of ${definition.aNoun} and leave the others as they are`,
		rpc: rpcs.update,
		also: [
			{ rpc: read, when: 'to merge the change where LiveKit cannot' },
			...(canClash(object) ? [{ rpc: rpcs.list, when: 'to find clashing numbers' }] : []),
		],
		properties: [
			...pickerOrJson(locator(`The ${noun} to change`)),
			...withJson('changes', definition.updateExample, changes),
			simplify,
			optionsOf(...changeOptions, ...writeOptions, includeSecrets),
		],
		output: { '...': object.info, warnings: 'string[]' },
		effect: 'writes',
		order: 'oneByOne',
		run: async (row, raw) => await updateObject(row, object, raw),
	};
}
