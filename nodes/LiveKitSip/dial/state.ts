import type { IContextObject } from 'n8n-workflow';
import type { Forbidden } from '../../../livekit/callees/forbidden';
import type { JsonObject } from '../../../livekit/json';
import { type CallOutcome, type Reason, isSystemic } from '../../../livekit/outcome/call';
import type { CallItem } from './item';
import type { RowResult } from '../rows/failure';

/** What the rows of one run of the node know about each other. It outlives the tries of Retry On Fail. */
export interface RunState {
	/** Row index by number called in this run. */
	readonly numbers: Map<string, number>;
	/** Row index by room of this run. */
	readonly rooms: Map<string, number>;
	/** Rows with Dry Run, which stop nothing and count as no call. */
	readonly dryRows: Set<number>;
	/** Stored trunks that rows asked about, by id. */
	readonly trunks: Map<string, Promise<RowResult<JsonObject>>>;
	/** Do-not-call lists that were read, by how they were read. */
	readonly doNotCall: Map<string, Forbidden>;
	/** Carrier failures in a row. */
	failures: number;
	/** Whether a phone may have rung: from then on every row becomes an item. */
	rang: boolean;
}

const runs = new WeakMap<object, Map<string, RunState>>();

/** The state of a run, see `RunState`. */
export function runState(executeData: object, origin: string): RunState {
	const known = runs.get(executeData) ?? new Map<string, RunState>();
	runs.set(executeData, known);
	const state = known.get(origin) ?? {
		numbers: new Map(),
		rooms: new Map(),
		dryRows: new Set(),
		trunks: new Map(),
		doNotCall: new Map(),
		failures: 0,
		rang: false,
	};
	known.set(origin, state);
	return state;
}

/** Begins a try of a run. If no phone has rung yet, failures count from zero: what failed may have been mended since. */
export function beginTry(state: RunState): void {
	if (!state.rang) state.failures = 0;
}

/**
 * Calls of this node in the whole execution, over loops and uses as a tool. n8n stores a node's context with the
 * execution, so the count survives a Wait node too.
 */
export function countedCalls(context: IContextObject): number {
	const counted: unknown = context.liveKitCalls;
	return typeof counted === 'number' ? counted : 0;
}

/** Counts a call that is about to be made, or takes one back that certainly reached nobody. */
export function countCall(context: IContextObject, change: 1 | -1): void {
	context.liveKitCalls = countedCalls(context) + change;
}

const callees: ReadonlySet<CallOutcome> = new Set([
	'answered',
	'dialing',
	'busy',
	'declined',
	'no_answer',
	'blocked',
]);

const failures: ReadonlySet<CallOutcome> = new Set(['carrier_error', 'unknown']);
const otherFailures: ReadonlySet<Reason | null> = new Set([
	'sip_service_full',
	'check_failed',
	'no_agent',
]);

/**
 * Counts consecutive failures of the carrier and of LiveKit. Calls of unknown fate count too: a gateway that is down would
 * otherwise use up a whole campaign. What a callee decided starts the count anew; what was wrong with one contact alone
 * does not change it.
 */
export function noteOutcome(
	state: RunState,
	{
		outcome,
		reason,
		sip_status_code: status,
	}: Pick<CallItem, 'outcome' | 'reason' | 'sip_status_code'>,
): void {
	if (failures.has(outcome) || otherFailures.has(reason) || isSystemic({ outcome, reason }))
		state.failures++;
	else if (callees.has(outcome) || (outcome === 'invalid_number' && status !== null))
		state.failures = 0;
}
