import type { INodeProperties } from 'n8n-workflow';
import { dispatchId, dispatchRoom } from './fields';
import { showFor } from '../../fields/form';

/** Parameters of Agent Dispatch: Delete. */
export const deleteDescription: INodeProperties[] = showFor('agentDispatch', 'delete', [
	dispatchRoom('The room of the dispatch'),
	{
		...dispatchId(
			'The dispatch to delete, as Create and Get Many return it. An agent that came for it leaves the room.',
		),
		required: true,
	},
]);
