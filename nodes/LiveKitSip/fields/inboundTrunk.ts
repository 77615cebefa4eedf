import type { INodeProperties } from 'n8n-workflow';
import { listUpdateField } from './listUpdate';
import { rowChange } from './maps';
import { additionalFields, to, updateFields } from './form';
import {
	credentialsFields,
	krispField,
	maxCallDuration,
	trunkBasics,
	trunkCarrierOptions,
} from './trunk';

const received = "headers of the caller's INVITE";
const sent = "LiveKit's answer to a call (200 OK)";
const numbersText = 'The numbers that people dial to reach you, as your carrier sends them';
const addressesText =
	'IP addresses or CIDR blocks that calls may come from, such as those of your carrier';
const callersText = 'The caller numbers that may call in';

function scalars(path: string): INodeProperties[] {
	return [
		...trunkBasics(path),
		...credentialsFields(
			path,
			'User name that callers must give. LiveKit asks for it only when a password is set too.',
			'Password that callers must give. LiveKit asks for it only when a user name is set too.',
		),
		{
			displayName: 'Auth Realm',
			name: 'authRealm',
			type: 'string',
			default: '',
			placeholder: 'e.g. sip.example.com',
			description: 'Realm that LiveKit names when it asks callers for credentials',
			routing: to(`${path}.auth_realm`),
		},
		krispField(path),
		maxCallDuration(path),
		{
			displayName: 'Ringing Timeout (Seconds)',
			name: 'ringingTimeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 60,
			description:
				"How long the caller hears ringing while nobody in the room, such as an agent, takes the call. LiveKit waits 3 minutes by default. (On outgoing calls the ringing timeout means how long the callee's phone rings.)",
			routing: to(`${path}.ringing_timeout`),
		},
		{
			displayName: 'Ringing Timeout Status',
			name: 'ringingTimeoutStatus',
			type: 'options',
			options: [
				{ name: '408 Request Timeout', value: 'SIP_STATUS_REQUEST_TIMEOUT' },
				{ name: '480 Temporarily Unavailable', value: 'SIP_STATUS_TEMPORARILY_UNAVAILABLE' },
				{ name: '486 Busy Here', value: 'SIP_STATUS_BUSY_HERE' },
				{ name: '503 Service Unavailable', value: 'SIP_STATUS_SERVICE_UNAVAILABLE' },
				{ name: '600 Busy Everywhere', value: 'SIP_STATUS_GLOBAL_BUSY_EVERYWHERE' },
				{ name: '603 Decline', value: 'SIP_STATUS_GLOBAL_DECLINE' },
			],
			default: 'SIP_STATUS_TEMPORARILY_UNAVAILABLE',
			description:
				"What the caller's carrier is told when the ringing timeout has passed; carriers may go on to voicemail or another route. An expression may give any SIP status from 400 to 699.",
			routing: to(`${path}.ringing_timeout_status`),
		},
	];
}

/** The form of a whole inbound trunk, for create and replace. */
export function inboundTrunkFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Support line',
			description: 'Name of the trunk, for people. It shows in lists.',
			routing: to(`${path}.name`),
		},
		{
			displayName: 'Your Phone Numbers',
			name: 'numbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15105550100, +15105550101',
			description: `${numbersText}. Empty: calls to any number, which needs Allowed Addresses or credentials.`,
			routing: to(`${path}.numbers`),
		},
		additionalFields([
			{
				displayName: 'Allowed Addresses',
				name: 'allowedAddresses',
				type: 'string',
				default: '',
				placeholder: 'e.g. 192.0.2.10, 198.51.100.0/24',
				description: `${addressesText}. Without this field: from anywhere.`,
				routing: to(`${path}.allowed_addresses`),
			},
			{
				displayName: 'Allowed Caller Numbers',
				name: 'allowedNumbers',
				type: 'string',
				default: '',
				placeholder: 'e.g. +14155550123',
				description: `${callersText}. Without this field: anybody may call.`,
				routing: to(`${path}.allowed_numbers`),
			},
			...scalars(path),
		]),
		trunkCarrierOptions(path, sent, received),
	];
}

/** The changes of an inbound trunk; only what is added here is changed. */
export const inboundTrunkChanges: INodeProperties[] = [
	updateFields([
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Name of the trunk, for people',
			routing: to('update.name'),
		},
		listUpdateField({
			displayName: 'Your Phone Numbers',
			name: 'numbers',
			entries: 'Phone Numbers',
			path: 'update.numbers',
			description: `${numbersText}. Clear: calls to any number, which needs Allowed Addresses or credentials.`,
			example: '+15105550100, +15105550101',
		}),
		listUpdateField({
			displayName: 'Allowed Addresses',
			name: 'allowedAddresses',
			entries: 'Addresses',
			path: 'update.allowed_addresses',
			description: `${addressesText}. Clear: from anywhere.`,
			example: '192.0.2.10, 198.51.100.0/24',
		}),
		listUpdateField({
			displayName: 'Allowed Caller Numbers',
			name: 'allowedNumbers',
			entries: 'Phone Numbers',
			path: 'update.allowed_numbers',
			description: `${callersText}. Clear: anybody may call.`,
			example: '+14155550123',
		}),
		...scalars('update'),
	]),
	trunkCarrierOptions('update', sent, received, rowChange),
];
