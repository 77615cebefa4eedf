import { isObject } from '../../../livekit/json';
import type { Patience } from './patience';
import type { CallInput, DoNotCall, Plan } from './plan';
import type { Failure, RowResult } from '../rows/failure';
import type { Row } from '../rows/row';
import { type CallFacts, type CallItem, type Verdict, callItem, failedItem } from './item';
import type { CallSettings } from './settings';
import type { RunState } from './state';

/** A call that a row asks for, on its way to the dial. */
export interface Call {
	readonly row: Row;
	readonly plan: Plan;
	/** What the plan was made of. */
	readonly input: CallInput;
	readonly settings: CallSettings;
	readonly state: RunState;
	/** Undefined if the row has no do-not-call list. */
	readonly doNotCall?: DoNotCall;
	/** How long it waits for its place and its turn. */
	readonly patience: Patience;
}

/** A row's item, with the failure that it stands for as long as nobody was called. */
export interface Placed {
	readonly item: CallItem;
	readonly failure?: Failure['failure'];
	/** Whether `noteOutcome` has counted it. */
	readonly isCounted?: boolean;
}

/** Name of the lane of a call: server and API key, and the trunk, or the host of one that the request brings along. */
export function laneName({ row, plan }: Call): string {
	const { trunk } = plan.body;
	const host = isObject(trunk) ? String(trunk.hostname).toLowerCase() : '';
	return `${row.account} ${plan.facts.sip_trunk_id ?? host}`;
}

/** A row that failed. */
export function failed(facts: CallFacts, { failure }: Failure): Placed {
	return { item: failedItem(facts, failure), failure };
}

/** What a check came to as the row's result; undefined if the check found nothing. */
export function asPlaced(
	facts: CallFacts,
	found: RowResult<Verdict | undefined>,
): Placed | undefined {
	if ('failure' in found) return failed(facts, found);
	return found.value && { item: callItem(facts, found.value) };
}
