import { isObject } from '../json';
import { type Field, type Message, type MessageName, fieldKey, messageOf } from '../schema';
import { editDistance, likelyField } from './likelyNames';

// Names that differ from LiveKit's by more than their casing: options of the JavaScript SDK, and LiveKit's documentation.
const aliases: ReadonlyMap<string, string> = new Map([
	['CreateSIPParticipantRequest.fromnumber', 'sip_number'],
	['CreateSIPParticipantRequest.callto', 'sip_call_to'],
	['CreateAgentDispatchRequest.roomname', 'room'],
	['SIPDispatchRule.direct', 'dispatch_rule_direct'],
	['SIPDispatchRule.individual', 'dispatch_rule_individual'],
	['SIPDispatchRule.callee', 'dispatch_rule_callee'],
]);

/** Finds the field that a name in any spelling means, including option names of the JavaScript SDK. */
export function fieldNamed(message: Message, name: string): Field | undefined {
	const key = fieldKey(name);
	return (
		message.byKey.get(key) ??
		message.byKey.get(fieldKey(aliases.get(`${message.name}.${key}`) ?? ''))
	);
}

const legacyTrunk =
	'belongs to the combined trunks of LiveKit before 2024, which are gone. Create an inbound trunk (numbers, allowed_addresses, auth_username) and an outbound trunk (address, numbers) instead';

const agentInRoom =
	'belongs inside room_config: {"room_config": {"agents": [{"agent_name": "..."}]}}';

const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	SIPDispatchRuleInfo: {
		headers:
			"is not a field of dispatch rules, though LiveKit's documentation lists it. Set headers on the trunk",
		headerstoattributes: 'is not a field of dispatch rules. Set it on the inbound trunk',
		includeheaders: 'is not a field of dispatch rules. Set it on the inbound trunk',
		roomname: 'belongs inside the rule: {"rule": {"dispatch_rule_direct": {"room_name": "..."}}}',
		roomprefix:
			'belongs inside the rule: {"rule": {"dispatch_rule_individual": {"room_prefix": "..."}}}',
		pin: 'belongs inside the rule: {"rule": {"dispatch_rule_direct": {"room_name": "...", "pin": "..."}}}',
		agents: 'belongs inside room_config: {"room_config": {"agents": [...]}}',
		agentname: agentInRoom,
		agent: agentInRoom,
	},
	SIPInboundTrunkInfo: {
		address:
			'is a field of outbound trunks. An inbound trunk takes allowed_addresses, the addresses that calls may come from',
		inboundnumbers: legacyTrunk,
		inboundaddresses: legacyTrunk,
		outboundaddress: legacyTrunk,
		outboundnumber: legacyTrunk,
	},
	SIPOutboundTrunkInfo: {
		inboundnumbers: legacyTrunk,
		inboundaddresses: legacyTrunk,
		outboundaddress: legacyTrunk,
		outboundnumber: legacyTrunk,
	},
	CreateSIPParticipantRequest: {
		roomconfig:
			'is not a field of calls. Dispatch an agent into the room, or create the room with its configuration, before the call',
		agents: 'is not a field of calls. Dispatch the agent into the room before the call',
	},
};

/**
 * Rewrites a rule in the form of an SDK as LiveKit's message: `{ type: 'direct', roomName }` (JavaScript SDK, also beside the
 * fields of a dispatch rule), `{ case, value }` (protobuf-es), `{ rule: {...} }`. Anything else is returned as it is.
 */
export function fromSdkForm(message: MessageName, value: unknown): unknown {
	if (!isObject(value)) return value;
	if (message === 'SIPDispatchRuleInfo') return withRuleInside(value);
	return message === 'SIPDispatchRule' ? ruleFromSdkForm(value) : value;
}

const ruleTypes = new Set(['direct', 'individual', 'callee']);
const partsOfRule = new Set([
	'type',
	...(['Direct', 'Individual', 'Callee'] as const).flatMap((type) =>
		messageOf(`SIPDispatchRule${type}`).fields.map(({ name }) => fieldKey(name)),
	),
]);

/** A dispatch rule whose `{ type, roomName, ... }` stands beside its other fields gets it as its rule. */
function withRuleInside(value: Record<string, unknown>): Record<string, unknown> {
	const entries = Object.entries(value);
	const hasRule = entries.some(
		([name, inner]) => fieldKey(name) === 'rule' && inner !== null && inner !== undefined,
	);
	if (hasRule || !ruleTypes.has(String(value.type).toLowerCase())) return value;
	const isPart = ([name]: readonly [string, unknown]) => partsOfRule.has(fieldKey(name));
	return {
		...Object.fromEntries(entries.filter((entry) => !isPart(entry))),
		rule: Object.fromEntries(entries.filter(isPart)),
	};
}

function ruleFromSdkForm(value: Record<string, unknown>): Record<string, unknown> {
	const [[name, inner] = ['', undefined], ...others] = Object.entries(value);
	if (others.length === 0 && fieldKey(name) === 'rule' && isObject(inner))
		return ruleFromSdkForm(inner);
	if (typeof value.case === 'string' && isObject(value.value)) return { [value.case]: value.value };
	if (typeof value.type === 'string') {
		const { type, ...branch } = value;
		return { [String(type).toLowerCase()]: branch };
	}
	return value;
}

function nearest(message: Message, name: string): string | undefined {
	const key = fieldKey(name);
	const scored = message.fields.map((field) => ({
		field,
		distance: editDistance(key, fieldKey(field.name)),
	}));
	const best = scored.sort((left, right) => left.distance - right.distance)[0];
	return best && best.distance <= Math.max(2, Math.floor(key.length / 4))
		? best.field.name
		: undefined;
}

/** Says that a name is no field of a message, and what to write instead. LiveKit itself would silently drop it. */
export function reasonFor(message: Message, name: string): string {
	const own = new Map(Object.entries(reasons[message.name.replace(/Update$/, 'Info')] ?? {})).get(
		fieldKey(name),
	);
	if (own !== undefined) return own;
	const suggestion =
		likelyField(message.name.replace(/Update$/, 'Info'), name) ?? nearest(message, name);
	if (suggestion) return `is not a field of LiveKit's ${message.name}. Did you mean ${suggestion}?`;
	const fields = message.fields.filter((field) => !field.deprecated).map((field) => field.name);
	return `is not a field of LiveKit's ${message.name}. Its fields are ${fields.join(', ') || 'none'}`;
}
