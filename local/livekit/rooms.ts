import type { DispatchTrigger } from './agents';
import { agentAttributes, endJob, isRunning, newDispatch, newJob } from './agents';
import { newId, randomText } from './ids';
import type { AgentDispatch, ParticipantInfo, RoomInfo, WebhookEvent } from './messages';
import type { ResolvedOptions } from './options';
import type { LeaveReason, Participant } from './participant';
import { newParticipant } from './participant';

const CODECS =
	'audio/PCMU audio/PCMA audio/opus audio/red video/VP8 video/H264 video/VP9 video/AV1 video/H265 video/rtx';

export interface Room {
	info: RoomInfo;
	participants: Map<string, Participant>;
	dispatches: AgentDispatch[];
	/** How often somebody has come or gone. */
	changes: number;
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

function newRoom(settings: RoomSettings): Room {
	const now = Date.now();
	return {
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
		changes: 0,
	};
}

/** Agents do not keep a room open (`IsDependent` in livekit-server). */
function isEmpty({ participants }: Room): boolean {
	return [...participants.values()].every(({ info }) => info.kind === 'AGENT');
}

/** All rooms of one server. */
export class Rooms {
	private readonly byName = new Map<string, Room>();

	/** @param tell gets each event at the moment when it happens */
	constructor(
		private readonly options: ResolvedOptions,
		private readonly later: (delayMs: number, act: () => void) => void,
		private readonly tell: (event: WebhookEvent) => void,
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
		const room = newRoom(settings);
		this.byName.set(settings.name, room);
		this.tell({ event: 'room_started', room: room.info });
		for (const agent of settings.agents?.length ? settings.agents : [{}])
			this.dispatch(room, agent, trigger);
		this.closeLater(room, room.info.empty_timeout);
		return room;
	}

	/** Sends for an agent. When it is one of the running agents, it joins the room. */
	dispatch(room: Room, wanted: Partial<AgentDispatch>, trigger: DispatchTrigger): AgentDispatch {
		const dispatch = newDispatch(room.info, wanted, trigger);
		room.dispatches.push(dispatch);
		if (isRunning(dispatch.agent_name, this.options)) this.startAgent(room, dispatch);
		return dispatch;
	}

	/** Puts a participant into the room. An older one with the same identity has to leave. */
	join(room: Room, participant: Participant): void {
		const { info } = participant;
		this.leave(room, info.identity, 'DUPLICATE_IDENTITY');
		room.participants.set(info.identity, participant);
		this.count(room, info);
		this.tell({ event: 'participant_joined', room: room.info, participant: info });
		this.tellTracks('track_published', room, participant);
	}

	/** Takes a participant out of the room. Given one, only that very participant, not a namesake who came later. */
	leave(room: Room, identity: string, reason: LeaveReason, only?: Participant): boolean {
		const participant = room.participants.get(identity);
		if (!participant || (only && only !== participant)) return false;
		room.participants.delete(identity);
		this.count(room, participant.info);
		this.tellTracks('track_unpublished', room, participant);
		const info = { ...participant.info, state: 'DISCONNECTED', disconnect_reason: reason };
		this.tell({ event: 'participant_left', room: room.info, participant: info });
		participant.onLeave?.();
		if (participant.info.kind !== 'AGENT') this.closeLater(room, room.info.departure_timeout);
		return true;
	}

	/** Closes a room: everybody has to leave. */
	close(name: string, reason: LeaveReason): void {
		const room = this.byName.get(name);
		if (!room) return;
		this.byName.delete(name);
		for (const identity of [...room.participants.keys()]) this.leave(room, identity, reason);
		this.tell({ event: 'room_finished', room: room.info });
	}

	/** Forgets all rooms and tells nobody. */
	clear(): void {
		const participants = [...this.byName.values()].flatMap((room) => [
			...room.participants.values(),
		]);
		this.byName.clear();
		for (const { onLeave } of participants) onLeave?.();
	}

	/** Closes a room that is empty, unless somebody comes in time. */
	private closeLater(room: Room, seconds: number): void {
		const { changes } = room;
		const { name } = room.info;
		if (!isEmpty(room)) return;
		this.later(seconds * 1000, () => {
			if (this.byName.get(name) === room && room.changes === changes)
				this.close(name, 'ROOM_CLOSED');
		});
	}

	private count(room: Room, { kind }: ParticipantInfo): void {
		const { info, participants } = room;
		info.num_participants = participants.size;
		info.num_publishers = participants.size;
		if (kind !== 'AGENT') room.changes += 1;
	}

	private tellTracks(event: string, room: Room, { info: { sid, identity, tracks } }: Participant) {
		const { sid: roomSid, name } = room.info;
		for (const track of tracks)
			this.tell({
				event,
				room: { sid: roomSid, name },
				participant: { sid, identity },
				track,
			});
	}

	private startAgent(room: Room, dispatch: AgentDispatch): void {
		const job = newJob(dispatch);
		const { participant_identity: identity } = job.state;
		const tellJob = (event: string) => this.tell({ event, job: { ...job, room: room.info } });
		const onLeave = () => {
			endJob(job);
			tellJob('agent_job_ended');
		};
		const join = () => {
			if (this.byName.get(room.info.name) !== room || !room.dispatches.includes(dispatch)) return;
			const attributes = agentAttributes(dispatch);
			dispatch.state.jobs.push(job);
			tellJob('agent_job_started');
			this.join(room, { info: newParticipant(identity, 'AGENT', { attributes }), onLeave });
		};
		if (this.options.agentJoinsAfterMs) this.later(this.options.agentJoinsAfterMs, join);
		else join();
	}
}
