import { fateOf } from '../../../livekit/outcome/call';
import { aboutRoom } from '../../../livekit/outcome/missingRoom';
import { readRefusal } from '../../../livekit/outcome/refusals';
import { transferFateOf } from '../../../livekit/outcome/transfer';
import type { Refusal } from '../../../livekit/http/twirp';
import { refusal, said, twirp } from './examples';

const unclear = 'no_clear_answer';

// Refusals that more than one entry of the table fits. Each row: what wins over what, the reason of a call, what a person reads.
describe('of the entries that fit a refusal the right one counts', () => {
	it.each<[string, Refusal, string, RegExp]>([
		[
			'the deadline of livekit-sip over that of the server, whose text it holds',
			twirp(408, 'canceled', 'sip request timed out'),
			'ring_timeout',
			/^Nobody answered in time/,
		],
		[
			'also behind other words, where the text is shown as it came',
			twirp(408, 'canceled', 'INVITE failed: sip request timed out'),
			'ring_timeout',
			/^INVITE failed: sip request timed out/,
		],
		[
			'the deadline of the server over its code',
			twirp(503, 'unavailable', 'context deadline exceeded'),
			'server_deadline',
			/^LiveKit gave up waiting/,
		],
		[
			'a transaction that failed over its code',
			twirp(408, 'canceled', 'transaction failed to complete (0 intermediate responses)'),
			'carrier_silent',
			/^LiveKit saw no reaction/,
		],
		[
			'a dial that timed out over another connection that did',
			twirp(412, 'failed_precondition', 'dial tcp 192.0.2.1:5060: i/o timeout'),
			'carrier_unreachable',
			/^LiveKit could not reach an address of the carrier/,
		],
		[
			'a connection that timed out: the same words, but the INVITE may have arrived',
			twirp(412, 'failed_precondition', 'read tcp 192.0.2.1:5060: i/o timeout'),
			unclear,
			/^LiveKit could not reach an address of the carrier/,
		],
		...['dial tcp 127.0.0.1:7880: connect: connection refused', 'context deadline exceeded'].map(
			(cause): [string, Refusal, string, RegExp] => [
				`a room that cannot be joined over its cause: ${cause}`,
				twirp(500, 'internal', `update room failed: ${cause}`),
				'room_failed',
				/^The LiveKit SIP service could not join the room/,
			],
		),
		[
			'a room that cannot be joined over a denied permission, which is that of livekit-sip',
			twirp(403, 'permission_denied', 'update room failed: permissions denied'),
			'room_failed',
			/^The LiveKit SIP service could not join the room/,
		],
		[
			'a SIP service that does not answer over the room that it did not get to',
			twirp(503, 'unavailable', 'update room failed: no response from servers'),
			'no_sip_service',
			/^No LiveKit SIP service answered/,
		],
		[
			'a full SIP service over its code',
			twirp(429, 'resource_exhausted', 'no servers available (received 2 responses)'),
			'sip_service_full',
			/^No LiveKit SIP service takes more calls/,
		],
		[
			'an object that is gone over the code, which says trunk',
			twirp(404, 'not_found', 'requested room does not exist'),
			'trunk_missing',
			/^The room does not exist/,
		],
		[
			'missing numbers over any code',
			twirp(503, 'unavailable', 'no numbers on outbound trunk'),
			'refused_input',
			/^no numbers on outbound trunk.*Fill in \{sip_number\}/,
		],
		[
			'media that do not fit, with their code',
			twirp(412, 'failed_precondition', 'sdp: invalid syntax'),
			'failed_after_answer',
			/^The callee picked up/,
		],
		[
			'the code over a text that is about media with another one',
			twirp(400, 'invalid_argument', 'codec name must not be empty'),
			'refused_input',
			/^codec name must not be empty/,
		],
		[
			'a denied permission with its code',
			twirp(403, 'permission_denied', 'permissions denied'),
			'credential',
			/^LiveKit says "permissions denied"/,
		],
		[
			'a denied permission with a code that proves nothing: the same words',
			twirp(500, 'internal', 'permissions denied'),
			unclear,
			/^LiveKit says "permissions denied"/,
		],
		[
			'the address of the carrier, with a code of Go',
			twirp(400, 'invalid_argument', 'lookup nowhere.example: no such host'),
			'carrier_unreachable',
			/^LiveKit could not reach an address of the carrier/,
		],
		[
			'the same with another code, whose words count',
			twirp(503, 'unavailable', 'lookup nowhere.example: no such host'),
			'carrier_unreachable',
			/server is not available at the moment/,
		],
		[
			'a gateway over any other server',
			refusal(429, '<h1>Too Many Requests</h1>'),
			'gateway_limit',
			/^A gateway in front/,
		],
		[
			'a gateway over any other server, which may have passed the request on',
			refusal(503, 'upstream connect error'),
			unclear,
			/^A gateway in front/,
		],
		[
			'who refuses in the place of LiveKit over other servers',
			refusal(403, '<h1>Forbidden</h1>'),
			'no_livekit',
			/^The answer did not come from a LiveKit server/,
		],
	])('%s', (_title, given, reason, words) => {
		const fate = fateOf(given);
		expect(fate.reason).toBe(reason);
		expect(fate.message).toMatch(words);
		expect(fate.message.startsWith(readRefusal(given).message.replace(/\.$/, ''))).toBe(true);
	});

	it.each<[string, Refusal, RegExp]>([
		[
			'invalid API key over the clock',
			{
				status: 401,
				code: 'unauthenticated',
				message: 'invalid API key: nbf exp expired',
				meta: {},
			},
			/^LiveKit does not know the API key/,
		],
		[
			'the clock over the secret',
			refusal(401, 'invalid authorization token: validation failed, token is expired (exp)'),
			/because of its time$/,
		],
		[
			'the secret',
			refusal(401, 'invalid authorization token: verification failed'),
			/^LiveKit refused the API key and secret/,
		],
	])('of the credential: %s', (_title, given, words) =>
		expect(readRefusal(given).message).toMatch(words),
	);

	it('a room that is gone over a SIP service that does not answer, for a dispatch method', () => {
		const given = twirp(503, 'unavailable', 'no response from servers');
		expect(aboutRoom(given).code).toBe('no_room');
		expect(readRefusal(aboutRoom(given)).message).toBe('The room does not exist');
		expect(readRefusal(given).message).toMatch(/^No LiveKit SIP service answered/);
	});

	it.each<[string, Refusal, string | undefined]>([
		['its own deadline', twirp(408, 'canceled', 'sip request timed out'), 'server_deadline'],
		[
			'silence without a response, after which it may be carried out all the same',
			twirp(408, 'canceled', 'transaction failed to complete (0 intermediate responses)'),
			'carrier_silent',
		],
		[
			'the call that is not answered over the code',
			twirp(400, 'invalid_argument', "can't transfer non established call"),
			'call_not_answered',
		],
	])('of a transfer: %s', (_title, given, reason) =>
		expect(transferFateOf(given)?.reason).toBe(reason),
	);
});

const texts = [
	'no response from servers',
	'sip request timed out',
	'permissions denied',
	'update room failed: x',
	'requested room does not exist',
	'transaction failed to complete (0 intermediate responses)',
];

it.each(texts)('a SIP status wins over "%s"', (text) => {
	const sip = said(486, 'Busy Here');
	const given = { ...sip, message: text };
	expect(fateOf(given)).toEqual(fateOf(sip));
	expect(readRefusal(given).message).toBe(readRefusal(sip).message);
	expect(transferFateOf(given)).toEqual(transferFateOf(sip));
});

it.each(texts)('"%s" means nothing in the words of n8n or of another server', (text) => {
	for (const [status, code] of [
		[0, 'unknown_fate'],
		[502, 'foreign'],
	] as const) {
		const plain = { status, code, message: 'x', meta: {} };
		const given = { ...plain, message: text };
		expect(fateOf(given).reason).toBe(fateOf(plain).reason);
		expect(transferFateOf(given)?.reason).toBe(transferFateOf(plain)?.reason);
		expect(readRefusal(given).advice.replace(text, 'x')).toBe(readRefusal(plain).advice);
		expect(aboutRoom(given).code).toBe(code);
	}
});
