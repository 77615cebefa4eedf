import type { JsonObject } from '../../../../livekit/json';
import { directionOf, statusOf } from '../../../../livekit/objects/simplify';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { to } from '../../fields/form';
import { roomLocator } from '../../fields/locators';
import { filtersOf, returnAllAndLimit, simplify } from '../../fields/output';
import { refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import { callOutput, callsIn, readPicked, shownIn } from './participants';

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

function matches(participant: JsonObject, filter: JsonObject): boolean {
	const { call_direction: direction, call_status: status } = filter;
	return (
		(!direction || directionOf(participant) === direction) &&
		(!status || statusOf(participant) === status)
	);
}

/** Get Many: the running calls of a room. */
export const getAll: Operation = {
	resource: 'call',
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many calls',
	description: 'Retrieve many running calls of a room',
	rpc: callRpcs.getAll,
	properties: [
		roomLocator({
			displayName: 'Room',
			name: 'room',
			description: 'The room whose calls to retrieve',
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
		const picked = readPicked(row, raw, 'room');
		if ('failure' in picked) return picked;
		const { room } = picked.value;
		const calls = await callsIn(row, room);
		if ('refusal' in calls) return refusalFailure(row, calls.refusal);
		const wanted = calls.value.filter((participant) => matches(participant, raw));
		return { value: wanted.slice(0, row.settings.wanted).map(shownIn(row, room)) };
	},
};
