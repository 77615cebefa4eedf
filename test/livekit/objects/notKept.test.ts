import { notKept } from '../../../livekit/objects/notKept';
import { decode } from '../../../livekit/codec/decode';
import { encode } from '../../../livekit/codec/encode';
import type { JsonObject } from '../../../livekit/json';
import type { MessageName } from '../../../livekit/schema';

function lost(sent: JsonObject, answer: JsonObject, message: MessageName = 'SIPInboundTrunkInfo') {
	return notKept(message, encode(message, sent).body, decode(message, answer));
}

it('finds nothing where the answer holds what was sent, in either casing and with defaults beside', () => {
	const sent = {
		name: 'n',
		numbers: ['+1'],
		ringing_timeout: 30,
		media: { codecs: [{ name: 'PCMU' }], encryption: 1 },
		headers: { a: '1', b: '2' },
	};
	expect(
		lost(sent, {
			name: 'n',
			numbers: ['+1'],
			ringing_timeout: '30.000s',
			media: { codecs: [{ name: 'PCMU', rate: 0 }], encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			headers: { b: '2', a: '1' },
		}),
	).toEqual([]);
	expect(
		lost(sent, {
			name: 'n',
			numbers: ['+1'],
			ringingTimeout: '30s',
			media: { codecs: [{ name: 'PCMU' }], encryption: 1 },
			headers: { a: '1', b: '2' },
		}),
	).toEqual([]);
});

it.each([
	[
		'a field that the server dropped',
		{ auth_realm: 'r' },
		{},
		[{ path: 'auth_realm', missing: true }],
	],
	[
		'a field of fixed words that the server dropped',
		{ ringing_timeout_status: 'SIP_STATUS_BUSY_HERE' },
		{},
		[{ path: 'ringing_timeout_status', missing: true }],
	],
	[
		'another of fixed words',
		{ include_headers: 'SIP_ALL_HEADERS' },
		{ include_headers: 'SIP_X_HEADERS' },
		[{ path: 'include_headers', missing: false }],
	],
	['another value', { name: 'a' }, { name: 'b' }, [{ path: 'name', missing: false }]],
	[
		'a whole message',
		{ media: { only_listed_codecs: true, codecs: [{ name: 'PCMU' }] } },
		{},
		[{ path: 'media', missing: true }],
	],
	[
		'one field of a message',
		{ media: { drop_audio_during_dtmf: true, media_timeout: 5 } },
		{ media: { media_timeout: '5s' } },
		[{ path: 'media.drop_audio_during_dtmf', missing: true }],
	],
	[
		'a list entry',
		{ numbers: ['+1', '+2'] },
		{ numbers: ['+1'] },
		[{ path: 'numbers', missing: false }],
	],
	['a map entry', { headers: { a: '1' } }, { headers: {} }, [{ path: 'headers', missing: true }]],
	[
		'a duration',
		{ ringing_timeout: 30 },
		{ ringing_timeout: '3s' },
		[{ path: 'ringing_timeout', missing: false }],
	],
])('finds %s', (_title, sent, answer, wanted) => expect(lost(sent, answer)).toEqual(wanted));

it('compares neither secrets, which may be masked, nor deprecated fields', () => {
	expect(lost({ auth_password: 'x', media_encryption: 1 }, { auth_password: '***' })).toEqual([]);
});

it('takes the older encryption of an older server for the current one', () => {
	expect(
		lost({ media: { encryption: 2 } }, { media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' }),
	).toEqual([]);
	expect(lost({ media: { encryption: 2 } }, {})).toEqual([
		{ path: 'media.encryption', missing: true },
	]);
});

it('looks into rules and agents', () => {
	const sent = {
		rule: { dispatch_rule_individual: { room_prefix: 'c', no_randomness: true } },
		room_config: { agents: [{ agent_name: 'a', thread_id: 'AT_1' }] },
	};
	const kept = {
		rule: { dispatchRuleIndividual: { roomPrefix: 'c' } },
		roomConfig: { agents: [{ agentName: 'a' }] },
	};
	expect(lost(sent, kept, 'SIPDispatchRuleInfo')).toEqual([
		{ path: 'rule.dispatch_rule_individual.no_randomness', missing: true },
		{ path: 'room_config.agents[0].thread_id', missing: true },
	]);
});
