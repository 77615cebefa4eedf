import { storedObjects } from '../../../livekit/schema/rpc';
import { inboundTrunkChanges, inboundTrunkFields } from '../fields/inboundTrunk';
import { inboundTrunkLocator } from '../fields/locators';
import { allowConflict, allowHostNames } from '../fields/output';
import type { Resource } from '../rows/operation';
import { operationsOn } from './storedObject';
import { trunkFilters } from './trunkFilters';

/** The resource Inbound Trunk. */
export const inboundTrunk: Resource = {
	value: 'inboundTrunk',
	label: 'Inbound Trunk',
	labelOfMany: 'Inbound Trunks',
	about: 'your phone numbers, on which people call you',
	initial: 'getAll',
	operations: operationsOn({
		resource: 'inboundTrunk',
		object: storedObjects.inboundTrunk,
		aNoun: 'an inbound trunk',
		locator: (description) =>
			inboundTrunkLocator({
				displayName: 'Trunk',
				name: 'trunkId',
				description,
				path: 'sip_trunk_id',
			}),
		fields: inboundTrunkFields,
		changes: inboundTrunkChanges,
		filters: trunkFilters,
		writeOptions: [allowConflict, allowHostNames],
		cleared: 'password and headers',
		left: 'Running calls go on. Dispatch rules that name the trunk stay, and the output lists them.',
		createExample:
			'{\n  "trunk": {\n    "name": "Support line",\n    "numbers": ["+15105550100"]\n  }\n}',
		updateExample: '{\n  "name": "New name",\n  "numbers": { "add": ["+15105550101"] }\n}',
	}),
};
