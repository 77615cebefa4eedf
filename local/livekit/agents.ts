import { newId } from './ids';
import type { AgentDispatch, AgentJob, RoomInfo } from './messages';
import type { ResolvedOptions } from './options';

/** With `agents: 'any'` the one name under which no agent is running. */
export const MISSING_AGENT = 'missing-agent';

/** Why a room sends for an agent. */
export type DispatchTrigger = 'ADT_JOIN' | 'ADT_ROOM_API' | 'ADT_DISPATCH_API';

const nanoseconds = () => `${BigInt(Date.now()) * 1_000_000n}`;

/** Whether an agent is running under this name. A nameless one only if it is listed. */
export function isRunning(name: string, { agents }: ResolvedOptions): boolean {
	return agents === 'any' ? name !== '' && name !== MISSING_AGENT : agents.includes(name);
}

/** A dispatch as LiveKit stores it. */
export function newDispatch(
	room: RoomInfo,
	wanted: Partial<AgentDispatch>,
	trigger: DispatchTrigger,
): AgentDispatch {
	return {
		id: newId('AD'),
		agent_name: wanted.agent_name ?? '',
		room: room.name,
		metadata: wanted.metadata ?? '',
		restart_policy: wanted.restart_policy ?? 'JRP_ON_FAILURE',
		deployment: wanted.deployment ?? '',
		attributes: wanted.attributes ?? {},
		thread_id: wanted.thread_id ?? '',
		state: { jobs: [], created_at: nanoseconds(), deleted_at: '0', trigger },
	};
}

/** The job that an agent begins. */
export function newJob({ id, agent_name }: AgentDispatch): AgentJob {
	const job = newId('AJ');
	return {
		id: job,
		dispatch_id: id,
		type: 'JT_ROOM',
		agent_name,
		state: {
			status: 'JS_RUNNING',
			participant_identity: `agent-${job}`,
			started_at: nanoseconds(),
		},
	};
}

/** Notes that an agent has left its room. */
export function endJob({ state }: AgentJob): void {
	state.status = 'JS_SUCCESS';
	state.ended_at = nanoseconds();
}

/** What LiveKit and its agents write into the attributes of the agent's participant. */
export function agentAttributes({ agent_name: name }: AgentDispatch): Record<string, string> {
	// The first is set by the server, the others by LiveKit's agents.
	return { 'lk.agent_name': name, 'lk.agent.name': name, 'lk.agent.state': 'listening' };
}
