/** A field of LiveKit's request messages that no parameter of the node reaches, and why. */
export interface Exclusion {
	/** Message of the schema table that holds the field. */
	readonly message: string;
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

function each(message: string, fields: readonly string[], reason: string): Exclusion[] {
	return fields.map((field) => ({ message, field, reason }));
}

/** Every exclusion; a contract test fails where one is missing or has become needless. */
export const exclusions: readonly Exclusion[] = [
	...['SIPInboundTrunkInfo', 'SIPOutboundTrunkInfo'].flatMap((message) =>
		each(message, ['sip_trunk_id'], besideId),
	),
	...each('SIPDispatchRuleInfo', ['sip_dispatch_rule_id'], besideId),
	...['SIPInboundTrunkInfo', 'SIPOutboundTrunkInfo', 'SIPDispatchRuleInfo'].flatMap((message) => [
		...each(message, ['created_at', 'updated_at'], serverSet),
		...each(message, ['media_encryption'], olderEncryption),
	]),
	...[
		'SIPInboundTrunkUpdate',
		'SIPOutboundTrunkUpdate',
		'SIPDispatchRuleUpdate',
		'CreateSIPParticipantRequest',
	].flatMap((message) => each(message, ['media_encryption'], olderEncryption)),
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
	...[
		'ListSIPInboundTrunkRequest',
		'ListSIPOutboundTrunkRequest',
		'ListSIPDispatchRuleRequest',
	].flatMap((message) => each(message, ['page'], paged)),
	...['CreateSIPParticipantRequest', 'TransferSIPParticipantRequest'].flatMap((message) =>
		each(
			message,
			['play_dialtone'],
			'is replaced by dialtone; the node sends it beside that for older servers',
		),
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
