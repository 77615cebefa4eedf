import type { Refusal } from '../http/twirp';

/** A SIP status of the callee's side, as Twirp's `meta` carries it. */
export interface SipStatus {
	readonly code: number;
	/** The carrier's own phrase, empty when it gave none. */
	readonly phrase: string;
}

// What a SIP status means to the person who reads the result (RFC 3261, RFC 8197 and reference 1.7).
const words: Readonly<Record<number, string>> = {
	400: 'The carrier did not accept the request',
	401: "The carrier refused the trunk's user name or password",
	402: "The carrier asks for payment: check the account's balance",
	403: "The carrier refused the call: check the caller ID, the trunk's credentials and which countries the account may call",
	404: 'The number does not exist',
	405: 'The other side does not support this',
	407: "The carrier refused the trunk's user name or password",
	408: 'The callee could not be reached in time',
	410: 'The number is no longer in use',
	415: 'The other side does not support the media offered',
	429: 'The carrier takes no more calls at the moment',
	480: 'The callee does not answer or is not reachable',
	484: 'The number is not complete',
	486: 'The line is busy',
	487: 'The call was ended before it was answered',
	488: 'The other side does not accept the codecs or the encryption offered',
	600: 'The callee is busy everywhere',
	603: 'The call was declined',
	604: 'The number does not exist anywhere',
	606: 'The other side does not accept the codecs or the encryption offered',
	607: 'The callee has marked the call as unwanted',
	608: "A service of the callee's carrier rejected the call",
};

/**
 * The SIP status in a refusal's `meta`, or in its text where something on the way dropped `meta`; undefined where the
 * callee's side never answered.
 */
export function sipStatusOf(refusal: Refusal): SipStatus | undefined {
	const [, said, saidPhrase = ''] =
		/\bsip status: (\d{3})\b(?:: (.*))?/s.exec(refusal.message) ?? [];
	const code = Number(refusal.meta.sip_status_code ?? said);
	if (!Number.isInteger(code) || code < 100) return undefined;
	const phrase = (refusal.meta.sip_status ?? saidPhrase).trim();
	return { code, phrase: phrase.startsWith('SIP_STATUS_') ? '' : phrase };
}

/** A SIP status in words, with the carrier's phrase and the code: `The line is busy (SIP 486 Busy Here)`. */
export function sipWords({ code, phrase }: SipStatus): string {
	const meaning =
		words[code] ??
		(code >= 500 && code < 600
			? 'The carrier has a technical fault'
			: 'The call was not connected');
	return `${meaning} ${sipPhrase({ code, phrase })}`;
}

/** A SIP status as it was said: `(SIP 486 Busy Here)`. */
export function sipPhrase({ code, phrase }: SipStatus): string {
	return `(SIP ${code}${phrase ? ` ${phrase}` : ''})`;
}

const advices: ReadonlyArray<readonly [readonly number[], string]> = [
	[[408, 480, 486, 487, 600], 'Call again later.'],
	[[429], 'Dial more slowly.'],
	[[404, 410, 484, 604], 'Check the number, with its country code.'],
	[[401, 407], 'Check user name and password of the outbound trunk.'],
	[[402, 403], 'Look into your account at the carrier.'],
	[[415, 488, 606], 'Check the codecs and the encryption of trunk and call.'],
	[[603, 607, 608], 'The callee does not want this call.'],
];

/** What to do about a SIP status, as a sentence. */
export function sipAdvice({ code }: SipStatus): string {
	const known = advices.find(([codes]) => codes.includes(code));
	return known
		? known[1]
		: code >= 500 && code < 600
			? 'Call again later, or ask the carrier.'
			: 'Ask the carrier what it means.';
}
