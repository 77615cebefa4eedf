import { callRpcs } from '../../../../livekit/schema/rpc';
import { callLocators } from '../../fields/callShared';
import { simplify } from '../../../shared/simplify';
import { ask } from '../../request/ask';
import type { Operation } from '../../rows/operation';
import { callOutput, readCall, shownCall } from './participants';

/** Get: one running call. */
export const get: Operation = {
	resource: 'call',
	value: 'get',
	name: 'Get',
	action: 'Get a call',
	description: 'Retrieve a running call',
	rpc: callRpcs.get,
	properties: [...callLocators('room', 'identity'), simplify],
	output: callOutput,
	effect: 'reads',
	order: 'together',
	run: async (row, raw) => {
		const picked = readCall(row, raw);
		if ('failure' in picked) return picked;
		const participant = await ask(row, callRpcs.get, picked.value);
		if ('failure' in participant) return participant;
		return { value: [shownCall(row)({ room: picked.value.room, participant: participant.value })] };
	},
};
