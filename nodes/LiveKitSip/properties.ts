import type { INodeProperties } from 'n8n-workflow';
import { agentDispatchDescription } from './operations/agentDispatch';
import { callDescription } from './operations/call';
import { dispatchRuleDescription } from './operations/dispatchRule';
import { inboundTrunkDescription } from './operations/inboundTrunk';
import { outboundTrunkDescription } from './operations/outboundTrunk';

/** All parameters of the node. */
export const nodeProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Agent Dispatch', value: 'agentDispatch' },
			{ name: 'Call', value: 'call' },
			{ name: 'Dispatch Rule', value: 'dispatchRule' },
			{ name: 'Inbound Trunk', value: 'inboundTrunk' },
			{ name: 'Outbound Trunk', value: 'outboundTrunk' },
		],
		default: 'call',
	},
	...agentDispatchDescription,
	...callDescription,
	...dispatchRuleDescription,
	...inboundTrunkDescription,
	...outboundTrunkDescription,
];
