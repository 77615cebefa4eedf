import type { INodeProperties } from 'n8n-workflow';
import { to } from './form';

function uriFields(label: string, name: string, path: string): INodeProperties[] {
	const text = (
		part: string,
		field: string,
		placeholder: string,
		description: string,
	): INodeProperties => ({
		displayName: `${label}: ${part}`,
		name: `${name}${part.replace(/\W/g, '')}`,
		type: 'string',
		default: '',
		placeholder: `e.g. ${placeholder}`,
		description,
		routing: to(`${path}.${field}`),
	});
	return [
		text(
			'Complete',
			'raw',
			'sip:+14155550123@sip.example.com',
			'The whole URI as it is. Leave out the single parts then.',
		),
		text('Host', 'values.host', 'sip.example.com', 'Host name in the URI'),
		text('IP', 'values.ip', '192.0.2.10', 'IP address in the URI, in the place of a host name'),
		{
			displayName: `${label}: Port`,
			name: `${name}Port`,
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 65535 },
			default: 5060,
			description: 'Port in the URI',
			routing: to(`${path}.values.port`),
		},
		{
			displayName: `${label}: Transport`,
			name: `${name}Transport`,
			type: 'options',
			options: [
				{ name: 'TCP', value: 'SIP_TRANSPORT_TCP' },
				{ name: 'TLS', value: 'SIP_TRANSPORT_TLS' },
				{ name: 'UDP', value: 'SIP_TRANSPORT_UDP' },
			],
			default: 'SIP_TRANSPORT_UDP',
			description: 'Transport in the URI',
			routing: to(`${path}.values.transport`),
		},
		text('User', 'values.user', '+14155550123', 'User part of the URI'),
	];
}

/** The exact URI of the INVITE, whole or by its parts. */
export const requestUriFields: INodeProperties[] = uriFields(
	'Request URI',
	'requestUri',
	'sip_request_uri',
);

/** The exact From header, whole or by its parts. */
export const fromHeaderFields: INodeProperties[] = [
	...uriFields('From Header', 'fromHeader', 'sip_from_header'),
	{
		displayName: 'From Header: Display Name',
		name: 'fromHeaderDisplayName',
		type: 'string',
		default: '',
		description: 'Name in the From header',
		routing: to('sip_from_header.display_name'),
	},
];
