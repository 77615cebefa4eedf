import { type JsonObject, isObject } from '../../../livekit/json';
import { messagesOf } from '../../../livekit/objects/list';
import { statusOf } from '../../../livekit/objects/simplify';
import { callRpcs } from '../../../livekit/schema/rpc';
import { ask } from '../request/ask';
import { type RowResult, inputFailure, refusalFailure } from '../rows/failure';
import type { Call } from './call';
import { callerIn } from './callerId';
import type { CallFacts, Verdict } from './item';
import { type ContactNames, contactNames, freshRoom } from './identity';

/** Where a call is in LiveKit. */
interface RoomAndIdentity {
	readonly room: string;
	readonly identity: string;
}

type Found = RowResult<Verdict | undefined>;

/** Asks for the call that this very row would make. */
async function itself({ row, plan: { facts } }: Call): Promise<Found> {
	const where = { room: String(facts.room_name), identity: String(facts.participant_identity) };
	const reply = await row.send(callRpcs.get, { ...where });
	if ('refusal' in reply)
		return reply.refusal.code === 'not_found'
			? { value: undefined }
			: refusalFailure(row, reply.refusal);
	return { value: verdictOf(facts, reply.value, where) };
}

/** The rooms in which other attempts to reach the contact could be running. What the user chose counts for all attempts. */
async function roomsOfContact(
	{ row, plan: { facts } }: Call,
	{ room, anyRoom }: ContactNames,
): Promise<RowResult<string[]>> {
	if (facts.room_name !== room) return { value: [String(facts.room_name)] };
	const rooms = await ask(row, callRpcs.rooms, {});
	if ('failure' in rooms) return rooms;
	const names = messagesOf(rooms.value.rooms).map(({ name }) => String(name));
	return { value: names.filter((name) => name.startsWith(anyRoom) && name !== room) };
}

/**
 * Asks for a call of another attempt. Attempts are not guessed by their numbers: they may be words or times, and any of them
 * may still be talking. All their rooms begin alike.
 */
async function otherAttempt(call: Call): Promise<Found> {
	const { row, plan, settings } = call;
	const names = contactNames(row.home, settings);
	const identity = String(plan.facts.participant_identity);
	const anyIdentity = identity === names.identity;
	if (plan.facts.room_name !== names.room && !anyIdentity) return { value: undefined };
	const rooms = await roomsOfContact(call, names);
	if ('failure' in rooms) return rooms;
	for (const room of rooms.value) {
		const listed = await ask(row, callRpcs.getAll, { room });
		if ('failure' in listed) return listed;
		for (const participant of messagesOf(listed.value.participants)) {
			const other = String(participant.identity);
			const isOfContact = anyIdentity ? other.startsWith(names.anyIdentity) : other === identity;
			const found = isOfContact
				? verdictOf(plan.facts, participant, { room, identity: other })
				: undefined;
			if (found) return { value: found };
		}
	}
	return { value: undefined };
}

/**
 * Asks for a call to this contact that is already there. The running call is then the row's outcome, and nobody is called.
 * An answer that cannot be read is a failure, since it does not show that the contact is free.
 */
async function alreadyRunning(call: Call): Promise<Found> {
	const { row, plan, settings } = call;
	if (settings.contactKey === '' && plan.facts.room_name === freshRoom(row)) {
		const message =
			"needs Contact Key under Options, or a Room of the contact's own, to find a call that is already running";
		return inputFailure(row, [{ label: 'Prevent Second Call', message }]);
	}
	const found = await itself(call);
	if ('failure' in found || found.value || settings.contactKey === '') return found;
	return await otherAttempt(call);
}

function verdictOf(
	facts: CallFacts,
	participant: JsonObject,
	{ room, identity }: RoomAndIdentity,
): Verdict | undefined {
	const attributes = isObject(participant.attributes) ? participant.attributes : {};
	const status = statusOf(participant);
	// Another participant of that name is no call, and one that has hung up no longer is.
	if (participant.kind !== 'SIP' || status === 'hangup') return undefined;
	const answered = status === 'active' || status === 'automation';
	return {
		outcome: answered ? 'answered' : 'dialing',
		answered,
		reason: 'already_running',
		message: `A call to this contact is already ${answered ? 'running' : 'under way'}. Nobody was called again`,
		participant_id: String(participant.sid ?? '') || null,
		participant_identity: identity,
		room_name: room,
		caller_number: facts.caller_number ?? callerIn(attributes),
		sip_call_id: String(attributes['sip.callID'] ?? '') || null,
	};
}

// Contacts whose calls this n8n process is placing at the moment.
const beingCalled = new Set<string>();

/** Asks for a call to a row's contact that is already there, see `alreadyRunning`. */
export type AskRunning = () => Promise<RowResult<Verdict | undefined>>;

/**
 * Runs work for a contact and gives it a way to ask for a call to the contact that is already there. With Prevent Second
 * Call two rows, even of two executions, never do so at the same time: to the second one the first is under way.
 */
export async function oncePerContact<T>(
	call: Call,
	work: (running: AskRunning) => Promise<T>,
): Promise<T> {
	const { row, plan, settings } = call;
	if (!settings.preventSecondCall) return await work(async () => ({ value: undefined }));
	const contact =
		settings.contactKey === ''
			? [plan.facts.room_name, plan.facts.participant_identity]
			: [settings.contact];
	const key = JSON.stringify([row.home, ...contact]);
	if (beingCalled.has(key)) {
		const message = 'A call to this contact is already under way. Nobody was called again';
		return await work(async () => ({
			value: { outcome: 'dialing', reason: 'already_running', message },
		}));
	}
	beingCalled.add(key);
	try {
		return await work(async () => await alreadyRunning(call));
	} finally {
		beingCalled.delete(key);
	}
}
