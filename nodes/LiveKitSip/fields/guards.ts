import type { INodeProperties } from 'n8n-workflow';
import { callAgain } from './callAgain';
import { callingHours } from './callingHours';
import { countryField } from './countries';

const guards: Omit<INodeProperties, 'description' | 'options'> = {
	displayName: 'Who May Be Called',
	name: 'guards',
	type: 'collection',
	placeholder: 'Add Rule',
	default: {},
};

const allowEmergency: INodeProperties = {
	displayName: 'Unlock Emergency Numbers',
	name: 'allowEmergency',
	type: 'boolean',
	default: false,
	description: 'Whether numbers such as 112 and 911 may be called',
};

const allowedDestinations: INodeProperties = {
	displayName: 'Allowed Destinations',
	name: 'allowedDestinations',
	type: 'string',
	default: '',
	placeholder: 'e.g. +49, +43, +1415',
	description:
		'Prefixes of the only numbers that may be called, with commas between. 49 means +49; with Internal Extensions it means the extensions that begin with 49.',
};

const doNotCall: INodeProperties = {
	displayName: 'Do Not Call',
	name: 'doNotCall',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: "e.g. {{ $('Opt-Outs').all().map((item) => item.json.number) }}",
	description:
		'Numbers that are never called, as text with commas or lines between, or a list. Formatting does not matter.',
};

const allowUserNames: Omit<INodeProperties, 'description'> = {
	displayName: 'Unlock SIP User Names',
	name: 'allowUserNames',
	type: 'boolean',
	default: false,
};

const allowUnusual: INodeProperties = {
	displayName: 'Unlock Unusual Numbers',
	name: 'allowUnusual',
	type: 'boolean',
	default: false,
	description:
		'Whether to call numbers with a length or beginning that no number of their country has, as far as this node knows. For ranges that are newer than it.',
};

const internalExtensions: INodeProperties = {
	displayName: 'Internal Extensions',
	name: 'internalExtensions',
	type: 'boolean',
	default: false,
	description:
		'Whether numbers of up to six digits are extensions of a switchboard behind the trunk and are dialled as they are. 112, 911 and other emergency numbers stay closed.',
};

/** What takes a protection away has a label with Unlock, so that it comes last by the alphabet. */
const callGuards: INodeProperties = {
	...guards,
	description: 'Rows that these rules exclude are not called; their items say why',
	options: [
		allowedDestinations,
		doNotCall,
		internalExtensions,
		{
			displayName: 'Prevent Second Call',
			name: 'preventSecondCall',
			type: 'boolean',
			default: false,
			description:
				"Whether to look for a running call first and return it instead of calling again. Needs Contact Key, or a room of the contact's own.",
		},
		allowEmergency,
		{
			displayName: 'Unlock Repeated Numbers',
			name: 'allowDuplicates',
			type: 'boolean',
			default: false,
			description:
				'Whether one run may call a number more than once. Without this field only the first row calls it.',
		},
		{
			...allowUserNames,
			description:
				'Whether Number to Call may be a user name of the carrier, such as alice, instead of a phone number',
		},
		allowUnusual,
	],
};

const transferGuards: INodeProperties = {
	...guards,
	description: 'Rows that these rules exclude are not transferred; their items say why',
	options: [
		allowedDestinations,
		countryField(
			'Country in which the carrier dials numbers without a country code. The rules read them so. An expression gives two letters, such as DE.',
		),
		doNotCall,
		internalExtensions,
		allowEmergency,
		{
			...allowUserNames,
			description: 'Whether Do Not Call may hold user names of the carrier, such as alice',
		},
		allowUnusual,
	],
};

/** Parameters that say who may be called, when, and when again. */
export const guardFields: INodeProperties[] = [callGuards, ...callingHours, ...callAgain];

/** Parameters that say to whom a call may be transferred. */
export const transferGuardFields: INodeProperties[] = [transferGuards];
