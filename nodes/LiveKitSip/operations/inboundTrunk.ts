import type { INodeProperties } from 'n8n-workflow';
import { inboundTrunkChanges, inboundTrunkFields } from '../fields/inboundTrunk';
import { inboundTrunkLocator } from '../fields/locators';
import { allowConflict, allowHostNames } from '../fields/output';
import { objectDescription } from './storedObject';
import { trunkFilters } from './trunkFilters';

/** Operations and parameters of the resource Inbound Trunk. */
export const inboundTrunkDescription: INodeProperties[] = objectDescription({
	resource: 'inboundTrunk',
	noun: 'inbound trunk',
	aNoun: 'an inbound trunk',
	locator: (description) =>
		inboundTrunkLocator({
			displayName: 'Trunk',
			name: 'trunkId',
			description,
			place: 'sip_trunk_id',
		}),
	fields: inboundTrunkFields,
	wrapper: 'trunk',
	changes: inboundTrunkChanges,
	filters: trunkFilters,
	writeOptions: [allowHostNames],
	changeOptions: [allowConflict],
	cleared: 'password and headers',
	left: 'Running calls go on, and dispatch rules that name the trunk stay. LiveKit reports success for an ID that does not exist, too.',
	createExample:
		'{\n  "trunk": {\n    "name": "Support line",\n    "numbers": ["+15105550100"]\n  }\n}',
	updateExample: '{\n  "name": "New name",\n  "numbers": { "add": ["+15105550101"] }\n}',
});
