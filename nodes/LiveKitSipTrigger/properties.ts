import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../shared/simplify';

const filters: INodeProperties[] = [
	{
		displayName: 'Agent',
		name: 'agent',
		type: 'string',
		default: '',
		placeholder: 'e.g. support-agent',
		description: 'Only dispatch rules that dispatch this agent. Trunks are not affected.',
	},
	{
		displayName: 'Name Contains',
		name: 'nameContains',
		type: 'string',
		default: '',
		placeholder: 'e.g. support',
		description: 'Only rules and trunks whose name contains this text, in any case',
	},
	{
		displayName: 'Room Name or Prefix',
		name: 'room',
		type: 'string',
		default: '',
		placeholder: 'e.g. support-',
		description:
			'Only dispatch rules whose room name or room prefix begins with this text. Trunks are not affected.',
	},
	{
		displayName: 'Trunk',
		name: 'trunk',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'Only this trunk, and the dispatch rules that are bound to it. Rules without a trunk serve all trunks, so they count too.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose from the list',
				typeOptions: { searchListMethod: 'searchInboundTrunks', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. ST_aBcD1234efGh' },
		],
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'Emit Existing on Activation',
		name: 'emitExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether to emit the rules and trunks that are there when the watch begins, with the event "existing": at the first activation, and after Server URL or Watch has changed',
	},
	{
		displayName: 'Ignore Fields',
		name: 'ignoredFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. metadata, room_config',
		description:
			'Fields whose changes do not count, by LiveKit\'s names as in the output field "changed", separated by commas. A name covers the fields inside it.',
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		type: 'boolean',
		default: false,
		description: 'Whether to connect even if SSL certificate validation is not possible',
	},
];

/** Which changes start the workflow. */
export const triggerOn: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Created', value: 'created', action: 'On rule or trunk created' },
		{ name: 'Deleted', value: 'deleted', action: 'On rule or trunk deleted' },
		{ name: 'Updated', value: 'updated', action: 'On rule or trunk updated' },
	],
	default: ['created', 'deleted', 'updated'],
	required: true,
};

/** The parameters of the trigger. n8n adds the poll times. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'Starts on changes of the configuration, not on phone calls. LiveKit does not tell who made a change. Several changes of one object between two polls are one event.',
		name: 'notice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'multiOptions',
		options: [
			{ name: 'Dispatch Rules', value: 'dispatchRule' },
			{ name: 'Inbound Trunks', value: 'inboundTrunk' },
			{ name: 'Outbound Trunks', value: 'outboundTrunk' },
		],
		default: ['dispatchRule'],
		required: true,
		description: 'What to watch',
	},
	triggerOn,
	simplify,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filters,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	},
];
