import type { JsonObject } from '../../../../livekit/json';
import {
	type Ask,
	type RunningCall,
	callsOfAllRooms,
	callsOfRoom,
} from '../../../../livekit/objects/runningCalls';
import { directionOf, statusOf } from '../../../../livekit/objects/simplify';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { to } from '../../fields/form';
import { roomLocator } from '../../fields/locators';
import { filtersOf, returnAllAndLimit } from '../../fields/output';
import { simplify } from '../../../shared/simplify';
import { Allowance } from '../../../shared/limits';
import { refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';
import { callOutput, shownCall } from './participants';

const filters = filtersOf(
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{ name: 'Inbound', value: 'inbound' },
			{ name: 'Outbound', value: 'outbound' },
		],
		default: 'inbound',
		description: 'Return only calls in this direction',
		routing: to('call_direction'),
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Active', value: 'active', description: 'Answered' },
			{
				name: 'Automation',
				value: 'automation',
				description: 'Answered, keys are being pressed',
			},
			{ name: 'Dialing', value: 'dialing' },
			{ name: 'Hangup', value: 'hangup', description: 'About to leave the room' },
			{ name: 'Ringing', value: 'ringing' },
		],
		default: 'active',
		description: 'Return only calls in this state',
		routing: to('call_status'),
	},
);

function matches({ participant }: RunningCall, filter: JsonObject): boolean {
	const { call_direction: direction, call_status: status } = filter;
	return (
		(!direction || directionOf(participant) === direction) &&
		(!status || statusOf(participant) === status)
	);
}

/** Asks for a row. All rooms of it share its time. */
function asking(row: Row): Ask {
	const allowance = new Allowance(row.timeoutMs);
	return async (rpc, body) => await row.send(rpc, body, { allowance });
}

/** Get Many: the running calls of a room, or of all rooms. */
export const getAll: Operation = {
	resource: 'call',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many calls',
	description: 'Retrieve many running calls, of a room or of all rooms',
	rpc: callRpcs.getAll,
	also: [{ rpc: callRpcs.rooms, when: 'without a room' }],
	properties: [
		roomLocator({
			displayName: 'Room',
			name: 'room',
			description: 'Only the calls of this room. Empty: all running calls.',
			required: false,
			path: 'room',
		}),
		...returnAllAndLimit,
		filters,
		simplify,
	],
	output: callOutput,
	effect: 'reads',
	order: 'together',
	run: async (row, raw) => {
		const room = typeof raw.room === 'string' ? raw.room.trim() : '';
		const { wanted } = row.settings;
		const filtered = (call: RunningCall) => matches(call, raw);
		const calls =
			room === ''
				? await callsOfAllRooms(asking(row), { wanted, matches: filtered })
				: await callsOfRoom(row.send, room);
		if ('refusal' in calls) return refusalFailure(row, calls.refusal);
		return { value: calls.value.filter(filtered).slice(0, wanted).map(shownCall(row)) };
	},
};
