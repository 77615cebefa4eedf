import type { JsonObject } from '../json';
import {
	type Address,
	type Named,
	type NamedUser,
	destination,
	headersNamed,
	readNamed,
	trimmed,
} from './named';
import { readNumber } from './number';
import type { NumberOptions } from './reading';
import type { Result } from '../result';
import { userOfUri } from './uri';

// Headers beside the To header of the request that carriers may go by (RFC 3261, RFC 7315). LiveKit refuses the compact form of To and Refer-To.
const calleeHeaders = new Set(['to', 't', 'p-called-party-id', 'refer-to', 'r']);

/** What names a callee besides the number, each as a URI. */
function addressesIn(body: JsonObject): Address[] {
	const [toUser, transferTo] = [body.to_user_override, body.transfer_to].map(trimmed);
	return [
		...destination(body.sip_request_uri, 'The user of {sip_request_uri}', 'sip_request_uri'),
		// This leaves the request URI alone, but a carrier may go by the To header.
		...(toUser === ''
			? []
			: [{ uri: `sip:${toUser}@host`, name: '{to_user_override}', path: 'to_user_override' }]),
		...(transferTo === '' ? [] : [{ uri: transferTo, name: '{transfer_to}', path: 'transfer_to' }]),
		...headersNamed(body.headers, calleeHeaders),
	];
}

/** The user of a URI, or its host if it names no user: a transfer to a host is one to whoever answers there. */
function userOrHost(uri: string): Result<string> {
	const user = userOfUri(uri);
	if ('fault' in user || user.value !== '') return user;
	return { value: uri.replace(/^<|>$/g, '').replace(/^\w+:(?:\/\/)?/, '') };
}

// The prefix of a wholesale carrier (1234#), and service codes such as *67, which hides the caller.
const behindCode = /^(?:[*#]\d{2}#?|[\d*+]*\d[#*]+)(\+?\d{3,})$/;

/** A user, and the number that a carrier calls behind what it reads as a prefix or a service code. */
function withNumberBehindCode(user: NamedUser): NamedUser[] {
	const number = behindCode.exec(user.number)?.[1];
	return number === undefined ? [user] : [user, { ...user, number }];
}

/**
 * Finds whom a call or a transfer asks the carrier for: the number to call, the user of the request URI, which takes
 * precedence, that of the To header and of headers beside it, and the target of a transfer.
 *
 * @param body CreateSIPParticipantRequest or TransferSIPParticipantRequest
 */
export function calledBy(body: JsonObject): Named {
	const number = body.sip_call_to === undefined ? '' : String(body.sip_call_to);
	const numbers: NamedUser[] = number === '' ? [] : [{ number, name: 'The number' }];
	// With its percent signs decoded, or up to a question mark, a SIP user name may be a number.
	const escaped = /[%?]/.test(number) ? userOfUri(`sip:${number}@host`) : undefined;
	if (escaped && 'value' in escaped) numbers.push({ number: escaped.value, name: 'The number' });
	const transfers = body.transfer_to !== undefined;
	const { numbers: others, faults } = readNamed(
		addressesIn(body),
		transfers ? userOrHost : userOfUri,
	);
	return { numbers: [...numbers, ...others].flatMap(withNumberBehindCode), faults };
}

/**
 * The subscribers that a called number can reach. The carrier gets the digits of an address as they are, so they count with
 * and without the default country.
 */
export function subscribersOf(number: string, options: NumberOptions): readonly string[] {
	const all = { ...options, allowUserNames: true, allowUnusual: true };
	// What is unusual as it stands may be an ordinary number behind what is dialled before numbers abroad: 0011 971 2.
	const ways = [all, { ...all, allowUnusual: false }];
	const readings = ways
		.flatMap((one) => [{ ...one, defaultCountry: '' }, one])
		.map((one) => readNumber(number, one));
	const read = readings.flatMap((one) => ('number' in one ? [one.number] : []));
	return [...new Set(read.length > 0 ? read : [number])];
}
