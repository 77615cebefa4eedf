import { newId, randomText } from './ids';
import type { CreateParticipantRequest, OutboundTrunk } from './messages';
import { milliseconds } from './messages';
import type { Dial, ResolvedOptions } from './options';
import type { LeaveReason, Participant } from './participant';
import { newParticipant } from './participant';
import type { Room, Rooms } from './rooms';
import { inviteFailed, scriptedStatus } from './sip-status';
import { hangUp, talkMs } from './telephone';
import type { TwirpError } from './twirp';
import { busError } from './twirp';

/** A number scripted with this status rings on and on. */
const NEVER_ANSWERS = 408;
const DEFAULT_RING_MS = 180_000;
const REQUEST_ID = 'lk.request_id';
const MAX_CALL_MS = 24 * 3_600_000;

/** What the bridge says when the ringing ends without an answer, also when the participant was removed meanwhile. */
const notAnswered = () => busError('canceled', 'sip request timed out');

/** What the bridge says when it leaves the room of a call that nobody took. */
function reasonOf({ meta }: TwirpError): LeaveReason {
	const status = Number(meta?.sip_status_code ?? NEVER_ANSWERS);
	if ([404, 408, 480].includes(status)) return 'USER_UNAVAILABLE';
	return status >= 500 && status < 600 ? 'CLIENT_INITIATED' : 'USER_REJECTED';
}

/** How the ringing ended: nothing when the call was answered. */
type Outcome = Promise<TwirpError | undefined>;

/** A call from the moment its participant is in the room. */
export interface SipCall {
	id: string;
	participant: Participant;
	outcome: Outcome;
	/** Ends a call that nobody waits for any longer. */
	cancel(): void;
}

function attributesOf(
	request: CreateParticipantRequest,
	trunk: OutboundTrunk | undefined,
	callId: string,
	from: string,
): Record<string, string> {
	const attributes: Record<string, string> = {
		...request.participant_attributes,
		'sip.callID': callId,
		'sip.callStatus': 'dialing',
	};
	if (request.sip_trunk_id) attributes['sip.trunkID'] = request.sip_trunk_id;
	if (request.hide_phone_number) return attributes;
	attributes['sip.phoneNumber'] = request.sip_call_to;
	attributes['sip.hostname'] = trunk?.address ?? request.trunk?.hostname ?? '';
	attributes['sip.trunkPhoneNumber'] = from;
	return attributes;
}

/** The number the callee sees: the asked one, or any of the trunk's. */
export function callerId(
	request: CreateParticipantRequest,
	trunk: OutboundTrunk | undefined,
): string {
	const number =
		request.sip_number || trunk?.numbers[Math.floor(Math.random() * trunk.numbers.length)];
	if (!number) throw busError('failed_precondition', 'no numbers on outbound trunk');
	const host = trunk?.address ?? request.trunk?.hostname ?? '';
	return host.endsWith('twilio.com') && !number.startsWith('+') ? `+${number}` : number;
}

/** The SIP bridge with telephones behind it: every number answers, but those whose last digits say otherwise. */
export class Bridge {
	readonly dials: Dial[] = [];
	private readonly outcomes = new WeakMap<Participant, Outcome>();

	constructor(
		private readonly options: ResolvedOptions,
		private readonly rooms: Rooms,
		private readonly later: (delayMs: number, act: () => void) => void,
	) {}

	/** Puts the callee into the room and rings, unless this very request has a call there already and the server knows it. */
	dial(
		request: CreateParticipantRequest,
		trunk: OutboundTrunk | undefined,
		from: string,
		requestId: string,
	): SipCall {
		const id = newId('SCL');
		const identity = request.participant_identity || `sip_${request.sip_call_to}`;
		const room = this.rooms.open({ name: request.room_name }, 'ADT_JOIN');
		const attributes = attributesOf(request, trunk, id, from);
		if (this.options.idempotent && requestId) {
			const earlier = [...room.participants.values()].find(
				({ info }) => info.attributes[REQUEST_ID] === requestId,
			);
			if (earlier) return this.call(room, earlier);
			attributes[REQUEST_ID] = requestId;
		}
		const participant: Participant = {
			info: newParticipant(identity, 'SIP', {
				name: request.participant_name,
				metadata: request.participant_metadata,
				attributes,
			}),
		};
		this.rooms.join(room, participant);
		this.dials.push({
			number: request.sip_call_to,
			from,
			room: request.room_name,
			identity,
			callId: id,
			requestId,
			at: Date.now(),
		});
		this.outcomes.set(participant, this.ring(request, room, participant));
		return this.call(room, participant);
	}

	/** How the ringing of this participant's call ended, or ends; nothing for one that did not call. */
	outcome(participant: Participant): Outcome {
		return this.outcomes.get(participant) ?? Promise.resolve(undefined);
	}

	private call(room: Room, participant: Participant): SipCall {
		const { identity, attributes } = participant.info;
		return {
			id: attributes['sip.callID'] ?? '',
			participant,
			outcome: this.outcome(participant),
			cancel: () => this.rooms.leave(room, identity, 'CLIENT_INITIATED', participant),
		};
	}

	private ring(request: CreateParticipantRequest, room: Room, participant: Participant): Outcome {
		const { answerAfterMs } = this.options;
		const ringMs = request.ringing_timeout
			? milliseconds(request.ringing_timeout)
			: DEFAULT_RING_MS;
		const { info } = participant;
		return new Promise((settle) => {
			let ringing = true;
			const finish = (failure?: TwirpError) => {
				if (!ringing) return;
				ringing = false;
				settle(failure);
				if (failure) this.rooms.leave(room, info.identity, reasonOf(failure), participant);
				else this.goOn(request, room, participant);
			};
			participant.onLeave = () => finish(notAnswered());
			this.later(answerAfterMs / 2, () => {
				if (ringing) info.attributes['sip.callStatus'] = 'ringing';
			});
			if (answerAfterMs <= ringMs && scriptedStatus(request.sip_call_to) !== NEVER_ANSWERS) {
				this.later(answerAfterMs, () => finish(this.decision(request.sip_call_to)));
			}
			this.later(ringMs, () => finish(notAnswered()));
		});
	}

	/** What the callee's side decides: nothing when it answers. */
	private decision(number: string): TwirpError | undefined {
		const status = scriptedStatus(number);
		if (status === 407)
			return busError('failed_precondition', 'max auth retry attempts reached for SIP invite');
		return status === undefined ? undefined : inviteFailed(status, this.options.sipCodes);
	}

	/** A call that was answered, until its longest duration is over. */
	private goOn(request: CreateParticipantRequest, room: Room, participant: Participant): void {
		const { attributes } = participant.info;
		attributes['sip.callStatus'] = 'active';
		attributes['sip.callIDFull'] = randomText(27);
		attributes['sip.callTag'] = randomText(10);
		if (this.options.sipCodes === 'current') attributes['lk.sip.answerTime'] = String(Date.now());
		const longestMs = request.max_call_duration ? milliseconds(request.max_call_duration) : 0;
		const callee = talkMs(request.sip_call_to, this.options) || MAX_CALL_MS;
		this.later(Math.min(longestMs || MAX_CALL_MS, callee), () =>
			hangUp(this.rooms, room, participant),
		);
	}
}
