import type { INodeProperties } from 'n8n-workflow';
import { agentDispatchDescription } from './resources/agentDispatch';
import { callDescription } from './resources/call';
import { dispatchRuleDescription } from './resources/dispatchRule';
import { inboundTrunkDescription } from './resources/inboundTrunk';
import { outboundTrunkDescription } from './resources/outboundTrunk';

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
