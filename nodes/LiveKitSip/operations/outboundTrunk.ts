import type { INodeProperties } from 'n8n-workflow';
import { outboundTrunkLocator } from '../fields/locators';
import { outboundTrunkChanges, outboundTrunkFields } from '../fields/outboundTrunk';
import { objectDescription } from './storedObject';
import { trunkFilters } from './trunkFilters';

/** Operations and parameters of the resource Outbound Trunk. */
export const outboundTrunkDescription: INodeProperties[] = objectDescription({
	resource: 'outboundTrunk',
	noun: 'outbound trunk',
	aNoun: 'an outbound trunk',
	locator: (description) =>
		outboundTrunkLocator({
			displayName: 'Trunk',
			name: 'trunkId',
			description,
			place: 'sip_trunk_id',
		}),
	fields: outboundTrunkFields,
	wrapper: 'trunk',
	changes: outboundTrunkChanges,
	filters: trunkFilters,
	writeOptions: [],
	changeOptions: [],
	cleared: 'password and headers',
	left: 'Running calls go on. LiveKit reports success for an ID that does not exist, too.',
	createExample:
		'{\n  "trunk": {\n    "name": "Carrier for campaigns",\n    "address": "sip.example.com",\n    "numbers": ["+15105550100"]\n  }\n}',
	updateExample: '{\n  "name": "New name",\n  "numbers": { "add": ["+15105550101"] }\n}',
});
