import { pairs, picked, rowsOf } from './livekit';

/** Ids of the objects that `provision` made. */
export interface Ids {
	readonly inbound: string;
	readonly outbound: string;
	readonly rule: string;
	readonly dispatch: string;
}

/** IDs as LiveKit makes them, for requests that reach no server. */
export const exampleIds: Ids = {
	inbound: 'ST_aBcD1234efGh',
	outbound: 'ST_bBcD1234efGh',
	rule: 'SDR_aBcD1234efGh',
	dispatch: 'AD_aBcD1234efGh',
};

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

/** Every field of the inbound trunk form. */
export const inboundForm = {
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
/** What LiveKit gets for it. */
export const inboundTrunk = {
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

/** Every field of the outbound trunk form. */
export const outboundForm = {
	name: 'Carrier',
	address: 'sip.example.com:5061',
	numbers: '+15105550130',
	authUsername: 'us',
	authPassword: 'open sesame',
	additionalFields: {
		metadata: 'plain text',
		destinationCountry: 'DE',
		fromHost: 'from.example.com',
		transport: 'SIP_TRANSPORT_TLS',
	},
	carrierOptions: { ...headerForm, ...mediaForm },
};
/** What LiveKit gets for it. */
export const outboundTrunk = {
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

/** Every field of the dispatch rule form. */
export const ruleForm = (ids: Ids) => ({
	name: 'To the agent',
	ruleType: 'individual',
	roomPrefix: 'call-',
	pin: '4711',
	noRandomness: true,
	trunkIds: rowsOf({ trunk: picked(ids.inbound) }),
	numbers: '+15105550100',
	agents: rowsOf({
		agent_name: 'helper',
		metadata: '{"language":"en"}',
		more: { attributes: '{"tier.name":"gold"}', restart_policy: 'JRP_NEVER' },
	}),
	additionalFields: {
		inboundNumbers: '+14155550123',
		attributes: pairs({ 'sip.h.x-foo': 'bar', tier: 'gold' }),
		metadata: 'for the caller',
		hidePhoneNumber: true,
		krispEnabled: true,
		roomPreset: 'preset',
	},
	roomSettings: {
		egress:
			'{"room":{"audio_only":true,"file_outputs":[{"file_type":"OGG","filepath":"calls/{room_name}.ogg"}]}}',
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
/** What LiveKit gets for it. */
export const dispatchRule = (ids: Ids) => ({
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
		egress: {
			room: {
				audio_only: true,
				file_outputs: [{ file_type: 'OGG', filepath: 'calls/{room_name}.ogg' }],
			},
		},
		min_playout_delay: 10,
		max_playout_delay: 500,
		sync_streams: true,
		agents: [
			{
				agent_name: 'helper',
				metadata: '{"language":"en"}',
				attributes: { 'tier.name': 'gold' },
				restart_policy: 'JRP_NEVER',
			},
		],
		tags: { 'team.name': 'support' },
	},
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
});

/** Every field of the form of an agent dispatch. */
export const dispatchForm = {
	room: picked('call-1'),
	agentName: 'helper',
	metadata: '{"language":"en"}',
	additionalFields: {
		attributes: pairs({ 'tier.name': 'gold' }),
		deployment: 'blue',
		restartPolicy: 'JRP_NEVER',
		threadId: 'AT_1',
	},
};
/** What LiveKit gets for it. */
export const dispatchBody = {
	room: 'call-1',
	agent_name: 'helper',
	metadata: '{"language":"en"}',
	attributes: { 'tier.name': 'gold' },
	deployment: 'blue',
	restart_policy: 'JRP_NEVER',
	thread_id: 'AT_1',
};

/** The form of a call. */
export const placeForm = (ids: Ids) => ({
	trunk: picked(ids.outbound),
	callTo: '+14155550123',
	callerId: '+15105550101',
	waitFor: 'answer',
	limits: { ringFor: 20, maxCallDuration: 600 },
	options: { room: picked('call-2') },
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
		fromHeaderComplete: 'sip:+15105550101@example.com',
		fromHeaderDisplayName: 'Me',
		toUserOverride: 'other',
		...mediaForm,
	},
});
/** What LiveKit gets for it. */
export const placeBody = (ids: Ids) => ({
	sip_trunk_id: ids.outbound,
	sip_call_to: '+14155550123',
	sip_number: '+15105550101',
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
	sip_request_uri: {
		values: { host: 'sip.example.com', port: 5070, transport: 'SIP_TRANSPORT_TCP', user: 'u' },
	},
	sip_from_header: { raw: 'sip:+15105550101@example.com', display_name: 'Me' },
	to_user_override: 'other',
	media,
	media_encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
});
