import type { INodeProperties } from 'n8n-workflow';
import { callLocator, roomLocator } from './locators';
import { to } from './form';

/** How long a phone rings, in seconds, unless the user says otherwise. */
export const ringingSeconds = 30;

/** How long a call may last, in seconds, unless the user says otherwise. LiveKit would let it run for 24 hours. */
export const callSeconds = 3600;

/** Name of the parameter that picks a running call. */
export const callPicker = 'participant';

/**
 * Picker of a running call, which writes to the given names of the body. An entry of its list stands for room and identity;
 * an identity alone, such as from the output of Place, needs the Room beside it.
 */
export function callLocators(room: string, identity: string): INodeProperties[] {
	return [
		callLocator({
			displayName: 'Call',
			name: callPicker,
			description:
				'A running call: from the list of all rooms, or by the identity of its participant and the Room',
			path: identity,
		}),
		{
			...roomLocator({
				displayName: 'Room',
				name: 'room',
				description: 'The room of the call, such as the room_name that Place gives',
				path: room,
			}),
			// Text and expressions are what people give here; the list of calls is nearer for everything else.
			default: { mode: 'name', value: '' },
			displayOptions: { hide: { [`/${callPicker}.mode`]: ['list'] } },
		},
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
