import { decode } from '../../../livekit/codec/decode';
import type { JsonObject } from '../../../livekit/json';
import { simplifyMessage } from '../../../livekit/objects/simplify';
import type { MessageName } from '../../../livekit/schema';

function simple(message: MessageName, answer: JsonObject) {
	return simplifyMessage(message, decode(message, answer));
}

it('trunks keep what people look for', () => {
	const trunk = simple('SIPInboundTrunkInfo', {
		sip_trunk_id: 'ST_1',
		name: 'n',
		numbers: ['+1'],
		headers: { a: 'b' },
		media: {},
	});
	expect(trunk).toEqual({
		sip_trunk_id: 'ST_1',
		name: 'n',
		numbers: ['+1'],
		allowed_numbers: [],
		allowed_addresses: [],
		auth_username: '',
		auth_password: '',
		metadata: '',
	});
	expect(simple('SIPOutboundTrunkInfo', { address: 'a' })).toMatchObject({
		address: 'a',
		transport: 'SIP_TRANSPORT_AUTO',
	});
});

it.each([
	[
		{ dispatch_rule_direct: { room_name: 'r', pin: '1' } },
		{ rule_type: 'direct', room: 'r', pin: '1' },
	],
	[
		{ dispatch_rule_individual: { room_prefix: 'c-' } },
		{ rule_type: 'individual', room: 'c-', pin: '' },
	],
	[{ dispatchRuleCallee: {} }, { rule_type: 'callee', room: '', pin: '' }],
	[null, { rule_type: null, room: '', pin: '' }],
])('the rule %j', (rule, wanted) => {
	expect(
		simple('SIPDispatchRuleInfo', { rule, roomConfig: { agents: [{ agentName: 'a' }, {}] } }),
	).toMatchObject({ ...wanted, agents: ['a', ''] });
});

it('calls say direction, numbers, state and times', () => {
	const attributes = {
		'sip.callStatus': 'active',
		'sip.ruleID': 'SDR_1',
		'sip.phoneNumber': '+1',
		'sip.trunkPhoneNumber': '+2',
		'sip.callID': 'SCL_1',
		'sip.trunkID': 'ST_1',
		'sip.hostname': 'sip.example.com',
		'sip.callIDFull': 'x',
		'sip.callTag': 'y',
		'sip.h.x-team': 'a',
		tier: 'gold',
		'lk.sip.inviteTime': '1700000000250',
		'lk.sip.answerTime': '1700000001500',
		'lk.request_id': 'z',
	};
	expect(
		simple('ParticipantInfo', {
			identity: 'i',
			sid: 'PA_1',
			joinedAt: '1700000000',
			metadata: 'm',
			attributes,
		}),
	).toEqual({
		participant_identity: 'i',
		participant_id: 'PA_1',
		participant_name: '',
		participant_metadata: 'm',
		status: 'active',
		direction: 'inbound',
		phone_number: '+1',
		trunk_phone_number: '+2',
		hostname: 'sip.example.com',
		sip_call_id: 'SCL_1',
		sip_trunk_id: 'ST_1',
		sip_dispatch_rule_id: 'SDR_1',
		invited_at: '2023-11-14T22:13:20.250Z',
		answered_at: '2023-11-14T22:13:21.500Z',
		joined_at: '2023-11-14T22:13:20.000Z',
		participant_attributes: { 'sip.h.x-team': 'a', tier: 'gold' },
	});
	expect(
		simple('ParticipantInfo', { joined_at: '1700000000', joined_at_ms: '1700000000123' }),
	).toMatchObject({ joined_at: '2023-11-14T22:13:20.123Z' });
});

it.each(['', 'soon', '-1', '9e99'])('calls without a time, or with %j, have none', (time) => {
	const attributes = {
		'sip.trunkID': 'ST_1',
		'lk.sip.answerTime': time,
		'lk.sip.inviteTime': time,
	};
	expect(simple('ParticipantInfo', { identity: 'i', attributes })).toMatchObject({
		direction: 'outbound',
		status: '',
		hostname: '',
		invited_at: null,
		answered_at: null,
		joined_at: null,
		participant_attributes: {},
	});
});

it('other messages stay as they are', () => {
	expect(simplifyMessage('SIPParticipantInfo', { sip_call_id: 'SCL_1' })).toEqual({
		sip_call_id: 'SCL_1',
	});
});
