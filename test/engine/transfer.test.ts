import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import { provision } from '../support/cases';
import { credentialOf, runNode } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const transfer = (transferTo: string, own: IDataObject = {}) => ({
	resource: 'call',
	operation: 'transfer',
	room: picked('call-1'),
	participant: picked('caller'),
	transferTo,
	...own,
});

const item = {
	outcome: 'transferred',
	transferred: true,
	reason: null,
	message: 'The call was transferred',
	sip_status_code: null,
	sip_status: null,
	transfer_id: null,
	status: null,
	room_name: 'call-1',
	participant_identity: 'caller',
	transfer_to: 'tel:+14155550188',
	warnings: [],
};

/** Transfers with Retry On Fail: the item, and how often LiveKit was asked. */
async function transferred(transferTo: string, own: IDataObject = {}) {
	const { json, error } = await livekit.run(transfer(transferTo, own), [{}], retrying);
	expect(error).toBeUndefined();
	expect(json).toHaveLength(1);
	expect(Object.keys(json[0])).toEqual(Object.keys(item));
	return { item: json[0], asked: livekit.bodies('TransferSIPParticipant').length };
}

describe('a transfer that succeeds is the same item from', () => {
	it('servers that answer nothing', async () => {
		await provision(livekit);
		expect(await transferred('+14155550188')).toEqual({ item, asked: 1 });
	});

	it('servers that tell how it went', async () => {
		await provision(livekit);
		livekit.server.options.transferAnswer = 'response';
		const told = {
			...item,
			transfer_id: expect.stringMatching(/^STR_/),
			status: 'STS_TRANSFER_SUCCESSFUL',
		};
		expect(await transferred('+14155550188')).toEqual({ item: told, asked: 1 });
	});

	it('newer servers with an older bridge', async () => {
		await provision(livekit);
		livekit.server.faults.push({
			kind: 'body',
			method: 'TransferSIPParticipant',
			body: '{"transfer_id":"","status":"STS_TRANSFER_ONGOING","reason":"STR_UNSPECIFIED","sip_status":null}',
		});
		expect(await transferred('+14155550188')).toEqual({ item, asked: 1 });
	});
});

describe.each(['current', 'older', 'oldest'] as const)(
	'a transfer that the other side refuses, with %s codes',
	(sipCodes) => {
		it.each([
			[
				'+15555550603',
				{
					outcome: 'refused',
					reason: 'declined',
					sip_status_code: 603,
					sip_status: 'Decline',
					message: 'The call was declined (SIP 603 Decline)',
				},
			],
			[
				'+15555550486',
				{
					outcome: 'refused',
					reason: 'busy',
					sip_status_code: 486,
					sip_status: 'Busy Here',
					message: 'The line is busy (SIP 486 Busy Here)',
				},
			],
			[
				'+15555550480',
				{ outcome: 'no_answer', reason: 'callee_unavailable', sip_status_code: 480 },
			],
			['+15555550503', { outcome: 'failed', reason: 'carrier_trouble', sip_status_code: 503 }],
		])('%s', async (number, wanted) => {
			await provision(livekit);
			livekit.server.options.sipCodes = sipCodes;
			const { item: got, asked } = await transferred(number);
			expect(got).toMatchObject({
				...wanted,
				transferred: false,
				transfer_to: `tel:${number}`,
				transfer_id: sipCodes === 'current' ? expect.stringMatching(/^STR_/) : null,
			});
			expect(asked).toBe(1);
		});
	},
);

it('a result without a SIP status is told in words', async () => {
	await provision(livekit);
	livekit.server.faults.push({
		kind: 'body',
		method: 'TransferSIPParticipant',
		body: '{"transferId":"STR_1","status":"STS_TRANSFER_FAILED","reason":"STR_RINGING_TIMEOUT"}',
	});
	const { item: got } = await transferred('+14155550188');
	expect(got).toMatchObject({
		outcome: 'no_answer',
		reason: 'ring_timeout',
		message: 'Nobody answered the transfer in time',
		transfer_id: 'STR_1',
		status: 'STS_TRANSFER_FAILED',
	});
});

it('a carrier that says nothing in time leaves it unknown', async () => {
	await provision(livekit);
	const { item: got, asked } = await transferred('+15555550408', {
		additionalFields: { ringFor: 1 },
	});
	expect(got).toMatchObject({ outcome: 'unknown', transferred: false, reason: 'server_deadline' });
	expect(asked).toBe(1);
});

describe('a broken connection leaves it unknown, and Retry On Fail does not ask twice', () => {
	it.each<[string, Fault]>([
		['cut before', { kind: 'drop-before' }],
		['cut after', { kind: 'drop-after' }],
		[
			'a gateway that gave up',
			{ kind: 'status', status: 504, contentType: 'text/html', body: '<h1>Gateway Timeout</h1>' },
		],
		[
			'a failure within LiveKit',
			{
				kind: 'status',
				status: 500,
				contentType: 'application/json',
				body: '{"code":"internal","msg":"x"}',
			},
		],
		[
			'an answer of somebody else',
			{ kind: 'body', contentType: 'application/json', body: '{"ok":true}' },
		],
	])('%s', async (_title, fault) => {
		await provision(livekit);
		livekit.server.faults.push({ ...fault, method: 'TransferSIPParticipant' });
		const { item: got, asked } = await transferred('+14155550188');
		expect(got).toMatchObject({
			outcome: 'unknown',
			transferred: false,
			message: expect.stringMatching(/may have been transferred/),
		});
		expect(asked).toBe(1);
	});
});

it('a call that is never answered is not transferred', async () => {
	const { outbound } = await provision(livekit);
	await livekit.call('SIP/CreateSIPParticipant', {
		sip_trunk_id: outbound,
		sip_call_to: '+15555550408',
		room_name: 'call-1',
		participant_identity: 'ringing',
		ringing_timeout: '1s',
	});
	const { item: got } = await transferred('+14155550188', { participant: picked('ringing') });
	expect(got).toMatchObject({ outcome: 'failed', reason: 'call_not_answered', transferred: false });
});

describe('what has to be put right before the carrier is asked is a failure', () => {
	it.each<[string, IDataObject, RegExp]>([
		['a call that has ended', { participant: picked('gone') }, /participant does not exist/],
		['no phone call', { participant: picked('anna') }, /is not a phone call/],
		['no target', { transferTo: '={{ "" }}' }, /^Transfer To is empty for this row/],
	])('%s', async (_title, own, message) => {
		await provision(livekit);
		livekit.server.join('call-1', 'anna');
		expect((await livekit.run(transfer('+14155550188', own))).error?.message).toMatch(message);
	});

	it('no SIP service', async () => {
		await provision(livekit);
		livekit.server.options.bridge = false;
		expect((await livekit.run(transfer('+14155550188'))).error?.message).toMatch(
			/No LiveKit SIP service/,
		);
	});

	it('a wrong credential', async () => {
		await provision(livekit);
		const { error } = await runNode(
			{ ...credentialOf(livekit.server), apiSecret: 'x'.repeat(40) },
			transfer('+14155550188'),
		);
		expect(error?.message).toMatch(/refused the API key/);
	});

	it('of one row, and the others go on', async () => {
		await provision(livekit);
		const rows = [{ who: 'gone' }, { who: 'caller' }];
		const { items, errors } = await livekit.run(
			transfer('+15555550603', { participant: picked('={{ $json.who }}') }),
			rows,
			{ onError: 'continueErrorOutput' },
		);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(items).toMatchObject([{ json: { outcome: 'refused' }, pairedItem: { item: 1 } }]);
	});
});
