import type { INodeProperties } from 'n8n-workflow';
import { dispatchId, dispatchRoom } from './fields';
import { returnAllAndLimit, simplify } from '../../fields/output';
import { showFor } from '../../fields/form';

/** Parameters of Agent Dispatch: Get Many. */
export const getAllDescription: INodeProperties[] = showFor('agentDispatch', 'getAll', [
	dispatchRoom('The room whose dispatches to retrieve'),
	...returnAllAndLimit,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [dispatchId('Return only this dispatch')],
	},
	simplify,
]);
