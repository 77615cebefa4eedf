import type { INodeProperties } from 'n8n-workflow';
import { listUpdateField } from './listUpdate';
import { rowChange } from './maps';
import { additionalFields, to, updateFields } from './form';
import { credentialsFields, routeFields, trunkBasics, trunkCarrierOptions } from './trunk';

const received = "headers of the carrier's answer (200 OK)";
const sent = 'the INVITE of every call over this trunk';
const numbersText =
	'Your numbers at the carrier, which calls may show as caller ID. Without a caller ID on the call, LiveKit takes one of them at random.';
const addressText =
	'Host name or IP address of your carrier, with a port if needed, without "sip:"';

function credentials(path: string): INodeProperties[] {
	return credentialsFields(
		path,
		'User name for your carrier, if it asks for one',
		'Password for your carrier, if it asks for one',
	);
}

function scalars(path: string): INodeProperties[] {
	return [...trunkBasics(path), ...routeFields(path)];
}

/** The form of a whole outbound trunk, for create and replace. */
export function outboundTrunkFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Carrier for campaigns',
			description: 'Name of the trunk, for people. It shows in lists.',
			routing: to(`${path}.name`),
		},
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. sip.example.com',
			description: addressText,
			routing: to(`${path}.address`),
		},
		...credentials(path),
		{
			displayName: 'Your Phone Numbers',
			name: 'numbers',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +15105550100, +15105550101',
			description: numbersText,
			routing: to(`${path}.numbers`),
		},
		additionalFields(scalars(path)),
		trunkCarrierOptions(path, sent, received),
	];
}

/** The changes of an outbound trunk; only what is added here is changed. */
export const outboundTrunkChanges: INodeProperties[] = [
	updateFields([
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			placeholder: 'e.g. sip.example.com',
			description: addressText,
			routing: to('update.address'),
		},
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
			description: numbersText,
			example: '+15105550100, +15105550101',
		}),
		...credentials('update'),
		...scalars('update'),
	]),
	trunkCarrierOptions('update', sent, received, rowChange),
];
