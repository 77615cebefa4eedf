import { explain } from './refusals';
import { entryOf } from '../json';
import { type CallOutcome, type Reason, factsOf } from './reasons';
import { type SipStatus, sipPhrase, sipStatusOf, sipWords } from './sipStatus';
import type { Refusal } from '../http/twirp';

export type { CallOutcome, Reason, SkipReason } from './reasons';

/** The fate of a dial that was not answered. */
export interface Fate {
	readonly outcome: CallOutcome;
	/** Why, as a word for workflows, such as `ring_timeout`. */
	readonly reason: Reason;
	/** Whether the same number may be called again later with some hope. Never true where a phone may be ringing. */
	readonly retryable: boolean;
	readonly sipStatus?: SipStatus;
	/** For people. */
	readonly message: string;
}

type Verdict = readonly [outcome: CallOutcome, reason: Reason, retryable: boolean];

const mediaMismatch: Verdict = ['carrier_error', 'media_mismatch', false];
const trunkCredentials: Verdict = ['carrier_error', 'trunk_credentials', false];
const identityRefused: Verdict = ['carrier_error', 'caller_identity_refused', false];
const unknownNumber: Verdict = ['invalid_number', 'unknown_number', false];
const unclear: Verdict = ['unknown', 'no_clear_answer', false];

// RFC 3261, 5079, 5360, 8197, 8224, 8688; what carriers mean by it (reference 1.7). 429 is "Too Many Requests" to them.
const bySip: Readonly<Record<number, Verdict>> = {
	401: trunkCredentials,
	402: ['carrier_error', 'payment_required', false],
	403: ['blocked', 'carrier_forbids', false],
	404: unknownNumber,
	406: mediaMismatch,
	407: trunkCredentials,
	408: ['no_answer', 'callee_unreachable', true],
	410: ['invalid_number', 'number_gone', false],
	415: mediaMismatch,
	428: identityRefused,
	429: ['rate_limited', 'carrier_limit', true],
	433: ['blocked', 'anonymous_caller', false],
	436: identityRefused,
	437: identityRefused,
	438: identityRefused,
	470: ['blocked', 'consent_needed', false],
	480: ['no_answer', 'callee_unavailable', true],
	484: ['invalid_number', 'incomplete_number', false],
	485: ['invalid_number', 'ambiguous_number', false],
	486: ['busy', 'busy', true],
	487: ['no_answer', 'call_ended_before_answer', true],
	488: mediaMismatch,
	493: mediaMismatch,
	500: ['carrier_error', 'carrier_trouble', true],
	502: ['carrier_error', 'carrier_trouble', true],
	503: ['carrier_error', 'carrier_trouble', true],
	504: ['carrier_error', 'carrier_trouble', true],
	600: ['busy', 'busy', true],
	603: ['declined', 'declined', false],
	604: unknownNumber,
	606: mediaMismatch,
	607: ['blocked', 'callee_blocks', false],
	608: ['blocked', 'callee_blocks', false],
};

interface Phrase {
	readonly says: RegExp;
	/** Statuses that mean what they say, whatever stands behind them. */
	readonly butNot: readonly number[];
	readonly verdict: Verdict;
	readonly words: string;
}

const busyOrNoNumber = [404, 410, 484, 486, 600, 604];

// The carriers' own texts, which say more than the status beside them: one 403 is a full trunk, a blocked country or a
// wrong caller ID. Twilio's stand in `X-Twilio-Error`, which LiveKit hands on (livekit/sip pkg/sip/outbound.go, errors.go:
// 5xx "CPS limit exceeded", 32203 "Call blocked as potential fraud"), Telnyx's in the reason phrase (D1, D11, D35, ...).
const byPhrase: readonly Phrase[] = [
	{
		says: /\bcps\b|calls? per second|rate.?limit|too many (calls|requests|channels|sessions)|throttl|concurren\w* .*limit|limit .*concurren|channel limit|call limit|(at|over|no|exceed\w*|insufficient) capacity|capacity (exceeded|reached)/i,
		butNot: busyOrNoNumber,
		verdict: ['rate_limited', 'carrier_limit', true],
		words: 'The carrier takes no more calls at the moment',
	},
	{
		says: /account (is )?(blocked|disabled|suspended|inactive|closed)|insufficient (funds|balance|credit)|out of (funds|credit)|(low|no|negative) balance|billing|connection (is )?(inactive|disabled)/i,
		butNot: [486, 600],
		verdict: ['carrier_error', 'account_blocked', false],
		words: 'The carrier has blocked the account or the trunk',
	},
	{
		says: /caller.?id|caller origination|\b(?:calling|caller|source|from|origin\w*)(?:[ -]party)?[ _-]?number\b|\ba-number\b|\b(?:ani|cli)\b|(?:invalid|wrong|unauthori[sz]ed|unknown) (?:from|caller|calling party|a number)\b/i,
		butNot: [486, 600, 607, 608],
		verdict: ['carrier_error', 'caller_id_refused', false],
		words: 'The carrier refused the caller ID',
	},
	{
		says: /(invalid|not a valid|unallocated|unassigned|malformed) .{0,20}number|destination number .*invalid/i,
		butNot: [486, 600, 603],
		verdict: ['invalid_number', 'unknown_number', false],
		words: 'The carrier does not know the number',
	},
	{
		says: /block|black.?list|white.?list|(?<!\bmethod )not (permitted|allowed)|geo.?permission|international permission|unverified|do.?not.?call|fraud|spam|^(32203|32205|13225|13227|21215|21216)\b/i,
		butNot: [...busyOrNoNumber, 433, 607, 608],
		verdict: ['blocked', 'carrier_forbids', false],
		words: 'The carrier does not connect calls to this number',
	},
];

/** What a SIP status means, with its words where they are the carrier's and not the status's. */
function ofSip(status: SipStatus): { readonly verdict: Verdict; readonly words?: string } {
	// A status that is no final refusal proves nothing.
	if (status.code < 300) return { verdict: unclear };
	const said = byPhrase.find(
		({ says, butNot }) => says.test(status.phrase) && !butNot.includes(status.code),
	);
	return (
		said ?? {
			verdict: bySip[status.code] ?? [
				'carrier_error',
				status.code < 400 ? 'redirected' : 'carrier_refused',
				false,
			],
		}
	);
}

// Texts of LiveKit where no SIP status came (reference 1.6, livekit/sip pkg/sip/outbound.go). The first that fits wins.
// "sip request timed out" is the bridge's after its CANCEL; a deadline of the server says that the bridge did not report
// even then, or that the callee answered and the DTMF took too long.
const byText: ReadonlyArray<readonly [pattern: RegExp, verdict: Verdict, code?: string]> = [
	[/no response from servers/, ['not_sent', 'no_sip_service', true]],
	[/no servers available|cpu exhausted/, ['not_sent', 'sip_service_full', true]],
	[/redis required|sip not connected/, ['not_sent', 'no_sip_service', false]],
	[/update room failed/, ['not_sent', 'room_failed', true]],
	[/sip request timed out/, ['no_answer', 'ring_timeout', true]],
	[/request timed out|deadline exceeded/, ['unknown', 'server_deadline', false]],
	[/service shutting down/, ['unknown', 'sip_service_stopped', false]],
	[/transaction failed to complete \(0 /, ['carrier_error', 'carrier_silent', true]],
	[/transaction failed to complete/, ['unknown', 'carrier_silent', false]],
	[/auth retry attempts|required auth|no auth header/i, trunkCredentials],
	[
		/no such host|server misbehaving|connection refused|no route to host|network is unreachable|\bdial .*i\/o timeout/,
		['carrier_error', 'carrier_unreachable', true],
	],
	[/\b(tls|x509): /, ['carrier_error', 'carrier_tls', false]],
	[/\b(codecs?|sdp|crypto|srtp)\b/i, mediaMismatch, 'failed_precondition'],
	[/permissions?[ _]denied/, ['not_sent', 'credential', false], 'permission_denied'],
	[/no numbers on outbound trunk/, ['not_sent', 'refused_input', false]],
];

const byCode: Readonly<Record<string, Verdict>> = {
	no_answer: ['not_sent', 'no_connection', true],
	unknown_fate: ['unknown', 'connection_lost', false],
	no_credential: ['not_sent', 'credential', false],
	unauthenticated: ['not_sent', 'credential', false],
	invalid_argument: ['not_sent', 'refused_input', false],
	malformed: ['not_sent', 'refused_input', false],
	too_large: ['not_sent', 'refused_input', false],
	unimplemented: ['not_sent', 'not_supported', false],
	not_found: ['not_sent', 'trunk_missing', false],
	bad_route: ['not_sent', 'server_too_old', false],
	no_service: ['not_sent', 'no_livekit', false],
	wrong_region: ['not_sent', 'wrong_region', false],
	resource_exhausted: ['rate_limited', 'livekit_limit', true],
};

// With these a gateway or another website refuses or redirects in LiveKit's place: it has passed nothing on. Any other
// answer that is not LiveKit's may be that of a gateway that gave up waiting, or one that was cut.
const refusedByOthers: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 421]);

function ofForeign(status: number): Verdict {
	if (status === 429) return ['rate_limited', 'gateway_limit', true];
	const redirected = status >= 300 && status < 400;
	return redirected || refusedByOthers.has(status) ? ['not_sent', 'no_livekit', false] : unclear;
}

function withoutSip(refusal: Refusal): Verdict {
	if (refusal.code === 'foreign') return ofForeign(refusal.status);
	// The words of n8n's own codes are not LiveKit's texts.
	const fits = ([pattern, , code]: (typeof byText)[number]) =>
		pattern.test(refusal.message) && (!code || code === refusal.code);
	const text = refusal.status === 0 ? undefined : byText.find(fits);
	return text?.[1] ?? entryOf(byCode, refusal.code) ?? unclear;
}

/**
 * The fate of a dial that LiveKit refused, by what the callee's side said (`meta`), never by the HTTP status: one
 * busy line is 429, 412 or 503 depending on the age of the bridge. What proves nothing is `unknown`: the phone may
 * be ringing, so it is not for a retry.
 */
export function fateOf(refusal: Refusal): Fate {
	const sipStatus = sipStatusOf(refusal);
	if (!sipStatus) {
		const [outcome, reason, retryable] = withoutSip(refusal);
		const { message, advice } = explain(refusal);
		const fate = outcome === 'unknown' ? `${message}. The phone may have rung` : message;
		return { outcome, reason, retryable, message: `${fate.replace(/\.$/, '')}. ${advice}` };
	}
	const { verdict, words } = ofSip(sipStatus);
	const [outcome, reason, retryable] = verdict;
	return {
		outcome,
		reason,
		retryable,
		sipStatus,
		message: words ? `${words} ${sipPhrase(sipStatus)}` : sipWords(sipStatus),
	};
}

/** Whether nothing was sent for a reason that every other row of the run would meet too. */
export function isSystemic({
	outcome,
	reason,
}: {
	readonly outcome: CallOutcome;
	readonly reason: Reason | null;
}): boolean {
	return reason !== null && factsOf(outcome, reason)?.systemic === true;
}
