import type { INodeProperties } from 'n8n-workflow';
import { headerMaps, includeHeadersField } from './maps';
import { mediaFields } from './media';
import { carrierOptions, to } from './form';

/** Fields that inbound and outbound trunks share. `path` leads to the trunk in the body. */
export function trunkBasics(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description:
				'Text or JSON to keep with the trunk. The open-source server does not hand it to participants: set metadata on the dispatch rule for that.',
			routing: to(`${path}.metadata`),
		},
	];
}

/** User name and password; `whose` says who asks whom. */
export function credentialsFields(path: string, user: string, password: string): INodeProperties[] {
	return [
		{
			displayName: 'Auth User Name',
			name: 'authUsername',
			type: 'string',
			default: '',
			description: user,
			routing: to(`${path}.auth_username`),
		},
		{
			displayName: 'Auth Password',
			name: 'authPassword',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: password,
			routing: to(`${path}.auth_password`),
		},
	];
}

/** Caller ID host, transport and country of calls that leave over a trunk. */
export function routeFields(path: string): INodeProperties[] {
	return [
		{
			displayName: 'Destination Country',
			name: 'destinationCountry',
			type: 'string',
			default: '',
			placeholder: 'e.g. US',
			description:
				'Two-letter code of the country that calls go to. LiveKit Cloud dials from a region near it; the open-source server does nothing with it.',
			routing: to(`${path}.destination_country`),
		},
		{
			displayName: 'From Host',
			name: 'fromHost',
			type: 'string',
			default: '',
			placeholder: 'e.g. sip.example.com',
			description: 'Host name to show in the From header, for carriers that insist on their own',
			routing: to(`${path}.from_host`),
		},
		{
			displayName: 'Transport',
			name: 'transport',
			type: 'options',
			options: [
				{ name: 'Automatic', value: 'SIP_TRANSPORT_AUTO' },
				{ name: 'TCP', value: 'SIP_TRANSPORT_TCP' },
				{ name: 'TLS', value: 'SIP_TRANSPORT_TLS' },
				{ name: 'UDP', value: 'SIP_TRANSPORT_UDP' },
			],
			default: 'SIP_TRANSPORT_AUTO',
			description:
				'How SIP messages travel to the carrier. Automatic means UDP unless the address says otherwise.',
			routing: to(`${path}.transport`),
		},
	];
}

/** Noise cancellation. */
export function krispField(path: string): INodeProperties {
	return {
		displayName: 'Noise Cancellation (Krisp)',
		name: 'krispEnabled',
		type: 'boolean',
		default: true,
		description:
			"Whether LiveKit Cloud removes background noise from the phone's audio. The open-source server does nothing with it.",
		routing: to(`${path ? `${path}.` : ''}krisp_enabled`),
	};
}

/** Longest duration of a call. */
export function maxCallDuration(path: string): INodeProperties {
	return {
		displayName: 'Max Call Duration (Seconds)',
		name: 'maxCallDuration',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3600,
		description: 'Calls that last longer are ended. LiveKit ends every call after 24 hours.',
		routing: to(`${path}.max_call_duration`),
	};
}

/**
 * Rarely used fields of a stored trunk.
 *
 * @param sent when LiveKit sends the trunk's headers, in words
 * @param received which headers of the other side can become attributes, in words
 * @param change what rows of maps do in an update
 */
export function trunkCarrierOptions(
	path: string,
	sent: string,
	received: string,
	change?: string,
): INodeProperties {
	return carrierOptions([
		...headerMaps(path, sent, received, change),
		includeHeadersField(path, received),
		...mediaFields(path),
	]);
}
