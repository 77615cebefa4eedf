import type { INodeProperties } from 'n8n-workflow';
import { placeFields } from '../../fields/call';
import { formOrJson, showFor } from '../../fields/place';

const example =
	'{\n  "sip_trunk_id": "ST_aBcD1234efGh",\n  "sip_call_to": "+14155550123",\n  "room_name": "my-call",\n  "wait_until_answered": true,\n  "ringing_timeout": "30s"\n}';

/** Parameters of Call: Place. */
export const placeDescription: INodeProperties[] = showFor('call', 'place', formOrJson('call', example, placeFields));
