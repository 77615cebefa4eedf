import { agentService } from './agent-service';
import { Bridge } from './bridge';
import { callService } from './calls';
import { ruleService } from './dispatch-rules';
import { needRoomAdmin, needSipAdmin, needSipCall } from './grants';
import type { TransferRequest, WebhookEvent } from './messages';
import type { ResolvedOptions } from './options';
import { roomService } from './room-service';
import type { Handler, Service } from './rpc';
import { Rooms } from './rooms';
import { SipStore } from './store';
import { Telephone } from './telephone';
import { trunkService } from './trunks';
import { busError } from './twirp';
import { Webhooks } from './webhooks';

/** A SIP service without Redis: it checks the grant and then has nothing to work with. */
function disconnected(method: string): Handler<TransferRequest> {
	return (request, { claims }) => {
		if (method === 'CreateSIPParticipant') needSipCall(claims);
		else if (method === 'TransferSIPParticipant') {
			needSipCall(claims);
			needRoomAdmin(claims, request.room_name);
		} else needSipAdmin(claims);
		throw busError('internal', 'sip not connected (redis required)');
	};
}

/** Everything one local LiveKit knows, and its services. */
export class World {
	readonly store = new SipStore();
	readonly rooms: Rooms;
	readonly bridge: Bridge;
	readonly telephone: Telephone;
	readonly webhooks: Webhooks;
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly services: Record<string, Service>;

	constructor(private readonly options: ResolvedOptions) {
		this.webhooks = new Webhooks(options, this.sleep);
		const tell = (event: WebhookEvent) => {
			this.webhooks.tell(event);
			this.telephone.hear(event);
		};
		this.rooms = new Rooms(options, this.later, tell);
		this.bridge = new Bridge(options, this.rooms, this.later);
		this.telephone = new Telephone(options, this.store, this.rooms, this.later);
		const { store, rooms, bridge, later } = this;
		this.services = {
			SIP: {
				...trunkService(store),
				...ruleService(store),
				...callService({ store, rooms, bridge, options, later }),
			},
			RoomService: roomService(rooms, this.noResponse, () => options.sipCodes !== 'oldest'),
			AgentDispatchService: agentService(rooms, this.noResponse),
		};
	}

	/** The RPCs of a service, or undefined for one that this server does not serve at all. */
	service(name: string): Service | undefined {
		return Object.hasOwn(this.services, name) ? this.services[name] : undefined;
	}

	/** The RPC, or undefined for one that this server (in the version it plays) does not know. */
	handler(service: string, method: string): Handler<never> | undefined {
		const handlers = this.service(service);
		if (
			!handlers ||
			!Object.hasOwn(handlers, method) ||
			this.options.missingMethods.includes(method)
		)
			return undefined;
		return service === 'SIP' && !this.options.sip ? disconnected(method) : handlers[method];
	}

	/** Forgets rooms, calls, trunks, rules and everything that was going to happen. */
	clear(): void {
		this.rooms.clear();
		this.store.clear();
		this.bridge.dials.length = 0;
		this.webhooks.clear();
		this.telephone.clear();
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}

	/** Acts after that many milliseconds, if the process has not ended by then: what is to come does not keep it alive. */
	readonly later = (delayMs: number, act: () => void): void => {
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			act();
		}, delayMs).unref();
		this.timers.add(timer);
	};

	readonly sleep = async (milliseconds: number): Promise<void> =>
		await new Promise((done) => this.later(milliseconds, done));

	private readonly noResponse = (): Promise<never> =>
		new Promise((_, fail) => {
			this.later(3 * this.options.noResponseAfterMs, () =>
				fail(busError('unavailable', 'no response from servers')),
			);
		});
}
