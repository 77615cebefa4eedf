import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';

/** Values of Call Again. */
export const againWays = { never: 'never', byOutcome: 'byOutcome' } as const;

const withRules = { callAgain: [againWays.byOutcome] };

const outcomes = [
	{ name: 'Blocked', value: 'blocked', description: 'Callee or carrier do not allow the call' },
	{ name: 'Busy', value: 'busy' },
	{
		name: 'Carrier Error',
		value: 'carrier_error',
		description:
			'The carrier refused or could not connect, or the call failed once it was picked up',
	},
	{ name: 'Declined', value: 'declined', description: 'The callee declined' },
	{ name: 'No Answer', value: 'no_answer' },
	{
		name: 'Rate Limited',
		value: 'rate_limited',
		description: 'The carrier or LiveKit takes no more calls now',
	},
	{
		name: 'Unknown',
		value: 'unknown',
		description: 'The phone may have rung, and nobody knows what came of it',
	},
	{
		name: 'Voicemail',
		value: 'voicemail',
		description: 'The agent told so, see Person or Voicemail in the documentation',
	},
];

/** The rules that the choice fills in. */
const usual = [
	{ outcomes: ['busy'], after: 15, atMost: 3 },
	{ outcomes: ['no_answer'], after: 120, atMost: 3 },
	{ outcomes: ['voicemail'], after: 240, atMost: 3 },
	{ outcomes: ['carrier_error', 'rate_limited'], after: 30, atMost: 3 },
];

const block: INodeProperties[] = [
	{
		displayName: 'Outcomes',
		name: 'outcomes',
		type: 'multiOptions',
		options: outcomes,
		default: ['no_answer'],
		required: true,
		description: 'What became of the call. An expression may give text such as busy, no_answer.',
	},
	{
		displayName: 'After (Minutes)',
		name: 'after',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 120,
		required: true,
		description: 'How long to wait, from the end of the call',
	},
	{
		displayName: 'At Most (Tries)',
		name: 'atMost',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		required: true,
		description:
			'How many tries the contact gets in all, whatever came of the others. A try counts if the phone may have rung. A call that the carrier refuses at once counts as no try.',
	},
];

function fromRow(
	displayName: string,
	name: string,
	column: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		displayOptions: { show: withRules },
		default: `={{ $json.${column} }}`,
		required: true,
		placeholder: `e.g. {{ $json.${column} }}`,
		description,
	};
}

/** Parameters that say when a contact is called again. The choice shows all others with usual rules filled in. */
export const callAgain: INodeProperties[] = [
	{
		displayName: 'Call Again',
		name: 'callAgain',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Never',
				value: againWays.never,
				description: 'Your workflow decides, or every contact is called once',
			},
			{
				name: 'By Outcome',
				value: againWays.byOutcome,
				description: 'Items say when to call the contact again, by the rules below',
			},
		],
		default: 'never',
		description:
			'Whether items say when to call the contact again, in call_again_at. A later execution makes that call.',
	},
	{
		displayName: 'Rules',
		name: 'againRules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Rule' },
		displayOptions: { show: withRules },
		placeholder: 'Add Rule',
		default: { rows: usual },
		description:
			'Outcomes after which to call again. A contact with any other outcome is not called again.',
		options: [{ displayName: 'Rule', name: ROWS, values: block }],
	},
	{
		displayName: 'Calls per Day',
		name: 'callsPerDay',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: withRules },
		default: 3,
		required: true,
		description:
			'How often a contact may be called on one day, by the time zone of the Calling Hours, or else of the number',
	},
	fromRow(
		'Tries So Far',
		'triesSoFar',
		'tries',
		'The tries of the last item of this contact; 0 for a contact who was never called. A row without it is not called.',
	),
	fromRow(
		'Calls Today',
		'callsToday',
		'calls_today',
		'The calls_today of the last item of this contact. May be empty while Tries So Far is 0.',
	),
	fromRow(
		'Last Called At',
		'lastCalledAt',
		'last_called_at',
		'The last_called_at of the last item of this contact. May be empty while Tries So Far is 0.',
	),
];
