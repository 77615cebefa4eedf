import {
	type GenericValue,
	type IDataObject,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import type { PickedUpBy } from '../../../livekit/outcome/pickedUpBy';
import type { CallOutcome, Fate, Reason, SkipReason } from '../../../livekit/outcome/call';
import type { Failure } from '../rows/failure';
import { wordsOf } from '../rows/items';
import { plainLine } from '../../../livekit/plain';
import { withLabels } from '../../shared/labels';

/** The result of a row, with the same keys for every outcome; null if nothing is known. */
export interface CallItem extends IDataObject {
	outcome: CallOutcome;
	/** A person or a voicemail box: LiveKit's SIP API cannot tell them apart. */
	answered: boolean;
	/** Whether a later attempt has some hope. Never true while a phone may still be ringing. */
	retryable: boolean;
	/** Why, as a word for workflows. */
	reason: Reason | null;
	/** Why, for people. */
	message: string;
	sip_status_code: number | null;
	sip_status: string | null;
	participant_id: string | null;
	participant_identity: string | null;
	room_name: string | null;
	sip_call_id: string | null;
	sip_trunk_id: string | null;
	called_number: string | null;
	caller_number: string | null;
	/** ISO 8601. */
	requested_at: string | null;
	answered_at: string | null;
	ring_seconds: number | null;
	attempt: string | number | null;
	contact_key: string | null;
	next_allowed_at: string | null;
	/** Who has picked up, if an agent told. */
	picked_up_by: PickedUpBy | null;
	/** When Call Again calls the contact next, ISO 8601; null if never, or if Call Again is not set. */
	call_again_at: string | null;
	/** Whether the contact is not to be called any more; null if Call Again is not set. */
	final: boolean | null;
	/** Calls of the contact that may have let the phone ring. This and the next two: what the row gives if it cannot be read. */
	tries: GenericValue;
	calls_today: GenericValue;
	last_called_at: GenericValue;
	/** The agent that was in the room when the phone rang. */
	agent: string | null;
	agent_dispatch_id: string | null;
	warnings: string[];
}

/** What is known of a row before its call: whom, from where, for which contact. */
export type CallFacts = Pick<
	CallItem,
	| 'participant_identity'
	| 'room_name'
	| 'sip_trunk_id'
	| 'called_number'
	| 'caller_number'
	| 'attempt'
	| 'contact_key'
	| 'warnings'
>;

/** What became of a row; it overrides the facts that were known before. */
export type Verdict = Pick<CallItem, 'outcome' | 'message'> & Partial<CallItem>;

const unknown = {
	answered: false,
	retryable: false,
	reason: null,
	sip_status_code: null,
	sip_status: null,
	participant_id: null,
	sip_call_id: null,
	requested_at: null,
	answered_at: null,
	ring_seconds: null,
	next_allowed_at: null,
	picked_up_by: null,
	call_again_at: null,
	final: null,
	tries: null,
	calls_today: null,
	last_called_at: null,
	agent: null,
	agent_dispatch_id: null,
} as const;

/** The output item of a row. */
export function callItem({ warnings, ...facts }: CallFacts, verdict: Verdict): CallItem {
	const { outcome, ...rest } = verdict;
	const order = { outcome, ...unknown, message: '' };
	return {
		...order,
		...facts,
		...rest,
		message: plainLine(verdict.message),
		warnings: [...warnings, ...(verdict.warnings ?? [])].map((warning) => plainLine(warning)),
	};
}

/** The verdict for a dial that was not answered. */
export function fateVerdict(fate: Fate): Verdict {
	const { outcome, reason, retryable, message, sipStatus } = fate;
	return {
		outcome,
		reason,
		retryable,
		message: withLabels(message),
		sip_status_code: sipStatus?.code ?? null,
		sip_status: sipStatus ? sipStatus.phrase || null : null,
	};
}

/** The verdict for a row that was deliberately not called. */
export function skipped(
	reason: SkipReason,
	message: string,
	more: Partial<CallItem> = {},
): Verdict {
	return { outcome: 'skipped', reason, message: withLabels(message), ...more };
}

/** The verdict for a row that was not called because it failed. */
function notSent(failure: Failure['failure']): Verdict {
	const reason = failure instanceof NodeOperationError ? 'bad_input' : 'check_failed';
	const retryable =
		failure instanceof NodeApiError &&
		(failure.httpCode === 'none' || failure.httpCode === '429' || Number(failure.httpCode) >= 500);
	return {
		outcome: 'not_sent',
		reason,
		retryable,
		message: wordsOf(failure),
	};
}

/** The facts of a row of which nothing is known. */
export const noFacts: CallFacts = {
	called_number: null,
	caller_number: null,
	participant_identity: null,
	room_name: null,
	sip_trunk_id: null,
	attempt: null,
	contact_key: null,
	warnings: [],
};

/** The item of a row that failed. */
export function failedItem(facts: CallFacts, failure: Failure['failure']): CallItem {
	return callItem(facts, notSent(failure));
}

/** The item of a row that failed after it had asked for the call. */
export function rangUnclear(item: CallItem, failure: Failure['failure']): CallItem {
	const message = plainLine(
		`The node failed after it had asked for the call. The phone may have rung. ${failure.message}`,
	);
	return { ...item, outcome: 'unknown', reason: 'no_clear_answer', retryable: false, message };
}
