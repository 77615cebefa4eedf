import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../shared/simplify';

function picker(
	displayName: string,
	name: string,
	description: string,
	searchListMethod: string,
	placeholder: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose from the list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

const filters: INodeProperties[] = [
	{
		displayName: 'Answered',
		name: 'answered',
		type: 'multiOptions',
		options: [
			{ name: 'Answered', value: 'answered' },
			{ name: 'Not Answered', value: 'notAnswered' },
			{
				name: 'Not Told by LiveKit',
				value: 'notTold',
				description: 'Most inbound calls whose caller gave up are among these',
			},
		],
		default: ['answered'],
		description: 'Only calls that ended like this. Applies to Call Ended alone.',
	},
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'Inbound', value: 'inbound' },
			{ name: 'Outbound', value: 'outbound' },
		],
		default: 'inbound',
		description: 'Only calls of this direction. Events that are about no call are not affected.',
	},
	picker(
		'Dispatch Rule',
		'rule',
		'Only inbound calls that came by this dispatch rule. Events that are about no call are not affected.',
		'searchDispatchRules',
		'e.g. SDR_aBcD1234efGh',
	),
	{
		displayName: 'Phone Numbers',
		name: 'phoneNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +15105550100, +15105550101',
		description:
			'Only calls from or to one of these numbers, yours or that of the other side, separated by commas. Calls whose numbers are hidden do not match. Events that are about no call are not affected.',
	},
	{
		displayName: 'Room Prefix',
		name: 'room',
		type: 'string',
		default: '',
		placeholder: 'e.g. support-',
		description: 'Only rooms whose name begins with this text',
	},
	picker(
		'Trunk',
		'trunk',
		'Only calls over this trunk. Events that are about no call are not affected.',
		'searchTrunks',
		'e.g. ST_aBcD1234efGh',
	),
];

/** Which events start the workflow. */
export const callEvents: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{
			name: 'Agent Job Ended',
			value: 'agent_job_ended',
			description: 'An agent has left its room after its job. Needs a LiveKit server of 2026.',
			action: 'On agent job ended',
		},
		{
			name: 'Agent Job Failed',
			value: 'agent_job_failed',
			description: 'An agent did not come, or broke off. Needs a LiveKit server of 2026.',
			action: 'On agent job failed',
		},
		{
			name: 'Agent Joined',
			value: 'agent_joined',
			description:
				'An agent is in the room. If a caller rings there, it answers as soon as it publishes sound.',
			action: 'On agent joined',
		},
		{
			name: 'Any Event (Raw)',
			value: 'any',
			description:
				'Every event of LiveKit, as it is, such as a track that is published. Five to seven come for each call.',
			action: 'On any event',
		},
		{
			name: 'Call Ended',
			value: 'call_ended',
			description: 'A phone call has ended, answered or not',
			action: 'On call ended',
		},
		{
			name: 'Inbound Call Started',
			value: 'inbound_call_started',
			description: 'Somebody calls, and the call has a room. It may still ring.',
			action: 'On inbound call started',
		},
		{
			name: 'Outbound Call Started',
			value: 'outbound_call_started',
			description: 'LiveKit dials. Nobody has answered yet.',
			action: 'On outbound call started',
		},
		{
			name: 'Recording Ended',
			value: 'recording_ended',
			description: 'A recording (egress) is complete, or was broken off',
			action: 'On recording ended',
		},
		{
			name: 'Room Finished',
			value: 'room_finished',
			description: 'A room has closed, some time after the last one left',
			action: 'On room finished',
		},
	],
	default: ['call_ended'],
	required: true,
	description: 'What starts the workflow. Everything else that LiveKit sends starts nothing.',
};

/** The parameters of the call trigger. n8n adds the webhook URLs. */
export const callTriggerProperties: INodeProperties[] = [
	{
		displayName:
			'Paste the URL above into LiveKit. LiveKit Cloud: Settings, Webhooks of the project, with the API key of this credential. Own server: "webhook" in its configuration, the URL under "urls", and the API key of this credential as "api_key". The test URL and the production URL are two: LiveKit needs the production URL for the active workflow, and the test URL while you test.',
		name: 'urlNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName:
			'LiveKit has no event for the moment of the answer. Whether and when a call was answered stands in Call Ended, as far as LiveKit tells.',
		name: 'answerNotice',
		type: 'notice',
		default: '',
	},
	callEvents,
	simplify,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: filters,
	},
];
