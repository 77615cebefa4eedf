import type { INodeProperties } from 'n8n-workflow';
import { callLocators } from '../../fields/callShared';
import { showFor } from '../../fields/place';

/** Parameters of Call: Hang Up. */
export const hangUpDescription: INodeProperties[] = showFor('call', 'hangUp', callLocators('room', 'identity'));
