import type { INodeProperties } from 'n8n-workflow';
import { to } from './form';

interface Locator {
	displayName: string;
	name: string;
	description: string;
	/** Place in the request body. */
	path: string;
	required?: boolean;
	hint?: string;
}

/** A mode of a picker in which the user types the value. */
interface TypedMode {
	label: string;
	placeholder: string;
	/** `id` if left out. */
	mode?: string;
	hint?: string;
}

/** Mode of the picker of a call's carrier in which the value is its host name. */
export const carrierMode = 'carrier';

/** Places in the request body of what is typed in a mode of a picker, where they are others than that of the picker. */
const placesOfModes: Readonly<Record<string, string>> = { [carrierMode]: 'trunk.hostname' };

/** A mode of a picker that writes to a place of its own in the request body. */
interface ModePlace {
	readonly mode: string;
	readonly displayName: string;
	readonly path: string;
}

/** The modes of a parameter that write to places of their own, see {@link ModePlace}. */
export function modePlaces({ modes = [] }: INodeProperties): ModePlace[] {
	return modes.flatMap(({ name: mode, displayName }) =>
		Object.hasOwn(placesOfModes, mode) ? [{ mode, displayName, path: placesOfModes[mode] }] : [],
	);
}

function locator(field: Locator, search: string, ...typed: TypedMode[]): INodeProperties {
	return {
		displayName: field.displayName,
		name: field.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(field.required === false ? {} : { required: true }),
		description: field.description,
		...(field.hint ? { hint: field.hint } : {}),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose from the list',
				typeOptions: { searchListMethod: search, searchable: true },
			},
			...typed.map(({ label, mode = 'id', placeholder, hint }) => ({
				displayName: label,
				name: mode,
				type: 'string' as const,
				placeholder,
				...(hint ? { hint } : {}),
			})),
		],
		routing: to(field.path),
	};
}

/** Picker of an inbound trunk. */
export function inboundTrunkLocator(field: Locator): INodeProperties {
	return locator(field, 'searchInboundTrunks', {
		label: 'By ID',
		placeholder: 'e.g. ST_aBcD1234efGh',
	});
}

const outboundTrunkId = { label: 'By ID', placeholder: 'e.g. ST_aBcD1234efGh' };

/** Picker of an outbound trunk. */
export function outboundTrunkLocator(field: Locator): INodeProperties {
	return locator(field, 'searchOutboundTrunks', outboundTrunkId);
}

/** Picker of an outbound trunk, or the host name of a carrier that LiveKit does not know. */
export function carrierLocator(field: Locator): INodeProperties {
	return locator(field, 'searchOutboundTrunks', outboundTrunkId, {
		label: 'Carrier',
		placeholder: 'e.g. sip.example.com',
		mode: carrierMode,
		hint: 'Host name or IP address of the carrier, with a port if needed, without "sip:"',
	});
}

/** Picker of a dispatch rule. */
export function ruleLocator(field: Locator): INodeProperties {
	return locator(field, 'searchDispatchRules', {
		label: 'By ID',
		placeholder: 'e.g. SDR_aBcD1234efGh',
	});
}

/** Picker of a number of the project, or any number. */
export function calledNumberLocator(field: Locator): INodeProperties {
	return locator(field, 'searchCalledNumbers', {
		label: 'By Hand',
		placeholder: 'e.g. +15105550100',
		mode: 'number',
	});
}

/** Picker of a room that exists, or the name of any room. */
export function roomLocator(field: Locator): INodeProperties {
	return locator(field, 'searchRooms', {
		label: 'Name',
		placeholder: 'e.g. support-call',
		mode: 'name',
	});
}

/** Picker of a running call of any room, or the identity of its participant. */
export function callLocator(field: Locator): INodeProperties {
	return locator(field, 'searchCalls', {
		label: 'Identity',
		placeholder: 'e.g. sip_+15105550100',
		mode: 'identity',
	});
}

/** Picker of an agent dispatch of the room chosen in the parameter `room`. */
export function dispatchLocator(field: Locator): INodeProperties {
	return locator(field, 'searchDispatches', {
		label: 'By ID',
		placeholder: 'e.g. AD_aBcD1234efGh',
	});
}
