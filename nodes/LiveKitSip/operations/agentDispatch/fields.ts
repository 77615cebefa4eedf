import type { INodeProperties } from 'n8n-workflow';
import { roomLocator } from '../../fields/locators';
import { mapField } from '../../fields/maps';
import { additionalFields, to } from '../../fields/form';

/** The room of a dispatch; `description` says what for. */
export function dispatchRoom(description: string): INodeProperties {
	return roomLocator({ displayName: 'Room', name: 'room', description, path: 'room' });
}

/** The form of a new dispatch. */
export const agentDispatchFields: INodeProperties[] = [
	dispatchRoom(
		'The room that the agent joins. LiveKit makes it if there is none, and agents that run without a name then join it too.',
	),
	{
		displayName: 'Agent Name',
		name: 'agentName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. outbound-caller',
		description:
			'Exactly the name under which the agent registers. If no agent of that name is running, the dispatch stays and nobody joins.',
		routing: to('agent_name'),
	},
	{
		displayName: 'Metadata',
		name: 'metadata',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. {"phone_number": "+14155550123"}',
		description: 'Text or JSON that the agent reads when it starts',
		routing: to('metadata'),
	},
	additionalFields([
		mapField({
			displayName: 'Attributes',
			name: 'attributes',
			path: 'attributes',
			description: "Attributes of the agent's job. Needs a newer LiveKit server",
			from: { label: 'Attribute', example: 'customer_tier' },
			to: { label: 'Value', example: 'gold' },
		}),
		{
			displayName: 'Deployment',
			name: 'deployment',
			type: 'string',
			default: '',
			description: 'Deployment of the agent on LiveKit Cloud to use',
			routing: to('deployment'),
		},
		{
			displayName: 'Restart Policy',
			name: 'restartPolicy',
			type: 'options',
			options: [
				{ name: 'Never', value: 'JRP_NEVER' },
				{ name: 'On Failure', value: 'JRP_ON_FAILURE' },
			],
			default: 'JRP_ON_FAILURE',
			description: 'Whether LiveKit Cloud starts the agent again when it crashes',
			routing: to('restart_policy'),
		},
		{
			displayName: 'Thread ID',
			name: 'threadId',
			type: 'string',
			default: '',
			placeholder: 'e.g. AT_aBcD1234efGh',
			description: 'Durable thread of the agent to go on with. Needs a newer LiveKit server.',
			routing: to('thread_id'),
		},
	]),
];

/** ID of a dispatch, as a filter. */
export function dispatchId(description: string): INodeProperties {
	return {
		displayName: 'Dispatch ID',
		name: 'dispatchId',
		type: 'string',
		default: '',
		placeholder: 'e.g. AD_aBcD1234efGh',
		description,
		routing: to('dispatch_id'),
	};
}
