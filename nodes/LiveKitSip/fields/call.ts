import type { INodeProperties } from 'n8n-workflow';
import { dialtone } from './callShared';
import { carrierLocator, carrierMode, roomLocator } from './locators';
import { attributesField, headerMaps, headersField, includeHeadersField } from './maps';
import { mediaFields } from './media';
import { additionalFields, carrierOptions, sorted, to } from './form';
import { fromHeaderFields, requestUriFields } from './sipUri';
import { credentialsFields, krispField, routeFields } from './trunk';

const answer = "headers of the carrier's answer (200 OK)";

const inlineCarrier: INodeProperties = {
	displayName: 'Inline Carrier',
	name: 'inlineCarrier',
	type: 'collection',
	placeholder: 'Add Carrier Field',
	displayOptions: { show: { '/trunk.mode': [carrierMode] } },
	default: {},
	description: 'What else this carrier needs, for this call alone',
	options: sorted([
		...credentialsFields(
			'trunk',
			'User name for the carrier, if it asks for one',
			'Password for the carrier, if it asks for one',
		),
		...routeFields('trunk'),
		...headerMaps('trunk', undefined, answer),
	]),
};

const participantFields: INodeProperties[] = [
	{
		displayName: 'Participant Identity',
		name: 'participantIdentity',
		type: 'string',
		default: '',
		placeholder: 'e.g. callee-1',
		description:
			'Identity of the callee in the room. Without this field: "sip_" and the number. A second participant with the same identity pushes the first one out.',
		routing: to('participant_identity'),
	},
	{
		displayName: 'Participant Metadata',
		name: 'participantMetadata',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		description: 'Text or JSON that agents and apps in the room can read',
		routing: to('participant_metadata'),
	},
	{
		displayName: 'Participant Name',
		name: 'participantName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Jane Doe',
		description: 'Name of the callee in the room',
		routing: to('participant_name'),
	},
	attributesField('participant_attributes', 'participantAttributes', 'Participant Attributes'),
	{
		displayName: 'Hide Phone Number',
		name: 'hidePhoneNumber',
		type: 'boolean',
		default: false,
		description:
			"Whether the number is left out of the participant's attributes. The default identity still holds it: set Participant Identity too.",
		routing: to('hide_phone_number'),
	},
	{
		displayName: 'DTMF',
		name: 'dtmf',
		type: 'string',
		default: '',
		placeholder: 'e.g. ww101#',
		description:
			'Keys to press after the answer, such as an extension: digits, * # A-D, and w for a pause of half a second',
		routing: to('dtmf'),
	},
	dialtone(
		"Tone that the room hears while the callee's phone rings. Older LiveKit servers know only on and off.",
	),
	krispField(''),
	{
		displayName: 'Display Name',
		name: 'displayName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Example Support',
		description:
			'Name shown to the callee beside the caller ID. Added and left empty: no name, so that the carrier looks it up. Not added: the caller ID.',
		routing: to('display_name'),
	},
	{
		displayName: 'Destination City',
		name: 'destinationCity',
		type: 'string',
		default: '',
		placeholder: 'e.g. Berlin',
		description:
			'Where the callee is, so that LiveKit Cloud dials from a region near it. Needs a country or region beside it.',
		routing: to('destination.city'),
	},
	{
		displayName: 'Destination Country',
		name: 'destinationCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. DE',
		description:
			'Two-letter code of the country where the callee is. LiveKit Cloud dials from a region near it; the open-source server only checks it.',
		routing: to('destination.country'),
	},
	{
		displayName: 'Destination Region',
		name: 'destinationRegion',
		type: 'string',
		default: '',
		placeholder: 'e.g. Bavaria',
		description: 'Region or state where the callee is (LiveKit Cloud only)',
		routing: to('destination.region'),
	},
	{
		displayName: 'Source Call ID',
		name: 'sipSourceCallId',
		type: 'string',
		default: '',
		placeholder: 'e.g. SCL_aBcD1234efGh',
		description: 'Running inbound call whose caller ID the new call keeps (LiveKit Cloud only)',
		routing: to('sip_source_call_id'),
	},
];

/** Whom a call goes to, and over which carrier. */
export const calleeFields: INodeProperties[] = [
	carrierLocator({
		displayName: 'Outbound Trunk',
		name: 'trunk',
		description: 'The trunk to call over, or a carrier for this call alone',
		path: 'sip_trunk_id',
	}),
	inlineCarrier,
	{
		displayName: 'Number to Call',
		name: 'callTo',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +14155550123',
		description: 'Phone number of the callee, or a SIP user name of the carrier',
		routing: to('sip_call_to'),
	},
];

/** As whom a call shows itself. */
export const callerId: INodeProperties = {
	displayName: 'Caller ID',
	name: 'callerId',
	type: 'string',
	default: '',
	placeholder: 'e.g. +15105550100',
	description:
		"Number that the callee sees. Several with commas between are used in turn. Empty: one of the trunk's numbers, at random. Required with a carrier that is typed here.",
	routing: to('sip_number'),
};

/** Entry of the Options collection: the room that the callee joins. */
export const callRoom: INodeProperties = {
	...roomLocator({
		displayName: 'Room',
		name: 'room',
		description:
			'The room that the callee joins. It is made if it is not there. Leave empty: a room of its own for each call, so that callees never hear each other.',
		path: 'room_name',
		required: false,
	}),
	default: { mode: 'name', value: '' },
};

/** The rarely used fields of a call. */
export const placeCollections: INodeProperties[] = [
	additionalFields(participantFields),
	carrierOptions([
		headersField('', "the INVITE of this call, on top of the trunk's headers"),
		includeHeadersField('', answer),
		...requestUriFields,
		...fromHeaderFields,
		{
			displayName: 'To User',
			name: 'toUserOverride',
			type: 'string',
			default: '',
			placeholder: 'e.g. +14155550123',
			description:
				'User part of the To header, what stands before the @, where it must differ from the number that is called. Needs livekit-sip 1.11.0 or newer. The rules under Who May Be Called hold for it too.',
			routing: to('to_user_override'),
		},
		...mediaFields(''),
	]),
];
