import type { INodeProperties } from 'n8n-workflow';
import { MORE, ROWS } from '../../../livekit/codec/given';
import { type Rows, rowsUpdateField } from './listUpdate';
import { mapField } from './maps';
import { sorted, to } from './form';

const agentColumns: INodeProperties[] = [
	{
		displayName: 'Agent Name',
		name: 'agent_name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. inbound-agent',
		description: 'Exactly the name under which the agent registers',
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'string',
		default: '',
		placeholder: 'e.g. {"language": "en"}',
		description: 'Text or JSON that the agent reads when it starts',
	},
	{
		displayName: 'More',
		name: MORE,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Attributes (JSON)',
				name: 'attributes',
				type: 'json',
				default: '{}',
				description:
					'Attributes of the agent, as JSON of names and texts. Needs a newer LiveKit server.',
			},
			{
				displayName: 'Deployment',
				name: 'deployment',
				type: 'string',
				default: '',
				description: 'Deployment of the agent on LiveKit Cloud to use',
			},
			{
				displayName: 'Restart Policy',
				name: 'restart_policy',
				type: 'options',
				options: [
					{ name: 'Never', value: 'JRP_NEVER' },
					{ name: 'On Failure', value: 'JRP_ON_FAILURE' },
				],
				default: 'JRP_ON_FAILURE',
				description: 'Whether LiveKit Cloud starts the agent again when it crashes',
			},
			{
				displayName: 'Thread ID',
				name: 'thread_id',
				type: 'string',
				default: '',
				placeholder: 'e.g. AT_aBcD1234efGh',
				description: 'Durable thread of the agent to go on with. Needs a newer LiveKit server.',
			},
		],
	},
];

const agentRows: Rows = {
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Agent',
	default: {},
	options: [{ displayName: 'Agent', name: ROWS, values: agentColumns }],
};

/** Agents that LiveKit sends into the room. `path` leads to the rule in the body. */
export function agentsField(path: string): INodeProperties {
	return {
		...agentRows,
		displayName: 'Agents',
		name: 'agents',
		description:
			'Agents that join the room when a caller does. Empty: agents without a name, if any are running, join by themselves.',
		routing: to(`${path}.room_config.agents`),
	};
}

/** A change of the agents, read by `readRowsChange`. */
export function agentsChange(path: string): INodeProperties {
	return rowsUpdateField({
		displayName: 'Agents',
		name: 'agents',
		path: `${path}.room_config.agents`,
		description: 'Agents that join the room when a caller does',
		cleared: 'Agents without a name, if any are running, then join by themselves',
		rows: agentRows,
	});
}

/** Settings of the rooms that a rule makes. */
export function roomSettings(path: string, change?: string): INodeProperties {
	const room = `${path}.room_config`;
	const milliseconds = (
		displayName: string,
		name: string,
		field: string,
		bound: string,
	): INodeProperties => ({
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: `${bound} delay of the playout in the room, in milliseconds`,
		routing: to(`${room}.${field}`),
	});
	return {
		displayName: 'Room Settings',
		name: 'roomSettings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		options: sorted([
			{
				displayName: 'Auto Recording (JSON)',
				name: 'egress',
				type: 'json',
				typeOptions: { rows: 6 },
				default:
					'{\n  "room": {\n    "audio_only": true,\n    "file_outputs": [\n      { "file_type": "OGG", "filepath": "calls/{room_name}-{time}.ogg" }\n    ]\n  }\n}',
				description:
					"LiveKit's RoomEgress: room, participant or tracks, with file outputs and their storage (s3, gcp, azure, aliOSS). Needs LiveKit's egress service.",
				routing: to(`${room}.egress`),
			},
			{
				displayName: 'Departure Timeout (Seconds)',
				name: 'departureTimeout',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 20,
				description: 'How long the room stays open after the last participant has left',
				routing: to(`${room}.departure_timeout`),
			},
			{
				displayName: 'Empty Timeout (Seconds)',
				name: 'emptyTimeout',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 300,
				description: 'How long the room stays open if nobody joins',
				routing: to(`${room}.empty_timeout`),
			},
			{
				displayName: 'Max Participants',
				name: 'maxParticipants',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'Highest number of participants in the room. 0 means no limit.',
				routing: to(`${room}.max_participants`),
			},
			milliseconds('Max Playout Delay (ms)', 'maxPlayoutDelay', 'max_playout_delay', 'Longest'),
			milliseconds('Min Playout Delay (ms)', 'minPlayoutDelay', 'min_playout_delay', 'Shortest'),
			{
				displayName: 'Room Configuration Name',
				name: 'roomConfigName',
				type: 'string',
				default: '',
				description: 'Name of a room configuration that is stored in LiveKit, to start from',
				routing: to(`${room}.name`),
			},
			{
				displayName: 'Room Metadata',
				name: 'roomMetadata',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'Text or JSON that everybody in the room can read',
				routing: to(`${room}.metadata`),
			},
			{
				displayName: 'Sync Streams',
				name: 'syncStreams',
				type: 'boolean',
				default: false,
				description: 'Whether audio and video are played in step',
				routing: to(`${room}.sync_streams`),
			},
			mapField({
				displayName: 'Tags',
				name: 'tags',
				path: `${room}.tags`,
				description: "Tags of the room, for LiveKit Cloud's analytics",
				from: { label: 'Tag', example: 'team' },
				to: { label: 'Value', example: 'support' },
				change,
			}),
		]),
	};
}
