import { encode } from '../../../livekit/codec/encode';
import { readRefusal } from '../../../livekit/outcome/refusals';
import { type JsonObject, type JsonValue, isObject } from '../../../livekit/json';
import { foreignAnswer } from '../../../livekit/codec/answer';
import type { Reply } from '../../../livekit/codec/response';
import { messagesOf } from '../../../livekit/objects/list';
import { agentRpcs, callRpcs } from '../../../livekit/schema/rpc';
import type { Refusal } from '../../../livekit/http/twirp';
import { sendOnce } from '../request/ask';
import type { Row } from '../rows/row';
import { withLabels } from '../../shared/labels';

/** The agent that a call needs in its room. */
export interface WantedAgent {
	readonly name: string;
	/** Text, or an object, which is sent as its JSON. */
	readonly metadata?: unknown;
	/** How long to wait for the agent to be in the room. */
	readonly waitSeconds: number;
}

/** How sending for an agent ended. With `late` the dispatch still exists, and the caller has to take it back. */
export type Summoned =
	| { readonly dispatchId: string }
	| { readonly late: true; readonly dispatchId: string }
	| { readonly refusal: Refusal };

const pollMs = 250;

/**
 * Sends for an agent and waits until it is in the room.
 *
 * @param wait resolves after that many milliseconds, or as soon as the execution is cancelled
 * @param cancelled whether the execution was cancelled, which ends the wait as `late`
 * @returns a refusal only of the dispatch itself: questions after it are repeated until they are answered
 */
export async function summonAgent(
	row: Row,
	room: string,
	agent: WantedAgent,
	wait: (ms: number) => Promise<void>,
	cancelled: () => boolean,
): Promise<Summoned> {
	const { body, faults } = encode(agentRpcs.create.request, {
		room,
		agent_name: agent.name,
		metadata: agent.metadata,
	});
	const [fault] = faults;
	if (fault)
		return {
			refusal: {
				status: 0,
				code: 'invalid_argument',
				message: `${fault.path} of the agent ${fault.message}`,
				meta: {},
			},
		};
	// n8n ends the requests of a cancelled execution. The answer to this one is needed: without it nobody could take the agent back.
	const reply = await sendOnce(row, agentRpcs.create, body, { evenIfCancelled: true });
	if ('refusal' in reply) return reply;
	const { id } = reply.value;
	if (typeof id !== 'string' || id === '')
		return { refusal: foreignAnswer('the new agent dispatch was expected') };

	const tooLate = wait(agent.waitSeconds * 1000).then(() => 'late' as const);
	const pause = async () => await Promise.race([wait(pollMs), tooLate]);
	do {
		// A server that does not answer must not hold the row longer than the agent may take.
		const found = await Promise.race([isThere(row, room, agent.name, id), tooLate]);
		if (found === true) return { dispatchId: id };
		if (found === 'late') break;
	} while ((await pause()) !== 'late' && !cancelled());
	return { late: true, dispatchId: id };
}

/**
 * Whether the agent of a dispatch is in the room. Servers since 1.9 write an agent's name into its attributes, and so do
 * LiveKit's agents. If neither did, the jobs of the dispatch name the agent's identity; the open-source server lists them
 * up to 5 seconds after the agent has joined (docs/livekit.md, Agents and dispatches).
 */
export async function isThere(
	row: Row,
	room: string,
	name: string,
	dispatchId: string,
): Promise<boolean> {
	const participants = listed(await row.send(callRpcs.getAll, { room }), 'participants');
	const agents = participants.filter(
		({ kind, state }) => kind === 'AGENT' && (state === 'JOINED' || state === 'ACTIVE'),
	);
	if (agents.some((agent) => nameOf(agent) === name)) return true;
	const nameless = agents.filter((agent) => nameOf(agent) === undefined);
	if (nameless.length === 0) return false;
	const about = { room, dispatch_id: dispatchId };
	const dispatches = listed(await row.send(agentRpcs.getAll, about), 'agent_dispatches');
	const identities = dispatches.filter(({ id }) => id === dispatchId).flatMap(runningIn);
	return nameless.some(({ identity }) => identities.includes(String(identity)));
}

/** The messages of a list; none if LiveKit did not answer with one. */
function listed(reply: Reply, list: string): JsonObject[] {
	return 'refusal' in reply ? [] : messagesOf(reply.value[list]);
}

/** An agent's name, written by the server or by the agent's SDK. */
function nameOf({ attributes }: JsonObject): JsonValue | undefined {
	return isObject(attributes)
		? (attributes['lk.agent_name'] ?? attributes['lk.agent.name'])
		: undefined;
}

/** Identities of the participants that run a dispatch. */
function runningIn({ state }: JsonObject): string[] {
	const jobs = isObject(state) && Array.isArray(state.jobs) ? state.jobs : [];
	return jobs
		.map((job) => (isObject(job) && isObject(job.state) ? job.state : {}))
		.filter(({ status }) => status === 'JS_RUNNING')
		.map(({ participant_identity: identity }) => String(identity));
}

/**
 * Whether a room has no other dispatch of that agent. Newer servers give two requests for one agent the same dispatch, so
 * this one may belong to a call that somebody else has placed. If LiveKit does not answer, it counts as the only one.
 */
export async function isOnlyAgent(
	row: Row,
	room: string,
	name: string,
	dispatchId: string,
): Promise<boolean> {
	const reply = await row.send(agentRpcs.getAll, { room }, { evenIfCancelled: true });
	const dispatches = listed(reply, 'agent_dispatches');
	return !dispatches.some(({ id, agent_name: other }) => other === name && id !== dispatchId);
}

/**
 * Takes a dispatch back, and an agent that came for it leaves the room, also after the execution was cancelled. It is fine
 * if the dispatch is gone already.
 *
 * @returns a warning if LiveKit did not do it
 */
export async function dismissAgent(
	row: Row,
	room: string,
	dispatchId: string,
): Promise<string | undefined> {
	const body = { room, dispatch_id: dispatchId };
	const reply = await sendOnce(row, agentRpcs.delete, body, { evenIfCancelled: true });
	if ('value' in reply) return undefined;
	const { refusal } = reply;
	if (refusal.code === 'no_room' || refusal.code === 'not_found') return undefined;
	return `The agent dispatch ${dispatchId} in the room ${room} is still there: ${withLabels(readRefusal(refusal).message)}`;
}
