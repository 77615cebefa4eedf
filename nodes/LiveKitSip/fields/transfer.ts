import type { INodeProperties } from 'n8n-workflow';
import { callLocators, dialtone } from './callShared';
import { headersField } from './maps';
import { additionalFields, to } from './form';

/** The form of a transfer. */
export const transferFields: INodeProperties[] = [
	...callLocators('room_name', 'participant_identity'),
	{
		displayName: 'Transfer To',
		name: 'transferTo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +14155550123',
		description:
			'Phone number with country code, or a URI that starts with sip:, sips: or tel:. The carrier must allow SIP REFER. A call that still rings is transferred once it is answered.',
		routing: to('transfer_to'),
	},
	additionalFields([
		dialtone(
			'Tone that the caller hears during the transfer. Older LiveKit servers know only on and off.',
		),
		headersField('', 'the REFER that asks the carrier to transfer the call'),
		{
			displayName: 'Ring New Callee (Seconds)',
			name: 'ringFor',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'How long the transfer may take. LiveKit waits 30 seconds by default.',
			routing: to('ringing_timeout'),
		},
	]),
];
