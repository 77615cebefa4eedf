import { callRpcs } from '../../../../livekit/schema/rpc';
import { callLocators } from '../../fields/callShared';
import { simplify } from '../../fields/output';
import { ask } from '../../request/ask';
import type { Operation } from '../../rows/operation';
import { callOutput, readPicked, shownIn } from './participants';

/** Get: one running call by room and identity. */
export const get: Operation = {
	resource: 'call',
	value: 'get',
	name: 'Get',
	action: 'Get a call',
	description: 'Retrieve a running call by room and participant',
	rpc: callRpcs.get,
	properties: [...callLocators('room', 'identity'), simplify],
	output: callOutput,
	effect: 'reads',
	order: 'together',
	run: async (row, raw) => {
		const picked = readPicked(row, raw, 'room', 'identity');
		if ('failure' in picked) return picked;
		const participant = await ask(row, callRpcs.get, picked.value);
		if ('failure' in participant) return participant;
		return { value: [shownIn(row, picked.value.room)(participant.value)] };
	},
};
