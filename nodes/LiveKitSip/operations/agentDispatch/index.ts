import type { Resource } from '../../rows/operation';
import { create } from './create';
import { deleteOne } from './delete';
import { getAll } from './getAll';

/** The resource Agent Dispatch. */
export const agentDispatch: Resource = {
	value: 'agentDispatch',
	label: 'Agent Dispatch',
	labelOfMany: 'Agent Dispatches',
	about: 'an agent that is sent into a room',
	initial: 'create',
	operations: [create, deleteOne, getAll],
};
