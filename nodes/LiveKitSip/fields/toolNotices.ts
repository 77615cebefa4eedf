import type { INodeProperties } from 'n8n-workflow';

function notice(name: string, field: string, text: string): INodeProperties {
	return {
		displayName: text,
		name,
		type: 'notice',
		default: '',
		// n8n sets @tool for the variant of the node that an AI agent uses.
		displayOptions: {
			show: { '@tool': [true] },
			hide: { [`/${field}`]: [{ _cnd: { exists: true } }] },
		},
	};
}

/** What an AI agent may do while the rules are not there. Shown only where the node is the tool of an AI agent. */
export const toolNotices: INodeProperties[] = [
	notice(
		'destinationsNotice',
		'guards.allowedDestinations',
		'An AI agent chooses the number, and may choose any number of the world: add Allowed Destinations, such as +49, under Who May Be Called',
	),
	notice(
		'maxCallsNotice',
		'limits.maxCalls',
		'An AI agent may call as often as it likes: add Maximum Calls per Execution under Pace and Limits',
	),
];
