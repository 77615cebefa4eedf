import type { IDataObject } from 'n8n-workflow';
import { idFaults } from '../../../../livekit/checks/ids';
import { encode } from '../../../../livekit/codec/encode';
import type { JsonObject } from '../../../../livekit/json';
import { type MessageName, messageOf } from '../../../../livekit/schema';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import { sorted } from '../../fields/form';
import {
	filtersOf,
	includeSecrets,
	nameFilter,
	optionsOf,
	returnAllAndLimit,
} from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { shownBy } from '../../request/output';
import { listStored } from '../../request/storedObjects';
import { type RowResult, inputFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import type { ObjectDefinition } from './definition';

/** LiveKit's own filters among the values of the form. */
function filtersIn(message: MessageName, raw: JsonObject): JsonObject {
	const { fields } = messageOf(message);
	return Object.fromEntries(fields.flatMap(({ name }) => (name in raw ? [[name, raw[name]]] : [])));
}

async function getManyObjects(
	row: Row,
	object: StoredObject,
	raw: JsonObject,
): Promise<RowResult<IDataObject[]>> {
	const { request } = object.rpcs.list;
	const filters = encode(request, filtersIn(request, raw));
	const ids = Object.entries(filters.body).flatMap(([name, list]) => idFaults(name, list, name));
	const faults = [...filters.faults, ...ids];
	if (faults.length > 0) return inputFailure(row, faults);
	const { wanted, nameContains } = row.settings;
	const isNamed = ({ name }: JsonObject) => String(name).toLowerCase().includes(nameContains);
	const listed = await listStored(row, object, filters.body, wanted, isNamed);
	return 'failure' in listed ? listed : { value: listed.value.map(shownBy(row, object.info)) };
}

/** Get Many: the objects that pass LiveKit's filters and ours. */
export function getAll({ resource, object, filters }: ObjectDefinition): Operation {
	return {
		resource,
		value: 'getAll',
		name: 'Get Many',
		action: `Get many ${object.noun}s`,
		description: `Retrieve many ${object.noun}s`,
		rpc: object.rpcs.list,
		properties: [
			...returnAllAndLimit,
			filtersOf(...sorted([nameFilter, ...filters])),
			simplify,
			optionsOf(includeSecrets),
		],
		output: { '...': object.info },
		effect: 'reads',
		order: 'together',
		run: async (row, raw) => await getManyObjects(row, object, raw),
	};
}
