import type { INodeProperties } from 'n8n-workflow';
import { callRoom } from './call';
import { countryField } from './countries';
import { guardFields } from './guards';
import { limits } from './limits';
import { optionsOf } from './output';
import { simplify } from '../../shared/simplify';

/** The country of numbers to call that have no country code. */
export const country = countryField(
	'Where Number to Call and Do Not Call are at home if they have no country code. None: such numbers go to the carrier as they are. An expression gives two letters, such as DE.',
);

const agentOptions: INodeProperties = {
	displayName: 'Agent Options',
	name: 'agentOptions',
	type: 'collection',
	placeholder: 'Add Agent Option',
	default: {},
	description: 'What the agent is told, and how long it may take to come',
	options: [
		{
			displayName: 'Agent Metadata',
			name: 'agentMetadata',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. {"name": "Jane Doe"}',
			description: 'Text or JSON that the agent gets with its job, such as the name of the callee',
		},
		{
			displayName: 'Wait for the Agent (Seconds)',
			name: 'agentWait',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 10,
			description:
				'How long the agent may take to come into the room. After that the row is skipped. Without this field: 10.',
		},
	],
};

/**
 * The agent that speaks to the callee. Its options show without an agent too: hidden, what somebody typed into them would be
 * dropped in silence.
 */
export const agentFields: INodeProperties[] = [
	{
		displayName: 'Agent Name',
		name: 'agentName',
		type: 'string',
		default: '',
		placeholder: 'e.g. appointment-agent',
		description:
			'Name under which the agent is registered at LiveKit. It is sent into the room first: nobody is called before it is there.',
	},
	{
		displayName:
			'Nobody speaks to the callee: without an agent the room is silent unless somebody is in it already.',
		name: 'noAgentNotice',
		type: 'notice',
		default: '',
		displayOptions: { hide: { agentName: [{ _cnd: { exists: true } }] } },
	},
	agentOptions,
];

/** What the node waits for, and whether it calls at all. */
export const callingFields: INodeProperties[] = [
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		options: [
			{
				name: 'Nothing',
				value: 'nothing',
				description: 'Go on as soon as LiveKit dials: whether anybody answers stays unknown',
			},
			{
				name: 'Answer',
				value: 'answer',
				description: 'Report whether the call was answered, and if not, why',
			},
			{
				name: 'End of Call',
				value: 'end',
				description: 'Also report when the call ended and how long it lasted',
			},
		],
		default: 'answer',
		description: 'How long the node stays with each call. Voicemail counts as answered.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description: 'Whether to check all rows and call nobody',
	},
];

/** The Options collection of a call. */
export const callingOptions = optionsOf(
	{
		displayName: 'Attempt',
		name: 'attempt',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1',
		description:
			'Which attempt to reach this contact it is. With Contact Key, the same attempt of another execution is the same call.',
	},
	{
		displayName: 'Contact Key',
		name: 'contactKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. contact-4711',
		description:
			'What identifies the contact, such as the ID of its row. Room, identity and request ID then come from it and Attempt: while a call is in its room, newer LiveKit servers do not dial the same attempt again, whichever execution asks. No two contacts of the workflow may share it.',
	},
	{
		displayName: 'Include Input Fields',
		name: 'includeInput',
		type: 'options',
		options: [
			{
				name: 'After the Result',
				value: 'flat',
				description:
					'A column that has the name of a field of the result gets _input behind its name',
			},
			{ name: 'No', value: 'no', description: 'The result alone' },
			{ name: 'In One Field', value: 'input', description: 'All columns under "input"' },
		],
		default: 'flat',
		description:
			'Where the columns of the row stand in the output. Without this field: after the result, but not in what an AI agent gets from its tool.',
	},
	{
		displayName: 'Mark Call with Contact Key',
		name: 'markContact',
		type: 'boolean',
		default: true,
		description:
			'Whether the call carries Contact Key and Attempt as the participant attributes n8n.contact_key and n8n.attempt, so that LiveKit Call Trigger tells which contact it was. Everybody in the room can read them. Attributes of these names that you set yourself stay.',
	},
	{
		displayName: 'On Unanswered',
		name: 'onUnanswered',
		type: 'options',
		options: [
			{
				name: 'Return Outcome',
				value: 'return',
				description: 'Every row gives an item that says what became of it',
			},
			{
				name: 'Fail',
				value: 'fail',
				description:
					'The node fails once all rows are done, or sends unanswered rows to its error output, as "error". Unknown outcomes count as unanswered, skipped rows do not.',
			},
		],
		default: 'return',
		description: 'What to do about calls that nobody answered',
	},
	callRoom,
	{
		displayName: 'Same Room',
		name: 'sameRoom',
		type: 'boolean',
		default: false,
		description:
			'Whether several rows may be called into one room, where the callees hear each other',
	},
	simplify,
	{
		displayName: 'Unlock Other Caller IDs',
		name: 'allowForeignCallerId',
		type: 'boolean',
		default: false,
		description: 'Whether Caller ID may be a number that the outbound trunk does not have',
	},
);

/** Optional parameters that are not LiveKit's: how fast the node calls, and whom it must not call. */
export const callingCollections: INodeProperties[] = [limits, ...guardFields];
