import { unwrapFlat } from '../../../../livekit/codec/unwrap';
import { agentRpcs } from '../../../../livekit/schema/rpc';
import { withJson } from '../../fields/form';
import { simplify } from '../../../shared/simplify';
import { askOnce } from '../../request/ask';
import { formOrJson, prepare } from '../../request/body';
import { shownWritten } from '../../request/output';
import type { Operation } from '../../rows/operation';
import { agentDispatchFields } from './fields';

const rpc = agentRpcs.create;

const example =
	'{\n  "room": "my-call",\n  "agent_name": "outbound-caller",\n  "metadata": "{\\"phone_number\\": \\"+14155550123\\"}"\n}';

/** Create: sends an agent into a room. LiveKit makes the room if it is not there. */
export const create: Operation = {
	resource: 'agentDispatch',
	value: 'create',
	name: 'Create',
	action: 'Create an agent dispatch',
	description: 'Send an agent into a room',
	rpc,
	properties: [...withJson('dispatch', example, agentDispatchFields), simplify],
	output: { '...': 'AgentDispatch', warnings: 'string[]' },
	effect: 'writes',
	order: 'together',
	run: async (row, raw) => {
		const given = formOrJson(row, raw, unwrapFlat, raw);
		if ('failure' in given) return given;
		const prepared = prepare(row, rpc, given.value.value, { warnings: given.value.warnings });
		if ('failure' in prepared) return prepared;
		const { body, warnings } = prepared.value;
		const created = await askOnce(row, rpc, body);
		if ('failure' in created) return created;
		const written = { sent: body, answer: created.value, warnings };
		return { value: [shownWritten(row, rpc.response, written)] };
	},
};
