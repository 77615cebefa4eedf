import type { IContextObject } from 'n8n-workflow';
import type { Forbidden } from '../../../livekit/callees/doNotCall';
import { type CallOutcome, type Reason, isSystemic } from '../../../livekit/outcome/call';
import { Claims } from './claims';
import { objectOf } from './formReader';
import type { CallItem } from './item';
import type { LabelFault } from '../../shared/labels';
import type { Zoneless } from './hourSettings';
import type { RowNotes } from './rowNotes';

/** What the rows of one run of the node know about each other. It outlives the tries of Retry On Fail. */
export interface RunState {
	readonly claims: Claims;
	/** Row index by room of this run. */
	readonly rooms: Map<string, number>;
	/** Rows with Dry Run, which stop nothing and count as no call. */
	readonly dryRows: Set<number>;
	/** Rows that reached nobody, by their index: the word and the sentence why. */
	readonly uncalled: Map<number, { readonly reason: Reason | null; readonly message: string }>;
	/** Do-not-call lists that were read, by how they were read. */
	readonly doNotCall: Map<string, Forbidden>;
	/** What its rows say about time zones. */
	readonly zones: RowNotes<Zoneless>;
	/** What its rows say about their tries so far, and what is wrong with it. */
	readonly tries: RowNotes<LabelFault>;
	/** Carrier failures in a row before this run; undefined until its first try has begun. */
	failuresBefore?: number;
	/** Whether a phone may have rung: from then on every row becomes an item. */
	rang: boolean;
}

const runs = new WeakMap<object, Map<string, RunState>>();

/** The state of a run, see `RunState`. */
export function runState(executeData: object, origin: string): RunState {
	const known = runs.get(executeData) ?? new Map<string, RunState>();
	runs.set(executeData, known);
	const state = known.get(origin) ?? {
		claims: new Claims(),
		rooms: new Map(),
		dryRows: new Set(),
		uncalled: new Map(),
		doNotCall: new Map(),
		zones: { known: false, without: new Map() },
		tries: { known: false, without: new Map() },
		rang: false,
	};
	known.set(origin, state);
	return state;
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

interface Failures {
	readonly execution: string;
	readonly inARow: number;
}

function failuresOf(context: IContextObject): Failures {
	const { execution, inARow } = objectOf(context.liveKitFailures);
	return {
		execution: typeof execution === 'string' ? execution : '',
		inARow: typeof inARow === 'number' ? inARow : 0,
	};
}

/** Failures in a row of the carrier and of LiveKit in the whole execution, over loops and uses as a tool, see `countedCalls`. */
export function countedFailures(context: IContextObject): number {
	return failuresOf(context).inARow;
}

function setFailures(context: IContextObject, failures: Partial<Failures>): void {
	context.liveKitFailures = { ...failuresOf(context), ...failures };
}

/**
 * Begins a try of a run. A later try of Retry On Fail counts as the first one did if no phone has rung yet, and an execution
 * that a person starts as a retry counts from zero, although n8n hands it the context: what failed may have been mended since.
 */
export function beginTry(state: RunState, context: IContextObject, execution: string): void {
	if (failuresOf(context).execution !== execution) setFailures(context, { execution, inARow: 0 });
	state.failuresBefore ??= countedFailures(context);
	if (!state.rang) setFailures(context, { inARow: state.failuresBefore });
}

const callees: ReadonlySet<CallOutcome> = new Set([
	'answered',
	'dialing',
	'busy',
	'declined',
	'no_answer',
	'blocked',
]);

const nobody: ReadonlySet<CallOutcome> = new Set(['skipped', 'invalid_number', 'not_sent']);

/** Notes whether a row reached nobody. What a carrier says of a number is an answer. */
export function noteUncalled({ uncalled }: RunState, row: number, item: CallItem): void {
	const { outcome, reason, message, sip_status_code: status } = item;
	if (nobody.has(outcome) && status === null) uncalled.set(row, { reason, message });
	else uncalled.delete(row);
}

const failures: ReadonlySet<CallOutcome> = new Set(['carrier_error', 'unknown']);
const otherFailures: ReadonlySet<Reason | null> = new Set([
	'sip_service_full',
	'check_failed',
	'no_agent',
]);

type Judged = Pick<CallItem, 'outcome' | 'reason' | 'sip_status_code'>;

/**
 * Whether a row failed at the carrier or LiveKit, or a callee decided. Calls of unknown fate are failures too: a gateway that
 * is down would otherwise use up a whole campaign. Undefined for what was wrong with one contact alone, and for a call that
 * was there already.
 */
export function judged({
	outcome,
	reason,
	sip_status_code: status,
}: Judged): 'failure' | 'callee' | undefined {
	if (reason === 'already_running') return undefined;
	if (failures.has(outcome) || otherFailures.has(reason) || isSystemic({ outcome, reason }))
		return 'failure';
	const isCallee = callees.has(outcome) || (outcome === 'invalid_number' && status !== null);
	return isCallee ? 'callee' : undefined;
}

/** Counts consecutive failures of the carrier and of LiveKit, see `judged`. What a callee decided starts the count anew. */
export function noteOutcome(context: () => IContextObject, item: Judged): void {
	const verdict = judged(item);
	if (verdict === 'failure') setFailures(context(), { inARow: countedFailures(context()) + 1 });
	else if (verdict === 'callee') setFailures(context(), { inARow: 0 });
}
