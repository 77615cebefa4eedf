import { type JsonObject, isObject } from '../../../livekit/json';
import { statusOf } from '../../../livekit/objects/simplify';
import { callRpcs } from '../../../livekit/schema/rpc';
import { type RowResult, inputFailure, refusalFailure } from '../rows/failure';
import type { Call } from './call';
import type { Verdict } from './item';
import { contactNames, freshRoom, runningAttempts } from './identity';

/** Where a call is in LiveKit. */
interface RoomAndIdentity {
	readonly room: string;
	readonly identity: string;
}

/** Where a call to this contact could be running, each once. */
function whereToLook({ row, plan: { facts }, settings }: Call): RoomAndIdentity[] {
	const { contactKey, attempt } = settings;
	const here: RoomAndIdentity = {
		room: String(facts.room_name),
		identity: String(facts.participant_identity),
	};
	if (contactKey === '') return [here];
	const own = contactNames(row.home, contactKey, attempt);
	const others = runningAttempts(attempt)
		.slice(1)
		.map((other): RoomAndIdentity => {
			const { room, identity } = contactNames(row.home, contactKey, other);
			// What the user chose took the place of the attempt's own name then, as it does now.
			return {
				room: here.room === own.room ? room : here.room,
				identity: here.identity === own.identity ? identity : here.identity,
			};
		});
	return [
		...new Map(
			[here, ...others].map((one) => [JSON.stringify([one.room, one.identity]), one]),
		).values(),
	];
}

/**
 * Asks for a call to this contact that is already there. The running call is then the row's outcome, and nobody is called.
 * An answer that cannot be read is a failure, since it does not show that the contact is free.
 */
async function alreadyRunning(call: Call): Promise<RowResult<Verdict | undefined>> {
	const { row, plan, settings } = call;
	if (settings.contactKey === '' && plan.facts.room_name === freshRoom(row)) {
		const message =
			"needs Contact Key under Options, or a Room of the contact's own, to find a call that is already running";
		return inputFailure(row, [{ label: 'Prevent Second Call', message }]);
	}
	for (const where of whereToLook(call)) {
		const reply = await row.send(callRpcs.get, { ...where });
		if ('refusal' in reply && reply.refusal.code === 'not_found') continue;
		if ('refusal' in reply) return refusalFailure(row, reply.refusal);
		const found = verdictOf(reply.value, where);
		if (found) return { value: found };
	}
	return { value: undefined };
}

function verdictOf(
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
			: [settings.contactKey];
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
