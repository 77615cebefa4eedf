import { readNumber } from '../callees/number';
import { withoutSwitches } from '../callees/reading';
import { userOfUri } from '../callees/uri';
import type { Result } from '../result';

/** Why callers cannot type a PIN, undefined if they can. The bridge stops reading after 16 digits. */
export function pinFault(pin: string): string | undefined {
	if (/^\d+#$/.test(pin))
		return 'must not end in "#": that is the key callers press after the PIN. Leave it out';
	if (!/^\d+$/.test(pin)) return 'must consist of digits, since callers type it on their phone';
	return pin.length > 16 ? 'is longer than 16 digits, and LiveKit stops reading there' : undefined;
}

/** Why a text cannot be sent as DTMF, undefined if it can. */
export function dtmfFault(text: string): string | undefined {
	if (/^[0-9*#A-Dw]+$/.test(text)) return undefined;
	const rule = 'may hold digits, * # A-D and w (a pause of half a second) only';
	const paused = text.replace(/\s/g, '').replace(/[,p]/gi, 'ww');
	return /,/.test(text) && /^[0-9*#A-Dw]+$/.test(paused)
		? `${rule}. For pauses write w instead of commas: ${paused}`
		: rule;
}

/**
 * Reads the number that a call shows, as every number is read. One without a country code stays as it is: some carriers want
 * it so. The same goes for a SIP user name.
 *
 * @returns the number, or what is wrong: the rest of a sentence that begins with the field
 */
export function callerNumber(text: string): Result<string> {
	const read = readNumber(text, { allowUserNames: true, allowUnusual: true });
	if ('fault' in read) return { fault: read.fault };
	return read.keys === undefined
		? { value: read.number }
		: { fault: `"${text}" holds an extension, which no carrier shows. Give ${read.number} alone` };
}

const example = '+15551234567';

/** Why a SIP URI is no target, undefined if it is one. Without a host nobody knows which server is meant. */
function uriFault(uri: string): string | undefined {
	const user = userOfUri(uri);
	if ('fault' in user) return user.fault;
	return user.value === '' || uri.includes('@')
		? undefined
		: `"${uri}" names no host. Write it like sip:${user.value}@sip.example.com, or give the number alone`;
}

/**
 * Writes the target of a transfer as a URI. A phone number is read as everywhere, see `readNumber`, and becomes
 * `tel:+digits`.
 *
 * @returns the URI, or what is wrong: the rest of a sentence that begins with the field
 */
export function transferTarget(text: string): Result<string> {
	const target = text.trim();
	if (/^<?sips?:/i.test(target)) {
		const fault = uriFault(target);
		return fault === undefined ? { value: target } : { fault };
	}
	const number = target.replace(/^<?tel:|>$/gi, '');
	// A short number or parameters behind tel: are what somebody wrote on purpose.
	const isOwn = /^\d{1,6}$/.test(number) || (number.includes(';') && !/[\s<>]/.test(number));
	if (isOwn && /^<?tel:/i.test(target)) return { value: target };
	const read = readNumber(number);
	if ('fault' in read) {
		// Those switches are for whom a campaign calls; a person is not handed over to a number that nobody has.
		return {
			fault: `${withoutSwitches(read)}. Give a phone number such as ${example}, or a URI that starts with sip:, sips: or tel:`,
		};
	}
	if (read.keys !== undefined)
		return {
			fault: `holds an extension, which a transfer cannot dial. Give the number alone: ${read.number}`,
		};
	if (read.number.startsWith('+')) return { value: `tel:${read.number}` };
	return {
		fault: `is ${read.number}, which needs its country code, such as ${example}; or give a URI such as tel:100`,
	};
}

/**
 * Warns about a number of a dispatch rule that calls are unlikely to match. Rules compare numbers as exact text, whereas
 * trunks ignore their formatting (livekit/protocol sip/sip.go).
 */
export function ruleNumberWarning(number: string): string | undefined {
	if (/^[+\d][\d\s().-]*$/.test(number) && /[\s().-]/.test(number)) {
		return `"${number}" holds formatting characters. LiveKit compares it with the call as exact text, so no call will match: write ${number.replace(/[^\d+]/g, '')}`;
	}
	// What begins with 0 lacks more than the plus.
	if (/^[1-9]\d{5,}$/.test(number)) {
		return `"${number}" has no "+". LiveKit compares it with the call as exact text: most carriers send +${number}`;
	}
	return undefined;
}
