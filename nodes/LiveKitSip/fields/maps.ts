import type { INodeProperties } from 'n8n-workflow';
import { ROWS } from '../../../livekit/codec/given';
import { to } from './form';

/** What rows of a map do in an update: for all maps what LiveKit does for attributes. */
export const rowChange =
	'Rows are added or changed, other rows stay. A row with an empty right side is removed.';

interface MapField {
	displayName: string;
	name: string;
	path: string;
	description: string;
	/** Label and example of the left column. */
	from: { label: string; example: string };
	/** Label and example of the right column. */
	to: { label: string; example: string };
	/** What a row does in an update, added to the description. */
	change?: string;
}

/** A map of the user's own names and values, as rows of two columns. */
export function mapField(field: MapField): INodeProperties {
	return {
		displayName: field.displayName,
		name: field.name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Row',
		default: {},
		description: field.change ? `${field.description}. ${field.change}` : field.description,
		options: [
			{
				displayName: field.displayName,
				name: ROWS,
				values: [
					{
						displayName: field.from.label,
						name: 'name',
						type: 'string',
						default: '',
						placeholder: `e.g. ${field.from.example}`,
					},
					{
						displayName: field.to.label,
						name: 'value',
						type: 'string',
						default: '',
						placeholder: `e.g. ${field.to.example}`,
					},
				],
			},
		],
		routing: to(field.path),
	};
}

/** Attributes that the SIP participant carries in the room. */
export function attributesField(
	path: string,
	name: string,
	displayName: string,
	change?: string,
): INodeProperties {
	return mapField({
		displayName,
		name,
		path,
		description: 'Attributes of the SIP participant, which agents and apps in the room can read',
		from: { label: 'Attribute', example: 'customer_tier' },
		to: { label: 'Value', example: 'gold' },
		change,
	});
}

/**
 * The header maps of a trunk.
 *
 * @param path leads to the trunk in the body
 * @param sent says when LiveKit sends `headers`; undefined for inline trunks, which have none
 * @param received which message of the other side `headers_to_attributes` reads, in words
 */
export function headerMaps(
	path: string,
	sent: string | undefined,
	received: string,
	change?: string,
): INodeProperties[] {
	return [
		...(sent ? [headersField(path, sent, change)] : []),
		mapField({
			displayName: 'Headers to Attributes',
			name: 'headersToAttributes',
			path: `${path}.headers_to_attributes`,
			description: `From carrier to room: ${received} become attributes of the SIP participant, such as X-Customer-Id to customer.id`,
			from: { label: 'Header From Carrier', example: 'X-Customer-Id' },
			to: { label: 'Participant Attribute', example: 'customer.id' },
			change,
		}),
		mapField({
			displayName: 'Attributes to Headers',
			name: 'attributesToHeaders',
			path: `${path}.attributes_to_headers`,
			description:
				"From room to carrier: attributes of the SIP participant become headers of LiveKit's BYE and REFER, such as outcome to X-Outcome",
			from: { label: 'Participant Attribute', example: 'outcome' },
			to: { label: 'Header to Carrier', example: 'X-Outcome' },
			change,
		}),
	];
}

/** Headers that LiveKit sends, see {@link headerMaps}. */
export function headersField(path: string, sent: string, change?: string): INodeProperties {
	return mapField({
		displayName: 'Headers',
		name: 'headers',
		path: `${path ? `${path}.` : ''}headers`,
		description: `From LiveKit to the carrier: SIP headers added to ${sent}, such as X-Campaign with value spring`,
		from: { label: 'SIP Header', example: 'X-Campaign' },
		to: { label: 'Value', example: 'spring' },
		change,
	});
}

/** Which SIP headers become attributes without a list. */
export function includeHeadersField(path: string, received: string): INodeProperties {
	return {
		displayName: 'Include Headers',
		name: 'includeHeaders',
		type: 'options',
		options: [
			{ name: 'All Headers', value: 'SIP_ALL_HEADERS' },
			{ name: 'None', value: 'SIP_NO_HEADERS' },
			{ name: 'X- Headers Only', value: 'SIP_X_HEADERS' },
		],
		default: 'SIP_X_HEADERS',
		description: `Which ${received} become participant attributes without being listed: X-Team becomes sip.h.x-team`,
		routing: to(`${path ? `${path}.` : ''}include_headers`),
	};
}
