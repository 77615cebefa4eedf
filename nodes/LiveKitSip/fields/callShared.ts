import type { INodeProperties } from 'n8n-workflow';
import { participantLocator, roomLocator } from './locators';
import { to } from './form';

/** How long a phone rings, in seconds, unless the user says otherwise. */
export const ringingSeconds = 30;

/** How long a call may last, in seconds, unless the user says otherwise. LiveKit would let it run for 24 hours. */
export const callSeconds = 3600;

/** Pickers of the room and the SIP participant of a running call, which write to the given names. */
export function callLocators(room: string, identity: string): INodeProperties[] {
	return [
		roomLocator({
			displayName: 'Room',
			name: 'room',
			description: 'The room of the call',
			path: room,
		}),
		participantLocator({
			displayName: 'SIP Participant',
			name: 'participant',
			description: 'The phone call in the room, by the identity of its participant',
			path: identity,
		}),
	];
}

/** Tone while a phone rings; `description` says who hears it. */
export function dialtone(description: string): INodeProperties {
	return {
		displayName: 'Dial Tone',
		name: 'dialtone',
		type: 'options',
		options: [
			{ name: 'Australia', value: 'SIP_DIALTONE_AU' },
			{
				name: 'Automatic',
				value: 'SIP_DIALTONE_AUTO',
				description: 'By the number that is called',
			},
			{ name: 'Disabled', value: 'SIP_DIALTONE_DISABLED' },
			{ name: 'Europe (ETSI)', value: 'SIP_DIALTONE_ETSI' },
			{ name: 'Japan', value: 'SIP_DIALTONE_JP' },
			{ name: 'United Kingdom', value: 'SIP_DIALTONE_UK' },
			{ name: 'United States', value: 'SIP_DIALTONE_US' },
		],
		default: 'SIP_DIALTONE_AUTO',
		description,
		routing: to('dialtone'),
	};
}
