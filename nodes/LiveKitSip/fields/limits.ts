import type { INodeProperties } from 'n8n-workflow';
import { callSeconds, ringingSeconds } from './callShared';
import { to } from './form';

/** How fast, how many and how long. A call without these fields is held to the limits that their descriptions name. */
export const limits: INodeProperties = {
	displayName: 'Pace and Limits',
	name: 'limits',
	type: 'collection',
	placeholder: 'Add Limit',
	default: {},
	description:
		'How fast, how many and how long. What is not added here has the limit that it says.',
	options: [
		{
			displayName: 'Calls per Second',
			name: 'callsPerSecond',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 1,
			description:
				'How fast new calls start over one trunk, over all executions of this n8n process. At least 0.00167, which is one call in ten minutes. 0: as fast as possible. Without this field: 1.',
		},
		{
			displayName: 'Give Up Waiting After (Seconds)',
			name: 'giveUpAfter',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			description:
				'How long rows wait for a place or a turn, from the start of the node. Then they are skipped as no_place, and can be called later. 0: only what can begin at once is called. Without this field rows wait as long as it takes.',
		},
		{
			displayName: 'Max Call Duration (Seconds)',
			name: 'maxCallDuration',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: callSeconds,
			description: `Calls that last longer are ended. Without this field: ${callSeconds}. LiveKit itself would let them run for 24 hours.`,
			routing: to('max_call_duration'),
		},
		{
			displayName: 'Maximum Calls per Execution',
			name: 'maxCalls',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			description:
				'How many calls this node may make in one execution, loops and uses by an AI agent included. Further rows are skipped. Without this field there is no such limit.',
		},
		{
			displayName: 'Maximum Simultaneous Calls',
			name: 'maxSimultaneous',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description:
				'How many calls over one trunk may be under way, over all executions of this n8n process. A call counts until what Wait For says has happened. 0: no limit. Without this field: 10.',
		},
		{
			displayName: 'One Live Call per Caller ID',
			name: 'oneCallEach',
			type: 'boolean',
			default: false,
			description:
				'Whether a caller ID that has a live call of this n8n process is not shown by another one. If all of them are in use, the row waits.',
		},
		{
			displayName: 'Ring the Callee For (Seconds)',
			name: 'ringFor',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: ringingSeconds,
			description: `How long the callee's phone rings before LiveKit gives up. Voicemail often answers after 20 to 30 seconds. Without this field: ${ringingSeconds}.`,
			routing: to('ringing_timeout'),
		},
		{
			displayName: 'Stop After Carrier Failures',
			name: 'circuitBreaker',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description:
				'After that many failures of the carrier or LiveKit in a row the remaining rows are skipped. 0: never. Without this field: 10.',
		},
		{
			displayName: 'Stop at Failure Rate (%)',
			name: 'failureRate',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 50,
			description:
				'While that share of the last calls over the trunk failed at the carrier or LiveKit, rows are skipped; their messages say which calls, and when calling goes on. Over all executions of this n8n process. Without this field there is no such limit.',
		},
		{
			displayName: 'Stop at Failure Rate From (Calls)',
			name: 'failureRateCalls',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description:
				'How many calls there must have been before Stop at Failure Rate (%) counts. Without this field: 5.',
		},
		{
			displayName: 'Stop at Failure Rate in (Minutes)',
			name: 'failureRateMinutes',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 60 },
			default: 2,
			description:
				'Over how many of the last minutes Stop at Failure Rate (%) counts calls. Without this field: 2.',
		},
	],
};
