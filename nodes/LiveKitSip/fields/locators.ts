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

function locator(
	field: Locator,
	search: string,
	id: { label: string; placeholder: string; mode?: string },
): INodeProperties {
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
			{ displayName: id.label, name: id.mode ?? 'id', type: 'string', placeholder: id.placeholder },
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

/** Picker of an outbound trunk. */
export function outboundTrunkLocator(field: Locator): INodeProperties {
	return locator(field, 'searchOutboundTrunks', {
		label: 'By ID',
		placeholder: 'e.g. ST_aBcD1234efGh',
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

/** Picker of a SIP participant of the room chosen in the parameter `room`. */
export function participantLocator(field: Locator): INodeProperties {
	return locator(field, 'searchParticipants', {
		label: 'Identity',
		placeholder: 'e.g. sip_+15105550100',
		mode: 'identity',
	});
}
