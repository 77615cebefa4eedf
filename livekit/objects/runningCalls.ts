import type { Reply } from '../codec/response';
import type { Answered } from '../http/twirp';
import type { JsonObject } from '../json';
import { type Rpc, callRpcs } from '../schema/rpc';
import { messagesOf } from './list';

/** A running phone call: a SIP participant, decoded, and the room that it is in. */
export interface RunningCall {
	readonly room: string;
	readonly participant: JsonObject;
}

/** Sends a request and gives LiveKit's decoded response, or its refusal. */
export type Ask = (rpc: Rpc, body: JsonObject) => Promise<Reply>;

// LiveKit has no list of all calls, so each room is asked for its own.
const roomsAtOnce = 10;

/** The running calls of a room. */
export async function callsOfRoom(ask: Ask, room: string): Promise<Answered<RunningCall[]>> {
	const reply = await ask(callRpcs.getAll, { room });
	if ('refusal' in reply) return reply;
	const calls = messagesOf(reply.value.participants).filter(({ kind }) => kind === 'SIP');
	return { value: calls.map((participant) => ({ room, participant })) };
}

/** The same for a room that was there a moment ago: one that has closed meanwhile has no calls. */
async function callsOfListed(ask: Ask, room: string): Promise<Answered<RunningCall[]>> {
	const calls = await callsOfRoom(ask, room);
	return 'refusal' in calls && calls.refusal.code === 'not_found' ? { value: [] } : calls;
}

/** How far {@link callsOfAllRooms} looks. */
export interface Reach {
	/** How many matching calls are enough. */
	readonly wanted: number;
	/** How many rooms are asked, the newest ones first. */
	readonly mostRooms: number;
	matches(call: RunningCall): boolean;
}

const everything: Reach = { wanted: Infinity, mostRooms: Infinity, matches: () => true };

/**
 * The running calls of all rooms, those of the newest room first. Some rooms are asked at once, and no more of them once
 * there are enough calls.
 *
 * @returns the calls, or the refusal of the list of rooms or of a room
 */
export async function callsOfAllRooms(
	ask: Ask,
	reach: Partial<Reach> = {},
): Promise<Answered<RunningCall[]>> {
	const { wanted, mostRooms, matches } = { ...everything, ...reach };
	const listed = await ask(callRpcs.rooms, {});
	if ('refusal' in listed) return listed;
	const rooms = messagesOf(listed.value.rooms)
		.sort((left, right) => Number(right.creation_time) - Number(left.creation_time))
		.map(({ name }) => String(name ?? ''))
		.filter((name) => name !== '')
		.slice(0, mostRooms);
	const found: RunningCall[] = [];
	while (rooms.length > 0 && found.length < wanted) {
		const group = rooms.splice(0, roomsAtOnce);
		const answers = await Promise.all(group.map(async (room) => await callsOfListed(ask, room)));
		for (const calls of answers) {
			if ('refusal' in calls) return calls;
			found.push(...calls.value.filter(matches));
		}
	}
	return { value: found.slice(0, wanted) };
}
