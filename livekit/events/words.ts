import { plainLine } from '../plain';
import type { EndedAs } from './ending';
import type { EventKind } from './kinds';

const mostOfName = 120;

/** What a sentence about an event is made of. */
export interface Told {
	readonly kind: EventKind | undefined;
	/** LiveKit's name of the event. */
	readonly name: string;
	readonly direction: string | null;
	readonly phoneNumber: string | null;
	readonly yourNumber: string | null;
	readonly answered: boolean | null;
	readonly endedAs: EndedAs | null;
	readonly talkSeconds: number | null;
	readonly room: string | null;
	readonly agent: string | null;
	/** What LiveKit says of a job or a recording, and of why a room ended. */
	readonly details: string;
}

function duration(seconds: number): string {
	const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
	return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`;
}

const ends: Readonly<Record<EndedAs, string>> = {
	completed: 'was answered and has ended',
	not_answered: 'was not answered',
	refused: 'was refused',
	failed: 'did not get through',
	dropped: 'broke off',
	ended_by_api: "was ended by LiveKit's API",
	room_closed: 'ended with its room',
	never_connected: 'never got a media connection',
};

/** The call, with the numbers that are not hidden. */
function callWords({ direction, phoneNumber, yourNumber }: Told): string {
	const [theirs, ours] = [phoneNumber, yourNumber];
	const [from, to] = direction === 'inbound' ? [theirs, ours] : [ours, theirs];
	const parts = [
		direction === 'inbound' ? 'Inbound call' : 'Outbound call',
		...(from === null ? [] : [`from ${from}`]),
		...(to === null ? [] : [`to ${to}`]),
	];
	return parts.join(' ');
}

function endWords(told: Told): string {
	const { endedAs, talkSeconds } = told;
	const end =
		endedAs === null ? 'has ended; LiveKit does not tell whether it was answered' : ends[endedAs];
	const talk = talkSeconds === null ? '' : ` after ${duration(talkSeconds)} of talk`;
	return `${callWords(told)} ${end}${talk}.`;
}

function inRoom({ room }: Told): string {
	return room === null ? '' : ` in room ${room}`;
}

function sentence(told: Told): string {
	const { kind, agent, room, name } = told;
	switch (kind) {
		case 'inbound_call_started':
		case 'outbound_call_started':
			return `${callWords(told)} has started.`;
		case 'call_ended':
			return endWords(told);
		case 'agent_joined':
			return `Agent ${agent ?? 'without a name'} has joined${inRoom(told)}.`;
		case 'agent_job_failed':
			return `Agent ${agent ?? 'without a name'} could not do its job${inRoom(told)}.`;
		case 'agent_job_ended':
			return `Agent ${agent ?? 'without a name'} has done its job${inRoom(told)}.`;
		case 'recording_ended':
			return `A recording has ended${inRoom(told)}.`;
		case 'room_finished':
			return `Room ${room ?? 'without a name'} has ended.`;
		case undefined:
			return `LiveKit event ${name}${inRoom(told)}.`;
	}
}

function shorter(text: string | null): string | null {
	return text === null ? null : plainLine(text, mostOfName);
}

/** An event in one sentence, on one line, as a message to a chat can hold it. */
export function summaryOf(told: Told): string {
	return plainLine(
		sentence({
			...told,
			phoneNumber: shorter(told.phoneNumber),
			yourNumber: shorter(told.yourNumber),
			room: shorter(told.room),
			agent: shorter(told.agent),
		}),
	);
}

const endAdvice: Readonly<Record<EndedAs, string>> = {
	completed: 'One side hung up; LiveKit does not tell which.',
	not_answered: 'It rang, and nobody picked up.',
	refused:
		'The line was busy, or the other side or its network declined. The item of Call: Place has the SIP status.',
	failed:
		'The carrier, the trunk or the media did not let it through. LiveKit does not tell more; the item of Call: Place has the SIP status.',
	dropped: 'The connection was lost in the middle of the talk, or no sound came any more.',
	ended_by_api: 'Somebody removed the participant, such as by Call: Hang Up.',
	room_closed: 'The room was deleted or closed while the call was in it.',
	never_connected: 'No path for sound and data was found between LiveKit and the call.',
};

/** What there is to know about an event beyond its summary, for people; empty if there is nothing. */
export function messageOfEvent({ kind, endedAs, answered, details }: Told): string {
	if (kind !== 'call_ended') return plainLine(details, 1000);
	if (endedAs === null)
		return 'The caller hung up. LiveKit tells neither whether the call was answered, nor did this n8n see it.';
	const unclear = answered === null ? ' LiveKit does not tell whether it was answered before.' : '';
	return `${endAdvice[endedAs]}${unclear}`;
}
