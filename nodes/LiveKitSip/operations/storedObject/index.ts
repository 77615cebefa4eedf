import type { Operation } from '../../rows/operation';
import { create } from './create';
import type { ObjectDefinition } from './definition';
import { deleteOne } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { replace } from './replace';
import { update } from './update';

/** The operations of a stored object. */
export function operationsOn(definition: ObjectDefinition): Operation[] {
	return [create, deleteOne, get, getAll, replace, update].map((make) => make(definition));
}
