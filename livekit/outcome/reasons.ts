/** What is known of a reason, whatever led to it. */
interface Facts {
	/** Whether the same number may be called again later with some hope; `depends` if not every cause allows it. */
	readonly retryable: boolean | 'depends';
	/** Set if every other row of the run would meet it too: credential, server or SIP service, and not the number. */
	readonly systemic?: true;
	/** Set if a later call is of no use, or not allowed, until a person has looked, whatever rules say. */
	readonly ends?: true;
}

const hopeless = { retryable: false } as const;
const again = { retryable: true } as const;
const depends = { retryable: 'depends' } as const;
const ends = { retryable: false, ends: true } as const;

/**
 * Every reason of Call: Place, by the outcome that it explains, in the order of docs/reasons.md. `unknown` is never
 * retryable: a phone may be ringing. `answered` includes voicemail, which LiveKit's SIP API cannot tell from a person.
 */
export const reasons = {
	answered: { already_running: hopeless },
	dialing: { already_running: hopeless },
	busy: { busy: again },
	declined: { declined: hopeless },
	no_answer: {
		ring_timeout: again,
		callee_unavailable: again,
		callee_unreachable: again,
		call_ended_before_answer: again,
	},
	invalid_number: {
		unknown_number: ends,
		number_gone: ends,
		incomplete_number: ends,
		ambiguous_number: ends,
		not_a_number: ends,
		several_numbers: ends,
		impossible: ends,
		rounded: ends,
		two_readings: ends,
	},
	blocked: {
		carrier_forbids: hopeless,
		callee_blocks: hopeless,
		anonymous_caller: hopeless,
		consent_needed: hopeless,
	},
	rate_limited: {
		carrier_limit: again,
		livekit_limit: again,
		gateway_limit: again,
	},
	carrier_error: {
		trunk_credentials: hopeless,
		payment_required: hopeless,
		account_blocked: hopeless,
		caller_id_refused: hopeless,
		caller_identity_refused: hopeless,
		media_mismatch: hopeless,
		carrier_trouble: again,
		redirected: hopeless,
		carrier_refused: hopeless,
		failed_after_answer: hopeless,
	},
	unknown: {
		connection_lost: hopeless,
		server_deadline: hopeless,
		sip_service_stopped: hopeless,
		carrier_silent: hopeless,
		carrier_unreachable: hopeless,
		carrier_tls: hopeless,
		no_clear_answer: hopeless,
	},
	not_sent: {
		bad_input: ends,
		check_failed: depends,
		refused_input: hopeless,
		credential: { ...hopeless, systemic: true },
		trunk_missing: { ...hopeless, systemic: true },
		no_connection: { ...again, systemic: true },
		no_sip_service: { ...depends, systemic: true },
		sip_service_full: again,
		room_failed: { ...again, systemic: true },
		no_livekit: { ...hopeless, systemic: true },
		server_too_old: { ...hopeless, systemic: true },
		not_supported: { ...hopeless, systemic: true },
		wrong_region: { ...hopeless, systemic: true },
	},
	skipped: {
		dry_run: hopeless,
		do_not_call: ends,
		destination_not_allowed: ends,
		emergency_number: ends,
		duplicate: ends,
		shared_room: hopeless,
		caller_id_not_owned: hopeless,
		time_zone_missing: ends,
		tries_missing: ends,
		no_tries_left: ends,
		no_calls_left_today: again,
		outside_calling_hours: depends,
		no_place: again,
		call_limit: again,
		circuit_open: again,
		no_agent: again,
		canceled: hopeless,
	},
} as const satisfies Readonly<Record<string, Readonly<Record<string, Facts>>>>;

type Reasons = typeof reasons;

/** What became of a call. */
export type CallOutcome = keyof Reasons;

/** The reasons of one outcome. */
export type ReasonOf<Outcome extends CallOutcome> = keyof Reasons[Outcome];

/** Why a call came to its outcome, as a word for workflows, such as `ring_timeout`. */
export type Reason = { [Outcome in CallOutcome]: ReasonOf<Outcome> }[CallOutcome];

/** Why a row was not called on purpose. */
export type SkipReason = ReasonOf<'skipped'>;

/** How a call ended, for workflows. */
export interface Ending {
	readonly outcome: CallOutcome;
	readonly reason: Reason;
	/** Whether the same number may be called again later with some hope. Never true where a phone may be ringing. */
	readonly retryable: boolean;
}

/** What became of a transfer. */
export type TransferOutcome = 'transferred' | 'refused' | 'no_answer' | 'failed' | 'unknown';

/** Why a transfer came to its outcome: the reason of a call that met the same, or one of its own. */
export type TransferReason =
	| Reason
	| 'call_ended'
	| 'call_not_answered'
	| 'canceled'
	| 'carrier_stopped_reporting'
	| 'ongoing'
	| 'rejected'
	| 'transfer_failed';

/** How a transfer ended. */
export interface TransferEnding {
	readonly outcome: TransferOutcome;
	readonly reason: TransferReason;
	/** For people. */
	readonly message: string;
}

/** What the table says of a reason; undefined if that outcome has no such reason. */
export function factsOf(outcome: CallOutcome, reason: Reason): Facts | undefined {
	const found: Readonly<Partial<Record<Reason, Facts>>> = reasons[outcome];
	return found[reason];
}

/** An ending of the table. One whose `retryable` depends is not retryable, unless who knows the cause says so. */
export function ending<Outcome extends CallOutcome>(
	outcome: Outcome,
	reason: Reason & ReasonOf<Outcome>,
): Ending {
	return { outcome, reason, retryable: factsOf(outcome, reason)?.retryable === true };
}
