import type { INodeProperties } from 'n8n-workflow';
import { freshRoomPrefix } from '../../dial/identity';
import { showFor, to } from '../../fields/form';

/** Parameters of Call: Hang Up All. */
export const hangUpAllDescription: INodeProperties[] = showFor('call', 'hangUpAll', [
	{
		displayName: 'Room Prefix',
		name: 'roomPrefix',
		type: 'string',
		required: true,
		default: freshRoomPrefix,
		placeholder: 'e.g. outbound-',
		description:
			'The calls of all rooms whose names begin with this text are ended, inbound and outbound. The rooms that Place makes begin with outbound-. A lone * means all rooms of the project.',
		routing: to('room_prefix'),
	},
]);
