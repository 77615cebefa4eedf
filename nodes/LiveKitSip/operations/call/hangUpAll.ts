import type { IDataObject } from 'n8n-workflow';
import type { Refusal } from '../../../../livekit/http/twirp';
import type { JsonObject } from '../../../../livekit/json';
import { messagesOf } from '../../../../livekit/objects/list';
import { callsOfRoom } from '../../../../livekit/objects/runningCalls';
import { phoneNumberOf, statusOf } from '../../../../livekit/objects/simplify';
import { readRefusal } from '../../../../livekit/outcome/refusals';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { withLabels } from '../../../shared/labels';
import { freshRoomPrefix } from '../../dial/identity';
import { to } from '../../fields/form';
import { ask, sendOnce } from '../../request/ask';
import { type RowResult, inputFailure, refusalFailure } from '../../rows/failure';
import type { Operation } from '../../rows/operation';
import type { Row } from '../../rows/row';

const mostAtOnce = 10;

type Take = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets a few works run at once. The last one that asked goes next: a call that was found is ended before more are looked for. */
function lanes(most: number): Take {
	const waiting: Array<() => void> = [];
	let free = most;
	return async (work) => {
		if (free > 0) free--;
		else await new Promise<void>((resolve) => waiting.push(resolve));
		try {
			return await work();
		} finally {
			const next = waiting.pop();
			if (next) next();
			else free++;
		}
	};
}

async function end(row: Row, room: string, participant: JsonObject): Promise<IDataObject> {
	const body = { room, identity: participant.identity };
	const reply = await sendOnce(row, callRpcs.hangUp, body);
	const item = {
		room_name: room,
		participant_identity: participant.identity,
		phone_number: phoneNumberOf(participant),
		status: statusOf(participant),
	};
	if ('value' in reply) return { ...item, ended: true, message: 'The call was ended' };
	const gone = reply.refusal.code === 'not_found';
	const message = gone
		? 'The call had ended already'
		: withLabels(readRefusal(reply.refusal).message);
	return { ...item, ended: gone, message };
}

interface Ended {
	readonly items: IDataObject[];
	readonly refusal?: Refusal;
}

async function endRoom(row: Row, room: string, take: Take): Promise<Ended> {
	const calls = await take(async () => await callsOfRoom(row.send, room));
	if ('refusal' in calls) return { items: [], refusal: calls.refusal };
	const ends = calls.value.map(
		async ({ participant }) => await take(async () => await end(row, room, participant)),
	);
	return { items: await Promise.all(ends) };
}

/** A room whose list does not come fails the row, but only after the calls of the others have ended: this is the emergency stop. */
async function hangUpAllCalls(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const prefix = typeof raw.room_prefix === 'string' ? raw.room_prefix.trim() : '';
	if (prefix === '') {
		const message = 'is required: the beginning of the names of the rooms, or * for all rooms';
		return inputFailure(row, [{ path: 'room_prefix', message }]);
	}
	const rooms = await ask(row, callRpcs.rooms, {});
	if ('failure' in rooms) return rooms;
	const names = messagesOf(rooms.value.rooms)
		.map(({ name }) => String(name))
		.filter((name) => prefix === '*' || name.startsWith(prefix));
	const take = lanes(mostAtOnce);
	const ended = await Promise.all(names.map(async (room) => await endRoom(row, room, take)));
	const refusal = ended.find((room) => room.refusal)?.refusal;
	return refusal ? refusalFailure(row, refusal) : { value: ended.flatMap(({ items }) => items) };
}

/** Hang Up All: ends the SIP participants of every room whose name begins with a prefix, one item each. */
export const hangUpAll: Operation = {
	resource: 'call',
	value: 'hangUpAll',
	name: 'Hang Up All',
	action: 'Hang up all calls',
	description:
		'End the calls of all rooms whose names begin alike: the emergency stop of a campaign',
	rpc: callRpcs.rooms,
	also: [
		{ rpc: callRpcs.getAll, when: 'in each room' },
		{ rpc: callRpcs.hangUp, when: 'for each call' },
	],
	properties: [
		{
			displayName: 'Room Prefix',
			name: 'roomPrefix',
			type: 'string',
			required: true,
			default: freshRoomPrefix,
			placeholder: 'e.g. outbound-',
			description:
				'The calls of all rooms whose names begin with this text are ended, inbound and outbound. The rooms that Place makes begin with outbound-. A lone * means all rooms of the project.',
			routing: to('room_prefix'),
		},
	],
	output: {
		ended: 'boolean',
		room_name: 'string',
		participant_identity: 'string',
		phone_number: 'string',
		status: 'string',
		message: 'string',
	},
	effect: 'writes',
	order: 'together',
	run: hangUpAllCalls,
};
