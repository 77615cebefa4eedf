import { type JsonObject, type JsonValue, isObject } from '../json';
import type { MessageName } from '../schema';

function pick(value: JsonObject, names: readonly string[]): JsonObject {
	return Object.fromEntries(
		names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]),
	);
}

const inboundFields = [
	'sip_trunk_id',
	'name',
	'numbers',
	'allowed_numbers',
	'allowed_addresses',
	'auth_username',
	'auth_password',
	'metadata',
];
const outboundFields = [
	'sip_trunk_id',
	'name',
	'address',
	'transport',
	'numbers',
	'auth_username',
	'auth_password',
	'destination_country',
	'metadata',
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

function attributesOf(participant: JsonObject): JsonObject {
	return isObject(participant.attributes) ? participant.attributes : {};
}

/** An attribute of a participant, empty if it is not there. */
export function attributeOf(participant: JsonObject, name: string): string {
	return String(attributesOf(participant)[name] ?? '');
}

/** State of a call as the bridge reports it (`dialing`, `ringing`, `automation`, `active`, `hangup`), empty if it does not. */
export function statusOf(participant: JsonObject): string {
	return attributeOf(participant, 'sip.callStatus');
}

/** Direction of a call. Only inbound calls have the ID of a dispatch rule (livekit/protocol livekit/attrs.go). */
export function directionOf(participant: JsonObject): 'inbound' | 'outbound' {
	return attributeOf(participant, 'sip.ruleID') ? 'inbound' : 'outbound';
}

/** Number of the other side, empty if it is hidden. */
export function phoneNumberOf(participant: JsonObject): string {
	return attributeOf(participant, 'sip.phoneNumber');
}

/** ISO 8601 of Unix milliseconds, null if they are not set or no time. */
export function timeOf(milliseconds: number): string | null {
	// A Date cannot hold larger numbers.
	return milliseconds > 0 && milliseconds < 8.64e15 ? new Date(milliseconds).toISOString() : null;
}

// Attributes that the short form shows as fields of their own, or that are of technical interest only.
const reported =
	/^(lk\.|sip\.(callStatus|callID|callIDFull|callTag|phoneNumber|trunkPhoneNumber|trunkID|ruleID|hostname)$)/;

function simplifyParticipant(participant: JsonObject): JsonObject {
	const others = Object.entries(attributesOf(participant)).filter(([name]) => !reported.test(name));
	return {
		participant_identity: participant.identity,
		participant_id: participant.sid,
		participant_name: participant.name,
		participant_metadata: participant.metadata,
		status: statusOf(participant),
		direction: directionOf(participant),
		phone_number: phoneNumberOf(participant),
		trunk_phone_number: attributeOf(participant, 'sip.trunkPhoneNumber'),
		hostname: attributeOf(participant, 'sip.hostname'),
		sip_call_id: attributeOf(participant, 'sip.callID'),
		sip_trunk_id: attributeOf(participant, 'sip.trunkID'),
		sip_dispatch_rule_id: attributeOf(participant, 'sip.ruleID'),
		invited_at: timeOf(Number(attributeOf(participant, 'lk.sip.inviteTime'))),
		answered_at: timeOf(Number(attributeOf(participant, 'lk.sip.answerTime'))),
		joined_at: timeOf(Number(participant.joined_at_ms) || Number(participant.joined_at) * 1000),
		participant_attributes: Object.fromEntries(
			others.map(([name, value]) => [name, String(value)]),
		),
	};
}

function simplifyDispatch(dispatch: JsonObject): JsonObject {
	const state = isObject(dispatch.state) ? dispatch.state : {};
	const jobs = Array.isArray(state.jobs) ? state.jobs : [];
	const states = jobs.map((job) => (isObject(job) && isObject(job.state) ? job.state : {}));
	const shown = states.find(({ status }) => status === 'JS_RUNNING') ?? states[states.length - 1];
	return {
		dispatch_id: dispatch.id,
		room_name: dispatch.room,
		agent_name: dispatch.agent_name,
		// The open-source server lists a job up to 5 seconds after its agent has come (docs/livekit.md, Agents and dispatches).
		status: shown ? String(shown.status).replace('JS_', '').toLowerCase() : 'dispatched',
		participant_identity: String(shown?.participant_identity ?? ''),
		...pick(dispatch, ['metadata', 'attributes']),
		created_at: timeOf(Number(state.created_at) / 1e6),
	};
}

const simplifiers: Readonly<Partial<Record<MessageName, (value: JsonObject) => JsonObject>>> = {
	SIPInboundTrunkInfo: (trunk) => pick(trunk, inboundFields),
	SIPOutboundTrunkInfo: (trunk) => pick(trunk, outboundFields),
	SIPDispatchRuleInfo: simplifyRule,
	ParticipantInfo: simplifyParticipant,
	AgentDispatch: simplifyDispatch,
};

/** The short form of a decoded message, for people who do not know LiveKit. A message that has none is returned as it is. */
export function simplifyMessage(message: MessageName, value: JsonObject): JsonObject {
	return simplifiers[message]?.(value) ?? value;
}
