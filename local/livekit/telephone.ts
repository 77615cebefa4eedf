import type { Route } from '../../livekit/routing/route';
import { routingOf } from '../../livekit/routing/route';
import { newId, randomText } from './ids';
import type { DispatchRule, InboundTrunk, WebhookEvent } from './messages';
import type { ResolvedOptions } from './options';
import type { Participant } from './participant';
import { newParticipant } from './participant';
import type { Room, Rooms, RoomSettings } from './rooms';
import type { SipStore } from './store';

/** A caller gives up after this time, if nobody answers. */
const PATIENCE_MS = 20_000;

/** A call as a telephone makes it. */
export interface TelephoneCall {
	from: string;
	to: string;
	/** What the caller types if LiveKit asks. */
	pin?: string;
	/** Milliseconds until the caller gives up, default 20 seconds. */
	patienceMs?: number;
}

/** A call that has reached a room. */
export interface ReceivedCall {
	room: string;
	identity: string;
	callId: string;
	status: string;
}

/**
 * How long the other side of an answered call talks, in milliseconds; 0 for as long as it is let. A number that ends in 07
 * and two more digits says its seconds: `+15555550725` talks for 25.
 */
export function talkMs(number: string, { hangUpAfterMs }: ResolvedOptions): number {
	const seconds = /07(\d\d)>?$/.exec(number)?.[1];
	return hangUpAfterMs > 0 && seconds ? Number(seconds) * 1000 : hangUpAfterMs;
}

/** One side hangs up, which the bridge writes down before it leaves. */
export function hangUp(rooms: Rooms, room: Room, participant: Participant): void {
	participant.info.attributes['sip.callStatus'] = 'hangup';
	rooms.leave(room, participant.info.identity, 'CLIENT_INITIATED', participant);
}

function attributesOf(
	{ from, to, pin }: TelephoneCall,
	route: Route,
	{ attributes, hide_phone_number: hides }: DispatchRule,
): Record<string, string> {
	const numbers = {
		'sip.phoneNumber': from,
		'sip.trunkPhoneNumber': to,
		'sip.hostname': '127.0.0.1',
	};
	return {
		...attributes,
		...(hides ? {} : numbers),
		'sip.callID': newId('SCL'),
		'sip.callIDFull': randomText(27),
		'sip.callTag': randomText(10),
		'sip.callStatus': pin && route.asksPin ? 'active' : 'ringing',
		'sip.trunkID': route.trunk?.id ?? '',
		'sip.ruleID': route.rule?.id ?? '',
	};
}

/** Telephones that call in. */
export class Telephone {
	/** What workflows have sent to the telephone's page, newest last. */
	readonly messages: string[] = [];
	private readonly ringing = new Map<Participant, { room: Room; from: string }>();

	constructor(
		private readonly options: ResolvedOptions,
		private readonly store: SipStore,
		private readonly rooms: Rooms,
		private readonly later: (delayMs: number, act: () => void) => void,
	) {}

	/** The numbers of trunks, which somebody can call. */
	numbers(): string[] {
		const trunks: InboundTrunk[] = this.store.inbound.list(() => true);
		return [...new Set(trunks.flatMap(({ numbers }) => numbers))];
	}

	/** Where a call goes, by the package's own matcher. */
	route({ from, to, pin }: TelephoneCall): Route {
		const trunks = this.store.inbound.list(() => true);
		const rules = this.store.rules.list(() => true);
		const routing = routingOf(
			JSON.parse(JSON.stringify(trunks)),
			JSON.parse(JSON.stringify(rules)),
		);
		return routing.route({ called: to, caller: from, pin });
	}

	/** Calls in. Undefined if LiveKit does not take the call, of which it tells nobody. */
	call(call: TelephoneCall): ReceivedCall | undefined {
		const route = this.route(call);
		const rule = route.rule && this.store.rules.get(route.rule.id);
		if (route.verdict !== 'routed' || !route.room || !rule) return undefined;
		const name = `${route.room.name}${route.room.endsRandom ? `_${randomText(12)}` : ''}`;
		const config = rule.room_config as Partial<RoomSettings> | undefined;
		const room = this.rooms.open({ ...config, name }, 'ADT_JOIN');
		const attributes = attributesOf(call, route, rule);
		const info = newParticipant(`sip_${call.from}`, 'SIP', {
			name: `Phone ${call.from}`,
			metadata: rule.metadata,
			attributes,
		});
		const participant: Participant = { info, onLeave: () => this.ringing.delete(participant) };
		const isTalking = attributes['sip.callStatus'] === 'active';
		if (!isTalking) this.ringing.set(participant, { room, from: call.from });
		this.rooms.join(room, participant);
		if (isTalking) this.talk(room, participant, call.from);
		else if ([...room.participants.values()].some((other) => other !== participant))
			this.answer(participant);
		this.later(call.patienceMs ?? PATIENCE_MS, () => {
			if (this.ringing.has(participant)) hangUp(this.rooms, room, participant);
		});
		return {
			room: name,
			identity: info.identity,
			callId: attributes['sip.callID'] ?? '',
			status: attributes['sip.callStatus'] ?? '',
		};
	}

	/** The bridge answers a call as soon as somebody else in its room publishes sound. */
	hear({ event, room, participant: publisher }: WebhookEvent): void {
		if (event !== 'track_published') return;
		for (const [participant, { room: own }] of this.ringing)
			if (own.info.sid === room?.sid && participant.info.sid !== publisher?.sid)
				this.answer(participant);
	}

	/** Forgets who is calling. */
	clear(): void {
		this.ringing.clear();
		this.messages.length = 0;
	}

	private answer(participant: Participant): void {
		const call = this.ringing.get(participant);
		if (!call) return;
		this.ringing.delete(participant);
		participant.info.attributes['sip.callStatus'] = 'active';
		this.talk(call.room, participant, call.from);
	}

	private talk(room: Room, participant: Participant, from: string): void {
		const lastsMs = talkMs(from, this.options);
		if (lastsMs > 0) this.later(lastsMs, () => hangUp(this.rooms, room, participant));
	}
}
