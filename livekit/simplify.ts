import { type JsonObject, type JsonValue, isObject } from './json';

function pick(value: JsonObject, names: readonly string[]): JsonObject {
	return Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]));
}

const inboundFields = [
	'sip_trunk_id', 'name', 'numbers', 'allowed_numbers', 'allowed_addresses', 'auth_username', 'auth_password', 'metadata',
];
const outboundFields = [
	'sip_trunk_id', 'name', 'address', 'transport', 'numbers', 'auth_username', 'auth_password', 'destination_country', 'metadata',
];

function simplifyRule(rule: JsonObject): JsonObject {
	const oneof = isObject(rule.rule) ? rule.rule : {};
	const branch = Object.keys(oneof).find((name) => isObject(oneof[name]));
	const inner = branch ? oneof[branch] : undefined;
	const fields = isObject(inner) ? inner : {};
	const config = isObject(rule.room_config) ? rule.room_config : {};
	const agents = Array.isArray(config.agents) ? config.agents : [];
	return {
		...pick(rule, ['sip_dispatch_rule_id', 'name']),
		rule_type: branch?.replace('dispatch_rule_', '') ?? null,
		room: fields.room_name ?? fields.room_prefix ?? '',
		pin: fields.pin ?? '',
		...pick(rule, ['trunk_ids', 'numbers', 'inbound_numbers']),
		agents: agents.map((agent): JsonValue => (isObject(agent) ? (agent.agent_name ?? '') : '')),
		...pick(rule, ['metadata', 'attributes']),
	};
}

function simplifyParticipant(participant: JsonObject): JsonObject {
	const attributes = isObject(participant.attributes) ? participant.attributes : {};
	const joined = Number(participant.joined_at);
	return {
		participant_identity: participant.identity,
		participant_id: participant.sid,
		participant_name: participant.name,
		status: attributes['sip.callStatus'] ?? '',
		// Only inbound calls have come through a dispatch rule (reference 6.1).
		direction: attributes['sip.ruleID'] ? 'inbound' : 'outbound',
		phone_number: attributes['sip.phoneNumber'] ?? '',
		trunk_phone_number: attributes['sip.trunkPhoneNumber'] ?? '',
		sip_call_id: attributes['sip.callID'] ?? '',
		sip_trunk_id: attributes['sip.trunkID'] ?? '',
		joined_at: joined > 0 ? new Date(joined * 1000).toISOString() : null,
	};
}

const simplifiers: Readonly<Record<string, (value: JsonObject) => JsonObject>> = {
	SIPInboundTrunkInfo: (trunk) => pick(trunk, inboundFields),
	SIPOutboundTrunkInfo: (trunk) => pick(trunk, outboundFields),
	SIPDispatchRuleInfo: simplifyRule,
	ParticipantInfo: simplifyParticipant,
};

/** The short form of a decoded message for people who do not know LiveKit; other messages as they are. */
export function simplifyMessage(message: string, value: JsonObject): JsonObject {
	return simplifiers[message]?.(value) ?? value;
}
