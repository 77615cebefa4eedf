import type { INodeProperties } from 'n8n-workflow';
import { to } from './form';

/** The types of rules, by the labels of the form. */
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

const usualPrefix = 'call-';
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
			default: usualPrefix,
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
			default: usualPrefix,
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

/** What each type is in LiveKit's JSON, and its fields there. */
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

/** The place of the changes of a rule in the body of an update. Which type they are of is known once the rule was read. */
export const ownRule = 'update.rule';

/** A field of one type in words: changes hold the fields of all types. */
function forType(type: string, property: INodeProperties): INodeProperties {
	const description = String(property.description).replace(/^./, (first) => first.toLowerCase());
	return { ...property, description: `Only for the type ${type}: ${description}` };
}

/** The changes of the room, the PIN and the type of a rule: entries of Update Fields. */
export function ruleChanges(): INodeProperties[] {
	const [roomName, pin] = directFields(ownRule);
	const [roomPrefix, , noRandomness] = individualFields(ownRule);
	const [, , randomize] = calleeFields(ownRule);
	const [individual, direct, callee] = types.map(({ name }) => name);
	return [
		{
			...pin,
			description:
				'Digits that callers must type on their phone, followed by #, before they join. Left empty: the PIN is removed.',
		},
		forType(direct, roomName),
		{
			...roomPrefix,
			description: `Start of the name of each room. Only for the types ${individual} and ${callee}.`,
			hint: undefined,
		},
		{
			...ruleType,
			description:
				'Makes a rule of another type of it, which keeps its PIN. Add the Room Name or Room Prefix of the new type, too.',
		},
		forType(individual, noRandomness),
		forType(callee, randomize),
	];
}

/** A type of rule. */
export interface RuleType {
	/** Value of Rule Type. */
	readonly type: string;
	readonly label: string;
	/** Name of its member in LiveKit's JSON. */
	readonly branch: string;
	/** Names of the fields that it has there. */
	readonly fields: readonly string[];
}

/** All types of rules. */
export const ruleTypes: readonly RuleType[] = branches.map(({ type, field, fields }) => ({
	type,
	label: types.find(({ value }) => value === type)?.name ?? type,
	branch: field,
	fields: fields('').map(({ routing }) => String(routing?.send?.property).slice(1)),
}));
