import { fromBinary } from '@bufbuild/protobuf';

import { livekitRegistry } from '../../local/livekit/schema';
import { eventually, failed, useCalls } from '../support/calling';
import { answered } from '../support/client';
import { useClock } from '../support/clock';

interface Participant {
	identity: string;
	sid: string;
	kind: string;
	attributes: Record<string, string>;
}

const BUSY_DETAILS =
	'CAgSKUlOVklURSBmYWlsZWQ6IHNpcCBzdGF0dXM6IDQ4NjogQnVzeSBIZXJlGjcKJXR5cGUuZ29vZ2xlYXBpcy5jb20vbGl2ZWtpdC5TSVBTdGF0dXMSDgjmAxIJQnVzeSBIZXJl';

const calls = useCalls();
const clock = useClock();
const { start, dial, status } = calls;

test('an answered call is a SIP participant in the room', async () => {
	const trunk = { name: 'T', address: 'sip.example.com', numbers: ['+15555550777'] };
	const { sip_trunk_id } = await answered(calls.livekit, 'SIP/CreateSIPOutboundTrunk', { trunk });
	const reply = await dial(
		{ sip_trunk_id, trunk: null, sip_number: '', participant_attributes: { order: '7' } },
		calls.livekit,
		{
			headers: { 'x-livekit-request-id': 'request-1' },
		},
	);
	const participant = await answered<Participant>(calls.livekit, 'RoomService/GetParticipant', {
		room: 'r1',
		identity: 'callee',
	});
	expect(reply).toMatchObject({
		status: 200,
		body: {
			participant_id: participant.sid,
			participant_identity: 'callee',
			room_name: 'r1',
			sip_call_id: participant.attributes['sip.callID'],
		},
	});
	expect(participant).toMatchObject({ kind: 'SIP', state: 'ACTIVE' });
	expect(participant.attributes).toEqual({
		order: '7',
		'sip.callID': expect.stringMatching(/^SCL_/),
		'sip.callIDFull': expect.any(String),
		'sip.callTag': expect.any(String),
		'lk.sip.answerTime': expect.stringMatching(/^\d{13}$/),
		'sip.callStatus': 'active',
		'sip.trunkID': sip_trunk_id,
		'sip.phoneNumber': '+15555550199',
		'sip.hostname': 'sip.example.com',
		'sip.trunkPhoneNumber': '+15555550777',
	});
	expect(calls.livekit.dials()).toEqual([
		{
			number: '+15555550199',
			from: '+15555550777',
			room: 'r1',
			identity: 'callee',
			callId: participant.attributes['sip.callID'],
			requestId: 'request-1',
			at: expect.any(Number),
		},
	]);
});

test('without waiting the answer comes at once, and the call goes on', async () => {
	const slow = await start({ answerAfterMs: 60 });
	clock.hold();
	expect((await dial({ wait_until_answered: false }, slow)).status).toBe(200);
	expect(status(slow)).toBe('dialing');
	clock.pass(30);
	await eventually(() => expect(status(slow)).toBe('ringing'));
	clock.pass(30);
	await eventually(() => expect(status(slow)).toBe('active'));
	expect(
		(
			await dial(
				{ wait_until_answered: false, sip_call_to: '+15555550486', participant_identity: 'busy' },
				slow,
			)
		).status,
	).toBe(200);
	expect(status(slow, 'busy')).toBe('dialing');
	clock.pass(60);
	await eventually(() => expect(status(slow, 'busy')).toBeUndefined());
});

test('a busy line, with the details as LiveKit writes them', async () => {
	const older = await start({ sipCodes: 'older' });
	expect(await dial({ sip_call_to: '+15555550486' }, older)).toEqual(
		failed(429, 'resource_exhausted', 'INVITE failed: sip status: 486: Busy Here', {
			sip_status_code: '486',
			sip_status: 'Busy Here',
			error_details: BUSY_DETAILS,
		}),
	);
	expect(older.participants('r1')).toEqual([]);
});

test.each([
	['current', 412, 'failed_precondition'],
	['older', 429, 'resource_exhausted'],
	['oldest', 503, 'unavailable'],
] as const)('generation %s answers a busy line as %i', async (sipCodes, httpStatus, code) => {
	calls.livekit.options.sipCodes = sipCodes;
	const reply = await dial({ sip_call_to: '+15555550486' });
	calls.livekit.options.sipCodes = 'current';
	expect(reply).toMatchObject({
		status: httpStatus,
		body: { code, meta: { sip_status_code: '486' } },
	});
});

test.each([
	[
		'0603',
		403,
		'permission_denied',
		'unexpected status from INVITE response: sip status: 603: Decline',
		'603',
	],
	['0404', 404, 'not_found', 'INVITE failed: sip status: 404: Not Found', '404'],
	[
		'0480',
		412,
		'failed_precondition',
		'INVITE failed: sip status: 480: Temporarily Unavailable',
		'480',
	],
	[
		'0503',
		412,
		'failed_precondition',
		'unexpected status from INVITE response: sip status: 503: Service Unavailable',
		'503',
	],
	[
		'0403',
		403,
		'permission_denied',
		'unexpected status from INVITE response: sip status: 403: Forbidden',
		'403',
	],
	[
		'0500',
		412,
		'failed_precondition',
		'unexpected status from INVITE response: sip status: 500: Server Internal Error',
		'500',
	],
])('a number ending in %s answers %i', async (digits, httpStatus, code, msg, sipStatus) => {
	const meta = {
		sip_status_code: sipStatus,
		sip_status: expect.any(String),
		error_details: expect.any(String),
	};
	expect(await dial({ sip_call_to: `+1555${digits}` })).toEqual(
		failed(httpStatus, code, msg, meta),
	);
});

test('error_details hold a google.rpc.Status with the SIP status', async () => {
	const { body } = await dial({ sip_call_to: '+15555550603' });
	const { meta } = body as { meta: { error_details: string } };
	const bytes = Buffer.from(meta.error_details, 'base64');
	const sipStatus = livekitRegistry().getMessage('livekit.SIPStatus');
	const name = Buffer.from('type.googleapis.com/livekit.SIPStatus');
	const at = bytes.indexOf(name) + name.length;
	expect(sipStatus && fromBinary(sipStatus, bytes.subarray(at + 2))).toMatchObject({
		code: 603,
		status: 'Decline',
	});
});

test('rejected credentials have no SIP status', async () => {
	expect(await dial({ sip_call_to: '+15555550407' })).toEqual(
		failed(412, 'failed_precondition', 'max auth retry attempts reached for SIP invite'),
	);
});

test('nobody picks up until the ringing timeout, or until the deadline of the request', async () => {
	const rings = { sip_call_to: '+15555550408' };
	expect(await dial({ ...rings, ringing_timeout: '0.05s' })).toEqual(
		failed(408, 'canceled', 'sip request timed out'),
	);
	expect(calls.livekit.participants('r1')).toEqual([]);
	expect(
		await dial({ ...rings, ringing_timeout: '5s' }, calls.livekit, {
			headers: { 'x-twirp-timeout-ms': '50' },
		}),
	).toEqual(failed(408, 'deadline_exceeded', 'request timed out'));
	expect(calls.livekit.participants('r1')).toEqual([]);
});

test('a ringing timeout shorter than the answer', async () => {
	const slow = await start({ answerAfterMs: 300 });
	expect(await dial({ ringing_timeout: '0.03s' }, slow)).toEqual(
		failed(408, 'canceled', 'sip request timed out'),
	);
});

test('without a bridge nothing is dialled', async () => {
	const lonely = await start({ bridge: false, noResponseAfterMs: 20 });
	expect(await dial({}, lonely)).toEqual(failed(503, 'unavailable', 'no response from servers'));
	expect(lonely.dials()).toEqual([]);
});

test.each([
	[{ trunk: null, sip_number: '' }, 'missing sip trunk id and sip number'],
	[{ trunk: {} }, 'no outbound hostname specified'],
	[{ trunk: { hostname: 'sip:x' } }, 'trunk hostname should be a hostname or IP, not SIP URI'],
	[{ sip_call_to: '' }, 'missing sip callee number'],
	[{ sip_call_to: 'a@b' }, 'SipCallTo should be a phone number or SIP user, not a full SIP URI'],
	[{ to_user_override: 'a b' }, 'ToUserOverride contains invalid characters: char 32 not allowed'],
	[{ room_name: '' }, 'missing room name'],
	[{ display_name: 'x'.repeat(129) }, 'DisplayName too long (max 128 characters)'],
	[{ display_name: 'a"b' }, 'DisplayName must be a valid quoted string: invalid syntax'],
	[
		{ destination: { city: 'x' } },
		'if city is specified, country or region must also be specified',
	],
	[
		{ destination: { country: 'us' } },
		"country must be a valid ISO 3166-1 alpha-2 code (2-letter like 'US', 'IN', 'UK')",
	],
	[{ headers: { Expires: '1' } }, 'invalid header name: header name Expires not supported'],
])('%j is refused before dialling', async (change, msg) => {
	expect(await dial(change)).toMatchObject({
		status: 400,
		body: { code: 'invalid_argument', msg },
	});
	expect(calls.livekit.dials()).toEqual([]);
});

test('an unknown trunk, and no caller number', async () => {
	expect(await dial({ sip_trunk_id: 'ST_x' })).toMatchObject({
		status: 404,
		body: { msg: 'requested sip trunk does not exist' },
	});
	expect(await dial({ sip_number: '' })).toEqual(
		failed(412, 'failed_precondition', 'no numbers on outbound trunk'),
	);
});

test('identity and attributes when the number is hidden', async () => {
	await dial({ participant_identity: '', hide_phone_number: true });
	const [participant] = calls.livekit.participants('r1');
	expect(participant?.identity).toBe('sip_+15555550199');
	expect(Object.keys(participant?.attributes ?? {})).not.toEqual(
		expect.arrayContaining(['sip.phoneNumber']),
	);
});

test('the same identity again replaces the older call', async () => {
	await dial({});
	await dial({ sip_call_to: '+15555550198' });
	expect(
		calls.livekit.participants('r1').map(({ attributes }) => attributes['sip.phoneNumber']),
	).toEqual(['+15555550198']);
	expect(calls.livekit.dials()).toHaveLength(2);
});

test.each([
	[false, 2],
	[true, 1],
])('a retry with the same request id, idempotent %j: %i dials', async (idempotent, dials) => {
	calls.livekit.options.idempotent = idempotent;
	const how = { headers: { 'x-livekit-request-id': 'same' } };
	const replies = [await dial({}, calls.livekit, how), await dial({}, calls.livekit, how)];
	calls.livekit.options.idempotent = false;
	expect(replies.map(({ status: answer }) => answer)).toEqual([200, 200]);
	expect(calls.livekit.dials()).toHaveLength(dials);
	if (idempotent) expect(replies[1]).toEqual(replies[0]);
});

test('removing the participant hangs up, while it rings too', async () => {
	const ringing = dial({ sip_call_to: '+15555550408' });
	await eventually(() => expect(status()).toBe('ringing'));
	await answered(calls.livekit, 'RoomService/RemoveParticipant', {
		room: 'r1',
		identity: 'callee',
	});
	expect(await ringing).toEqual(failed(408, 'canceled', 'sip request timed out'));
	expect(calls.livekit.participants('r1')).toEqual([]);
});

test('a call ends by itself after its longest duration', async () => {
	clock.hold();
	const answer = dial({ max_call_duration: '50s' });
	await eventually(() => expect(status()).toBe('dialing'));
	clock.pass(10);
	await answer;
	clock.pass(49_999);
	expect(status()).toBe('active');
	clock.pass(1);
	await eventually(() => expect(calls.livekit.participants('r1')).toEqual([]));
});
