import { messagesOf } from '../../../../livekit/objects/list';
import { agentRpcs } from '../../../../livekit/schema/rpc';
import { filtersOf, returnAllAndLimit } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { ask } from '../../request/ask';
import { prepare } from '../../request/body';
import { shownBy } from '../../request/output';
import type { Operation } from '../../rows/operation';
import { dispatchId, dispatchRoom } from './fields';

const rpc = agentRpcs.getAll;

/** Get Many: the dispatches of a room. */
export const getAll: Operation = {
	resource: 'agentDispatch',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many agent dispatches',
	description: 'Retrieve many agent dispatches of a room',
	rpc,
	properties: [
		dispatchRoom('The room whose dispatches to retrieve'),
		...returnAllAndLimit,
		filtersOf(dispatchId('Return only this dispatch')),
		simplify,
	],
	output: { '...': 'AgentDispatch' },
	effect: 'reads',
	order: 'together',
	run: async (row, raw) => {
		const prepared = prepare(row, rpc, raw);
		if ('failure' in prepared) return prepared;
		const listed = await ask(row, rpc, prepared.value.body);
		if ('failure' in listed) return listed;
		const dispatches = messagesOf(listed.value.agent_dispatches);
		return { value: dispatches.slice(0, row.settings.wanted).map(shownBy(row, 'AgentDispatch')) };
	},
};
