import type { INodeProperties } from 'n8n-workflow';
import { storedObjects } from '../../../livekit/schema/rpc';
import { dispatchRuleChanges, dispatchRuleFields } from '../fields/dispatchRule';
import { ruleLocator } from '../fields/locators';
import { to } from '../fields/form';
import { allowConflict } from '../fields/output';
import type { Resource } from '../rows/operation';
import { testRoute } from './routing/testRoute';
import { operationsOn } from './storedObject';

const ruleFilters: INodeProperties[] = [
	{
		displayName: 'Dispatch Rule IDs',
		name: 'dispatchRuleIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. SDR_aBcD1234efGh',
		description: 'Return only these rules. Separate several by commas.',
		routing: to('dispatch_rule_ids'),
	},
	{
		displayName: 'Trunk IDs',
		name: 'trunkIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. ST_aBcD1234efGh',
		description:
			'Return only rules for one of these trunks, and rules without a trunk, which take any. Separate several by commas.',
		routing: to('trunk_ids'),
	},
];

/** The resource Dispatch Rule. */
export const dispatchRule: Resource = {
	value: 'dispatchRule',
	label: 'Dispatch Rule',
	labelOfMany: 'Dispatch Rules',
	about: 'which callers reach which room and which agent',
	initial: 'getAll',
	operations: [
		...operationsOn({
			resource: 'dispatchRule',
			object: storedObjects.dispatchRule,
			aNoun: 'a dispatch rule',
			locator: (description) =>
				ruleLocator({
					displayName: 'Dispatch Rule',
					name: 'dispatchRuleId',
					description,
					path: 'sip_dispatch_rule_id',
				}),
			fields: dispatchRuleFields,
			changes: dispatchRuleChanges,
			filters: ruleFilters,
			writeOptions: [allowConflict],
			cleared: 'PIN, agents and numbers',
			left: 'Running calls go on.',
			createExample:
				'{\n  "dispatch_rule": {\n    "name": "Support calls",\n    "rule": {\n      "dispatch_rule_individual": { "room_prefix": "call-" }\n    },\n    "trunk_ids": []\n  }\n}',
			updateExample: '{\n  "name": "New name",\n  "trunk_ids": { "add": ["ST_aBcD1234efGh"] }\n}',
		}),
		testRoute,
	],
};
