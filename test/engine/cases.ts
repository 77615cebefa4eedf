import type { IDataObject } from 'n8n-workflow';

import { type LiveKit, listChange, pairs, picked, rowsOf } from './livekit';

/** Ids of the objects that {@link provision} made. */
export interface Ids {
	readonly inbound: string;
	readonly outbound: string;
	readonly rule: string;
}

/** One operation of the node: how the form and the JSON ask for it, and what LiveKit gets. */
export interface OperationCase {
	readonly resource: string;
	readonly operation: string;
	/** The request that counts; others may come before it. */
	readonly method: string;
	readonly form: (ids: Ids) => IDataObject;
	/** The same request as JSON, in a spelling that somebody would paste. */
	readonly json?: (ids: Ids) => { picked?: IDataObject; body: IDataObject };
	readonly body: (ids: Ids) => IDataObject;
	readonly grant: IDataObject;
}

const admin = { sip: { admin: true } };
const roomAdmin = { video: { roomAdmin: true, room: 'call-1' } };
const callGrant = { sip: { call: true } };

const mediaForm = {
	codecs: rowsOf({ name: 'PCMU', rate: 8000 }, { name: 'AMR-WB', rate: 0 }),
	mediaEncryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
	mediaTimeout: 30,
	dropAudioDuringDtmf: true,
	onlyListedCodecs: true,
};
const media = {
	only_listed_codecs: true,
	codecs: [{ name: 'PCMU', rate: 8000 }, { name: 'AMR-WB' }],
	encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
	media_timeout: '30s',
	drop_audio_during_dtmf: true,
};
const headerForm = {
	headers: pairs({ 'X-Campaign': 'spring' }),
	headersToAttributes: pairs({ 'X-Foo': 'sip.h.x-foo' }),
	attributesToHeaders: pairs({ 'sip.h.x-foo': 'X-Foo' }),
	includeHeaders: 'SIP_ALL_HEADERS',
};
const headers = {
	headers: { 'X-Campaign': 'spring' },
	headers_to_attributes: { 'X-Foo': 'sip.h.x-foo' },
	attributes_to_headers: { 'sip.h.x-foo': 'X-Foo' },
	include_headers: 'SIP_ALL_HEADERS',
};

const inboundForm = {
	name: 'Support line',
	numbers: '+15105550120, +15105550121',
	additionalFields: {
		allowedAddresses: '192.0.2.10, 198.51.100.0/24',
		allowedNumbers: '+14155550123',
		authUsername: 'carrier',
		authPassword: 'open sesame',
		authRealm: 'sip.example.com',
		metadata: '{"team":"a"}',
		krispEnabled: true,
		maxCallDuration: 1800,
		ringingTimeout: 45,
		ringingTimeoutStatus: 'SIP_STATUS_BUSY_HERE',
	},
	carrierOptions: { ...headerForm, ...mediaForm },
};
const inboundTrunk = {
	name: 'Support line',
	numbers: ['+15105550120', '+15105550121'],
	allowed_addresses: ['192.0.2.10', '198.51.100.0/24'],
	allowed_numbers: ['+14155550123'],
	auth_username: 'carrier',
	auth_password: 'open sesame',
	auth_realm: 'sip.example.com',
	metadata: '{"team":"a"}',
	krisp_enabled: true,
	max_call_duration: '1800s',
	ringing_timeout: '45s',
	ringing_timeout_status: 'SIP_STATUS_BUSY_HERE',
	...headers,
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
};

const outboundForm = {
	name: 'Carrier',
	address: 'sip.example.com:5061',
	numbers: '+15105550130',
	additionalFields: {
		authUsername: 'us',
		authPassword: 'open sesame',
		metadata: 'plain text',
		destinationCountry: 'DE',
		fromHost: 'from.example.com',
		transport: 'SIP_TRANSPORT_TLS',
	},
	carrierOptions: { ...headerForm, ...mediaForm },
};
const outboundTrunk = {
	name: 'Carrier',
	address: 'sip.example.com:5061',
	numbers: ['+15105550130'],
	auth_username: 'us',
	auth_password: 'open sesame',
	metadata: 'plain text',
	destination_country: 'DE',
	from_host: 'from.example.com',
	transport: 'SIP_TRANSPORT_TLS',
	...headers,
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
};

const ruleForm = (ids: Ids) => ({
	name: 'To the agent',
	ruleType: 'individual',
	roomPrefix: 'call-',
	pin: '4711',
	noRandomness: true,
	trunkIds: rowsOf({ trunk: picked(ids.inbound) }),
	agents: rowsOf({ agent_name: 'helper', metadata: '{"language":"en"}', more: { attributes: '{"tier.name":"gold"}', restart_policy: 'JRP_NEVER' } }),
	additionalFields: {
		inboundNumbers: '+14155550123',
		numbers: '+15105550100',
		attributes: pairs({ 'sip.h.x-foo': 'bar', tier: 'gold' }),
		metadata: 'for the caller',
		hidePhoneNumber: true,
		krispEnabled: true,
		roomPreset: 'preset',
	},
	roomSettings: {
		egress: '{"room":{"audio_only":true,"file_outputs":[{"file_type":"OGG","filepath":"calls/{room_name}.ogg"}]}}',
		departureTimeout: 30,
		emptyTimeout: 60,
		maxParticipants: 4,
		minPlayoutDelay: 10,
		maxPlayoutDelay: 500,
		roomConfigName: 'configured',
		roomMetadata: 'for the room',
		syncStreams: true,
		tags: pairs({ 'team.name': 'support' }),
	},
	carrierOptions: mediaForm,
});
const dispatchRule = (ids: Ids) => ({
	name: 'To the agent',
	rule: { dispatch_rule_individual: { room_prefix: 'call-', pin: '4711', no_randomness: true } },
	trunk_ids: [ids.inbound],
	inbound_numbers: ['+14155550123'],
	numbers: ['+15105550100'],
	attributes: { 'sip.h.x-foo': 'bar', tier: 'gold' },
	metadata: 'for the caller',
	hide_phone_number: true,
	krisp_enabled: true,
	room_preset: 'preset',
	room_config: {
		name: 'configured',
		empty_timeout: 60,
		departure_timeout: 30,
		max_participants: 4,
		metadata: 'for the room',
		egress: { room: { audio_only: true, file_outputs: [{ file_type: 'OGG', filepath: 'calls/{room_name}.ogg' }] } },
		min_playout_delay: 10,
		max_playout_delay: 500,
		sync_streams: true,
		agents: [{ agent_name: 'helper', metadata: '{"language":"en"}', attributes: { 'tier.name': 'gold' }, restart_policy: 'JRP_NEVER' }],
		tags: { 'team.name': 'support' },
	},
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
});

const placeForm = (ids: Ids) => ({
	trunk: picked(ids.outbound),
	callTo: '+14155550123',
	callerId: '+15105550100',
	room: picked('call-2'),
	waitUntilAnswered: true,
	ringFor: 20,
	maxCallDuration: 600,
	additionalFields: {
		participantIdentity: 'callee',
		participantMetadata: 'm',
		participantName: 'Jane',
		participantAttributes: pairs({ 'sip.h.x-foo': 'bar' }),
		hidePhoneNumber: true,
		dtmf: 'ww1#',
		dialtone: 'SIP_DIALTONE_UK',
		krispEnabled: true,
		displayName: '',
		destinationCity: 'Berlin',
		destinationCountry: 'DE',
		destinationRegion: 'BE',
	},
	carrierOptions: {
		headers: pairs({ 'X-Foo': 'bar' }),
		includeHeaders: 'SIP_X_HEADERS',
		requestUriHost: 'sip.example.com',
		requestUriPort: 5070,
		requestUriTransport: 'SIP_TRANSPORT_TCP',
		requestUriUser: 'u',
		fromHeaderComplete: 'sip:me@example.com',
		fromHeaderDisplayName: 'Me',
		toUserOverride: 'other',
		...mediaForm,
	},
});
const placeBody = (ids: Ids) => ({
	sip_trunk_id: ids.outbound,
	sip_call_to: '+14155550123',
	sip_number: '+15105550100',
	room_name: 'call-2',
	wait_until_answered: true,
	ringing_timeout: '20s',
	max_call_duration: '600s',
	participant_identity: 'callee',
	participant_metadata: 'm',
	participant_name: 'Jane',
	participant_attributes: { 'sip.h.x-foo': 'bar' },
	hide_phone_number: true,
	dtmf: 'ww1#',
	dialtone: 'SIP_DIALTONE_UK',
	play_dialtone: true,
	krisp_enabled: true,
	display_name: '',
	destination: { city: 'Berlin', country: 'DE', region: 'BE' },
	headers: { 'X-Foo': 'bar' },
	include_headers: 'SIP_X_HEADERS',
	sip_request_uri: { values: { host: 'sip.example.com', port: 5070, transport: 'SIP_TRANSPORT_TCP', user: 'u' } },
	sip_from_header: { raw: 'sip:me@example.com', display_name: 'Me' },
	to_user_override: 'other',
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
});

function camel(value: IDataObject, userKeyed = false): IDataObject {
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => {
			const key = userKeyed ? name : name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
			const map = /^(headers|attributes|tags|headers_to_attributes|attributes_to_headers|participant_attributes)$/.test(name);
			const plain = (entry: unknown) => (typeof entry === 'object' && entry !== null ? camel(entry as IDataObject, map) : entry);
			return [key, (Array.isArray(inner) ? inner.map(plain) : plain(inner)) as IDataObject];
		}),
	);
}

/** An inbound trunk, an outbound trunk, a rule, and a call in the room `call-1` from the identity `caller`. */
export async function provision(livekit: LiveKit): Promise<Ids> {
	const { style } = livekit.server.options;
	livekit.server.options.style = 'snake';
	const inbound = await livekit.call('SIP/CreateSIPInboundTrunk', { trunk: { name: 'In', numbers: ['+15105550100'], auth_username: 'u', auth_password: 'p' } });
	const outbound = await livekit.call('SIP/CreateSIPOutboundTrunk', { trunk: { name: 'Out', address: 'sip.example.com', numbers: ['+15105550101'] } });
	const rule = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: { name: 'Rule', rule: { dispatch_rule_direct: { room_name: 'room', pin: '99' } }, trunk_ids: [inbound.sip_trunk_id] },
	});
	await livekit.call('SIP/CreateSIPParticipant', {
		sip_trunk_id: outbound.sip_trunk_id, sip_call_to: '+14155550199', room_name: 'call-1', participant_identity: 'caller', wait_until_answered: true,
	});
	livekit.forget();
	livekit.server.options.style = style;
	return { inbound: inbound.sip_trunk_id, outbound: outbound.sip_trunk_id, rule: rule.sip_dispatch_rule_id };
}

/** Every operation of the node. */
export const operationCases: readonly OperationCase[] = [
	{
		resource: 'inboundTrunk', operation: 'create', method: 'CreateSIPInboundTrunk', grant: admin,
		form: () => inboundForm,
		json: () => ({ body: inboundTrunk }),
		body: () => ({ trunk: inboundTrunk }),
	},
	{
		resource: 'inboundTrunk', operation: 'replace', method: 'UpdateSIPInboundTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound), ...inboundForm }),
		json: (ids) => ({ body: { sipTrunkId: ids.inbound, replace: camel(inboundTrunk) } }),
		body: (ids) => ({ sip_trunk_id: ids.inbound, replace: inboundTrunk }),
	},
	{
		resource: 'inboundTrunk', operation: 'update', method: 'UpdateSIPInboundTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound), updateFields: { name: 'New', metadata: '', allowedAddresses: listChange('set', '192.0.2.1') } }),
		json: (ids) => ({ picked: { trunkId: picked(ids.inbound) }, body: { update: { name: 'New', metadata: '', allowedAddresses: { set: ['192.0.2.1'] } } } }),
		body: (ids) => ({ sip_trunk_id: ids.inbound, update: { name: 'New', metadata: '', allowed_addresses: { set: ['192.0.2.1'] } } }),
	},
	{
		resource: 'inboundTrunk', operation: 'get', method: 'GetSIPInboundTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound) }),
		body: (ids) => ({ sip_trunk_id: ids.inbound }),
	},
	{
		resource: 'inboundTrunk', operation: 'getAll', method: 'ListSIPInboundTrunk', grant: admin,
		form: (ids) => ({ limit: 1, filters: { numbers: '+15105550100', trunkIds: ids.inbound } }),
		body: (ids) => ({ numbers: ['+15105550100'], trunk_ids: [ids.inbound], page: { limit: 1000 } }),
	},
	{
		resource: 'inboundTrunk', operation: 'delete', method: 'DeleteSIPTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound) }),
		body: (ids) => ({ sip_trunk_id: ids.inbound }),
	},
	{
		resource: 'outboundTrunk', operation: 'create', method: 'CreateSIPOutboundTrunk', grant: admin,
		form: () => outboundForm,
		json: () => ({ body: { req: { trunk: camel(outboundTrunk) } } }),
		body: () => ({ trunk: outboundTrunk }),
	},
	{
		resource: 'outboundTrunk', operation: 'replace', method: 'UpdateSIPOutboundTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound), ...outboundForm }),
		json: (ids) => ({ picked: { trunkId: picked(ids.outbound) }, body: outboundTrunk }),
		body: (ids) => ({ sip_trunk_id: ids.outbound, replace: outboundTrunk }),
	},
	{
		resource: 'outboundTrunk', operation: 'update', method: 'UpdateSIPOutboundTrunk', grant: admin,
		form: (ids) => ({
			trunkId: picked(ids.outbound),
			updateFields: { address: 'new.example.com', transport: 'SIP_TRANSPORT_TCP', numbers: listChange('add', '+15105550140'), destinationCountry: 'FR', fromHost: '' },
		}),
		json: (ids) => ({
			body: { sip_trunk_id: ids.outbound, update: { address: 'new.example.com', transport: 2, numbers: { add: ['+15105550140'] }, destination_country: 'FR', from_host: '' } },
		}),
		body: (ids) => ({
			sip_trunk_id: ids.outbound,
			update: { address: 'new.example.com', transport: 'SIP_TRANSPORT_TCP', numbers: { add: ['+15105550140'] }, destination_country: 'FR', from_host: '' },
		}),
	},
	{
		resource: 'outboundTrunk', operation: 'get', method: 'GetSIPOutboundTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound) }),
		body: (ids) => ({ sip_trunk_id: ids.outbound }),
	},
	{
		resource: 'outboundTrunk', operation: 'getAll', method: 'ListSIPOutboundTrunk', grant: admin,
		form: () => ({ limit: 1 }),
		body: () => ({ page: { limit: 1000 } }),
	},
	{
		resource: 'outboundTrunk', operation: 'delete', method: 'DeleteSIPTrunk', grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound) }),
		body: (ids) => ({ sip_trunk_id: ids.outbound }),
	},
	{
		resource: 'dispatchRule', operation: 'create', method: 'CreateSIPDispatchRule', grant: admin,
		form: ruleForm,
		json: (ids) => ({ body: { dispatchRule: camel(dispatchRule(ids)) } }),
		body: (ids) => ({ dispatch_rule: dispatchRule(ids) }),
	},
	{
		resource: 'dispatchRule', operation: 'replace', method: 'UpdateSIPDispatchRule', grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule), ...ruleForm(ids) }),
		json: (ids) => ({ body: { sip_dispatch_rule_id: ids.rule, ...dispatchRule(ids) } }),
		body: (ids) => ({ sip_dispatch_rule_id: ids.rule, replace: dispatchRule(ids) }),
	},
	{
		resource: 'dispatchRule', operation: 'update', method: 'UpdateSIPDispatchRule', grant: admin,
		form: (ids) => ({
			dispatchRuleId: picked(ids.rule),
			ruleType: 'keep',
			updateFields: { name: 'New', metadata: 'x', trunkIds: listChange('clear'), attributes: pairs({ 'a.b': 'c' }) },
		}),
		json: (ids) => ({ picked: { dispatchRuleId: picked(ids.rule) }, body: { name: 'New', metadata: 'x', trunk_ids: { clear: true }, attributes: { 'a.b': 'c' } } }),
		body: (ids) => ({ sip_dispatch_rule_id: ids.rule, update: { name: 'New', metadata: 'x', trunk_ids: { clear: true }, attributes: { 'a.b': 'c' } } }),
	},
	{
		resource: 'dispatchRule', operation: 'get', method: 'ListSIPDispatchRule', grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule) }),
		body: (ids) => ({ dispatch_rule_ids: [ids.rule], page: { limit: 1000 } }),
	},
	{
		resource: 'dispatchRule', operation: 'getAll', method: 'ListSIPDispatchRule', grant: admin,
		form: () => ({ limit: 1 }),
		body: () => ({ page: { limit: 1000 } }),
	},
	{
		resource: 'dispatchRule', operation: 'delete', method: 'DeleteSIPDispatchRule', grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule) }),
		body: (ids) => ({ sip_dispatch_rule_id: ids.rule }),
	},
	{
		resource: 'call', operation: 'place', method: 'CreateSIPParticipant', grant: callGrant,
		form: placeForm,
		json: (ids) => ({ body: camel(placeBody(ids)) }),
		body: placeBody,
	},
	{
		resource: 'call', operation: 'transfer', method: 'TransferSIPParticipant', grant: { ...callGrant, ...roomAdmin },
		form: () => ({
			room: picked('call-1'), participant: picked('caller'), transferTo: '+1 (415) 555-0188',
			additionalFields: { dialtone: 'SIP_DIALTONE_DISABLED', headers: pairs({ 'X-Foo': 'bar' }), ringFor: 20 },
		}),
		json: () => ({
			body: { roomName: 'call-1', participantIdentity: 'caller', transferTo: 'tel:+14155550188', playDialtone: false, headers: { 'X-Foo': 'bar' }, ringingTimeout: '20s' },
		}),
		body: () => ({ room_name: 'call-1', participant_identity: 'caller', transfer_to: 'tel:+14155550188', headers: { 'X-Foo': 'bar' }, ringing_timeout: '20s' }),
	},
	{
		resource: 'call', operation: 'get', method: 'GetParticipant', grant: roomAdmin,
		form: () => ({ room: picked('call-1'), participant: picked('caller') }),
		body: () => ({ room: 'call-1', identity: 'caller' }),
	},
	{
		resource: 'call', operation: 'getAll', method: 'ListParticipants', grant: roomAdmin,
		form: () => ({ room: picked('call-1') }),
		body: () => ({ room: 'call-1' }),
	},
	{
		resource: 'call', operation: 'hangUp', method: 'RemoveParticipant', grant: roomAdmin,
		form: () => ({ room: picked('call-1'), participant: picked('caller') }),
		body: () => ({ room: 'call-1', identity: 'caller' }),
	},
];
