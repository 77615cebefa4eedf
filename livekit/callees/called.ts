import { type Fault, type JsonObject, isObject } from '../json';
import { userOfUri } from './uri';

/** A number that a request makes the carrier call, or may. */
export interface CalledNumber {
	readonly number: string;
	/** What it is, as the start of a sentence; labels of the form stand in it by name, such as `{to_user_override}`. */
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

/** The places besides the number that name a callee, each as a URI. */
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
		// LiveKit leaves the request URI alone then, but a carrier may go by the To header.
		{ uri: to && `sip:${to}@host`, name: '{to_user_override}', path: 'to_user_override' },
	];
	return addresses.filter(({ uri }) => uri !== '');
}

/**
 * Whom a call asks the carrier for: the number to call, the user of a Request URI, which goes before it, and that of the To
 * header. What cannot be read is a fault, since no rule could be held against it.
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
	// A SIP user name may hold percent signs, and be a number behind them.
	const escaped = number.includes('%') ? userOfUri(`sip:${number}@host`) : undefined;
	if (escaped && 'value' in escaped) numbers.push({ number: escaped.value, name: 'The number' });
	for (const { uri, name, path } of addressesIn(body)) {
		const read = userOfUri(uri);
		if ('fault' in read) faults.push({ path, message: read.fault });
		else if (read.value !== '') numbers.push({ number: read.value, name });
	}
	return { numbers, faults };
}
