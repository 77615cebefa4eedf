import type { IContextObject, IDataObject } from 'n8n-workflow';
import { isObject } from '../../../livekit/json';
import type { Cancellation } from '../rows/cancellation';
import {
	type Failure,
	type Outcome,
	guarded as caught,
	inputFailure,
	refusalFailure,
} from '../rows/failure';
import type { Row } from '../rows/row';
import { dismissAgent, isOnlyAgent, summonAgent } from './agent';
import { foreignCallerId } from './callerId';
import type { Breath } from './eventLoop';
import { dial } from './dial';
import { followCall } from './follow';
import { type Guarded, forgetRow, refusedBefore, refusedNow } from './guards';
import { type CallFacts, type CallItem, type Verdict, callItem, notSent, skipped } from './item';
import { type Lane, adapt, laneOf, takePlace, takeTurn } from './pace';
import { type CallInput, type Plan, baseFacts, planCall } from './plan';
import { type AskRunning, oncePerContact } from './runningCall';
import { type RunState, countCall, countedCalls, noteOutcome } from './state';

/** What rows share with each other and with other executions. */
export interface World {
	readonly state: RunState;
	/** n8n's store of this node in this execution. */
	readonly context: IContextObject;
	readonly cancel: Cancellation;
	readonly breath: Breath;
	/** The server that is called. */
	readonly server: string;
	/** Told once per row: the next row may be read. */
	readonly started: () => void;
}

/** A row's item, with the failure that it stands for while nobody was called. */
interface Placed {
	readonly item: CallItem;
	readonly failure?: Failure['failure'];
}

function failed(facts: CallFacts, { failure }: Failure): Placed {
	return { item: callItem(facts, notSent(failure)), failure };
}

function asPlaced(
	{ facts }: Pick<Plan, 'facts'>,
	found: Outcome<Verdict | undefined>,
): Placed | undefined {
	if ('failure' in found) return failed(facts, found);
	return found.value && { item: callItem(facts, found.value) };
}

/**
 * Places the call of one row, or says why it did not: one item, whatever happens. Reads, checks, waits for its turn,
 * and dials at most once. A failure carries the item that stands in its place once the node must not throw.
 */
export async function placeCall(
	row: Row,
	input: CallInput,
	world: World,
): Promise<Outcome<IDataObject[]>> {
	const planned = input.faults.length > 0 ? inputFailure(row, input.faults) : planCall(row, input);
	const facts = 'failure' in planned ? baseFacts(input) : planned.value.facts;
	// What is thrown, which only a defect does, must not lose whom the row called.
	const placed = await caught(row.node, row.itemIndex, async () => ({
		value:
			'failure' in planned
				? failed(facts, planned)
				: await checked(row, planned.value, input, world),
	}));
	const { item, failure } = 'failure' in placed ? failed(facts, placed) : placed.value;
	noteOutcome(world.state, item);
	return failure ? { failure, instead: [item] } : { value: [item] };
}

async function checked(
	row: Row,
	plan: Plan,
	{ settings, doNotCall }: CallInput,
	world: World,
): Promise<Placed> {
	const guarded: Guarded = {
		row,
		plan,
		settings,
		state: world.state,
		calls: countedCalls(world.context),
		doNotCall,
	};
	const refused = asPlaced(plan, await refusedBefore(guarded, world.breath));
	if (refused) return refused;
	const placed =
		asPlaced(plan, await foreignCallerId(row, plan, settings, world.state)) ??
		(await inTurn(guarded, world));
	const { outcome, reason } = placed.item;
	if (outcome === 'not_sent' || (outcome === 'skipped' && reason !== 'dry_run')) forgetRow(guarded);
	return placed;
}

async function inTurn(guarded: Guarded, world: World): Promise<Placed> {
	const { plan, settings } = guarded;
	if (settings.dryRun)
		return {
			item: callItem(plan.facts, skipped('dry_run', 'Dry Run: this number would be called')),
		};
	const trunk = isObject(plan.body.trunk) ? String(plan.body.trunk.hostname).toLowerCase() : '';
	const lane = laneOf(`${world.server} ${plan.facts.sip_trunk_id ?? trunk}`);
	const giveBack = await takePlace(lane, settings.pace.atOnce, world.cancel);
	try {
		return settings.agentName === ''
			? await alone(guarded, world, lane)
			: await withAgent(guarded, world, lane);
	} finally {
		giveBack();
	}
}

async function alone(guarded: Guarded, world: World, lane: Lane): Promise<Placed> {
	const { row, plan, settings } = guarded;
	await takeTurn(lane, settings.pace.perSecond, world.cancel);
	return await oncePerContact(
		row,
		plan,
		settings,
		async (running) => await ring(guarded, world, lane, running),
	);
}

async function withAgent(guarded: Guarded, world: World, lane: Lane): Promise<Placed> {
	const { row, plan, settings } = guarded;
	// Agents come at the pace of the calls that they are for, and while one is on its way the next row can be read.
	await takeTurn(
		laneOf(`agents ${world.server} ${plan.facts.sip_trunk_id ?? ''}`),
		settings.pace.perSecond,
		world.cancel,
	);
	return await oncePerContact(row, plan, settings, async (running) => {
		const early = asPlaced(plan, await running()) ?? asPlaced(plan, lateVerdict(guarded, world));
		if (early) return early;
		world.started();
		return await summonAndRing(guarded, world, lane, running);
	});
}

// The agent stays where somebody is, or may be, on the line.
const keepsAgent: ReadonlySet<string> = new Set(['answered', 'dialing', 'unknown']);

/** Whether the agent that was sent for has somebody to talk to. A call that was there already has an agent of its own. */
async function isNeeded(
	row: Row,
	item: CallItem,
	room: string,
	agentName: string,
	dispatchId: string,
): Promise<boolean> {
	if (item.reason !== 'already_running') return keepsAgent.has(item.outcome);
	return item.room_name === room && (await isOnlyAgent(row, room, agentName, dispatchId));
}

async function summonAndRing(
	guarded: Guarded,
	world: World,
	lane: Lane,
	running: AskRunning,
): Promise<Placed> {
	const { row, plan, settings, state } = guarded;
	const room = String(plan.body.room_name);
	const agent = {
		name: settings.agentName,
		metadata: settings.agentMetadata,
		waitSeconds: settings.agentWait,
	};
	// The same attempt to reach a contact asks for the same agent, so that newer servers send only one.
	const summoned = await summonAgent(
		{ ...row, origin: plan.origin, itemIndex: 0 },
		room,
		agent,
		world.cancel.orAfter,
		world.cancel.happened,
	);
	if ('refusal' in summoned) return failed(plan.facts, refusalFailure(row, summoned.refusal));
	const late = skipped(
		'no_agent',
		`The agent ${settings.agentName} did not come into the room within ${settings.agentWait} s. Nobody was called`,
		{ retryable: true },
	);
	const rangBefore = state.rang;
	let item: CallItem | undefined;
	try {
		if (!('late' in summoned)) await takeTurn(lane, settings.pace.perSecond, world.cancel);
		const placed =
			'late' in summoned
				? { item: callItem(plan.facts, late) }
				: await ring(guarded, world, lane, running);
		({ item } = placed);
		item.agent_dispatch_id = summoned.dispatchId;
		return placed;
	} finally {
		const needed = item
			? await isNeeded(row, item, room, agent.name, summoned.dispatchId)
			: state.rang && !rangBefore;
		if (!needed) {
			// The item tells of another call than the one that the agent was for.
			if (item?.reason === 'already_running') item.agent_dispatch_id = null;
			const warning = await dismissAgent(row, room, summoned.dispatchId);
			if (warning) item?.warnings.push(warning);
		}
	}
}

function lateVerdict(guarded: Guarded, { context, cancel }: World): Outcome<Verdict | undefined> {
	if (cancel.happened())
		return { value: skipped('canceled', 'The execution was cancelled before this call') };
	return refusedNow({ ...guarded, calls: countedCalls(context) });
}

// Running calls are asked for as late as can be: the contact may have been called while this row waited.
async function ring(
	guarded: Guarded,
	world: World,
	lane: Lane,
	running: AskRunning,
): Promise<Placed> {
	const { plan } = guarded;
	return (
		asPlaced(plan, await running()) ??
		asPlaced(plan, lateVerdict(guarded, world)) ??
		(await ringNow(guarded, world, lane))
	);
}

async function ringNow(
	{ row, plan }: Guarded,
	{ state, context, cancel, started }: World,
	lane: Lane,
): Promise<Placed> {
	countCall(context, 1);
	const dialling = dial(row, plan);
	started();
	const { verdict, refusal, endedAt } = await dialling;
	const item = callItem(plan.facts, verdict);
	adapt(lane, item.outcome === 'rate_limited');
	if (refusal && item.outcome === 'not_sent') {
		countCall(context, -1);
		return { item, failure: refusalFailure(row, refusal).failure };
	}
	state.rang = true;
	if (item.outcome === 'answered' && plan.waitFor === 'end')
		await addEnd(row, plan, item, endedAt, cancel);
	return { item };
}

async function addEnd(
	row: Row,
	{ body }: Plan,
	item: CallItem,
	answeredAt: number,
	cancel: Cancellation,
): Promise<void> {
	const call = {
		room: String(item.room_name),
		identity: String(item.participant_identity),
		participantId: String(item.participant_id ?? ''),
		answeredAt,
		longest: Number.parseFloat(String(body.max_call_duration)),
	};
	const { warnings = [], ...end } = await followCall(row, call, cancel);
	Object.assign(item, end, { warnings: [...item.warnings, ...warnings] });
}
