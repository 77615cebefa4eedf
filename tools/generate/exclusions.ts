import type { MessageName } from '../../livekit/schema';

/** A field of LiveKit's request messages that no parameter of the node reaches, and why. */
export interface Exclusion {
	/** Message of the schema table that holds the field. */
	readonly message: MessageName;
	readonly field: string;
	/** Reason, as the end of a sentence that starts with the field. */
	readonly reason: string;
}

const serverSet = 'is set by the server';
const besideId =
	"stands beside the object in LiveKit's requests, where the picker writes it; a new object gets its own";
const paged = 'is handled by the node, which asks for page after page up to Limit';
const olderEncryption =
	'is replaced by media.encryption; the node sends it beside that for older servers';
const flatRule = 'is replaced by dispatch_rule';

function each(
	messages: MessageName | readonly MessageName[],
	fields: readonly string[],
	reason: string,
): Exclusion[] {
	return [messages]
		.flat()
		.flatMap((message) => fields.map((field) => ({ message, field, reason })));
}

/** Every exclusion; a contract test fails where one is missing or has become needless. */
export const exclusions: readonly Exclusion[] = [
	...each(['SIPInboundTrunkInfo', 'SIPOutboundTrunkInfo'], ['sip_trunk_id'], besideId),
	...each('SIPDispatchRuleInfo', ['sip_dispatch_rule_id'], besideId),
	...each(
		['SIPInboundTrunkInfo', 'SIPOutboundTrunkInfo', 'SIPDispatchRuleInfo'],
		['created_at', 'updated_at'],
		serverSet,
	),
	...each(
		[
			'SIPInboundTrunkInfo',
			'SIPOutboundTrunkInfo',
			'SIPDispatchRuleInfo',
			'SIPInboundTrunkUpdate',
			'SIPOutboundTrunkUpdate',
			'SIPDispatchRuleUpdate',
			'CreateSIPParticipantRequest',
		],
		['media_encryption'],
		olderEncryption,
	),
	...each(
		'CreateSIPDispatchRuleRequest',
		[
			'rule',
			'trunk_ids',
			'hide_phone_number',
			'inbound_numbers',
			'name',
			'metadata',
			'attributes',
			'room_preset',
			'room_config',
		],
		flatRule,
	),
	...each(
		['ListSIPInboundTrunkRequest', 'ListSIPOutboundTrunkRequest', 'ListSIPDispatchRuleRequest'],
		['page'],
		paged,
	),
	...each(
		['CreateSIPParticipantRequest', 'TransferSIPParticipantRequest'],
		['play_dialtone'],
		'is replaced by dialtone; the node sends it beside that for older servers',
	),
	...each('CreateSIPParticipantRequest', ['wait_until_answered'], 'follows from Wait For'),
	...each('CreateSIPParticipantRequest', ['play_ringtone'], 'is replaced by dialtone'),
	...each(
		'CreateSIPParticipantRequest',
		['sip_to_header'],
		'cannot be used: LiveKit refuses it beside sip_call_to, which it requires. to_user_override takes its place',
	),
	...each(
		'ListRoomsRequest',
		['names'],
		'takes whole names; the node lists all rooms and compares the beginnings',
	),
	...each(
		'RoomParticipantIdentity',
		['revoke_token_ts'],
		'revokes tokens of participants that joined with one; a SIP participant holds none of its own',
	),
];
