import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { plainLine } from '../../../livekit/plain';
import { type RowResult, caught, inputFailure } from '../rows/failure';
import type { Row } from '../rows/row';
import { addNextCall } from './addNextCall';
import { noteInLane } from './byFailureRate';
import { type Call, type Placed, asPlaced, failed, laneName } from './call';
import { noteTries } from './callAgain';
import { showOwnNumber } from './callerId';
import { withCallerOfItsOwn } from './callerOfItsOwn';
import { clocksOf } from './callingHours';
import { forgetCall, refusedBefore } from './guards';
import { type CallItem, callItem, rangUnclear, skipped } from './item';
import { noPlace } from './noPlace';
import { laneOf, takeSlot } from './pace';
import { patienceUntil } from './patience';
import { type CallInput, baseFacts, planCall, readCallInput } from './plan';
import { ringAlone } from './ring';
import { ringWithAgent } from './ringWithAgent';
import { shaped } from './shape';
import { type RunState, noteOutcome, noteUncalled, runState } from './state';
import { noteZone } from './zoneless';

/**
 * Places the call of one row, or says why it did not: one item, whatever happens. Reads, checks, waits for its turn, and
 * dials at most once. A failure carries the item that takes its place once the node must not throw.
 */
export async function placeCall(row: Row, raw: JsonObject): Promise<RowResult<IDataObject[]>> {
	const state = runState(row.shared.executeData, row.origin);
	const input = readCallInput(row, raw);
	const { item, failure, isCounted } = await place(row, input, state);
	if (!isCounted) noteOutcome(row.shared.context, item);
	noteUncalled(state, row.itemIndex, item);
	const shown = [shaped(item, input.settings, row.input)];
	return failure ? { failure, instead: shown } : { value: shown };
}

async function place(row: Row, input: CallInput, state: RunState): Promise<Placed> {
	const planned = input.faults.length > 0 ? inputFailure(row, input.faults) : planCall(row, input);
	const { settings, doNotCall } = input;
	if ('failure' in planned) {
		const placed = failed(baseFacts(input), planned);
		addNextCall(placed.item, settings.callAgain, undefined);
		return placed;
	}
	const { startedAt, cancel } = row.shared;
	const patience = patienceUntil(startedAt + settings.pace.giveUpAfter * 1000, cancel);
	const call = { row, input, plan: planned.value, settings, state, doNotCall, patience };
	const placed = await placeSafely(call);
	await addNextSafely(call, placed.item);
	return placed;
}

/** What is thrown here, which only a defect does, must not lose what became of the call. */
async function addNextSafely(call: Call, item: CallItem): Promise<void> {
	const { row, settings } = call;
	const added = await caught(row, async () => ({
		value: addNextCall(item, settings.callAgain, clocksOf(call)),
	}));
	if ('value' in added) return;
	const warning = plainLine(`When to call again is not known. ${added.failure.message}`);
	Object.assign(item, { final: true, warnings: [...item.warnings, warning] });
}

async function placeSafely(call: Call): Promise<Placed> {
	const { row, plan } = call;
	const placed = await caught(row, async () => ({ value: await placeOrRefuse(call) }));
	if ('value' in placed) return placed.value;
	// What is thrown, which only a defect does, must not lose whom the row called, nor that a phone may have rung.
	const { item, failure } = failed(plan.facts, placed);
	return { item: row.mayHaveRung() ? rangUnclear(item, placed.failure) : item, failure };
}

async function placeOrRefuse(call: Call): Promise<Placed> {
	const { row, plan } = call;
	noteZone(call);
	noteTries(call);
	const refused = asPlaced(plan.facts, await refusedBefore(call));
	if (refused) return refused;
	const placed = await placeShown(call);
	noteInLane(laneOf(laneName(call)), row, placed.item);
	const { outcome, reason } = placed.item;
	if (outcome === 'not_sent' || (outcome === 'skipped' && reason !== 'dry_run')) forgetCall(call);
	return placed;
}

async function placeShown(call: Call): Promise<Placed> {
	const { facts } = call.plan;
	const shown = await showOwnNumber(call);
	if ('failure' in shown) return failed(facts, shown);
	if ('verdict' in shown.value) return { item: callItem(facts, shown.value.verdict) };
	return await placeInTurn({ ...call, plan: shown.value.plan });
}

async function placeInTurn(call: Call): Promise<Placed> {
	const { row, plan, settings } = call;
	if (settings.dryRun) {
		const verdict = skipped('dry_run', 'Dry Run: this number would be called');
		return { item: callItem(plan.facts, verdict) };
	}
	const lane = laneOf(laneName(call));
	const giveBack = await takeSlot(lane, settings.pace.atOnce, row.shared.cancel, call.patience);
	if (!giveBack) return noPlace(call);
	try {
		const placed = await withCallerOfItsOwn(
			call,
			async (own) =>
				await (settings.agentName === '' ? ringAlone(own, lane) : ringWithAgent(own, lane)),
		);
		// Before the next row has its turn, which asks whether there were too many failures.
		noteOutcome(row.shared.context, placed.item);
		noteInLane(lane, row, placed.item);
		return { ...placed, isCounted: true };
	} finally {
		giveBack();
	}
}
