import type { INodeProperties } from 'n8n-workflow';
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
			{ name: 'Call', value: 'call' },
			{ name: 'Dispatch Rule', value: 'dispatchRule' },
			{ name: 'Inbound Trunk', value: 'inboundTrunk' },
			{ name: 'Outbound Trunk', value: 'outboundTrunk' },
		],
		default: 'call',
	},
	...callDescription,
	...dispatchRuleDescription,
	...inboundTrunkDescription,
	...outboundTrunkDescription,
];
