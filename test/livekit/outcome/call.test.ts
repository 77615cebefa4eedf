import { fateOf, isSystemic } from '../../../livekit/outcome/call';
import { enumOf } from '../../../livekit/schema';
import type { Refusal } from '../../../livekit/http/twirp';
import { inviteFailed } from '../../../local/livekit/sip-status';
import {
	afterAnswer,
	byPhrase,
	bySipStatus,
	own,
	refusal,
	said,
	twirp,
	withoutSip,
} from './examples';

function short(given: Refusal): string {
	const { outcome, reason, retryable } = fateOf(given);
	return `${outcome} ${reason}${retryable ? ' again' : ''}`;
}

describe("what the callee's side said", () => {
	const codes = Object.values(enumOf('SIPStatusCode')).filter((code) => code > 0);

	it('is read for every status of the schema', () =>
		expect(Object.keys(bySipStatus).map(Number)).toEqual(
			[...codes].sort((one, other) => one - other),
		));

	it.each(codes)('%i, whichever generation of the bridge reports it', (code) => {
		for (const generation of ['current', 'older', 'oldest'] as const) {
			const { status, body } = inviteFailed(code, generation);
			expect(short(refusal(status, JSON.parse(body)))).toBe(bySipStatus[code]);
		}
	});

	// RFC 3261 and its successors (IANA, SIP Response Codes).
	it.each<[number, string]>([
		[300, 'Multiple Choices'],
		[301, 'Moved Permanently'],
		[302, 'Moved Temporarily'],
		[305, 'Use Proxy'],
		[380, 'Alternative Service'],
		[400, 'Bad Request'],
		[401, 'Unauthorized'],
		[402, 'Payment Required'],
		[403, 'Forbidden'],
		[404, 'Not Found'],
		[405, 'Method Not Allowed'],
		[406, 'Not Acceptable'],
		[407, 'Proxy Authentication Required'],
		[408, 'Request Timeout'],
		[409, 'Conflict'],
		[410, 'Gone'],
		[411, 'Length Required'],
		[412, 'Conditional Request Failed'],
		[413, 'Request Entity Too Large'],
		[414, 'Request-URI Too Long'],
		[415, 'Unsupported Media Type'],
		[416, 'Unsupported URI Scheme'],
		[417, 'Unknown Resource-Priority'],
		[420, 'Bad Extension'],
		[421, 'Extension Required'],
		[422, 'Session Interval Too Small'],
		[423, 'Interval Too Brief'],
		[424, 'Bad Location Information'],
		[425, 'Bad Alert Message'],
		[428, 'Use Identity Header'],
		[430, 'Flow Failed'],
		[433, 'Anonymity Disallowed'],
		[436, 'Bad Identity Info'],
		[437, 'Unsupported Credential'],
		[438, 'Invalid Identity Header'],
		[439, 'First Hop Lacks Outbound Support'],
		[440, 'Max-Breadth Exceeded'],
		[469, 'Bad Info Package'],
		[470, 'Consent Needed'],
		[480, 'Temporarily Unavailable'],
		[481, 'Call/Transaction Does Not Exist'],
		[482, 'Loop Detected'],
		[483, 'Too Many Hops'],
		[484, 'Address Incomplete'],
		[485, 'Ambiguous'],
		[486, 'Busy Here'],
		[487, 'Request Terminated'],
		[488, 'Not Acceptable Here'],
		[489, 'Bad Event'],
		[491, 'Request Pending'],
		[493, 'Undecipherable'],
		[494, 'Security Agreement Required'],
		[500, 'Server Internal Error'],
		[501, 'Not Implemented'],
		[502, 'Bad Gateway'],
		[503, 'Service Unavailable'],
		[504, 'Server Time-out'],
		[505, 'Version Not Supported'],
		[513, 'Message Too Large'],
		[600, 'Busy Everywhere'],
		[603, 'Decline'],
		[604, 'Does Not Exist Anywhere'],
		[606, 'Not Acceptable'],
		[607, 'Unwanted'],
		[608, 'Rejected'],
	])("%i %s, the status's own phrase, says no more than the status", (code, phrase) =>
		expect(short(said(code, phrase))).toBe(bySipStatus[code]),
	);

	it.each([
		[429, 'resource_exhausted', { sip_status_code: '486', sip_status: 'Busy Here' }],
		[412, 'failed_precondition', { sip_status_code: '486', sip_status: 'SIP_STATUS_BUSY_HERE' }],
		[503, 'unavailable', {}],
		[500, 'internal', {}],
	])('with %i %s, also where `meta` is lost', (status, code, meta) => {
		const { sipStatus, ...fate } = fateOf(
			twirp(status, code, 'INVITE failed: sip status: 486: Busy Here', meta),
		);
		expect(fate).toMatchObject({ outcome: 'busy', reason: 'busy', retryable: true });
		expect(fate.message).toMatch(/^The line is busy \(SIP 486( Busy Here)?\)$/);
		expect(sipStatus?.code).toBe(486);
	});

	it.each(byPhrase)('%i %s', (code, phrase, wanted) => {
		expect(short(said(code, phrase))).toBe(wanted);
		expect(fateOf(said(code, phrase)).message).toContain(`(SIP ${code} ${phrase})`);
	});
});

describe("where the callee's side said nothing", () => {
	it.each(withoutSip)('%s: %j', (wanted, given) => {
		expect(short(given)).toBe(wanted);
		const { message, outcome, sipStatus } = fateOf(given);
		expect(sipStatus).toBeUndefined();
		expect(message).not.toBe('');
		expect(/may have rung/.test(message)).toBe(outcome === 'unknown');
	});
});

describe('a refusal that can follow the answer', () => {
	it.each(afterAnswer)('%s: %j', (wanted, given) => {
		expect(short(given)).toBe(wanted);
		const { outcome, retryable, message } = fateOf(given);
		expect(retryable).toBe(false);
		expect(outcome).not.toBe('not_sent');
		expect(message).toMatch(/may have rung|picked up/);
	});

	it.each([
		twirp(500, 'internal', 'update room failed: lookup livekit.internal: no such host'),
		twirp(500, 'internal', 'update room failed: dial tcp 10.0.0.1:7880: i/o timeout'),
		twirp(503, 'unavailable', 'cpu exhausted'),
		twirp(400, 'invalid_argument', 'no codecs specified'),
		twirp(400, 'invalid_argument', 'address must not contain parameters'),
		twirp(400, 'invalid_argument', "address must be a hostname without 'sip:' prefix"),
	])('is not one that surely comes before the INVITE: %j', (given) =>
		expect(fateOf(given).outcome).toBe('not_sent'),
	);
});

it('an unknown fate is never for a retry, and a retry never hits a number that does not exist', () => {
	for (const code of Object.keys(bySipStatus).map(Number)) {
		const { outcome, retryable } = fateOf(said(code, ''));
		expect(retryable).toBe(
			retryable && ['busy', 'no_answer', 'rate_limited', 'carrier_error'].includes(outcome),
		);
	}
});

it.each([
	[true, own('no_credential')],
	[true, own('no_answer')],
	[true, twirp(503, 'unavailable', 'no response from servers')],
	[true, refusal(404, '404 page not found')],
	[true, twirp(404, 'not_found', 'requested sip trunk does not exist')],
	[false, twirp(400, 'invalid_argument', 'header To not supported')],
	[false, twirp(503, 'unavailable', 'cpu exhausted')],
	[false, own('unknown_fate')],
	[false, said(407, 'Proxy Authentication Required')],
])('hits every row: %s %j', (wanted, given) => expect(isSystemic(fateOf(given))).toBe(wanted));
