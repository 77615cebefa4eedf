import { mayBeOnTheLine } from '../../../livekit/outcome/rang';
import { refusalFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import { type Summoned, dismissAgent, isOnlyAgent, isThere, summonAgent } from './agent';
import { type Call, type Placed, asPlaced, failed, laneName } from './call';
import { type CallItem, type Verdict, callItem, skipped } from './item';
import { type Lane, laneOf } from './pace';
import { lateVerdict, ring, withoutTurn } from './ring';
import { type AskRunning, oncePerContact } from './runningCall';
import { type Turn, takeTurn } from './turns';

/** Sends for the agent, and makes the call once it is in the room. */
export async function ringWithAgent(call: Call, lane: Lane): Promise<Placed> {
	const { row, plan, settings } = call;
	// Agents come at the pace of the calls that they are for. While one is on its way the next row can be read.
	const agentLane = laneOf(`agents ${laneName(call)}`);
	const turn = await takeTurn(agentLane, settings.pace.perSecond, row.shared.cancel, call.patience);
	const early = withoutTurn(call, turn);
	if (early) return early;
	return await oncePerContact(call, async (running) => {
		const early = asPlaced(plan.facts, await running()) ?? asPlaced(plan.facts, lateVerdict(call));
		if (early) {
			turn.end(false);
			return early;
		}
		turn.begin();
		row.release();
		return await summonAndRing(call, lane, turn, running);
	});
}

/** Whether the agent that was sent for has somebody to talk to. A call that was there already has an agent of its own. */
async function isNeeded(
	{ row, plan, settings }: Call,
	item: CallItem,
	dispatchId: string,
): Promise<boolean> {
	if (item.reason !== 'already_running') return mayBeOnTheLine(item.outcome);
	const room = String(plan.body.room_name);
	return item.room_name === room && (await isOnlyAgent(row, room, settings.agentName, dispatchId));
}

async function summon({ row, plan, settings }: Call): Promise<Summoned> {
	const agent = {
		name: settings.agentName,
		metadata: settings.agentMetadata,
		waitSeconds: settings.agentWait,
	};
	// The same attempt to reach a contact asks for the same agent, so that newer servers send only one.
	const asking: Row = { ...row, origin: plan.origin, itemIndex: 0 };
	const { orAfter, happened } = row.shared.cancel;
	return await summonAgent(asking, String(plan.body.room_name), agent, orAfter, happened);
}

async function summonAndRing(
	call: Call,
	lane: Lane,
	agentTurn: Turn,
	running: AskRunning,
): Promise<Placed> {
	const { row, plan } = call;
	const summoned = await summon(call);
	agentTurn.end('dispatchId' in summoned);
	if ('refusal' in summoned) return failed(plan.facts, refusalFailure(row, summoned.refusal));
	let item: CallItem | undefined;
	try {
		const ready = async () => await hasLeft(call, summoned.dispatchId);
		const placed =
			'late' in summoned ? tooLate(call) : await ringInTurn(call, lane, running, ready);
		({ item } = placed);
		item.agent_dispatch_id = summoned.dispatchId;
		if (item.outcome !== 'skipped' && item.outcome !== 'not_sent')
			item.agent = call.settings.agentName;
		return placed;
	} finally {
		const needed = item ? await isNeeded(call, item, summoned.dispatchId) : row.mayHaveRung();
		if (!needed) await dismiss(call, item, summoned.dispatchId);
	}
}

async function ringInTurn(
	call: Call,
	lane: Lane,
	running: AskRunning,
	ready: () => Promise<Verdict | undefined>,
): Promise<Placed> {
	const { row, settings } = call;
	const turn = await takeTurn(lane, settings.pace.perSecond, row.shared.cancel, call.patience);
	return withoutTurn(call, turn) ?? (await ring(call, lane, turn, running, ready));
}

function tooLate({ plan, settings }: Call): Placed {
	const { agentName, agentWait } = settings;
	const message = `The agent ${agentName} did not come into the room within ${agentWait} s. Is it running, under exactly this name? Nobody was called`;
	return { item: callItem(plan.facts, skipped('no_agent', message, { retryable: true })) };
}

/** Says that the agent is no longer there: it came, but the row has waited for its turn since. */
async function hasLeft(
	{ row, plan, settings }: Call,
	dispatchId: string,
): Promise<Verdict | undefined> {
	const { agentName } = settings;
	if (await isThere(row, String(plan.body.room_name), agentName, dispatchId)) return undefined;
	const message = `The agent ${agentName} left the room, or LiveKit did not say that it is still there, before this call. Nobody was called`;
	return skipped('no_agent', message, { retryable: true });
}

async function dismiss(
	{ row, plan }: Call,
	item: CallItem | undefined,
	dispatchId: string,
): Promise<void> {
	// The item tells of another call than the one that the agent was for.
	if (item?.reason === 'already_running')
		Object.assign(item, { agent: null, agent_dispatch_id: null });
	const warning = await dismissAgent(row, String(plan.body.room_name), dispatchId);
	if (warning) item?.warnings.push(warning);
}
