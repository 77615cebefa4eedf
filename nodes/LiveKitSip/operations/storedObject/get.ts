import { includeSecrets, optionsOf } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { shownBy } from '../../request/output';
import { getStored } from '../../request/storedObjects';
import type { Operation } from '../../rows/operation';
import type { ObjectDefinition } from './definition';
import { readId } from './objectId';

/** Get: one object by its id. */
export function get({ resource, object, aNoun, locator }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'get',
		name: 'Get',
		action: `Get ${aNoun}`,
		description: `Retrieve ${aNoun}`,
		rpc: object.rpcs.get ?? object.rpcs.list,
		properties: [locator(`The ${object.noun} to retrieve`), simplify, optionsOf(includeSecrets)],
		output: { '...': object.info },
		effect: 'reads',
		order: 'together',
		run: async (row, raw) => {
			const id = readId(row, object, raw);
			if ('failure' in id) return id;
			const found = await getStored(row, object, id.value);
			return 'failure' in found ? found : { value: [shownBy(row, object.info)(found.value)] };
		},
	};
}
