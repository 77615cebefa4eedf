import { agentRpcs } from '../../../../livekit/schema/rpc';
import { askOnce } from '../../request/ask';
import { prepare } from '../../request/body';
import type { Operation } from '../../rows/operation';
import { dispatchLocator } from '../../fields/locators';
import { dispatchRoom } from './fields';

const rpc = agentRpcs.delete;

/** Delete: takes a dispatch back. */
export const deleteOne: Operation = {
	resource: 'agentDispatch',
	value: 'delete',
	name: 'Delete',
	action: 'Delete an agent dispatch',
	description: 'Take back a dispatch; an agent that came for it leaves the room',
	rpc,
	properties: [
		dispatchRoom('The room of the dispatch'),
		dispatchLocator({
			displayName: 'Dispatch',
			name: 'dispatchId',
			description: 'The dispatch to delete. An agent that came for it leaves the room.',
			path: 'dispatch_id',
		}),
	],
	output: { deleted: 'boolean', dispatch_id: 'string', room_name: 'string' },
	effect: 'writes',
	order: 'together',
	run: async (row, raw) => {
		const prepared = prepare(row, rpc, raw);
		if ('failure' in prepared) return prepared;
		const { body } = prepared.value;
		const deleted = await askOnce(row, rpc, body);
		if ('failure' in deleted) return deleted;
		return { value: [{ deleted: true, dispatch_id: body.dispatch_id, room_name: body.room }] };
	},
};
