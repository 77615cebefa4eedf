import type { IDataObject } from 'n8n-workflow';
import { explain } from '../../../../livekit/outcome/refusals';
import type { JsonObject } from '../../../../livekit/json';
import { entriesOf, isForeign } from '../../../../livekit/codec/answer';
import { callRpcs } from '../../../../livekit/schema/rpc';
import { phoneNumberOf, statusOf } from '../../../../livekit/objects/simplify';
import type { Refusal } from '../../../../livekit/http/twirp';
import { type CallOperation, callsOf } from './participants';
import { inputFailure, refusalFailure } from '../../rows/failure';
import { requestId } from '../../request/requestId';
import type { Row } from '../../rows/row';
import { withLabels } from '../../../shared/labels';

const mostAtOnce = 10;

/** Lets a few works run at once. The one that came last goes next: a call that was found is ended before more are looked for. */
function lanes(most: number): <T>(work: () => Promise<T>) => Promise<T> {
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
	const answer = await row.send(callRpcs.hangUp, body, { requestId: requestId(row, body) });
	const item = {
		room_name: room,
		participant_identity: participant.identity,
		phone_number: phoneNumberOf(participant),
		status: statusOf(participant),
	};
	if ('value' in answer) {
		const foreign = isForeign('RemoveParticipantResponse', answer.value);
		return {
			...item,
			ended: !foreign,
			message: foreign ? 'The answer did not come from a LiveKit server' : 'The call was ended',
		};
	}
	const gone = answer.refusal.code === 'not_found';
	return {
		...item,
		ended: gone,
		message: gone ? 'The call had ended already' : withLabels(explain(answer.refusal).message),
	};
}

interface Ended {
	readonly items: IDataObject[];
	readonly refusal?: Refusal;
}

async function endRoom(row: Row, room: string, take: ReturnType<typeof lanes>): Promise<Ended> {
	const calls = await take(async () => await callsOf(row, room));
	if ('refusal' in calls) return { items: [], refusal: calls.refusal };
	return {
		items: await Promise.all(
			calls.value.map(async (call) => await take(async () => await end(row, room, call))),
		),
	};
}

/**
 * Hang Up All: ends the SIP participants of every room whose name begins with a prefix, an item each. A room whose list
 * does not come fails the row, but only after the calls of the others are ended: this is the emergency stop.
 */
export const hangUpAllCalls: CallOperation = async (row, raw) => {
	const prefix = typeof raw.room_prefix === 'string' ? raw.room_prefix.trim() : '';
	if (prefix === '')
		return inputFailure(row, [
			{
				path: 'room_prefix',
				message: 'is required: the beginning of the names of the rooms, or * for all rooms',
			},
		]);
	const rooms = entriesOf(await row.send(callRpcs.rooms, {}), 'rooms', 'Room');
	if ('refusal' in rooms) return refusalFailure(row, rooms.refusal);
	const names = rooms.value
		.map(({ name }) => String(name))
		.filter((name) => prefix === '*' || name.startsWith(prefix));
	const take = lanes(mostAtOnce);
	const ended = await Promise.all(names.map(async (room) => await endRoom(row, room, take)));
	const refusal = ended.find((room) => room.refusal)?.refusal;
	return refusal ? refusalFailure(row, refusal) : { value: ended.flatMap(({ items }) => items) };
};
