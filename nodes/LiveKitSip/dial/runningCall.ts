import { decode } from '../../../livekit/codec/decode';
import { isObject } from '../../../livekit/json';
import { foreignAnswer, isForeign } from '../../../livekit/codec/answer';
import { callRpcs } from '../../../livekit/schema/rpc';
import { type Outcome, inputFailure, refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import type { Verdict } from './item';
import { contactNames, freshRoom, runningAttempts } from './identity';
import type { Plan } from './plan';
import type { CallSettings } from './settings';

/** A call's place in LiveKit. */
interface Place {
	readonly room: string;
	readonly identity: string;
}

/** Where a call of this contact could be running, each place once. */
function places(row: Row, { facts }: Plan, { contactKey, attempt }: CallSettings): Place[] {
	const here: Place = {
		room: String(facts.room_name),
		identity: String(facts.participant_identity),
	};
	if (contactKey === '') return [here];
	const own = contactNames(row.home, contactKey, attempt);
	const others = runningAttempts(attempt)
		.slice(1)
		.map((other): Place => {
			const { room, identity } = contactNames(row.home, contactKey, other);
			// What the user chose took the place of the attempt's own name then, as it does now.
			return {
				room: here.room === own.room ? room : here.room,
				identity: here.identity === own.identity ? identity : here.identity,
			};
		});
	return [
		...new Map(
			[here, ...others].map((place) => [JSON.stringify([place.room, place.identity]), place]),
		).values(),
	];
}

/**
 * Asks for a call of this contact that is already there: the running call is then the row's outcome, and nobody is
 * called. An answer that cannot be read is a failure, since it does not show that the contact is free.
 */
async function alreadyRunning(
	row: Row,
	plan: Plan,
	settings: CallSettings,
): Promise<Outcome<Verdict | undefined>> {
	if (settings.contactKey === '' && plan.facts.room_name === freshRoom(row)) {
		const message =
			"needs Contact Key under Options, or a Room of the contact's own, to find a call that is already running";
		return inputFailure(row, [{ path: 'Prevent Second Call', message }]);
	}
	for (const place of places(row, plan, settings)) {
		const answer = await row.send(callRpcs.get, { ...place });
		if ('refusal' in answer && answer.refusal.code === 'not_found') continue;
		if ('refusal' in answer) return refusalFailure(row, answer.refusal);
		if (isForeign('ParticipantInfo', answer.value))
			return refusalFailure(row, foreignAnswer('a participant was expected'));
		const found = verdictOf(decode('ParticipantInfo', answer.value), place);
		if (found) return { value: found };
	}
	return { value: undefined };
}

function verdictOf(
	participant: Readonly<Record<string, unknown>>,
	{ room, identity }: Place,
): Verdict | undefined {
	const attributes = isObject(participant.attributes) ? participant.attributes : {};
	// Somebody else of that name is no call, and one that has hung up is none any more.
	if (participant.kind !== 'SIP' || attributes['sip.callStatus'] === 'hangup') return undefined;
	const answered = ['active', 'automation'].includes(String(attributes['sip.callStatus']));
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
export type AskRunning = () => Promise<Outcome<Verdict | undefined>>;

/**
 * Does something for a contact, with a way to ask for a call to it that is already there. With Prevent Second Call two
 * rows, also of two executions, never do so at the same time: for the second one the first is under way.
 */
export async function oncePerContact<T>(
	row: Row,
	plan: Plan,
	settings: CallSettings,
	work: (running: AskRunning) => Promise<T>,
): Promise<T> {
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
		return await work(async () => await alreadyRunning(row, plan, settings));
	} finally {
		beingCalled.delete(key);
	}
}
