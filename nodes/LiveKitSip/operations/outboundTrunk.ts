import { storedObjects } from '../../../livekit/schema/rpc';
import { outboundTrunkLocator } from '../fields/locators';
import { outboundTrunkChanges, outboundTrunkFields } from '../fields/outboundTrunk';
import type { Resource } from '../rows/operation';
import { operationsOn } from './storedObject';
import { trunkFilters } from './trunkFilters';

/** The resource Outbound Trunk. */
export const outboundTrunk: Resource = {
	value: 'outboundTrunk',
	label: 'Outbound Trunk',
	labelOfMany: 'Outbound Trunks',
	about: 'the carrier over which you call others, and the numbers that you show',
	initial: 'getAll',
	operations: operationsOn({
		resource: 'outboundTrunk',
		object: storedObjects.outboundTrunk,
		aNoun: 'an outbound trunk',
		locator: (description) =>
			outboundTrunkLocator({
				displayName: 'Trunk',
				name: 'trunkId',
				description,
				path: 'sip_trunk_id',
			}),
		fields: outboundTrunkFields,
		changes: outboundTrunkChanges,
		filters: trunkFilters,
		writeOptions: [],
		cleared: 'password and headers',
		left: 'Running calls go on.',
		createExample:
			'{\n  "trunk": {\n    "name": "Carrier for campaigns",\n    "address": "sip.example.com",\n    "numbers": ["+15105550100"]\n  }\n}',
		updateExample: '{\n  "name": "New name",\n  "numbers": { "add": ["+15105550101"] }\n}',
	}),
};
