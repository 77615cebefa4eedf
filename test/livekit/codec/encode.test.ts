import { encode } from '../../../livekit/codec/encode';
import { messageNames, messageOf, type MessageName } from '../../../livekit/schema';
import * as fc from '../../support/fastCheck';

const create = 'CreateSIPInboundTrunkRequest';
const place = 'CreateSIPParticipantRequest';

function body(message: MessageName, value: unknown): string {
	const { body: encoded, faults } = encode(message, value);
	expect(faults).toEqual([]);
	return JSON.stringify(encoded);
}

function faultsOf(message: MessageName, value: unknown): string[] {
	return encode(message, value).faults.map(({ path, message: text }) => `${path} ${text}`);
}

describe('scalars', () => {
	it.each([
		[30, '30s'],
		['30', '30s'],
		['30s', '30s'],
		[' 1.5 s ', '1.5s'],
		[0.000_000_1, '0.0000001s'],
		[{ seconds: '30', nanos: 500_000_000 }, '30.5s'],
		[{ seconds: 100 }, '100s'],
		[{}, '0s'],
		[315_576_000_000, '315576000000s'],
	])('duration %p is sent as %s', (given, wanted) => {
		expect(body('TransferSIPParticipantRequest', { ringing_timeout: given })).toBe(
			`{"ringing_timeout":"${wanted}"}`,
		);
	});

	it.each([
		'1m',
		'151e8',
		'-5',
		-5,
		'abc',
		true,
		[30],
		{ minutes: 1 },
		{ seconds: 'x' },
		Number.NaN,
		315_576_000_001,
		'1,5',
	])('duration %p is refused', (given) => {
		expect(faultsOf('TransferSIPParticipantRequest', { ringing_timeout: given })).toEqual([
			expect.stringContaining('ringing_timeout must be a number of seconds such as 30'),
		]);
	});

	it('text takes numbers by their digits, and refuses what has lost digits', () => {
		expect(body(place, { sip_call_to: 15_105_550_100, dtmf: 0 })).toBe(
			'{"sip_call_to":"15105550100","dtmf":"0"}',
		);
		expect(body(place, { sip_call_to: '151e8' })).toBe('{"sip_call_to":"151e8"}');
		expect(faultsOf(place, { sip_call_to: 2 ** 60 })).toEqual([
			expect.stringContaining(
				'sip_call_to must be text, and 1152921504606847000 is a number that has lost digits',
			),
		]);
		expect(body('SIPInboundTrunkInfo', { name: 1.5 })).toBe('{"name":"1.5"}');
		for (const lost of [2 ** 53, 1e21, Number.NaN, Infinity])
			expect(faultsOf(place, { sip_call_to: lost })).toHaveLength(1);
		expect(faultsOf(place, { sip_call_to: true })).toEqual(['sip_call_to must be text, not true']);
		expect(faultsOf(place, { room_name: 5n })).toHaveLength(1);
	});

	it('booleans', () => {
		expect(body(place, { hide_phone_number: 'true', wait_until_answered: 'false' })).toBe(
			'{"hide_phone_number":true}',
		);
		for (const wrong of ['yes', 1, 'True'])
			expect(faultsOf(place, { hide_phone_number: wrong })).toEqual([
				expect.stringContaining('hide_phone_number must be true or false'),
			]);
	});

	it('numbers', () => {
		expect(body('RoomConfiguration', { max_participants: '5', empty_timeout: 0 })).toBe(
			'{"max_participants":5}',
		);
		expect(faultsOf('RoomConfiguration', { max_participants: -1 })).toEqual([
			'max_participants must lie between 0 and 4294967295, not -1',
		]);
		expect(faultsOf('RoomConfiguration', { max_participants: 1.5 })).toEqual([
			'max_participants must be a whole number, not 1.5',
		]);
		expect(faultsOf('RoomConfiguration', { max_participants: '151e8' })).toEqual([
			expect.stringContaining('max_participants must lie between'),
		]);
		expect(faultsOf('RoomConfiguration', { max_participants: 'many' })).toEqual([
			'max_participants must be a number, not "many"',
		]);
		expect(body('EncodingOptions', { key_frame_interval: '2.5' })).toBe(
			'{"key_frame_interval":2.5}',
		);
		expect(body('RoomParticipantIdentity', { revoke_token_ts: '1700000000' })).toBe(
			'{"revoke_token_ts":"1700000000"}',
		);
	});

	it.each(['SIP_TRANSPORT_TLS', 'sip_transport_tls', 'tls', 'TLS', 3, '3'])('enum %p', (given) => {
		expect(body('SIPUri', { transport: given })).toBe('{"transport":"SIP_TRANSPORT_TLS"}');
	});

	it.each(['SIP_TRANSPORT_QUIC', 7, '', true, ['tls'], { a: 1 }, 'constructor', '__proto__'])(
		'enum %p is refused, or left out where empty',
		(given) => {
			const { body: encoded, faults } = encode('SIPUri', { transport: given });
			expect(encoded).toEqual({});
			expect(faults.map(({ message }) => message)).toEqual(
				given === ''
					? []
					: [expect.stringContaining('must be SIP_TRANSPORT_AUTO, SIP_TRANSPORT_UDP')],
			);
		},
	);

	it('an ending that fits several enum values is refused', () => {
		expect(faultsOf('AutoParticipantEgress', { preset: '30' })).toHaveLength(1);
		expect(body('AutoParticipantEgress', { preset: 'h264_720p_30' })).toBe(
			'{"preset":"H264_720P_30"}',
		);
	});

	it('SIP statuses by number', () => {
		expect(body('SIPInboundTrunkInfo', { ringing_timeout_status: 486 })).toBe(
			'{"ringing_timeout_status":"SIP_STATUS_BUSY_HERE"}',
		);
	});
});

describe('unset, empty and default values', () => {
	it('are left out, except where the field is optional', () => {
		const unset = {
			name: '',
			numbers: [],
			headers: {},
			krisp_enabled: false,
			include_headers: 'SIP_NO_HEADERS',
			ringing_timeout: null,
			metadata: undefined,
		};
		expect(body('SIPInboundTrunkInfo', unset)).toBe('{}');
		expect(body(place, { display_name: '' })).toBe('{"display_name":""}');
		expect(body('SIPOutboundTrunkUpdate', { name: '', transport: 'SIP_TRANSPORT_AUTO' })).toBe(
			'{"name":"","transport":"SIP_TRANSPORT_AUTO"}',
		);
		expect(body('SIPMediaConfig', { encryption: 0 })).toBe(
			'{"encryption":"SIP_MEDIA_ENCRYPT_DISABLE"}',
		);
	});

	it('of messages mean something, but an empty room configuration, which the form makes, is none', () => {
		expect(
			body('UpdateSIPInboundTrunkRequest', {
				update: { media: { codecs: [], drop_audio_during_dtmf: false } },
			}),
		).toBe('{"update":{"media":{}}}');
		expect(body('RoomEgress', { tracks: {} })).toBe('{"tracks":{}}');
		expect(
			body('CreateSIPDispatchRuleRequest', {
				dispatch_rule: { rule: { individual: {} }, room_config: { agents: {} } },
			}),
		).toBe('{"dispatch_rule":{"rule":{"dispatch_rule_individual":{}}}}');
	});

	it('are kept for changes', () => {
		const { body: kept } = encode(
			'SIPDispatchRuleInfo',
			{ metadata: '', krisp_enabled: false, room_config: { agents: {}, max_participants: 0 } },
			'',
			{ keepEmpty: true },
		);
		expect(kept).toEqual({
			metadata: '',
			krisp_enabled: false,
			room_config: { agents: [], max_participants: 0 },
		});
	});
});

describe('names', () => {
	it('are found in any spelling', () => {
		for (const name of [
			'auth_username',
			'authUsername',
			'AuthUsername',
			'AUTH_USERNAME',
			'authusername',
		]) {
			expect(body('SIPInboundTrunkInfo', { [name]: 'u' })).toBe('{"auth_username":"u"}');
		}
		expect(body('EncodedFileOutput', { aliOSS: { bucket: 'b' } })).toBe(
			'{"aliOSS":{"bucket":"b"}}',
		);
	});

	it('that LiveKit does not know are reported with a suggestion', () => {
		expect(faultsOf(create, { trunk: { allowed_adresses: ['1.2.3.4'] } })).toEqual([
			"trunk.allowed_adresses is not a field of LiveKit's SIPInboundTrunkInfo. Did you mean allowed_addresses?",
		]);
		expect(faultsOf('GetSIPInboundTrunkRequest', { whatever: 1 })).toEqual([
			expect.stringContaining('Its fields are sip_trunk_id'),
		]);
		expect(faultsOf(create, { trunk: { headers: {}, unknown_and_null: null } })).toHaveLength(1);
	});

	it.each<[MessageName, string, string]>([
		['SIPInboundTrunkInfo', 'address', 'is a field of outbound trunks'],
		['SIPInboundTrunkInfo', 'inbound_numbers', 'combined trunks of LiveKit before 2024'],
		['SIPOutboundTrunkInfo', 'outboundAddress', 'combined trunks of LiveKit before 2024'],
		['SIPDispatchRuleInfo', 'headers', "though LiveKit's documentation lists it"],
		['SIPDispatchRuleInfo', 'roomName', 'belongs inside the rule'],
		['SIPDispatchRuleUpdate', 'pin', 'belongs inside the rule'],
		['SIPDispatchRuleInfo', 'agents', 'belongs inside room_config'],
		['CreateSIPParticipantRequest', 'room_config', 'is not a field of calls'],
	])('%s.%s has a reason of its own', (message, name, text) => {
		expect(faultsOf(message, { [name]: 'x' })).toEqual([expect.stringContaining(text)]);
	});

	it('given twice in two spellings are refused where the values differ', () => {
		expect(faultsOf(place, { room_name: 'a', roomName: 'b' })).toEqual([
			'room_name is given twice, in two spellings. Keep one of them',
		]);
		expect(body(place, { room_name: 'a', roomName: 'a' })).toBe('{"room_name":"a"}');
		expect(faultsOf(place, { callTo: '+1', sip_call_to: '+2' })).toEqual([
			'sip_call_to is given twice, in two spellings. Keep one of them',
		]);
		expect(
			faultsOf('SIPDispatchRule', {
				direct: { room_name: 'a' },
				dispatch_rule_direct: { room_name: 'b' },
			}),
		).toHaveLength(1);
	});

	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
		'%s is an unknown name like any other, in every message',
		(name) => {
			for (const message of messageNames) {
				const { body: encoded, faults } = encode(
					message,
					JSON.parse(`{${JSON.stringify(name)}: "x"}`),
				);
				expect(encoded).toEqual({});
				expect(faults).toEqual([{ path: name, message: expect.stringMatching(/^is not a field/) }]);
			}
		},
	);

	it('of two members of a oneof are refused', () => {
		expect(faultsOf('SIPRequestDest', { raw: 'sip:a@b', values: { host: 'b' } })).toEqual([
			' holds both raw and values. LiveKit takes one of them: remove the other',
		]);
		expect(
			faultsOf('SIPDispatchRule', { direct: { room_name: 'a' }, individual: {} }),
		).toHaveLength(1);
	});
});

describe('lists', () => {
	it.each([
		['+1, +2;+3\n+4', ['+1', '+2', '+3', '+4']],
		['["+1","+2"]', ['+1', '+2']],
		[
			['+1', ' +2 '],
			['+1', '+2'],
		],
		[[15105550100], ['15105550100']],
		[
			{
				rows: [
					{ trunk: { __rl: true, mode: 'list', value: 'ST_1' } },
					{ trunk: 'ST_2, ST_3' },
					{ trunk: ['ST_4'] },
				],
			},
			['ST_1', 'ST_2', 'ST_3', 'ST_4'],
		],
		['alice', ['alice']],
		[5, ['5']],
	])('%p', (given, wanted) => {
		expect(encode('SIPInboundTrunkInfo', { numbers: given })).toEqual({
			body: { numbers: wanted },
			faults: [],
		});
	});

	it('name the entry that is wrong', () => {
		expect(faultsOf('SIPInboundTrunkInfo', { numbers: ['+1', null, '', true] })).toEqual([
			'numbers[1] is empty. Fill it in or remove the row',
			'numbers[2] is empty. Fill it in or remove the row',
			'numbers[3] must be text, not true',
		]);
		expect(
			faultsOf('SIPDispatchRuleInfo', {
				trunk_ids: { rows: [{ trunk: { __rl: true, mode: 'list', value: '' } }] },
			}),
		).toEqual(['trunk_ids[0] is empty. Fill it in or remove the row']);
	});

	it('of messages take rows with rarely used fields', () => {
		const rows = [
			{
				agent_name: 'a',
				metadata: { lang: 'en' },
				more: { restart_policy: 'JRP_NEVER', attributes: '{"k":"v"}' },
			},
		];
		expect(body('RoomConfiguration', { agents: { rows } })).toBe(
			'{"agents":[{"agent_name":"a","metadata":"{\\"lang\\":\\"en\\"}","restart_policy":"JRP_NEVER","attributes":{"k":"v"}}]}',
		);
		expect(faultsOf('RoomConfiguration', { agents: 'a, b' })).toEqual([
			'agents[0] must be a JSON object, not text',
			'agents[1] must be a JSON object, not text',
		]);
	});
});

describe('maps', () => {
	it("keep the user's keys, also hostile ones", () => {
		const keys = [
			'__proto__',
			'constructor',
			'toString',
			'rows',
			'more',
			'a.b',
			'X-Foo',
			'snake_case',
			'camelCase',
			' spaced ',
		];
		const map = JSON.parse(
			`{${keys.map((name) => `${JSON.stringify(name)}: "v"`).join(',')}}`,
		) as unknown;
		expect(body('SIPInboundTrunkInfo', { headers: map })).toBe(JSON.stringify({ headers: map }));
		const rows = { rows: keys.map((name) => ({ name, value: 'v' })) };
		expect(body('SIPInboundTrunkInfo', { headers: rows }).replace('spaced', ' spaced ')).toBe(
			JSON.stringify({ headers: map }),
		);
		expect(
			Object.getPrototypeOf(encode('SIPInboundTrunkInfo', { headers: map }).body.headers),
		).toBe(Object.prototype);
	});

	it('refuse rows without or with the same name, and values that are no text', () => {
		const rows = [
			{ name: '', value: 'v' },
			{ name: 'a', value: '1' },
			{ name: 'a', value: '2' },
			{ name: 'b', value: { c: 1 } },
		];
		expect(faultsOf('SIPInboundTrunkInfo', { headers: { rows } })).toEqual([
			'headers has a row without a name. Fill it in or remove the row',
			'headers.a is given twice. Keep one of them',
			'headers.b must be text, not an object',
		]);
		for (const wrong of ['X-A: 1', ['a'], 5])
			expect(faultsOf('SIPInboundTrunkInfo', { headers: wrong })).toEqual([
				expect.stringContaining('headers must be an object of names and values'),
			]);
	});

	it('take numbers and booleans as text', () => {
		expect(body('SIPInboundTrunkInfo', { headers: { a: 1, b: true, c: null } })).toBe(
			'{"headers":{"a":"1","b":"true","c":""}}',
		);
	});
});

describe('secrets never stand in the text of a fault', () => {
	const secret = 'S3cr3t';
	const secretFields = messageNames.flatMap((message) =>
		messageOf(message)
			.fields.filter((field) => field.secret)
			.map((field) => [message, field.name] as const),
	);

	it.each(secretFields)('%s.%s', (message, name) => {
		for (const wrong of [{ a: secret }, [secret], [[secret]], { [secret]: true }]) {
			const faults = faultsOf(message, { [name]: wrong });
			expect(faults).toEqual([expect.stringContaining(name)]);
			expect(faults.join()).not.toContain(secret);
		}
	});

	it('and not where something else stands in the place of the message that holds them', () => {
		const anywhere = fc.constantFrom(
			secret,
			[secret],
			[{ secret }],
			`{"secret":"${secret}",`,
			`[{"pin":"${secret}"}`,
			[[secret]],
		);
		const holders = messageNames.flatMap((message) =>
			messageOf(message)
				.fields.filter((field) => field.kind === 'message')
				.map((field) => [message, field.name] as const),
		);
		fc.assert(
			fc.property(fc.constantFrom(...holders), anywhere, ([message, name], given) => {
				expect(faultsOf(message, { [name]: given }).join()).not.toContain(secret);
			}),
			{ numRuns: 500 },
		);
	});
});

it('anything at all gives a body or faults, never an exception', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...messageNames),
			fc.jsonValue({ depthSize: 'small' }),
			(message, value) => {
				const { faults } = encode(message, value);
				if (typeof value !== 'object' || value === null || Array.isArray(value))
					expect(faults.length > 0 || typeof value === 'string').toBe(true);
				for (const fault of faults) expect(typeof fault.message).toBe('string');
			},
		),
		{ numRuns: 500 },
	);
});

it('an invalid JSON text says what it is', () => {
	expect(faultsOf('RoomConfiguration', { egress: '{ "room": { } ' })).toEqual([
		'egress must be a JSON object, not text that is no valid JSON: check its quotes, commas and brackets',
	]);
});

describe('a rule whose type stands beside its other fields', () => {
	it.each([
		[
			{ type: 'direct', roomName: 'support', pin: '12', name: 'N' },
			{ name: 'N', rule: { dispatch_rule_direct: { room_name: 'support', pin: '12' } } },
		],
		[
			{ type: 'Individual', room_prefix: 'call-', trunkIds: ['ST_1'] },
			{ trunk_ids: ['ST_1'], rule: { dispatch_rule_individual: { room_prefix: 'call-' } } },
		],
		[{ type: 'callee', randomize: true }, { rule: { dispatch_rule_callee: { randomize: true } } }],
	])('%j', (given, wanted) => {
		expect(encode('SIPDispatchRuleInfo', given)).toEqual({ body: wanted, faults: [] });
	});

	it('is refused beside another rule, and with another type', () => {
		const both = { type: 'direct', roomName: 'a', rule: { dispatch_rule_callee: {} } };
		expect(faultsOf('SIPDispatchRuleInfo', both).join()).toContain('type is not a field');
		expect(faultsOf('SIPDispatchRuleInfo', { type: 'x' }).join()).toContain('type is not a field');
	});
});

describe('objects where a text is expected', () => {
	it.each([
		['SIPDispatchRuleInfo', { trunkIds: [{ name: 'main' }] }, 'trunk_ids[0] must be text'],
		['SIPInboundTrunkInfo', { numbers: [{ number: '+1' }] }, 'numbers[0] must be text'],
		['SIPInboundTrunkInfo', { numbers: { number: '+1' } }, 'numbers[0] must be text'],
		['ListSIPDispatchRuleRequest', { trunk_ids: [{ id: 'ST_1' }] }, 'trunk_ids[0] must be text'],
	] as const)('%s %j', (message, given, fault) => {
		expect(faultsOf(message, given)).toEqual([expect.stringContaining(fault)]);
	});

	it('but the rows of a form hold their text in one', () => {
		expect(body('SIPInboundTrunkInfo', { numbers: { rows: [{ number: '+1' }] } })).toBe(
			'{"numbers":["+1"]}',
		);
	});
});

describe('the likely right name', () => {
	it.each([
		['SIPInboundTrunkInfo', 'password', 'Did you mean auth_password?'],
		['SIPOutboundTrunkInfo', 'phone_number', 'Did you mean numbers?'],
		['SIPOutboundTrunkInfo', 'hostname', 'Did you mean address?'],
		['SIPDispatchRuleInfo', 'agent_name', 'belongs inside room_config'],
		['SIPDispatchRuleInfo', 'trunkId', 'Did you mean trunk_ids?'],
		['CreateSIPParticipantRequest', 'sip_call_from', 'Did you mean sip_number?'],
		['CreateSIPParticipantRequest', 'trunk_id', 'Did you mean sip_trunk_id?'],
		['CreateSIPParticipantRequest', 'room', 'Did you mean room_name?'],
		['CreateSIPParticipantRequest', 'phone_number', 'Did you mean sip_call_to?'],
		['TransferSIPParticipantRequest', 'room', 'Did you mean room_name?'],
	] as const)('%s %s', (message, name, words) => {
		expect(faultsOf(message, { [name]: 'x' })).toEqual([expect.stringContaining(words)]);
	});
});
