import { aboutRoom } from '../../../livekit/outcome/missingRoom';
import { readRefusal } from '../../../livekit/outcome/refusals';
import { sipStatusOf } from '../../../livekit/outcome/sipStatuses';
import { type Refusal, readAnswer } from '../../../livekit/http/twirp';
import { refusal, said, twirp } from './examples';

const token =
	'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkifQ.2JU2XE61UGZMOiiBnlKfZxV4ZjIV7hYisnwW1jSfbYg';

describe('readAnswer', () => {
	it('takes a JSON object with 200 alone for success', () => {
		expect(readAnswer({ status: 200, body: { a: 1 } })).toEqual({ value: { a: 1 } });
		expect(readAnswer({ status: 200, body: {} })).toEqual({ value: {} });
		// As it arrives, and as n8n may have parsed it.
		for (const body of ['{"a":1}', ' {"a":1}\n', Buffer.from('{"a":1}')])
			expect(readAnswer({ status: 200, body })).toEqual({ value: { a: 1 } });
		for (const body of [
			'',
			'null',
			'[{}]',
			'{"a":1',
			undefined,
			null,
			[],
			[{}],
			5,
			'<html>ok</html>',
		])
			expect(refusal(200, body)).toMatchObject({ status: 200, code: 'foreign' });
		for (const status of [201, 204, 301, 302, 500])
			expect(refusal(status, {})).toMatchObject({ status, code: 'foreign' });
	});

	it("reads Twirp errors without the wrapper's words", () => {
		expect(
			twirp(404, 'not_found', 'twirp error unknown: requested sip trunk does not exist'),
		).toEqual({
			status: 404,
			code: 'not_found',
			message: 'requested sip trunk does not exist',
			meta: {},
		});
		expect(twirp(500, 'unknown', 'twirp error unknown: twirp error internal: x').message).toBe('x');
		expect(twirp(429, 'resource_exhausted', 'x', { sip_status_code: '486', n: 5 }).meta).toEqual({
			sip_status_code: '486',
		});
		expect(refusal(500, { code: 'internal', msg: 'x', meta: null }).meta).toEqual({});
	});

	it.each([
		[401, 'invalid authorization token', 'unauthenticated'],
		[401, 'invalid API key: APIabc', 'unauthenticated'],
		[401, 'invalid token: x, error: y', 'unauthenticated'],
		[404, '404 page not found\n', 'no_service'],
		[413, 'request body too large', 'too_large'],
		[451, 'not here', 'wrong_region'],
		[404, 'Not Found', 'foreign'],
		[
			502,
			'<html><head><style>p{}</style></head><body><h1>502 Bad Gateway</h1></body></html>',
			'foreign',
		],
		[503, 'upstream connect error', 'foreign'],
		[200, '{"items": [', 'foreign'],
		[500, { error: 'x' }, 'foreign'],
	])('%i %j is %s', (status, body, code) =>
		expect(refusal(status, body)).toMatchObject({ status, code }),
	);

	it.each([
		'eyJhbGciOi.eyJpc3Mi.x',
		'no_answer',
		'no_credential',
		'foreign',
		'x'.repeat(20_000_000),
	])('keeps no code that is not of Twirp: %.30s', (code) => {
		const read = refusal(401, { code, msg: 'x' });
		expect(read).toEqual({ status: 401, code: 'foreign', message: 'x', meta: {} });
	});

	it('keeps a part of what is long, and says how long it was', () => {
		const meta = Object.fromEntries(
			Array.from({ length: 5000 }, (_, index) => [
				`${index} ${'n'.repeat(1000)}`,
				'v'.repeat(100_000),
			]),
		);
		const read = refusal(500, { code: 'internal', msg: 'm'.repeat(1_000_000), meta });
		expect(read.message).toMatch(/^m{1000}\.\.\. \(1000000 characters\)$/);
		expect(Object.keys(read.meta)).toHaveLength(21);
		expect(read.meta['...']).toBe('and 4980 more');
		expect(Object.values(read.meta)[0]).toMatch(/^v{1000}\.\.\. \(100000 characters\)$/);
		expect(JSON.stringify(read).length).toBeLessThan(30_000);
	});

	it('cuts tokens out of the names of meta, too', () => {
		const { meta } = twirp(500, 'internal', 'x', { [token]: 'a', [`got ${token}`]: 'b' });
		expect(meta).toEqual({ '[token]': 'a', 'got [token]': 'b' });
	});

	it('shortens pages to their words', () => {
		const page = `<html><style>body{color:red}</style><script>alert(1)</script><h1>Bad   Gateway</h1>${'<p>nginx</p>'.repeat(100)}</html>`;
		const { message } = refusal(502, page);
		expect(message).toMatch(/^Bad Gateway nginx nginx/);
		expect(message.length).toBeLessThanOrEqual(160);
	});

	it.each([
		[401, `invalid token: ${token}, error: go-jose: verification failed`],
		[
			401,
			{
				code: 'unauthenticated',
				msg: `twirp error unknown: invalid token: ${token}`,
				meta: { cause: token, argument: `Bearer ${token}` },
			},
		],
		[502, `<html>${token}</html>`],
		[200, `${token}${' '.repeat(200)}`],
		[401, Buffer.from(`invalid token: ${token}, error: x`)],
	])('never hands on a token: %i %s', (status, body) => {
		const read = refusal(status, body);
		const words = readRefusal(read);
		expect(JSON.stringify([read, words])).not.toMatch(/eyJ/);
	});
});

// What LiveKit's open-source server answers (docs/livekit.md), and what the user must read in it.
describe('readRefusal', () => {
	it.each<[string, Refusal, RegExp]>([
		[
			'missing grant',
			twirp(401, 'unauthenticated', 'permissions denied'),
			/permissions denied.*another API key/s,
		],
		[
			'no Bearer',
			refusal(401, 'invalid authorization header. Must start with Bearer '),
			/Check the API secret/,
		],
		['no token', refusal(401, 'invalid authorization token'), /Check the API secret/],
		[
			'unknown key',
			refusal(401, 'invalid API key'),
			/does not know the API key.*Check the API key/s,
		],
		['unknown key, older', refusal(401, 'invalid API key: APIabc'), /does not know the API key/],
		[
			'wrong secret',
			refusal(
				401,
				'invalid authorization token: go-jose/go-jose: error in cryptographic primitive',
			),
			/Check the API secret/,
		],
		[
			'wrong secret, older',
			refusal(
				401,
				`invalid token: ${token}, error: go-jose/go-jose: error in cryptographic primitive`,
			),
			/Check the API secret/,
		],
		[
			'expired',
			refusal(
				401,
				'invalid authorization token: go-jose/go-jose/jwt: validation failed, token is expired (exp)',
			),
			/clock/,
		],
		[
			'not yet valid',
			refusal(
				401,
				`invalid token: ${token}, error: go-jose/go-jose/jwt: validation failed, token not valid yet (nbf)`,
			),
			/clock/,
		],
		[
			'no redis',
			twirp(500, 'internal', 'twirp error unknown: sip not connected (redis required)'),
			/without Redis.*Set redis/s,
		],
		[
			'unknown method',
			twirp(404, 'bad_route', 'no handler for path "/twirp/livekit.SIP/UpdateSIPInboundTrunk"'),
			/does not know this operation.*1\.9\.0/s,
		],
		['Cloud-only service', refusal(404, '404 page not found'), /no such LiveKit service/],
		[
			'malformed',
			twirp(400, 'malformed', 'the json request could not be decoded'),
			/could not read the request/,
		],
		[
			'request validation',
			twirp(400, 'invalid_argument', 'trunk id must not be set'),
			/trunk id must not be set/,
		],
		[
			'validation after an update',
			twirp(500, 'unknown', 'no trunk numbers specified'),
			/no trunk numbers specified/,
		],
		[
			'open trunk',
			twirp(
				400,
				'invalid_argument',
				'twirp error unknown: for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers',
			),
			/Fill in {numbers}/,
		],
		[
			'unknown trunk',
			twirp(404, 'not_found', 'requested sip trunk does not exist'),
			/Choose the trunk/,
		],
		[
			'unknown rule',
			twirp(404, 'not_found', 'requested sip dispatch rule does not exist'),
			/Choose the rule/,
		],
		[
			'trunk conflict',
			twirp(
				400,
				'invalid_argument',
				'Conflicting inbound SIP Trunks: "<new>" and "ST_1", using the same number(s) ["+1"] without AllowedNumbers set',
			),
			/Two inbound trunks/,
		],
		[
			'rule conflict',
			twirp(
				400,
				'invalid_argument',
				'Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule "SDR_1" "x"',
			),
			/give it a PIN/,
		],
		[
			'a room that is gone',
			twirp(404, 'not_found', 'twirp error unknown: requested room does not exist'),
			/The room does not exist.*Check {room}/s,
		],
		[
			'a dispatch in a room that is gone',
			aboutRoom(twirp(503, 'unavailable', 'twirp error unknown: no response from servers')),
			/The room does not exist.*Check {room}.*no response/s,
		],
		[
			'a dispatch that is gone',
			aboutRoom(twirp(404, 'not_found', 'twirp error unknown: dispatch ID not found')),
			/no such dispatch.*Check {dispatch_id}/s,
		],
		[
			'no bridge',
			twirp(503, 'unavailable', 'twirp error unknown: no response from servers'),
			/No LiveKit SIP service answered.*livekit-sip/s,
		],
		[
			'no bridge claims',
			twirp(503, 'unavailable', 'twirp error unknown: no servers available (received 1 responses)'),
			/Add capacity/,
		],
		['bridge busy', twirp(503, 'unavailable', 'cpu exhausted'), /Add capacity/],
		[
			'ring wait over',
			twirp(408, 'deadline_exceeded', 'twirp error unknown: request timed out'),
			/Nobody answered in time/,
		],
		[
			'ringing timeout',
			twirp(408, 'canceled', 'twirp error unknown: sip request timed out'),
			/Nobody answered in time/,
		],
		[
			'silent peer',
			twirp(
				408,
				'canceled',
				'twirp error unknown: transaction failed to complete (0 intermediate responses)',
			),
			/saw no reaction of the other side.*may have been carried out/,
		],
		[
			'DNS',
			twirp(400, 'invalid_argument', 'twirp error unknown: lookup nowhere.example: no such host'),
			/Check {address}/,
		],
		[
			'refused connection',
			twirp(412, 'failed_precondition', 'dial tcp 192.0.2.1:5060: connect: connection refused'),
			/Check {address}/,
		],
		[
			'room join',
			twirp(500, 'internal', 'twirp error unknown: update room failed: could not connect'),
			/ws_url/,
		],
		[
			'auth needed',
			twirp(
				412,
				'failed_precondition',
				'sip server required auth, but no username or password was provided',
			),
			/credentials of the outbound trunk/,
		],
		[
			'auth refused',
			twirp(412, 'failed_precondition', 'max auth retry attempts reached for SIP invite'),
			/credentials of the outbound trunk/,
		],
		[
			'transfer, nobody there',
			twirp(404, 'not_found', 'twirp error unknown: participant does not exist'),
			/The call has ended/,
		],
		[
			'transfer, no phone',
			twirp(
				400,
				'invalid_argument',
				'twirp error unknown: no SIP session associated with participant',
			),
			/not a phone call/,
		],
		[
			'transfer, not answered',
			twirp(412, 'failed_precondition', "twirp error unknown: can't transfer non established call"),
			/not been answered yet/,
		],
		[
			'transfer, elsewhere',
			twirp(400, 'invalid_argument', 'call already being transferred elsewhere'),
			/Wait for it/,
		],
		['too many requests', twirp(429, 'resource_exhausted', 'rate limit'), /slow down/],
		['large body', refusal(413, 'request body too large'), /larger than/],
		['region', refusal(451, 'project is pinned'), /pinned to other regions/],
		[
			'HTML of a website',
			refusal(200, '<html>Welcome</html>'),
			/did not come from a LiveKit server.*Welcome/s,
		],
		['gateway', refusal(502, '<h1>502 Bad Gateway</h1>'), /gateway/i],
		['nothing at all', refusal(204, ''), /HTTP status 204 without a message/],
		[
			'unsupported number',
			twirp(501, 'unimplemented', "we don't yet support transfers for this phone number type"),
			/does not support/,
		],
	])('%s', (_title, given, wanted) => {
		const { message, advice } = readRefusal(given);
		expect(`${message} ${advice}`).toMatch(wanted);
		expect(message).not.toMatch(/twirp error/);
		expect(advice).toMatch(/\.$|\)$|[^.]$/);
		expect(advice.length).toBeGreaterThan(10);
	});

	const busy = [
		'twirp error unknown: INVITE failed: sip status: 486: Busy Here',
		'INVITE failed: sip status: 486 (BUSY_HERE)',
	];
	it.each([
		[429, 'resource_exhausted'],
		[412, 'failed_precondition'],
		[503, 'unavailable'],
	])('a busy line reads the same with %i %s, and is never "too many requests"', (status, code) => {
		for (const msg of busy) {
			for (const meta of [
				{ sip_status_code: '486', sip_status: 'Busy Here', error_details: 'CAgS' },
				{ sip_status_code: '486', sip_status: 'SIP_STATUS_BUSY_HERE' },
				{},
			]) {
				const { message, advice } = readRefusal(twirp(status, code, msg, meta));
				expect(message).toMatch(/^The line is busy \(SIP 486( Busy Here)?\)$/);
				expect(advice).not.toMatch(/too many|slow down|not available|CAgS/i);
			}
		}
	});

	it("a SIP status 401 is the carrier's, not LiveKit's", () => {
		const { message, advice } = readRefusal(
			twirp(403, 'permission_denied', 'INVITE failed: sip status: 401: Unauthorized', {
				sip_status_code: '401',
			}),
		);
		expect(message).toMatch(/^The carrier refused/);
		expect(advice).not.toMatch(/API (key|secret)/i);
	});
});

describe('SIP statuses', () => {
	it.each([
		[486, '', 'The line is busy (SIP 486)'],
		[503, 'Out of trunks', 'The carrier has a technical fault (SIP 503 Out of trunks)'],
		[499, '', 'The call was not connected (SIP 499)'],
		[404, '', /does not exist/],
		[480, '', /does not answer/],
		[603, '', /declined/],
		[403, '', /refused the call/],
		[484, '', /not complete/],
	])('%i %s in words', (code, phrase, words) => {
		const { message } = readRefusal(said(code, phrase));
		if (typeof words === 'string') expect(message).toBe(words);
		else expect(message).toMatch(words);
	});

	it.each([
		[{ sip_status_code: '486', sip_status: 'Busy' }, '', { code: 486, phrase: 'Busy' }],
		[{ sip_status_code: '486', sip_status: 'SIP_STATUS_BUSY_HERE' }, '', { code: 486, phrase: '' }],
		[
			{},
			'unexpected status from INVITE response: sip status: 603: Decline',
			{ code: 603, phrase: 'Decline' },
		],
		[{}, 'INVITE failed: sip status: 486 (BUSY_HERE)', { code: 486, phrase: '' }],
		[{ sip_status_code: '' }, '', undefined],
		[{ sip_status_code: '0' }, '', undefined],
		[{ sip_status_code: 'busy' }, '', undefined],
		[{}, 'sip request timed out', undefined],
	])('%j %s', (meta, message, wanted) =>
		expect(sipStatusOf({ status: 412, code: 'x', message, meta })).toEqual(wanted),
	);
});
