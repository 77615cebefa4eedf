import { type Fault, type JsonObject, isObject } from '../json';
import { userOfUri } from './uri';

/** A number that a request makes, or may make, the carrier call. */
export interface CalledNumber {
	readonly number: string;
	/** What it is: the beginning of a sentence, with fields of the form in braces, such as `{to_user_override}`. */
	readonly name: string;
}

function trimmed(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

interface Address {
	readonly uri: string;
	readonly name: string;
	readonly path: string;
}

/** What names a callee besides the number, each as a URI. */
function addressesIn({
	sip_request_uri: request,
	to_user_override: toUser,
}: JsonObject): Address[] {
	const given = isObject(request) ? request : {};
	const values = isObject(given.values) ? given.values : {};
	const [raw, user, to] = [given.raw, values.user, toUser].map(trimmed);
	const host = trimmed(values.host) || trimmed(values.ip) || 'host';
	const addresses: Address[] = [
		{ uri: raw, name: 'The user of {sip_request_uri}', path: 'sip_request_uri.raw' },
		{
			uri: user && `sip:${user}@${host}`,
			name: 'The user of {sip_request_uri}',
			path: 'sip_request_uri.values.user',
		},
		// This leaves the request URI alone, but a carrier may go by the To header.
		{ uri: to && `sip:${to}@host`, name: '{to_user_override}', path: 'to_user_override' },
	];
	return addresses.filter(({ uri }) => uri !== '');
}

/**
 * Finds whom a call asks the carrier for: the number to call, the user of the request URI, which takes precedence, and the
 * user of the To header. What cannot be read is a fault, because no rule can be applied to it.
 *
 * @param body CreateSIPParticipantRequest
 */
export function calledBy(body: JsonObject): {
	readonly numbers: readonly CalledNumber[];
	readonly faults: readonly Fault[];
} {
	const number = String(body.sip_call_to);
	const numbers: CalledNumber[] = [{ number, name: 'The number' }];
	const faults: Fault[] = [];
	// With its percent signs decoded, a SIP user name may be a number.
	const escaped = number.includes('%') ? userOfUri(`sip:${number}@host`) : undefined;
	if (escaped && 'value' in escaped) numbers.push({ number: escaped.value, name: 'The number' });
	for (const { uri, name, path } of addressesIn(body)) {
		const read = userOfUri(uri);
		if ('fault' in read) faults.push({ path, message: read.fault });
		else if (read.value !== '') numbers.push({ number: read.value, name });
	}
	return { numbers, faults };
}
