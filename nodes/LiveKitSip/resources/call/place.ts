import type { INodeProperties } from 'n8n-workflow';
import { placeFields } from '../../fields/call';
import { campaignFields } from '../../fields/campaign';
import { formOrJson, showFor } from '../../fields/place';

const example =
	'{\n  "sip_trunk_id": "ST_aBcD1234efGh",\n  "sip_call_to": "+14155550123",\n  "ringing_timeout": "30s",\n  "max_call_duration": "3600s"\n}';

/** Parameters of Call: Place. */
export const placeDescription: INodeProperties[] = showFor('call', 'place', [...formOrJson('call', example, placeFields), ...campaignFields]);
