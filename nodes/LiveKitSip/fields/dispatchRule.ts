import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';
import { listUpdateField } from './listUpdate';
import { inboundTrunkLocator } from './locators';
import { attributesField, rowChange } from './maps';
import { mediaFields } from './media';
import { additionalFields, carrierOptions, to, updateFields } from './form';
import { agentsChange, agentsField, roomSettings } from './roomConfig';
import { ruleChanges, ruleFields, ruleType } from './ruleType';
import { krispField } from './trunk';

const callersText =
	'Caller numbers that this rule is for. Compared as exact text: write them as your carrier sends them, mostly +15105550100';
const calledText =
	'Called numbers (yours) that this rule is for. Compared as exact text: write them as your carrier sends them, mostly +15105550100';
const trunksText =
	'Inbound trunks whose calls this rule handles. Empty: any trunk, including unmatched calls.';

function scalars(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Hide Phone Number',
			name: 'hidePhoneNumber',
			type: 'boolean',
			default: false,
			description: "Whether participants see only the last four digits of the caller's number",
			routing: to(`${path}.hide_phone_number`),
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Text or JSON that becomes the metadata of the caller as a participant',
			routing: to(`${path}.metadata`),
		},
		krispField(path),
		{
			displayName: 'Room Preset',
			name: 'roomPreset',
			type: 'string',
			default: '',
			description: 'Name of a room preset from the LiveKit configuration to use for the room',
			routing: to(`${path}.room_preset`),
		},
	];
}

/** The form of a whole dispatch rule, for create and replace. */
export function dispatchRuleFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Support calls to agent',
			description: 'Name of the rule, for people. It shows in lists.',
			routing: to(`${path}.name`),
		},
		{
			displayName: 'Trunks',
			name: 'trunkIds',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Trunk',
			default: {},
			description: trunksText,
			options: [
				{
					displayName: 'Trunk',
					name: ROWS,
					values: [
						{
							...inboundTrunkLocator({
								displayName: 'Inbound Trunk',
								name: 'trunk',
								description: 'The trunk that calls arrive on',
								path: '',
							}),
							routing: undefined,
						},
					],
				},
			],
			routing: to(`${path}.trunk_ids`),
		},
		{
			displayName:
				'Any trunk, including unmatched calls: without a trunk here, the rule takes calls on every trunk, and calls that match no trunk at all',
			name: 'anyTrunkNotice',
			type: 'notice',
			displayOptions: { hide: { '/trunkIds.rows': [{ _cnd: { exists: true } }] } },
			default: '',
		},
		{
			displayName: 'For Called Numbers',
			name: 'numbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15105550100',
			description: `${calledText}. Empty: all numbers.`,
			routing: to(`${path}.numbers`),
		},
		agentsField(path),
		ruleType,
		...ruleFields(path),
		additionalFields([
			{
				displayName: 'Only These Callers',
				name: 'inboundNumbers',
				type: 'string',
				default: '',
				placeholder: 'e.g. +14155550123',
				description: `${callersText}. Without this field: all callers.`,
				routing: to(`${path}.inbound_numbers`),
			},
			attributesField(`${path}.attributes`, 'attributes', 'Attributes'),
			...scalars(path),
		]),
		roomSettings(path),
		carrierOptions(mediaFields(path)),
	];
}

/** The changes of a dispatch rule; only what is added here is changed. */
export const dispatchRuleChanges: INodeProperties[] = [
	updateFields([
		...ruleChanges(),
		agentsChange('update'),
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Name of the rule, for people',
			routing: to('update.name'),
		},
		listUpdateField({
			displayName: 'Trunks',
			name: 'trunkIds',
			entries: 'Trunk IDs',
			path: 'update.trunk_ids',
			description:
				'Inbound trunks whose calls this rule handles, by ID. Clear: any trunk, including unmatched calls.',
			example: 'ST_aBcD1234efGh',
		}),
		listUpdateField({
			displayName: 'Only These Callers',
			name: 'inboundNumbers',
			entries: 'Phone Numbers',
			path: 'update.inbound_numbers',
			description: `${callersText}. Clear: all callers.`,
			example: '+14155550123',
		}),
		listUpdateField({
			displayName: 'For Called Numbers',
			name: 'numbers',
			entries: 'Phone Numbers',
			path: 'update.numbers',
			description: `${calledText}. Clear: all numbers.`,
			example: '+15105550100',
		}),
		attributesField('update.attributes', 'attributes', 'Attributes', rowChange),
		...scalars('update'),
	]),
	roomSettings('update', rowChange),
	carrierOptions(mediaFields('update')),
];
