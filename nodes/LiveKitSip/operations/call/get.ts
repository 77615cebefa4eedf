import type { INodeProperties } from 'n8n-workflow';
import { callLocators } from '../../fields/callShared';
import { simplify } from '../../fields/output';
import { showFor } from '../../fields/form';

/** Parameters of Call: Get. */
export const getDescription: INodeProperties[] = showFor('call', 'get', [
	...callLocators('room', 'identity'),
	simplify,
]);
