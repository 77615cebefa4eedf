import type { Refusal } from '../http/twirp';
import { plainLine } from '../plain';
import { type Ending, ending } from './reasons';

/** A SIP status of the callee's side, as Twirp's `meta` carries it. */
export interface SipStatus {
	readonly code: number;
	/** The carrier's own phrase, empty if it gave none. */
	readonly phrase: string;
}

/** What a SIP status means. */
interface Meaning {
	readonly call: Ending;
	/** For people. */
	readonly message: string;
	/** What to do about it, as a sentence. */
	readonly advice: string;
}

const refused: Meaning = {
	call: ending('carrier_error', 'carrier_refused'),
	message: 'The call was not connected',
	advice: 'Ask the carrier what it means.',
};
const trouble: Meaning = {
	call: ending('carrier_error', 'carrier_trouble'),
	message: 'The carrier has a technical fault',
	advice: 'Call again later, or ask the carrier.',
};
/** What a carrier means that refuses the user name or password of the trunk. */
export const trunkCredentials: Meaning = {
	call: ending('carrier_error', 'trunk_credentials'),
	message: "The carrier refused the trunk's user name or password",
	advice: 'Check user name and password of the outbound trunk.',
};
const media: Meaning = {
	call: ending('carrier_error', 'media_mismatch'),
	message: 'The other side does not accept the codecs or the encryption offered',
	advice: 'Check the codecs and the encryption of trunk and call.',
};

const carrierLimit = {
	call: ending('rate_limited', 'carrier_limit'),
	message: 'The carrier takes no more calls at the moment',
};

const callAgain = 'Call again later.';
const checkNumber = 'Check the number, with its country code.';
const askAccount = 'Look into your account at the carrier.';
const leaveAlone = 'The callee does not want this call.';

const identityRefused = { call: ending('carrier_error', 'caller_identity_refused') };
const undecipherable = { call: media.call };

// Of RFC 3261, 5079, 5360, 8197, 8224 and 8688, as carriers use them: 429 is "Too Many Requests" to them. What an
// entry leaves out is that of its class, see `ofClass`.
const statuses: Readonly<Record<number, Partial<Meaning>>> = {
	400: { message: 'The carrier did not accept the request' },
	401: trunkCredentials,
	402: {
		call: ending('carrier_error', 'payment_required'),
		message: "The carrier asks for payment: check the account's balance",
		advice: askAccount,
	},
	403: {
		call: ending('blocked', 'carrier_forbids'),
		message:
			"The carrier refused the call: check the caller ID, the trunk's credentials and which countries the account may call",
		advice: askAccount,
	},
	404: {
		call: ending('invalid_number', 'unknown_number'),
		message: 'The number does not exist',
		advice: checkNumber,
	},
	405: { message: 'The other side does not support this' },
	406: undecipherable,
	407: trunkCredentials,
	408: {
		call: ending('no_answer', 'callee_unreachable'),
		message: 'The callee could not be reached in time',
		advice: callAgain,
	},
	410: {
		call: ending('invalid_number', 'number_gone'),
		message: 'The number is no longer in use',
		advice: checkNumber,
	},
	415: { ...media, message: 'The other side does not support the media offered' },
	428: identityRefused,
	429: { ...carrierLimit, advice: 'Dial more slowly.' },
	433: { call: ending('blocked', 'anonymous_caller') },
	436: identityRefused,
	437: identityRefused,
	438: identityRefused,
	470: { call: ending('blocked', 'consent_needed') },
	480: {
		call: ending('no_answer', 'callee_unavailable'),
		message: 'The callee does not answer or is not reachable',
		advice: callAgain,
	},
	484: {
		call: ending('invalid_number', 'incomplete_number'),
		message: 'The number is not complete',
		advice: checkNumber,
	},
	485: { call: ending('invalid_number', 'ambiguous_number') },
	486: { call: ending('busy', 'busy'), message: 'The line is busy', advice: callAgain },
	487: {
		call: ending('no_answer', 'call_ended_before_answer'),
		message: 'The call was ended before it was answered',
		advice: callAgain,
	},
	488: media,
	493: undecipherable,
	500: trouble,
	502: trouble,
	503: trouble,
	504: trouble,
	600: {
		call: ending('busy', 'busy'),
		message: 'The callee is busy everywhere',
		advice: callAgain,
	},
	603: {
		call: ending('declined', 'declined'),
		message: 'The call was declined',
		advice: leaveAlone,
	},
	604: {
		call: ending('invalid_number', 'unknown_number'),
		message: 'The number does not exist anywhere',
		advice: checkNumber,
	},
	606: media,
	607: {
		call: ending('blocked', 'callee_blocks'),
		message: 'The callee has marked the call as unwanted',
		advice: leaveAlone,
	},
	608: {
		call: ending('blocked', 'callee_blocks'),
		message: "A service of the callee's carrier rejected the call",
		advice: leaveAlone,
	},
};

// A status that is no final refusal proves nothing.
const unclear: Meaning = { ...refused, call: ending('unknown', 'no_clear_answer') };
const redirected: Meaning = { ...refused, call: ending('carrier_error', 'redirected') };

function ofClass(code: number): Meaning {
	if (code < 300) return unclear;
	if (code < 400) return redirected;
	return code >= 500 && code < 600 ? { ...trouble, call: refused.call } : refused;
}

/** What a carrier says in its own words. */
interface CarrierPhrase extends Pick<Meaning, 'call' | 'message'> {
	readonly says: RegExp;
	/** Statuses that mean what they say, whatever stands behind them. */
	readonly butNot: readonly number[];
}

const busyOrNoNumber = [404, 410, 484, 486, 600, 604];

// Carriers' own texts say more than the status beside them: one 403 is a full trunk, a blocked country or a wrong
// caller ID. Twilio puts its text in X-Twilio-Error, which LiveKit hands on (livekit/sip pkg/sip/outbound.go), such as
// 5xx "CPS limit exceeded" and 32203 "Call blocked as potential fraud"; Telnyx in the reason phrase (D1, D11, D35, ...).
// The first that fits wins.
const phrases: readonly CarrierPhrase[] = [
	{
		says: /\bcps\b|calls? per second|rate.?limit|too many (calls|requests|channels|sessions)|throttl|concurren\w* .*limit|limit .*concurren|channel limit|call limit|(at|over|no|exceed\w*|insufficient) capacity|capacity (exceeded|reached)/i,
		butNot: busyOrNoNumber,
		...carrierLimit,
	},
	{
		says: /account (is )?(blocked|disabled|suspended|inactive|closed)|insufficient (funds|balance|credit)|out of (funds|credit)|(low|no|negative) balance|billing|connection (is )?(inactive|disabled)/i,
		butNot: [486, 600],
		call: ending('carrier_error', 'account_blocked'),
		message: 'The carrier has blocked the account or the trunk',
	},
	{
		says: /caller.?id|caller origination|\b(?:calling|caller|source|from|origin\w*)(?:[ -]party)?[ _-]?number\b|\ba-number\b|\b(?:ani|cli)\b|(?:invalid|wrong|unauthori[sz]ed|unknown) (?:from|caller|calling party|a number)\b/i,
		butNot: [486, 600, 607, 608],
		call: ending('carrier_error', 'caller_id_refused'),
		message: 'The carrier refused the caller ID',
	},
	{
		says: /(invalid|not a valid|unallocated|unassigned|malformed) .{0,20}number|destination number .*invalid/i,
		butNot: [486, 600, 603],
		call: ending('invalid_number', 'unknown_number'),
		message: 'The carrier does not know the number',
	},
	{
		says: /block|black.?list|white.?list|(?<!\bmethod )not (permitted|allowed)|geo.?permission|international permission|unverified|do.?not.?call|fraud|spam|^(32203|32205|13225|13227|21215|21216)\b/i,
		butNot: [...busyOrNoNumber, 433, 607, 608],
		call: ending('blocked', 'carrier_forbids'),
		message: 'The carrier does not connect calls to this number',
	},
];

/** A carrier may write what it likes there; nobody reads more, and an AI model should not. */
const longestPhrase = 120;

/**
 * The SIP status in a refusal's `meta`, or in its text if something on the way dropped `meta`; undefined if the
 * callee's side never answered. Its phrase has no control characters and at most 120 characters.
 */
export function sipStatusOf(refusal: Refusal): SipStatus | undefined {
	const [, said, saidPhrase = ''] =
		/\bsip status: (\d{3})\b(?:: (.*))?/s.exec(refusal.message) ?? [];
	const code = Number(refusal.meta.sip_status_code ?? said);
	if (!Number.isInteger(code) || code < 100) return undefined;
	const phrase = plainLine(refusal.meta.sip_status ?? saidPhrase, longestPhrase).trim();
	return { code, phrase: phrase.startsWith('SIP_STATUS_') ? '' : phrase };
}

/** A SIP status as it was said: `(SIP 486 Busy Here)`. */
export function sipPhrase({ code, phrase }: SipStatus): string {
	return `(SIP ${code}${phrase ? ` ${phrase}` : ''})`;
}

/** What a SIP status means by its number alone. */
export function meaningOf({ code }: SipStatus): Meaning {
	return { ...ofClass(code), ...statuses[code] };
}

/** What the carrier's own words beside a SIP status mean; undefined if they say no more than the status. */
export function saidByCarrier({ code, phrase }: SipStatus): CarrierPhrase | undefined {
	// A status that is no final refusal proves nothing, whatever stands behind it.
	if (code < 300) return undefined;
	return phrases.find(({ says, butNot }) => says.test(phrase) && !butNot.includes(code));
}
