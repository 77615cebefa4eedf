import { eventually, failed, useCalls } from '../support/calling';
import { ask } from '../support/client';
import { useClock } from '../support/clock';

const calls = useCalls();
const clock = useClock();
const { start, dial, status } = calls;

const transfer = (change: object, on = calls.livekit) =>
	ask(on, 'SIP/TransferSIPParticipant', {
		room_name: 'r1',
		participant_identity: 'callee',
		transfer_to: 'tel:+15555550188',
		...change,
	});

test('a call that is up is handed over, then leaves', async () => {
	await dial({});
	clock.hold();
	expect(await transfer({})).toEqual({ status: 200, type: 'application/json', body: {} });
	clock.pass(999);
	expect(status()).toBe('active');
	clock.pass(1);
	expect(calls.livekit.participants('r1')).toEqual([]);
});

test('newer servers say how it went', async () => {
	const newer = await start({ transferAnswer: 'response' });
	await dial({}, newer);
	expect((await transfer({}, newer)).body).toEqual({
		transfer_id: expect.stringMatching(/^STR_/),
		status: 'STS_TRANSFER_SUCCESSFUL',
		reason: 'STR_COMPLETED',
		sip_status: null,
	});
});

test('a refusing target', async () => {
	await dial({});
	expect(await transfer({ transfer_to: 'tel:+15555550603' })).toEqual(
		failed(403, 'permission_denied', 'call transfer failed: sip status: 603: Decline', {
			sip_status_code: '603',
			sip_status: 'Decline',
			sip_transfer_reason: 'STR_REJECTED',
			sip_transfer_id: expect.stringMatching(/^STR_/),
			error_details: expect.any(String),
		}),
	);
	expect(status()).toBe('active');
});

test('a target that does not answer in time', async () => {
	await dial({});
	const silent = { transfer_to: 'tel:+15555550408', ringing_timeout: '0.03s' };
	expect(await transfer(silent)).toEqual(failed(408, 'canceled', 'context deadline exceeded'));
	expect(await transfer({ ringing_timeout: '0s' })).toEqual(
		failed(503, 'unavailable', 'no response from servers'),
	);
});

test('before the answer it waits, and fails with the call or at its own deadline', async () => {
	const rings = { sip_call_to: '+15555550408', wait_until_answered: false };
	const transferAndWait = async (change: object, milliseconds: number) => {
		const before = clock.waiting();
		const answer = transfer(change);
		await eventually(() => expect(clock.waiting()).toBeGreaterThan(before));
		clock.pass(milliseconds);
		return await answer;
	};
	clock.hold();
	await dial({ ...rings, ringing_timeout: '5s' });
	expect(await transferAndWait({}, 5000)).toEqual(
		failed(412, 'failed_precondition', "can't transfer non established call"),
	);
	await dial(rings);
	expect(await transferAndWait({ ringing_timeout: '3s' }, 3000)).toEqual(
		failed(408, 'deadline_exceeded', 'request timed out'),
	);
});

test('what cannot be transferred', async () => {
	expect(await transfer({ room_name: '' })).toEqual(
		failed(400, 'invalid_argument', 'Missing room name'),
	);
	expect(await transfer({ transfer_to: '+1555' })).toMatchObject({
		status: 400,
		body: { msg: 'transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)' },
	});
	expect(await transfer({})).toEqual(failed(404, 'not_found', 'participant does not exist'));
	calls.livekit.join('r1', 'callee');
	expect(await transfer({})).toEqual(
		failed(400, 'invalid_argument', 'no SIP session associated with participant'),
	);
});
