import { decode } from '../../livekit/decode';
import { simplifyMessage } from '../../livekit/simplify';

function simple(message: string, answer: Record<string, unknown>) {
	return simplifyMessage(message, decode(message, answer));
}

it('trunks keep what people look for', () => {
	const trunk = simple('SIPInboundTrunkInfo', { sip_trunk_id: 'ST_1', name: 'n', numbers: ['+1'], headers: { a: 'b' }, media: {} });
	expect(trunk).toEqual({ sip_trunk_id: 'ST_1', name: 'n', numbers: ['+1'], allowed_numbers: [], allowed_addresses: [], auth_username: '', auth_password: '', metadata: '' });
	expect(simple('SIPOutboundTrunkInfo', { address: 'a' })).toMatchObject({ address: 'a', transport: 'SIP_TRANSPORT_AUTO' });
});

it.each([
	[{ dispatch_rule_direct: { room_name: 'r', pin: '1' } }, { rule_type: 'direct', room: 'r', pin: '1' }],
	[{ dispatch_rule_individual: { room_prefix: 'c-' } }, { rule_type: 'individual', room: 'c-', pin: '' }],
	[{ dispatchRuleCallee: {} }, { rule_type: 'callee', room: '', pin: '' }],
	[null, { rule_type: null, room: '', pin: '' }],
])('the rule %j', (rule, wanted) => {
	expect(simple('SIPDispatchRuleInfo', { rule, roomConfig: { agents: [{ agentName: 'a' }, {}] } })).toMatchObject({ ...wanted, agents: ['a', ''] });
});

it('calls say direction, numbers and state', () => {
	const attributes = { 'sip.callStatus': 'active', 'sip.ruleID': 'SDR_1', 'sip.phoneNumber': '+1', 'sip.trunkPhoneNumber': '+2', 'sip.callID': 'SCL_1', 'sip.trunkID': 'ST_1' };
	expect(simple('ParticipantInfo', { identity: 'i', sid: 'PA_1', joinedAt: '1700000000', attributes })).toEqual({
		participant_identity: 'i', participant_id: 'PA_1', participant_name: '', status: 'active', direction: 'inbound', phone_number: '+1',
		trunk_phone_number: '+2', sip_call_id: 'SCL_1', sip_trunk_id: 'ST_1', joined_at: '2023-11-14T22:13:20.000Z',
	});
	expect(simple('ParticipantInfo', { identity: 'i', attributes: { 'sip.trunkID': 'ST_1' } })).toMatchObject({ direction: 'outbound', status: '', joined_at: null });
});

it('other messages stay as they are', () => {
	expect(simplifyMessage('SIPParticipantInfo', { sip_call_id: 'SCL_1' })).toEqual({ sip_call_id: 'SCL_1' });
});
