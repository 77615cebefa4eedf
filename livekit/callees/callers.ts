import type { JsonObject } from '../json';
import { type Named, destination, headersNamed, readNamed, trimmed } from './named';

// Headers that tell a carrier, and the callee's phone, who calls (RFC 3325, RFC 5806, RFC 7044, RFC 8496, RFC 3892, RFC 5502; the
// draft of Remote-Party-ID). LiveKit itself refuses From.
const callerHeaders = new Set([
	'p-asserted-identity',
	'p-preferred-identity',
	'remote-party-id',
	'diversion',
	'history-info',
	'p-charge-info',
	'p-served-user',
	'referred-by',
	'b',
	'from',
	'f',
]);

/**
 * Finds as whom a call shows itself: its caller ID, the user of the From header that takes its place, and every header
 * by which carriers go. The headers of a stored trunk are not among them: like its numbers they are set by whoever may change it.
 *
 * @param body CreateSIPParticipantRequest
 */
export function shownBy(body: JsonObject): Named {
	const callerId = trimmed(body.sip_number);
	const { numbers, faults } = readNamed([
		...destination(body.sip_from_header, '{sip_from_header}', 'sip_from_header'),
		...headersNamed(body.headers, callerHeaders),
	]);
	const first = callerId === '' ? [] : [{ number: callerId, name: 'The caller ID' }];
	return { numbers: [...first, ...numbers], faults };
}
