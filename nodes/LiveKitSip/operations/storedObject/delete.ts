import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { askOnce } from '../../request/ask';
import type { RowResult } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import type { ObjectDefinition } from './definition';
import { readId } from './objectId';

async function deleteObject(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const id = readId(row, object, raw);
	if ('failure' in id) return id;
	const deleted = await askOnce(row, object.rpcs.delete, { [object.id]: id.value });
	return 'failure' in deleted ? deleted : { value: [{ deleted: true, [object.id]: id.value }] };
}

/** Delete: one object by its id. */
export function deleteOne({ resource, object, aNoun, locator, left }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'delete',
		name: 'Delete',
		action: `Delete ${object.noun}`,
		description: `Delete ${aNoun}`,
		rpc: object.rpcs.delete,
		properties: [locator(`The ${object.noun} to delete. ${left}`)],
		output: { deleted: 'boolean', [object.id]: 'string' },
		effect: 'writes',
		order: 'together',
		run: async (row, raw) => await deleteObject(row, object, raw),
	};
}
