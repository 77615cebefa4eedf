import type { INodeProperties } from 'n8n-workflow';
import { callLocators } from '../../fields/callShared';
import { mapField } from '../../fields/maps';
import { optionsOf } from '../../fields/output';
import { showFor } from '../../fields/form';

/** Parameters of Call: Hang Up. */
export const hangUpDescription: INodeProperties[] = showFor('call', 'hangUp', [
	...callLocators('room', 'identity'),
	optionsOf(
		mapField({
			displayName: 'BYE Headers',
			name: 'byeHeaders',
			place: 'bye_headers',
			description:
				'From LiveKit to the carrier: SIP headers added to the BYE that ends an answered call, such as X-Reason with value done. Needs LiveKit server 1.9.2 and livekit-sip 1.6.0 or newer; elsewhere the call is ended without them, with a warning.',
			from: { label: 'SIP Header', example: 'X-Reason' },
			to: { label: 'Value', example: 'done' },
		}),
	),
]);
