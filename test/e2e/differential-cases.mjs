// Requests whose answers must be the same from the local LiveKit and from a real livekit-server.

const IN = { numbers: ['+15555550100'] };
const OUT = { name: 'Out', address: 'sip.example.com', numbers: ['+15555550100'] };
const DIRECT = { dispatch_rule_direct: { room_name: 'r1' } };
const DIAL = {
	sip_call_to: '+15555550199',
	room_name: 'r1',
	sip_number: '+15555550100',
	trunk: { hostname: 'sip.example.com' },
};

const createIn = (trunk) => ['SIP/CreateSIPInboundTrunk', { trunk: { ...IN, ...trunk } }];
const createOut = (trunk) => ['SIP/CreateSIPOutboundTrunk', { trunk: { ...OUT, ...trunk } }];
const createRule = (rule) => [
	'SIP/CreateSIPDispatchRule',
	{ dispatch_rule: { rule: DIRECT, ...rule } },
];
const dial = (change) => ['SIP/CreateSIPParticipant', { ...DIAL, ...change }];
const ADMIN_RPCS = [
	'ListSIPTrunk CreateSIPInboundTrunk CreateSIPOutboundTrunk UpdateSIPInboundTrunk UpdateSIPOutboundTrunk GetSIPInboundTrunk',
	'GetSIPOutboundTrunk ListSIPInboundTrunk ListSIPOutboundTrunk DeleteSIPTrunk CreateSIPDispatchRule UpdateSIPDispatchRule',
	'ListSIPDispatchRule DeleteSIPDispatchRule',
].flatMap((names) => names.split(' '));
const ROOM_RPCS =
	'ListParticipants GetParticipant RemoveParticipant UpdateParticipant UpdateRoomMetadata SendData PerformRpc'.split(
		' ',
	);
const NO_GRANTS = { claims: { sip: {}, video: {} } };

/**
 * Every case is a list of steps `[path, body, how?]`, run on empty servers. `body` is an object or raw text; `$0`, `$1` ...
 * in it stand for the ids that steps 0, 1 ... were answered. `how` may hold `headers`, `claims`, `httpMethod`, `token`.
 */
export const CASES = {
	// transport
	'GET is refused': [['SIP/ListSIPInboundTrunk', undefined, { httpMethod: 'GET' }]],
	'content type': [
		['SIP/ListSIPInboundTrunk', '{}', { headers: { 'content-type': 'text/plain' } }],
	],
	'content type with charset': [
		[
			'SIP/ListSIPInboundTrunk',
			'{}',
			{ headers: { 'content-type': 'Application/JSON; charset=utf-8' } },
		],
	],
	'unknown RPC': [
		['SIP/Nope', {}],
		['SIP/CreateSIPTrunk', {}],
		['RoomService/nope', {}],
		['SIP/', {}],
	],
	'unknown service': [
		['Nope/X', {}],
		['PhoneNumberService/ListPhoneNumbers', {}],
		['Connector/DialWhatsAppCall', {}],
	],
	'service in the wrong case': [['sip/ListSIPInboundTrunk', {}]],
	'not JSON': [
		['SIP/ListSIPInboundTrunk', ''],
		['SIP/ListSIPInboundTrunk', '[]'],
		['SIP/ListSIPInboundTrunk', 'null'],
		['SIP/ListSIPInboundTrunk', '{'],
		['SIP/ListSIPInboundTrunk', '"x"'],
	],
	'more after the JSON': [
		['SIP/ListSIPInboundTrunk', '{} x'],
		['SIP/ListSIPInboundTrunk', '{}{}'],
	],

	// tokens
	'no token': [['SIP/ListSIPInboundTrunk', {}, { token: null }]],
	'not Bearer': [
		['SIP/ListSIPInboundTrunk', {}, { headers: { authorization: 'Basic abc' } }],
		['SIP/ListSIPInboundTrunk', {}, { headers: { authorization: 'bearer abc' } }],
	],
	'no JWT': [
		['SIP/ListSIPInboundTrunk', {}, { token: 'abc' }],
		['SIP/ListSIPInboundTrunk', {}, { token: 'a.b.c' }],
	],
	'unknown key': [['SIP/ListSIPInboundTrunk', {}, { issuer: 'nobody' }]],
	'no issuer': [['SIP/ListSIPInboundTrunk', {}, { issuer: '' }]],
	'wrong secret': [
		['SIP/ListSIPInboundTrunk', {}, { secret: 'another-secret-of-32-characters-at-least' }],
	],
	expired: [
		['SIP/ListSIPInboundTrunk', {}, { expires: -120 }],
		['SIP/ListSIPInboundTrunk', {}, { expires: -30 }],
	],
	'not valid yet': [
		['SIP/ListSIPInboundTrunk', {}, { notBefore: 120 }],
		['SIP/ListSIPInboundTrunk', {}, { notBefore: 30 }],
	],
	'no expiry': [['SIP/ListSIPInboundTrunk', {}, { expires: null }]],
	'token in the query': [['SIP/ListSIPInboundTrunk', {}, { inQuery: true }]],
	'401 before the path': [['Nope/X', {}, { token: 'abc' }]],
	...Object.fromEntries(
		ADMIN_RPCS.map((rpc) => [
			`${rpc} needs sip.admin`,
			[[`SIP/${rpc}`, {}, { claims: { sip: { call: true } } }]],
		]),
	),
	'CreateSIPParticipant needs sip.call': [
		['SIP/CreateSIPParticipant', {}, { claims: { sip: { admin: true } } }],
	],
	'transfer needs sip.call': [
		[
			'SIP/TransferSIPParticipant',
			{ room_name: 'r1', participant_identity: 'p', transfer_to: 'tel:+1' },
			{ claims: { sip: { admin: true } } },
		],
	],
	'transfer needs roomAdmin': [
		[
			'SIP/TransferSIPParticipant',
			{ room_name: 'r2', participant_identity: 'p', transfer_to: 'tel:+1' },
		],
	],
	...Object.fromEntries(
		ROOM_RPCS.map((rpc) => [
			`${rpc} needs the room`,
			[
				[`RoomService/${rpc}`, { room: 'other', identity: 'x' }],
				[`RoomService/${rpc}`, { room: 'r1', identity: 'x' }, NO_GRANTS],
			],
		]),
	),
	'rooms need grants': [
		['RoomService/CreateRoom', { name: 'x' }, NO_GRANTS],
		['RoomService/DeleteRoom', { room: 'x' }, NO_GRANTS],
		['RoomService/ListRooms', {}, NO_GRANTS],
	],
	'dispatches need the room': [
		['AgentDispatchService/CreateDispatch', { room: 'x' }],
		['AgentDispatchService/ListDispatch', { room: 'x' }],
		['AgentDispatchService/DeleteDispatch', { room: 'x' }],
	],

	// JSON of protobuf
	camelCase: [
		[
			'SIP/CreateSIPInboundTrunk',
			{
				trunk: {
					numbers: ['+1'],
					allowedNumbers: ['+2'],
					authUsername: 'u',
					ringingTimeout: '30s',
				},
			},
		],
	],
	'both casings of one field': [createIn({ auth_username: 'a', authUsername: 'b' })],
	'unknown fields': [
		createIn({ nope: 1, media: { nope: {} } }),
		['SIP/ListSIPInboundTrunk', { nope: [] }],
	],
	'unknown enum': [
		createIn({ include_headers: 'NOPE' }),
		createOut({ transport: 'SIP_TRANSPORT_QUIC' }),
	],
	'enum as a number': [createOut({ transport: 2 })],
	'enum of the future': [createOut({ transport: 77 })],
	'null fields': [createIn({ media: null, name: null, headers: null })],
	'null in a list': [createIn({ numbers: ['+1', null] })],
	'null in a map': [createIn({ headers: { 'X-A': null } })],
	'numeric duration': [
		createIn({ ringing_timeout: 30 }),
		createIn({ ringing_timeout: '30' }),
		createIn({ ringing_timeout: '1m' }),
	],
	durations: [createIn({ ringing_timeout: '1.5s', max_call_duration: '0s' })],
	'long durations': [createIn({ ringing_timeout: '3600s', max_call_duration: '-5s' })],
	'text for bool': [createIn({ krisp_enabled: 'true' })],
	'number for text': [createIn({ name: 5 })],
	'object for list': [createIn({ numbers: {} })],
	'text for list': [createIn({ numbers: '+1' })],
	'list for map': [createIn({ headers: [] })],
	'number in a map': [createIn({ headers: { 'X-A': 5 } })],
	'two oneof members': [createRule({ rule: { ...DIRECT, dispatch_rule_callee: {} } })],
	'null oneof member': [createRule({ rule: { ...DIRECT, dispatch_rule_callee: null } })],
	'two actions': [['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: 'ST_x', replace: {}, update: {} }]],
	'rate as text': [createIn({ media: { codecs: [{ name: 'PCMU', rate: '8000' }] } })],
	'rate with a fraction': [createIn({ media: { codecs: [{ name: 'PCMU', rate: 8000.5 }] } })],
	'rate below zero': [createIn({ media: { codecs: [{ name: 'PCMU', rate: -1 }] } })],
	timestamps: [
		createIn({ created_at: '2026-01-02T03:04:05Z' }),
		createIn({ numbers: ['+2'], created_at: 'yesterday' }),
	],

	// inbound trunks
	'minimal inbound trunk': [
		createIn({ name: 'In' }),
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: '$0' }],
		['SIP/ListSIPInboundTrunk', {}],
		['SIP/ListSIPTrunk', {}],
	],
	'full inbound trunk': [
		createIn({
			name: 'n',
			metadata: 'm',
			allowed_addresses: ['10.0.0.0/8', 'host.example'],
			allowed_numbers: ['+1'],
			auth_username: 'u',
			auth_password: 'p',
			auth_realm: 'r',
			headers: { 'X-A': 'b' },
			headers_to_attributes: { 'X-B': 'b' },
			attributes_to_headers: { c: 'X-C' },
			include_headers: 'SIP_ALL_HEADERS',
			ringing_timeout: '20s',
			max_call_duration: '60s',
			krisp_enabled: true,
			media: {
				only_listed_codecs: true,
				codecs: [{ name: 'PCMU', rate: 8000 }],
				encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
				media_timeout: '30s',
			},
		}),
		['SIP/ListSIPTrunk', {}],
	],
	'legacy encryption': [
		createIn({ media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' }),
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', update: { media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE' } },
		],
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', update: { media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
		],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', update: { media: {} } }],
	],
	'trunk missing': [
		['SIP/CreateSIPInboundTrunk', {}],
		['SIP/CreateSIPInboundTrunk', { name: 'flat', numbers: ['+1'] }],
		['SIP/CreateSIPOutboundTrunk', {}],
	],
	'open trunk': [createIn({ numbers: [] }), ['SIP/CreateSIPInboundTrunk', { trunk: {} }]],
	'password alone is enough': [createIn({ numbers: [], auth_password: 'p' })],
	'trunk id given': [createIn({ sip_trunk_id: 'ST_x' }), createOut({ sip_trunk_id: 'ST_x' })],
	codecs: [
		createIn({ media: { codecs: [{}] } }),
		createIn({ media: { codecs: [{ name: 'a b' }] } }),
		createIn({ media: { codecs: [{ name: 'a/8000' }] } }),
	],
	'media timeout': [
		createIn({ media: { media_timeout: '-1s' } }),
		createIn({ media: { media_timeout: '601s' } }),
		createIn({ media: { media_timeout: '600s' } }),
	],
	'trunk conflict': [createIn({}), createIn({ numbers: ['15550100'] })],
	'two conflicting numbers': [createIn({}), createIn({ numbers: ['+7', '+15555550100'] })],
	'caller conflict': [
		createIn({ allowed_numbers: ['+1', '+2'] }),
		createIn({ allowed_numbers: ['2'] }),
	],
	'open and narrow trunk': [createIn({}), createIn({ allowed_numbers: ['2'] })],
	'wildcard conflict': [
		createIn({ numbers: [], auth_username: 'u' }),
		createIn({ numbers: [], allowed_addresses: ['1.2.3.4'] }),
	],
	'wildcard and specific': [createIn({ numbers: [], auth_username: 'u' }), createIn({})],
	'one number in two spellings': [createIn({ numbers: ['+1', '1'] })],
	'header names': [
		createIn({ headers: { '': 'x' } }),
		createIn({ headers: { 'a b': 'x' } }),
		createIn({ headers: { From: 'x' } }),
		createIn({ headers: { ['x'.repeat(256)]: 'x' } }),
		createIn({ headers: { T: 'x' } }),
		createIn({ headers: { ü: 'x' } }),
	],
	'header values': [
		createIn({ headers: { 'X-A': 'a\nb' } }),
		createIn({ headers: { 'X-A': 'a'.repeat(1025) } }),
		createIn({ headers: { 'X-A': 'ü\t' } }),
	],
	'headers that only warn': [
		createIn({ headers: { To: 'x', Via: 'y', Route: 'nope', 'P-Asserted-Identity': '<<' } }),
	],
	'header maps': [
		createIn({ headers_to_attributes: { 'a b': 'x' } }),
		createIn({ attributes_to_headers: { x: 'a:b' } }),
		createIn({ headers_to_attributes: { From: 'x' }, attributes_to_headers: { y: 'Contact' } }),
	],

	// trunk updates
	'update of nothing': [
		createIn({}),
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', update: {} }],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0' }],
		['SIP/UpdateSIPInboundTrunk', { update: {} }],
		['SIP/UpdateSIPInboundTrunk', {}],
	],
	'update of an unknown trunk': [
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: 'ST_x', update: {} }],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: 'ST_x', update: {} }],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: 'ST_x', replace: IN }],
	],
	'inbound scalars': [
		createIn({ name: 'a', auth_username: 'u' }),
		[
			'SIP/UpdateSIPInboundTrunk',
			{
				sip_trunk_id: '$0',
				update: {
					name: '',
					metadata: 'm',
					auth_username: null,
					auth_password: 'p',
					auth_realm: 'r',
				},
			},
		],
	],
	'list updates': [
		'{"add":["+2"]}',
		'{"remove":["+15555550100"],"add":["+3"]}',
		'{"set":["+4","+5"]}',
		'{"add":["+5","+6"]}',
		'{"remove":["+9"]}',
		'{"clear":true}',
		'{"set":[]}',
		'{}',
		'{"set":["+1"],"add":["+2"]}',
		'{"clear":true,"add":["+2"]}',
		'{"add":[""]}',
		'{"set":["+7"],"clear":true}',
	].reduce(
		(steps, change) => [
			...steps,
			['SIP/UpdateSIPInboundTrunk', `{"sip_trunk_id":"$0","update":{"numbers":${change}}}`],
		],
		[createIn({ auth_username: 'u' })],
	),
	'other lists': [
		createIn({}),
		[
			'SIP/UpdateSIPInboundTrunk',
			{
				sip_trunk_id: '$0',
				update: { allowed_addresses: { set: ['1.2.3.4'] }, allowed_numbers: { add: ['+9'] } },
			},
		],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', update: { allowed_addresses: {} } }],
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', update: { allowed_numbers: { add: [''] } } },
		],
	],
	'update that opens a trunk': [
		createIn({}),
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', update: { numbers: { clear: true } } }],
	],
	'update of media': [
		createIn({ media: { codecs: [{ name: 'PCMU' }], encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' } }),
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', update: { media: { media_timeout: '5s' } } },
		],
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', update: { media: { media_timeout: '601s' } } },
		],
	],
	'replace wipes': [
		createIn({ name: 'a', auth_username: 'u', auth_password: 'p', headers: { 'X-A': 'b' } }),
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', replace: { numbers: ['+9'] } }],
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: '$0' }],
	],
	'replace checks': [
		createIn({}),
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', replace: { sip_trunk_id: 'ST_x', numbers: ['+9'] } },
		],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$0', replace: {} }],
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$0', replace: { sip_trunk_id: '$0', numbers: ['+9'] } },
		],
	],
	'moving onto the number of another': [
		createIn({}),
		createIn({ numbers: ['+2'] }),
		[
			'SIP/UpdateSIPInboundTrunk',
			{ sip_trunk_id: '$1', update: { numbers: { set: ['+15555550100'] } } },
		],
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$1', update: { name: 'x' } }],
	],
	'growing onto the number of another': [
		createIn({ numbers: ['+1'] }),
		createIn({ numbers: ['+2'] }),
		['SIP/UpdateSIPInboundTrunk', { sip_trunk_id: '$1', update: { numbers: { add: ['+1'] } } }],
	],

	// outbound trunks
	'minimal outbound trunk': [
		createOut({}),
		['SIP/GetSIPOutboundTrunk', { sip_trunk_id: '$0' }],
		['SIP/ListSIPOutboundTrunk', {}],
		['SIP/ListSIPTrunk', {}],
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: '$0' }],
	],
	'full outbound trunk': [
		createOut({
			metadata: 'm',
			destination_country: 'nowhere',
			transport: 'SIP_TRANSPORT_TLS',
			auth_username: 'u',
			auth_password: 'p',
			headers: { 'X-A': 'b' },
			headers_to_attributes: { 'X-B': 'b' },
			attributes_to_headers: { c: 'X-C' },
			include_headers: 1,
			from_host: 'me.example',
			media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
			media: { codecs: [{ name: 'G722' }] },
		}),
	],
	'outbound checks': [
		createOut({ numbers: [] }),
		createOut({ address: '' }),
		createOut({ address: 'sip:x.example' }),
		createOut({ address: 'me@x.example' }),
		createOut({ address: 'x;transport=tcp' }),
		createOut({ from_host: 'sips:x' }),
		createOut({ address: 'x.example:5061' }),
		createOut({ headers: { Contact: 'x' } }),
		createOut({ media: { codecs: [{}] } }),
	],
	'outbound duplicates': [createOut({}), createOut({})],
	'outbound update': [
		createOut({ name: 'a' }),
		[
			'SIP/UpdateSIPOutboundTrunk',
			{
				sip_trunk_id: '$0',
				update: {
					address: 'b.example',
					transport: 'SIP_TRANSPORT_TCP',
					destination_country: 'DE',
					numbers: { add: ['+2'] },
					auth_username: 'u',
					auth_password: 'p',
					name: '',
					metadata: 'm',
					from_host: 'f.example',
				},
			},
		],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', replace: OUT }],
	],
	'outbound update that breaks it': [
		createOut({}),
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', update: { numbers: { clear: true } } }],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', update: { address: '' } }],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', update: { address: 'sip:x' } }],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', replace: {} }],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0', update: { numbers: {} } }],
		['SIP/UpdateSIPOutboundTrunk', {}],
		['SIP/UpdateSIPOutboundTrunk', { sip_trunk_id: '$0' }],
	],

	// get, list, delete
	get: [
		['SIP/GetSIPInboundTrunk', {}],
		['SIP/GetSIPOutboundTrunk', {}],
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: 'ST_x' }],
		['SIP/GetSIPOutboundTrunk', { sip_trunk_id: 'ST_x' }],
	],
	delete: [
		createIn({}),
		['SIP/DeleteSIPTrunk', { sip_trunk_id: '$0' }],
		['SIP/DeleteSIPTrunk', { sip_trunk_id: '$0' }],
		['SIP/DeleteSIPTrunk', {}],
		createOut({}),
		['SIP/DeleteSIPTrunk', { sip_trunk_id: '$4' }],
		['SIP/ListSIPTrunk', {}],
	],
	// Delete of the node relies on this: it must not take a trunk of the other kind for its own.
	'an id of another kind': [
		createIn({}),
		createOut({}),
		createRule({ name: 'R' }),
		['SIP/GetSIPOutboundTrunk', { sip_trunk_id: '$0' }],
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: '$1' }],
		['SIP/GetSIPInboundTrunk', { sip_trunk_id: '$2' }],
		['SIP/ListSIPOutboundTrunk', { trunk_ids: ['$0'] }],
		['SIP/ListSIPInboundTrunk', { trunk_ids: ['$1'] }],
		['SIP/ListSIPDispatchRule', { dispatch_rule_ids: ['$0'] }],
		['SIP/DeleteSIPTrunk', { sip_trunk_id: '$2' }],
		['SIP/ListSIPDispatchRule', {}],
	],
	'list by number': [
		createIn({}),
		createIn({ numbers: ['+2'] }),
		createIn({ numbers: [], auth_username: 'u' }),
		['SIP/ListSIPInboundTrunk', { numbers: ['2'] }, { sorted: true }],
		['SIP/ListSIPInboundTrunk', { numbers: ['+3'] }],
		createOut({}),
		['SIP/ListSIPOutboundTrunk', { numbers: ['15550100'] }],
		['SIP/ListSIPOutboundTrunk', { numbers: ['+15555550100'] }],
	],
	'list by id': [
		createIn({}),
		createIn({ numbers: ['+2'] }),
		['SIP/ListSIPInboundTrunk', { trunk_ids: ['$1', 'ST_x'] }],
	],
	'list with a limit': [
		createOut({}),
		createOut({}),
		['SIP/ListSIPOutboundTrunk', { page: { limit: 1 } }, { sorted: true }],
		['SIP/ListSIPOutboundTrunk', { page: { after_id: 'ST_zzzzzzzzzzzzz' } }],
	],

	// dispatch rules
	'direct rule': [
		createRule({ name: 'R' }),
		['SIP/ListSIPDispatchRule', {}],
		['SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: '$0' }],
		['SIP/DeleteSIPDispatchRule', { sip_dispatch_rule_id: '$0' }],
		['SIP/DeleteSIPDispatchRule', {}],
	],
	'individual rule': [
		createRule({
			rule: { dispatch_rule_individual: { room_prefix: 'call', pin: '1', no_randomness: true } },
		}),
	],
	'callee rule': [
		createRule({ rule: { dispatch_rule_callee: { room_prefix: 'call', randomize: true } } }),
	],
	'full rule': [
		createRule({
			trunk_ids: ['ST_a'],
			hide_phone_number: true,
			inbound_numbers: ['+1'],
			numbers: ['+2'],
			name: 'n',
			metadata: 'm',
			attributes: { a: 'b' },
			room_preset: 'p',
			krisp_enabled: true,
			media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
			media: { codecs: [{ name: 'PCMU' }] },
			room_config: {
				name: 'x',
				empty_timeout: 1,
				departure_timeout: 2,
				max_participants: 3,
				metadata: 'm',
				min_playout_delay: 4,
				max_playout_delay: 5,
				sync_streams: true,
				agents: [{ agent_name: 'a', metadata: '{}' }],
				tags: { t: 'v' },
				egress: { room: { room_name: 'x', file_outputs: [{ filepath: 'f' }] } },
			},
		}),
	],
	'flat rule': [
		[
			'SIP/CreateSIPDispatchRule',
			{
				rule: DIRECT,
				name: 'flat',
				trunk_ids: ['ST_a'],
				attributes: { a: 'b' },
				room_config: { agents: [{ agent_name: 'x' }] },
			},
		],
		['SIP/ListSIPDispatchRule', {}],
	],
	'flat beside wrapped': [
		[
			'SIP/CreateSIPDispatchRule',
			{ dispatch_rule: { rule: DIRECT, name: 'wrapped' }, name: 'flat' },
		],
	],
	'rule checks': [
		['SIP/CreateSIPDispatchRule', {}],
		['SIP/CreateSIPDispatchRule', { dispatch_rule: {} }],
		['SIP/CreateSIPDispatchRule', { dispatch_rule: { rule: {} } }],
		createRule({ sip_dispatch_rule_id: 'SDR_x' }),
		createRule({ media: { codecs: [{ name: '' }] } }),
	],
	'rule without a room': [createRule({ rule: { dispatch_rule_direct: {} } })],
	'rule conflict': [
		createRule({ name: 'first' }),
		createRule({ name: 'second' }),
		createRule({ rule: { dispatch_rule_callee: {} } }),
		createRule({ rule: { dispatch_rule_direct: { room_name: 'r', pin: '1' } } }),
		createRule({ numbers: ['+1'] }),
		createRule({ numbers: ['1'] }),
	],
	'nameless conflict': [createRule({}), createRule({})],
	'rule in conflict with itself': [
		createRule({ numbers: ['+1555', '1555'] }),
		createRule({ name: 'x', numbers: ['+1555', '1555'] }),
	],
	'caller and trunk conflicts': [
		createRule({ trunk_ids: ['ST_a', 'ST_b'], inbound_numbers: ['+1'] }),
		createRule({ trunk_ids: ['ST_b'], inbound_numbers: ['(1)'] }),
		createRule({ trunk_ids: ['ST_c'], inbound_numbers: ['+1'] }),
	],
	'rule update': [
		createRule({ name: 'a', attributes: { a: '1', b: '2' }, inbound_numbers: ['+1'] }),
		[
			'SIP/UpdateSIPDispatchRule',
			{
				sip_dispatch_rule_id: '$0',
				update: {
					name: '',
					metadata: 'm',
					attributes: { a: '', c: '3' },
					trunk_ids: { add: ['ST_a'] },
					media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
				},
			},
		],
		[
			'SIP/UpdateSIPDispatchRule',
			{
				sip_dispatch_rule_id: '$0',
				update: {
					rule: { dispatch_rule_callee: { pin: '5' } },
					media: { codecs: [{ name: 'G722' }] },
				},
			},
		],
		[
			'SIP/UpdateSIPDispatchRule',
			{ sip_dispatch_rule_id: '$0', update: { media_encryption: 'SIP_MEDIA_ENCRYPT_DISABLE' } },
		],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0', update: {} }],
	],
	'rule update checks': [
		createRule({}),
		['SIP/UpdateSIPDispatchRule', {}],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0' }],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: 'SDR_x', update: {} }],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0', update: { rule: {} } }],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0', update: { trunk_ids: {} } }],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0', replace: {} }],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$0', replace: { rule: {} } }],
		[
			'SIP/UpdateSIPDispatchRule',
			{ sip_dispatch_rule_id: '$0', replace: { sip_dispatch_rule_id: 'SDR_x', rule: DIRECT } },
		],
	],
	'rule replace wipes': [
		createRule({ name: 'a', attributes: { a: 'b' }, media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' }),
		[
			'SIP/UpdateSIPDispatchRule',
			{
				sip_dispatch_rule_id: '$0',
				replace: {
					rule: { dispatch_rule_callee: {} },
					media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
				},
			},
		],
	],
	'rule update into a conflict': [
		createRule({ trunk_ids: ['ST_a'] }),
		createRule({ trunk_ids: ['ST_b'] }),
		[
			'SIP/UpdateSIPDispatchRule',
			{ sip_dispatch_rule_id: '$1', update: { trunk_ids: { set: ['ST_a'] } } },
		],
		['SIP/UpdateSIPDispatchRule', { sip_dispatch_rule_id: '$1', update: { name: 'x' } }],
	],
	'list rules': [
		createRule({ trunk_ids: ['ST_a'] }),
		createRule({ trunk_ids: ['ST_b'] }),
		createRule({}),
		['SIP/ListSIPDispatchRule', { trunk_ids: ['ST_a'] }, { sorted: true }],
		['SIP/ListSIPDispatchRule', { dispatch_rule_ids: ['$1'] }],
		['SIP/ListSIPDispatchRule', { page: { limit: 1 } }, { sorted: true }],
	],

	// calls, as far as no bridge is needed
	'dial checks': [
		['SIP/CreateSIPParticipant', {}],
		dial({ trunk: { hostname: '' } }),
		dial({ trunk: { hostname: 'sip:x' } }),
		dial({ trunk: { hostname: 'x', from_host: 'a@b' } }),
		dial({ sip_call_to: '' }),
		dial({ sip_call_to: 'a@b' }),
		dial({ room_name: '' }),
		dial({ headers: { From: 'x' } }),
		dial({ media: { codecs: [{}] } }),
		dial({ trunk: { hostname: 'x', headers_to_attributes: { 'a b': 'c' } } }),
	],
	'dial with an unknown trunk': [dial({ trunk: null, sip_trunk_id: 'ST_x' })],
	'dial with an inbound trunk': [createIn({}), dial({ trunk: null, sip_trunk_id: '$0' })],
	'dial without a number': [dial({ sip_number: '' })],
	'display name': [
		'a"b',
		'a\\b',
		'a\nb',
		'a\\qb',
		"a\\'b",
		'\\u12',
		'x'.repeat(129),
		'ü'.repeat(65),
	].map((name) => dial({ display_name: name })),
	destination: [
		{ city: 'x' },
		{ country: 'us' },
		{ country: 'USA' },
		{ country: 'XX' },
		{ country: 'EU' },
		{ country: 'ZZ' },
		{ country: 'XA' },
		{ country: 'QO' },
		{ country: 'A1' },
	].map((destination) => dial({ destination })),
	'dial without a bridge': [dial({})],
	'dial to countries that exist': ['XK', 'UK', 'UN'].map((country) =>
		dial({ destination: { country, city: 'x' } }),
	),
	'transfer checks': [
		['SIP/TransferSIPParticipant', {}],
		['SIP/TransferSIPParticipant', { room_name: 'r1' }],
		['SIP/TransferSIPParticipant', { room_name: 'r1', participant_identity: 'p' }],
		[
			'SIP/TransferSIPParticipant',
			{ room_name: 'r1', participant_identity: 'p', transfer_to: '+1555' },
		],
		[
			'SIP/TransferSIPParticipant',
			{
				room_name: 'r1',
				participant_identity: 'p',
				transfer_to: '<tel:+1>',
				headers: { From: 'x' },
			},
		],
		[
			'SIP/TransferSIPParticipant',
			{ room_name: 'r1', participant_identity: 'p', transfer_to: '<sip:a@b>' },
		],
		[
			'SIP/TransferSIPParticipant',
			{ room_name: 'r1', participant_identity: 'p', transfer_to: 'tel:+1' },
		],
	],

	// rooms and agents
	room: [
		[
			'RoomService/CreateRoom',
			{
				name: 'r1',
				empty_timeout: 10,
				departure_timeout: 5,
				max_participants: 4,
				metadata: 'm',
				agents: [{ agent_name: 'a', metadata: 'x' }],
			},
		],
		['RoomService/ListRooms', { names: ['r1'] }],
		['AgentDispatchService/ListDispatch', { room: 'r1' }],
		['RoomService/CreateRoom', { name: 'r1', metadata: 'other', empty_timeout: 99 }],
		['RoomService/UpdateRoomMetadata', { room: 'r1', metadata: 'new' }],
		['RoomService/SendData', { room: 'r1', data: 'aGk=' }],
		['RoomService/ListParticipants', { room: 'r1' }],
		['RoomService/DeleteRoom', { room: 'r1' }],
		['RoomService/DeleteRoom', { room: 'r1' }],
		['RoomService/ListRooms', { names: ['r1'] }],
	],
	'room name too long': [['RoomService/CreateRoom', { name: 'x'.repeat(257) }]],
	'no such participant': [
		['RoomService/GetParticipant', { room: 'r1', identity: 'x' }],
		['RoomService/RemoveParticipant', { room: 'r1', identity: 'x' }],
		['RoomService/UpdateParticipant', { room: 'r1', identity: 'x' }],
		['RoomService/PerformRpc', { room: 'r1' }],
		['RoomService/ListParticipants', { room: 'r1' }],
		['RoomService/UpdateRoomMetadata', { room: 'r1' }],
	],
	'rpc to nobody': [
		['RoomService/PerformRpc', { room: 'r1', destination_identity: 'x', method: 'lk.sip.EndCall' }],
	],
	'data into no room': [['RoomService/SendData', { room: 'r1', data: 'aGk=' }]],
	dispatch: [
		[
			'AgentDispatchService/CreateDispatch',
			{ room: 'r1', agent_name: 'bob', metadata: '{}', attributes: { a: 'b' } },
		],
		['AgentDispatchService/ListDispatch', { room: 'r1' }, { sorted: true }],
		['AgentDispatchService/ListDispatch', { room: 'r1', dispatch_id: '$0' }],
		['AgentDispatchService/DeleteDispatch', { room: 'r1', dispatch_id: '$0' }],
		['AgentDispatchService/DeleteDispatch', { room: 'r1', dispatch_id: '$0' }],
		['AgentDispatchService/ListDispatch', { room: 'r1' }],
		['AgentDispatchService/CreateDispatch', { room: 'r1', deployment: 'a_b' }],
		['RoomService/DeleteRoom', { room: 'r1' }],
	],
	'dispatch fields': [
		[
			'AgentDispatchService/CreateDispatch',
			{
				room: 'r1',
				agentName: 'bob',
				restartPolicy: 'JRP_NEVER',
				deployment: 'blue-2',
				attributes: {},
				threadId: 'AT_1',
			},
		],
		['AgentDispatchService/CreateDispatch', { room: 'r1' }],
		['AgentDispatchService/ListDispatch', { room: 'r1', dispatch_id: 'AD_x' }],
		['AgentDispatchService/CreateDispatch', { room: 'r1', agent_name: 'bob', restart_policy: 1 }],
		[
			'AgentDispatchService/CreateDispatch',
			{ room: 'r1', agent_name: 'bob', restart_policy: 'JRP_SOMETIMES' },
		],
		['AgentDispatchService/CreateDispatch', { room: 'r1', agent_name: 'bob', metadata: { a: 1 } }],
		['AgentDispatchService/CreateDispatch', { room: 'r1', deployment: 'ä b' }],
		['AgentDispatchService/CreateDispatch', { room: 'r1', deployment: 'x'.repeat(65) }],
		['AgentDispatchService/DeleteDispatch', { room: 'r1' }],
		['RoomService/ListRooms', { names: ['r1'] }],
		['RoomService/DeleteRoom', { room: 'r1' }],
	],
	'dispatch into a room of an agent': [
		['RoomService/CreateRoom', { name: 'r1', agents: [{ agent_name: 'a' }] }],
		['AgentDispatchService/CreateDispatch', { room: 'r1', agent_name: 'bob' }],
		['AgentDispatchService/ListDispatch', { room: 'r1' }, { sorted: true }],
		['RoomService/DeleteRoom', { room: 'r1' }],
	],
	'dispatches of no room': [
		['AgentDispatchService/ListDispatch', { room: 'r1' }],
		['AgentDispatchService/DeleteDispatch', { room: 'r1', dispatch_id: 'x' }],
	],
};
