import { newId, randomText } from './ids';
import type { AgentDispatch, ParticipantInfo, RoomInfo } from './messages';
import type { ResolvedOptions } from './options';

const CODECS =
	'audio/PCMU audio/PCMA audio/opus audio/red video/VP8 video/H264 video/VP9 video/AV1 video/H265 video/rtx';

/** Someone in a room. `onLeave` runs once, when the participant leaves for whatever reason. */
export interface Participant {
	info: ParticipantInfo;
	onLeave?: () => void;
}

export interface Room {
	info: RoomInfo;
	participants: Map<string, Participant>;
	dispatches: AgentDispatch[];
}

/** What a new room is given; everything is optional but the name. */
export interface RoomSettings {
	name: string;
	empty_timeout?: number;
	departure_timeout?: number;
	max_participants?: number;
	metadata?: string;
	agents?: Array<Partial<AgentDispatch>>;
}

export type DispatchTrigger = 'ADT_JOIN' | 'ADT_ROOM_API' | 'ADT_DISPATCH_API';

/** A participant as LiveKit describes one that has just become active. */
export function newParticipant(
	identity: string,
	kind: string,
	about: Partial<ParticipantInfo>,
): ParticipantInfo {
	const now = Date.now();
	return {
		sid: newId('PA'),
		identity,
		name: '',
		state: 'ACTIVE',
		kind,
		metadata: '',
		attributes: {},
		joined_at: String(Math.floor(now / 1000)),
		joined_at_ms: String(now),
		version: 1,
		is_publisher: true,
		permission: {
			can_subscribe: true,
			can_publish: true,
			can_publish_data: true,
			can_update_metadata: true,
		},
		tracks: [
			{
				sid: newId('TR'),
				type: 'AUDIO',
				name: identity,
				source: 'MICROPHONE',
				mime_type: 'audio/opus',
			},
		],
		...about,
	};
}

/** All rooms of one server. */
export class Rooms {
	private readonly byName = new Map<string, Room>();

	constructor(
		private readonly options: ResolvedOptions,
		private readonly later: (delayMs: number, act: () => void) => void,
	) {}

	get(name: string): Room | undefined {
		return this.byName.get(name);
	}

	list(names: string[]): Room[] {
		return [...this.byName.values()].filter(
			({ info }) => !names.length || names.includes(info.name),
		);
	}

	/** The room of this name, made when there is none. A new room without named agents gets a nameless dispatch, as on LiveKit. */
	open(settings: RoomSettings, trigger: DispatchTrigger): Room {
		const existing = this.byName.get(settings.name);
		if (existing) return existing;
		const now = Date.now();
		const room: Room = {
			info: {
				sid: newId('RM'),
				name: settings.name,
				empty_timeout: settings.empty_timeout || 300,
				departure_timeout: settings.departure_timeout || 20,
				max_participants: settings.max_participants ?? 0,
				creation_time: String(Math.floor(now / 1000)),
				creation_time_ms: String(now),
				turn_password: randomText(43),
				enabled_codecs: CODECS.split(' ').map((mime) => ({ mime, fmtp_line: '' })),
				metadata: settings.metadata ?? '',
				num_participants: 0,
				num_publishers: 0,
			},
			participants: new Map(),
			dispatches: [],
		};
		this.byName.set(settings.name, room);
		for (const agent of settings.agents?.length ? settings.agents : [{}])
			this.dispatch(room, agent, trigger);
		return room;
	}

	/** Sends for an agent. When it is one of the running agents, it joins the room. */
	dispatch(room: Room, wanted: Partial<AgentDispatch>, trigger: DispatchTrigger): AgentDispatch {
		const dispatch: AgentDispatch = {
			id: newId('AD'),
			agent_name: wanted.agent_name ?? '',
			room: room.info.name,
			metadata: wanted.metadata ?? '',
			restart_policy: wanted.restart_policy ?? 'JRP_ON_FAILURE',
			deployment: wanted.deployment ?? '',
			attributes: wanted.attributes ?? {},
			thread_id: wanted.thread_id ?? '',
			state: {
				jobs: [],
				created_at: `${BigInt(Date.now()) * 1_000_000n}`,
				deleted_at: '0',
				trigger,
			},
		};
		room.dispatches.push(dispatch);
		if (this.options.agents.includes(dispatch.agent_name)) this.startAgent(room, dispatch);
		return dispatch;
	}

	/** Puts a participant into the room. An older one with the same identity has to leave. */
	join(room: Room, participant: Participant): void {
		this.leave(room, participant.info.identity);
		room.participants.set(participant.info.identity, participant);
		room.info.num_participants = room.participants.size;
		room.info.num_publishers = room.participants.size;
	}

	/** Takes a participant out of the room. Given one, only that very participant, not a namesake who came later. */
	leave(room: Room, identity: string, only?: Participant): boolean {
		const participant = room.participants.get(identity);
		if (!participant || (only && only !== participant)) return false;
		room.participants.delete(identity);
		room.info.num_participants = room.participants.size;
		room.info.num_publishers = room.participants.size;
		participant.onLeave?.();
		return true;
	}

	delete(name: string): void {
		const room = this.byName.get(name);
		if (!room) return;
		for (const identity of [...room.participants.keys()]) this.leave(room, identity);
		this.byName.delete(name);
	}

	clear(): void {
		for (const name of [...this.byName.keys()]) this.delete(name);
	}

	private startAgent(room: Room, dispatch: AgentDispatch): void {
		const id = newId('AJ');
		const identity = `agent-${id}`;
		const join = () => {
			if (this.byName.get(room.info.name) !== room || !room.dispatches.includes(dispatch)) return;
			// The first is set by the server, the others by LiveKit's agents.
			const attributes = {
				'lk.agent_name': dispatch.agent_name,
				'lk.agent.name': dispatch.agent_name,
				'lk.agent.state': 'listening',
			};
			this.join(room, { info: newParticipant(identity, 'AGENT', { attributes }) });
			const state = {
				status: 'JS_RUNNING',
				participant_identity: identity,
				started_at: `${BigInt(Date.now()) * 1_000_000n}`,
			};
			dispatch.state.jobs.push({
				id,
				dispatch_id: dispatch.id,
				type: 'JT_ROOM',
				agent_name: dispatch.agent_name,
				state,
			});
		};
		if (this.options.agentJoinsAfterMs) this.later(this.options.agentJoinsAfterMs, join);
		else join();
	}
}
