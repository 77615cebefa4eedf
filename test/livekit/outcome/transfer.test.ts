import { decode } from '../../../livekit/codec/decode';
import type { JsonObject } from '../../../livekit/json';
import {
	type TransferFate,
	transferFateOf,
	transferResult,
} from '../../../livekit/outcome/transfer';
import type { Refusal } from '../../../livekit/http/twirp';
import { sipError } from '../../../local/livekit/sip-status';
import { refusal, twirp } from './examples';

function reasoned(reason: string): Refusal {
	return twirp(500, 'unknown', `sip transfer failed: ${reason}`, {
		sip_transfer_reason: reason,
		sip_transfer_id: 'STR_1',
	});
}

function short(fate: TransferFate | undefined): string {
	return fate ? [fate.outcome, fate.reason].filter(Boolean).join(' ') : 'failure';
}

const result = (answer: JsonObject) =>
	transferResult(decode('TransferSIPParticipantResponse', answer));

describe('an answer of LiveKit', () => {
	it.each<[string, JsonObject]>([
		['transferred', {}],
		[
			'transferred',
			{
				transfer_id: '',
				status: 'STS_TRANSFER_ONGOING',
				reason: 'STR_UNSPECIFIED',
				sip_status: null,
			},
		],
		[
			'transferred',
			{ transfer_id: 'STR_1', status: 'STS_TRANSFER_SUCCESSFUL', reason: 'STR_COMPLETED' },
		],
		['transferred', { transferId: 'STR_1', status: 2, reason: 1 }],
		[
			'transferred call_ended',
			{ transfer_id: 'STR_1', status: 'STS_TRANSFER_SUCCESSFUL', reason: 'STR_CALL_ENDED' },
		],
		['unknown ongoing', { transfer_id: 'STR_1', status: 'STS_TRANSFER_ONGOING' }],
		[
			'refused rejected',
			{ transfer_id: 'STR_1', status: 'STS_TRANSFER_FAILED', reason: 'STR_REJECTED' },
		],
		[
			'refused declined',
			{
				transfer_id: 'STR_1',
				status: 'STS_TRANSFER_FAILED',
				reason: 'STR_REJECTED',
				sip_status: { code: 'SIP_STATUS_GLOBAL_DECLINE', status: 'Decline' },
			},
		],
		[
			'refused busy',
			{
				transfer_id: 'STR_1',
				status: 'STS_TRANSFER_FAILED',
				reason: 'STR_UNSPECIFIED',
				sip_status: { code: 'SIP_STATUS_BUSY_HERE' },
			},
		],
		[
			'no_answer ring_timeout',
			{ transfer_id: 'STR_1', status: 'STS_TRANSFER_FAILED', reason: 'STR_RINGING_TIMEOUT' },
		],
		[
			'unknown carrier_stopped_reporting',
			{
				transfer_id: 'STR_1',
				status: 'STS_TRANSFER_FAILED',
				reason: 'STR_SUBSCRIPTION_TERMINATED',
			},
		],
		[
			'failed canceled',
			{ transfer_id: 'STR_1', status: 'STS_TRANSFER_FAILED', reason: 'STR_CANCELED' },
		],
		['failed transfer_failed', { transfer_id: 'STR_1', status: 'STS_TRANSFER_FAILED' }],
	])('%s: %j', (wanted, answer) => expect(short(result(answer))).toBe(wanted));

	it('keeps id, status and SIP status', () => {
		expect(
			result({
				transfer_id: 'STR_1',
				status: 'STS_TRANSFER_FAILED',
				reason: 'STR_REJECTED',
				sip_status: { code: 603, status: 'Decline' },
			}),
		).toEqual({
			outcome: 'refused',
			reason: 'declined',
			message: 'The call was declined (SIP 603 Decline)',
			sipStatus: { code: 603, phrase: 'Decline' },
			transferId: 'STR_1',
			status: 'STS_TRANSFER_FAILED',
			warnings: [],
		});
	});

	it('says what an ended call leaves open', () => {
		expect(result({ transfer_id: 'STR_1', status: 2, reason: 'STR_CALL_ENDED' }).warnings).toEqual([
			expect.stringMatching(/may also have hung up/),
		]);
	});
});

describe('a transfer that failed', () => {
	it.each([
		[603, 'refused declined'],
		[486, 'refused busy'],
		[600, 'refused busy'],
		[404, 'refused unknown_number'],
		[403, 'refused carrier_forbids'],
		[405, 'refused carrier_refused'],
		[480, 'no_answer callee_unavailable'],
		[408, 'no_answer callee_unreachable'],
		[487, 'no_answer call_ended_before_answer'],
		[503, 'failed carrier_trouble'],
		[501, 'failed carrier_refused'],
	])('with SIP %i reads the same from every generation', (status, wanted) => {
		for (const generation of ['current', 'older', 'oldest'] as const) {
			for (const meta of [
				{},
				{ sip_transfer_reason: 'STR_REJECTED', sip_transfer_id: 'STR_1' },
			] as Array<Record<string, string>>) {
				const error = sipError('call transfer failed', status, generation, meta);
				const fate = transferFateOf(refusal(error.status, JSON.parse(error.body)));
				expect(short(fate)).toBe(wanted);
				expect(fate).toMatchObject({
					transferId: meta.sip_transfer_id ?? '',
					sipStatus: { code: status },
					message: expect.stringContaining(`(SIP ${status}`),
				});
			}
		}
	});

	it.each([
		[405, 'Method Not Allowed', 'refused carrier_refused'],
		[403, 'Invalid calling party number', 'refused caller_id_refused'],
	])('with SIP %i %s', (status, phrase, wanted) => {
		expect(
			short(
				transferFateOf(
					twirp(403, 'permission_denied', 'call transfer failed', {
						sip_status_code: String(status),
						sip_status: phrase,
					}),
				),
			),
		).toBe(wanted);
	});

	it.each<[string, Refusal]>([
		['refused rejected', reasoned('STR_REJECTED')],
		['no_answer ring_timeout', reasoned('STR_RINGING_TIMEOUT')],
		['unknown carrier_stopped_reporting', reasoned('STR_SUBSCRIPTION_TERMINATED')],
		['failed canceled', reasoned('STR_CANCELED')],
		['unknown call_ended', reasoned('STR_CALL_ENDED')],
		['unknown no_clear_answer', reasoned('STR_UNSPECIFIED')],
		['unknown no_clear_answer', reasoned('STR_SOMETHING_NEW')],
		['unknown server_deadline', twirp(408, 'deadline_exceeded', 'request timed out')],
		['unknown server_deadline', twirp(408, 'canceled', 'context deadline exceeded')],
		['unknown server_deadline', twirp(408, 'canceled', 'sip request timed out')],
		[
			'unknown carrier_silent',
			twirp(408, 'canceled', 'transaction failed to complete (0 intermediate responses)'),
		],
		[
			'failed call_not_answered',
			twirp(412, 'failed_precondition', "can't transfer non established call"),
		],
		[
			'failed carrier_unreachable',
			twirp(412, 'failed_precondition', 'dial tcp 192.0.2.1:5060: connect: connection refused'),
		],
		[
			'unknown connection_lost',
			{ status: 0, code: 'unknown_fate', message: 'LiveKit did not answer in time', meta: {} },
		],
		['unknown no_clear_answer', refusal(502, '<h1>Bad Gateway</h1>')],
		['unknown no_clear_answer', refusal(200, '{"transfer_id"')],
		['unknown no_clear_answer', twirp(500, 'internal', 'something new')],
	])('%s: %j', (wanted, given) => {
		const fate = transferFateOf(given);
		expect(short(fate)).toBe(wanted);
		expect(fate?.message).not.toBe('');
		expect(fate).not.toHaveProperty('sipStatus');
	});
});

it.each<[string, Refusal]>([
	['nobody there', twirp(404, 'not_found', 'participant does not exist')],
	['no phone call', twirp(400, 'invalid_argument', 'no SIP session associated with participant')],
	['elsewhere', twirp(400, 'invalid_argument', 'call already being transferred elsewhere')],
	['no SIP service', twirp(503, 'unavailable', 'no response from servers')],
	['no redis', twirp(500, 'internal', 'sip not connected (redis required)')],
	['no right to do it', twirp(401, 'unauthenticated', 'permissions denied')],
	[
		'a number that cannot',
		twirp(501, 'unimplemented', "we don't yet support transfers for this phone number type"),
	],
	['too many requests', twirp(429, 'resource_exhausted', 'too many requests')],
	[
		'nothing listens',
		{
			status: 0,
			code: 'no_answer',
			message: 'The LiveKit server refused the connection',
			meta: {},
		},
	],
	['another website', refusal(404, '<h1>Not Found</h1>')],
])(
	'what proves that the carrier was never asked is a failure of the request: %s',
	(_title, given) => expect(transferFateOf(given)).toBeUndefined(),
);
