import { type Refusal, readAnswer } from '../../../livekit/http/twirp';

/** The refusal that an HTTP answer is. */
export function refusal(status: number, body: unknown): Refusal {
	const answer = readAnswer({ status, body });
	if (!('refusal' in answer)) throw new Error('expected a refusal');
	return answer.refusal;
}

/** A refusal of LiveKit's inner bus, as Twirp answers it. */
export function twirp(
	status: number,
	code: string,
	msg: string,
	meta: Record<string, unknown> = {},
): Refusal {
	return refusal(status, { code, msg: `twirp error unknown: ${msg}`, meta });
}

/** A dial that the callee's side refused. */
export function said(code: number, phrase: string): Refusal {
	return twirp(412, 'failed_precondition', `INVITE failed: sip status: ${code}: ${phrase}`, {
		sip_status_code: String(code),
		sip_status: phrase,
	});
}

/** A refusal of n8n's own: no answer came. */
export function own(code: string): Refusal {
	return { status: 0, code, message: 'LiveKit did not answer in time', meta: {} };
}

const media = 'carrier_error media_mismatch';
const identity = 'carrier_error caller_identity_refused';
const refused = 'carrier_error carrier_refused';
const trouble = 'carrier_error carrier_trouble again';
const redirected = 'carrier_error redirected';
const proves = 'unknown no_clear_answer';

/** What a dial comes to with each SIP status of SIPStatusCode but 0, which stands for "no status". */
export const bySipStatus: Record<number, string> = {
	100: proves,
	180: proves,
	181: proves,
	182: proves,
	183: proves,
	199: proves,
	200: proves,
	202: proves,
	204: proves,
	300: redirected,
	301: redirected,
	302: redirected,
	305: redirected,
	380: redirected,
	400: refused,
	401: 'carrier_error trunk_credentials',
	402: 'carrier_error payment_required',
	403: 'blocked carrier_forbids',
	404: 'invalid_number unknown_number',
	405: refused,
	406: media,
	407: 'carrier_error trunk_credentials',
	408: 'no_answer callee_unreachable again',
	409: refused,
	410: 'invalid_number number_gone',
	411: refused,
	412: refused,
	413: refused,
	414: refused,
	415: media,
	416: refused,
	417: refused,
	420: refused,
	421: refused,
	422: refused,
	423: refused,
	424: refused,
	425: refused,
	428: identity,
	429: 'rate_limited carrier_limit again',
	430: refused,
	433: 'blocked anonymous_caller',
	436: identity,
	437: identity,
	438: identity,
	439: refused,
	440: refused,
	469: refused,
	470: 'blocked consent_needed',
	480: 'no_answer callee_unavailable again',
	481: refused,
	482: refused,
	483: refused,
	484: 'invalid_number incomplete_number',
	485: 'invalid_number ambiguous_number',
	486: 'busy busy again',
	487: 'no_answer call_ended_before_answer again',
	488: media,
	489: refused,
	491: refused,
	493: media,
	494: refused,
	500: trouble,
	501: refused,
	502: trouble,
	503: trouble,
	504: trouble,
	505: refused,
	513: refused,
	600: 'busy busy again',
	603: 'declined declined',
	604: 'invalid_number unknown_number',
	606: media,
	607: 'blocked callee_blocks',
	608: 'blocked callee_blocks',
};

/** What a dial comes to with a SIP status and a carrier's own words beside it. */
export const byPhrase: ReadonlyArray<readonly [code: number, phrase: string, fate: string]> = [
	[503, 'CPS limit exceeded', 'rate_limited carrier_limit again'],
	[503, 'Concurrent call limit exceeded', 'rate_limited carrier_limit again'],
	[500, 'Calls per second exceeded', 'rate_limited carrier_limit again'],
	[403, 'User channel limit exceeded D1', 'rate_limited carrier_limit again'],
	[603, 'Too Many Calls', 'rate_limited carrier_limit again'],
	[429, 'Too Many Requests', 'rate_limited carrier_limit again'],
	[480, 'Rate limited', 'rate_limited carrier_limit again'],
	[483, 'Too Many Hops', refused],
	[486, 'Callee is over its call limit', 'busy busy again'],
	[404, '32203 Call blocked as potential fraud', 'invalid_number unknown_number'],
	[400, '32203 Call blocked as potential fraud', 'blocked carrier_forbids'],
	[400, '13227 Geo Permission configuration is not permitting call', 'blocked carrier_forbids'],
	[
		400,
		'The number +15555550100 is unverified. Trial accounts may only make calls to verified numbers.',
		'blocked carrier_forbids',
	],
	[403, 'Dialed number is not included in whitelisted countries D13', 'blocked carrier_forbids'],
	[403, 'No International Permission', 'blocked carrier_forbids'],
	[603, 'Number is on the do-not-call list', 'blocked carrier_forbids'],
	[608, 'Rejected: blocked', 'blocked callee_blocks'],
	[403, 'Caller Origination Number is Invalid D35', 'carrier_error caller_id_refused'],
	[403, 'Caller ID is unauthorized', 'carrier_error caller_id_refused'],
	[403, 'Invalid calling party number', 'carrier_error caller_id_refused'],
	[403, 'Invalid source number', 'carrier_error caller_id_refused'],
	[403, 'A-number is not valid', 'carrier_error caller_id_refused'],
	[403, 'Invalid A number', 'carrier_error caller_id_refused'],
	[403, 'Originating number not allowed', 'carrier_error caller_id_refused'],
	[403, 'Not a valid originating number', 'carrier_error caller_id_refused'],
	[403, 'From number is not verified', 'carrier_error caller_id_refused'],
	[403, 'Invalid From number', 'carrier_error caller_id_refused'],
	[400, 'CLI not permitted', 'carrier_error caller_id_refused'],
	[404, 'Unallocated calling number', 'carrier_error caller_id_refused'],
	[603, 'Unauthorized source number', 'carrier_error caller_id_refused'],
	[607, 'Calling number is unwanted', 'blocked callee_blocks'],
	[403, 'Unauthorized source IP address', 'blocked carrier_forbids'],
	[403, 'Invalid called party number', 'invalid_number unknown_number'],
	[404, 'Invalid B-number', 'invalid_number unknown_number'],
	[404, 'Unallocated (unassigned) number', 'invalid_number unknown_number'],
	[404, 'Not a number', 'invalid_number unknown_number'],
	[405, 'Method Not Allowed', refused],
	[405, 'Method not allowed (INVITE)', refused],
	[403, 'International calls not allowed', 'blocked carrier_forbids'],
	[405, 'Calls to this country are not permitted', 'blocked carrier_forbids'],
	[403, 'Destination Number +1555 is invalid D11', 'invalid_number unknown_number'],
	[400, 'Invalid phone number', 'invalid_number unknown_number'],
	[404, 'Account blocked', 'carrier_error account_blocked'],
	[503, 'Insufficient balance', 'carrier_error account_blocked'],
	[603, 'Decline', 'declined declined'],
	[486, 'Busy Here', 'busy busy again'],
];

const sdp = (text: string) => twirp(412, 'failed_precondition', text);
const tooLate = 'carrier_error failed_after_answer';

/**
 * Refusals that can follow the callee's 200 OK (livekit/sip pkg/sip/outbound.go `sipSignal` and `dialSIP`, media_port.go
 * `ProcessAnswer`, errors.go; livekit/media-sdk sdp/sdp.go; Go's net). Some of the texts come before the INVITE as well.
 */
export const afterAnswer: ReadonlyArray<readonly [fate: string, refusal: Refusal]> = [
	// Invite, of the response
	[tooLate, sdp('no To header in INVITE response')],
	[tooLate, sdp('no tag in To header in INVITE response')],
	[tooLate, twirp(500, 'internal', 'no tag in To header in INVITE response')],
	// ProcessAnswer
	[tooLate, sdp('no answer provided')],
	[tooLate, sdp('common audio codec not found')],
	[tooLate, twirp(500, 'unknown', 'common audio codec not found')],
	[tooLate, twirp(503, 'unavailable', 'common audio codec not found')],
	[tooLate, twirp(400, 'invalid_argument', 'common audio codec not found')],
	[tooLate, sdp('no common encryption profiles')],
	[tooLate, sdp('no audio in sdp')],
	[tooLate, sdp('invalid audio address "invalid AddrPort"')],
	[tooLate, sdp('cannot parse srtp profile "1 AES": illegal base64 data')],
	[tooLate, sdp('cannot parse crypto key "x": illegal base64 data')],
	[tooLate, sdp('sdp: invalid syntax `v=1`')],
	[tooLate, sdp('media is already closed')],
	// AckInviteOK: the address is that of the answer's Contact or Record-Route
	[tooLate, twirp(408, 'canceled', 'call already closed')],
	...[
		'lookup pbx.carrier.internal: no such host',
		'lookup pbx.carrier.internal on 127.0.0.53:53: server misbehaving',
		'lookup pbx.carrier.internal: i/o timeout',
		'lookup tcp/sips: unknown port',
		'address 2001:db8::1:5060: too many colons in address',
		"address [2001:db8::1: missing ']' in address",
		'address 10.0.0.5: missing port in address',
		'address pbx.carrier.internal: no suitable address found',
	].flatMap(
		(text): Array<[string, Refusal]> => [
			['unknown carrier_unreachable', twirp(400, 'invalid_argument', text)],
			['unknown carrier_unreachable', sdp(text)],
			['unknown carrier_unreachable', twirp(500, 'unknown', text)],
			['unknown carrier_unreachable', twirp(503, 'unavailable', text)],
		],
	),
	...[
		'dial tcp 10.0.0.5:5060: i/o timeout',
		'dial tcp 10.0.0.5:5060: connect: connection refused',
		'dial tcp 10.0.0.5:5060: connect: no route to host',
		'dial tcp 10.0.0.5:5060: connect: network is unreachable',
		'dial tcp4 0.0.0.0:0->10.0.0.5:5060: bind: address already in use',
	].flatMap(
		(text): Array<[string, Refusal]> => [
			['unknown carrier_unreachable', sdp(text)],
			['unknown carrier_unreachable', twirp(503, 'unavailable', text)],
		],
	),
	['unknown carrier_tls', sdp('tls: failed to verify certificate: x509: unknown authority')],
	[
		'unknown no_clear_answer',
		sdp('write udp 10.0.0.1:5060->10.0.0.5:5060: sendto: message too long'),
	],
	['unknown no_clear_answer', sdp('write tcp 10.0.0.1:5060->10.0.0.5:5060: write: broken pipe')],
	// The ACK was sent, and the dial was given up meanwhile
	['unknown server_deadline', sdp('context deadline exceeded')],
	['unknown no_clear_answer', twirp(408, 'canceled', 'context canceled')],
	// The keys after the answer
	[tooLate, sdp('error writing digit no. 2 (5): closed')],
	// The 200 OK itself was lost
	[
		'unknown carrier_silent',
		twirp(408, 'canceled', 'transaction failed to complete (0 intermediate responses)'),
	],
	[
		'unknown carrier_silent',
		twirp(408, 'canceled', 'transaction failed to complete (1 intermediate responses)'),
	],
	['unknown sip_service_stopped', twirp(408, 'canceled', 'service shutting down')],
];

/** What a dial comes to without a SIP status. */
export const withoutSip: ReadonlyArray<readonly [fate: string, refusal: Refusal]> = [
	['not_sent no_sip_service again', twirp(503, 'unavailable', 'no response from servers')],
	['unknown no_clear_answer', twirp(503, 'unavailable', 'INVITE failed: no response from servers')],
	[
		'not_sent sip_service_full again',
		twirp(503, 'unavailable', 'no servers available (received 2 responses)'),
	],
	['not_sent sip_service_full again', twirp(503, 'unavailable', 'cpu exhausted')],
	['not_sent no_sip_service', twirp(500, 'internal', 'sip not connected (redis required)')],
	['not_sent room_failed again', twirp(500, 'internal', 'update room failed: could not connect')],
	['no_answer ring_timeout again', twirp(408, 'canceled', 'sip request timed out')],
	['unknown server_deadline', twirp(408, 'deadline_exceeded', 'request timed out')],
	['unknown server_deadline', twirp(408, 'canceled', 'context deadline exceeded')],
	['unknown server_deadline', twirp(412, 'failed_precondition', 'context deadline exceeded')],
	['unknown sip_service_stopped', twirp(408, 'canceled', 'service shutting down')],
	[
		'unknown carrier_silent',
		twirp(408, 'canceled', 'transaction failed to complete (0 intermediate responses)'),
	],
	[
		'unknown carrier_silent',
		twirp(408, 'canceled', 'transaction failed to complete (2 intermediate responses)'),
	],
	[
		'carrier_error trunk_credentials',
		twirp(412, 'failed_precondition', 'max auth retry attempts reached for SIP invite'),
	],
	[
		'carrier_error trunk_credentials',
		twirp(
			412,
			'failed_precondition',
			'sip server required auth, but no username or password was provided',
		),
	],
	[
		'unknown carrier_unreachable',
		twirp(400, 'invalid_argument', 'lookup nowhere.example: no such host'),
	],
	[
		'unknown carrier_unreachable',
		twirp(412, 'failed_precondition', 'dial tcp 192.0.2.1:5060: connect: connection refused'),
	],
	[
		'unknown carrier_unreachable',
		twirp(412, 'failed_precondition', 'dial tcp 192.0.2.1:5060: i/o timeout'),
	],
	[
		'unknown no_clear_answer',
		twirp(412, 'failed_precondition', 'read tcp 192.0.2.1:5060: i/o timeout'),
	],
	[
		'unknown no_clear_answer',
		twirp(412, 'failed_precondition', 'read tcp 192.0.2.1:5060: read: connection reset by peer'),
	],
	[
		'unknown carrier_tls',
		twirp(412, 'failed_precondition', 'tls: failed to verify certificate: x509: unknown authority'),
	],
	['not_sent refused_input', twirp(400, 'invalid_argument', 'codec name must not be empty')],
	['not_sent refused_input', twirp(412, 'failed_precondition', 'no numbers on outbound trunk')],
	['not_sent refused_input', twirp(400, 'malformed', 'the json request could not be decoded')],
	['not_sent trunk_missing', twirp(404, 'not_found', 'requested sip trunk does not exist')],
	[
		'not_sent server_too_old',
		twirp(404, 'bad_route', 'no handler for path "/twirp/livekit.SIP/X"'),
	],
	['not_sent not_supported', twirp(501, 'unimplemented', 'not here')],
	['not_sent credential', twirp(401, 'unauthenticated', 'permissions denied')],
	['not_sent credential', twirp(403, 'permission_denied', 'permissions denied')],
	['not_sent credential', refusal(401, 'invalid authorization token')],
	['not_sent credential', own('no_credential')],
	['not_sent no_connection again', own('no_answer')],
	['unknown connection_lost', own('unknown_fate')],
	['not_sent no_livekit', refusal(404, '404 page not found')],
	['not_sent wrong_region', refusal(451, 'project is pinned')],
	['not_sent refused_input', refusal(413, 'request body too large')],
	['rate_limited livekit_limit again', twirp(429, 'resource_exhausted', 'too many requests')],
	['rate_limited gateway_limit again', refusal(429, '<h1>Too Many Requests</h1>')],
	['unknown no_clear_answer', refusal(500, 'Internal Server Error')],
	['unknown no_clear_answer', refusal(502, '<h1>502 Bad Gateway</h1>')],
	['unknown no_clear_answer', refusal(503, 'upstream connect error')],
	['unknown no_clear_answer', refusal(504, '')],
	['unknown no_clear_answer', refusal(408, 'Request Timeout')],
	['unknown no_clear_answer', refusal(400, 'Bad Request')],
	['unknown no_clear_answer', twirp(403, 'permission_denied', 'something new')],
	['unknown no_clear_answer', refusal(200, '{"sip_call_id": "SCL_')],
	['not_sent no_livekit', refusal(307, '')],
	['not_sent no_livekit', refusal(403, '<h1>Forbidden</h1>')],
	['unknown no_clear_answer', twirp(500, 'unknown', 'something new')],
	['unknown no_clear_answer', twirp(408, 'canceled', 'context canceled')],
	['unknown no_clear_answer', twirp(503, 'unavailable', 'something new')],
];
