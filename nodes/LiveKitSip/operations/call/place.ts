import type { INodeProperties } from 'n8n-workflow';
import { placeCollections, placeFields } from '../../fields/call';
import { campaignCollections, campaignFields, campaignOptions } from '../../fields/calling';
import { formOrJson, inForm, showFor } from '../../fields/form';

const example =
	'{\n  "sip_trunk_id": "ST_aBcD1234efGh",\n  "sip_call_to": "+14155550123",\n  "ringing_timeout": "30s",\n  "max_call_duration": "3600s"\n}';

/** Parameters of Call: Place. */
export const placeDescription: INodeProperties[] = showFor('call', 'place', [
	...formOrJson('call', example, placeFields),
	...campaignFields,
	...campaignCollections,
	...inForm(placeCollections),
	campaignOptions,
]);
