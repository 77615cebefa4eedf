import type { INodeProperties } from 'n8n-workflow';
import { to } from './form';

const types = [
	{
		name: 'New Room per Caller',
		value: 'individual',
		description: 'Each call gets a room of its own (LiveKit: individual rule)',
	},
	{
		name: 'One Fixed Room',
		value: 'direct',
		description: 'All callers join the same room (LiveKit: direct rule)',
	},
	{
		name: 'Room per Called Number',
		value: 'callee',
		description: 'Callers of the same number share a room (LiveKit: callee rule)',
	},
];

/** The oneof of the rule, for a whole rule. */
export const ruleType: INodeProperties = {
	displayName: 'Rule Type',
	name: 'ruleType',
	type: 'options',
	noDataExpression: true,
	options: types,
	default: 'individual',
	description: 'Which room a caller joins',
	routing: to('rule_type'),
};

/** The oneof of the rule, for changes. */
export const ruleTypeChange: INodeProperties = {
	...ruleType,
	options: [
		{ name: 'Keep as It Is', value: 'keep', description: 'Do not touch room, prefix and PIN' },
		...types,
	],
	default: 'keep',
	description:
		'Which room a caller joins. Choose the type that the rule has to change its room or PIN; another type replaces the rule and keeps its PIN.',
};

const roomNameHint =
	'An underscore, the caller\'s number and a random ending follow: "call-" makes call-_+14155550123_AbCdEfGh';
const calleeHint = 'An underscore and the called number follow: "line-" makes line-_+15105550100';

function pinField(path: string): INodeProperties {
	return {
		displayName: 'PIN',
		name: 'pin',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. 4711',
		description:
			'Digits that callers must type on their phone, followed by #, before they join. Empty: no PIN.',
		routing: to(`${path}.pin`),
	};
}

function directFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Room Name',
			name: 'roomName',
			type: 'string',
			default: '',
			placeholder: 'e.g. support',
			description: 'The room that all callers join. It is made when the first caller arrives.',
			routing: to(`${path}.room_name`),
		},
		pinField(path),
	];
}

function individualFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Room Prefix',
			name: 'roomPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. call-',
			description: 'Start of the name of each new room',
			hint: roomNameHint,
			routing: to(`${path}.room_prefix`),
		},
		pinField(path),
		{
			displayName: 'Same Room for Repeat Calls',
			name: 'noRandomness',
			type: 'boolean',
			default: false,
			description:
				"Whether the room name ends with the caller's number, without a random ending, so that a repeated call joins the same room (LiveKit: no_randomness)",
			routing: to(`${path}.no_randomness`),
		},
	];
}

function calleeFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Room Prefix',
			name: 'roomPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. line-',
			description: 'Start of the name of each room',
			hint: calleeHint,
			routing: to(`${path}.room_prefix`),
		},
		pinField(path),
		{
			displayName: 'Add Random Ending',
			name: 'randomize',
			type: 'boolean',
			default: false,
			description:
				'Whether a random ending is added to the room name, so that each call gets a room of its own',
			routing: to(`${path}.randomize`),
		},
	];
}

const branches = [
	{ type: 'direct', field: 'dispatch_rule_direct', fields: directFields },
	{ type: 'individual', field: 'dispatch_rule_individual', fields: individualFields },
	{ type: 'callee', field: 'dispatch_rule_callee', fields: calleeFields },
];

/** The fields of each rule type, shown while it is chosen. `path` leads to the rule in the body. */
export function ruleFields(path: string): INodeProperties[] {
	return branches.flatMap(({ type, field, fields }) =>
		fields(`${path}.rule.${field}`).map((property) => ({
			...property,
			...(property.name === 'roomName' ? { required: true } : {}),
			displayOptions: { show: { ruleType: [type] } },
		})),
	);
}

/** The fields of each rule type for changes: collections, so that only what is added is changed. */
export function ruleChanges(path: string): INodeProperties[] {
	return branches.map(({ type, field, fields }) => ({
		displayName: 'Room and PIN',
		name: 'ruleFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Only what you add is changed. An added PIN that is left empty is removed.',
		displayOptions: { show: { ruleType: [type] } },
		options: fields(`${path}.rule.${field}`),
	}));
}
