import type { IContextObject } from 'n8n-workflow';
import type { JsonObject } from '../../../livekit/json';
import { isSystemic } from '../../../livekit/outcome';
import type { CallItem } from './item';
import type { Outcome } from '../request/failure';

/** What the rows of one run of the node know of each other. It outlives the tries of Retry On Fail. */
export interface RunState {
	/** Numbers called in this run, to the row that called each. */
	readonly numbers: Map<string, number>;
	/** Rooms of this run, to the row that has each. */
	readonly rooms: Map<string, number>;
	/** Stored trunks that rows asked about, by id. */
	readonly trunks: Map<string, Promise<Outcome<JsonObject>>>;
	/** Numbers that must not be called, once they were read. */
	doNotCall?: ReadonlySet<string>;
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
	const state = known.get(origin) ?? { numbers: new Map(), rooms: new Map(), trunks: new Map(), failures: 0, rang: false };
	known.set(origin, state);
	return state;
}

/**
 * Calls of this node in the whole execution, over loops and uses as a tool. n8n stores its context of a node with the
 * execution, so the count also survives a Wait node.
 */
export function countedCalls(context: IContextObject): number {
	const counted: unknown = context.liveKitCalls;
	return typeof counted === 'number' ? counted : 0;
}

/** Counts a call that is about to be made, or takes one back that certainly reached nobody. */
export function countCall(context: IContextObject, change: 1 | -1): void {
	context.liveKitCalls = countedCalls(context) + change;
}

const callees: ReadonlySet<string> = new Set(['answered', 'dialing', 'busy', 'declined', 'no_answer', 'blocked']);

/**
 * Counts failures of the carrier and of LiveKit in a row. What a callee decided ends the row of failures; what was
 * wrong with one contact alone, and what nobody knows, says nothing about the carrier.
 */
export function noteOutcome(state: RunState, { outcome, reason, sip_status_code: status }: Pick<CallItem, 'outcome' | 'reason' | 'sip_status_code'>): void {
	if (outcome === 'carrier_error' || isSystemic({ outcome, reason: reason ?? '' })) state.failures++;
	else if (callees.has(outcome) || (outcome === 'invalid_number' && status !== null)) state.failures = 0;
}
