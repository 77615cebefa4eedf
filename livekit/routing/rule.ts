import { type JsonObject, isJsonObject, isObject } from '../json';
import { isMasked } from '../codec/secrets';
import { numberKeys } from './numbers';
import type { Reading } from './servers';
import { textOf, textsOf } from './trunk';

/** What kind of room a rule opens: one for all callers, one per caller, one per called number. */
export type RuleKind = 'direct' | 'individual' | 'callee';

/** A dispatch rule, read once for many calls. */
export interface Rule {
	readonly id: string;
	readonly name: string;
	/** Undefined if the rule holds none that this package knows; LiveKit fails every call that it is compared with. */
	readonly kind: RuleKind | undefined;
	/** Room or its prefix. */
	readonly room: string;
	/** Empty if the rule asks for none. */
	readonly pin: string;
	/** Whether the server hides the PIN, so that nothing is known of it but that there is one. */
	readonly hidesPin: boolean;
	/** By which the validator compares PINs. One that is hidden is like no other. */
	readonly pinKey: string;
	/** Whether the room's name ends in random characters. */
	readonly isRandom: boolean;
	readonly hidesNumber: boolean;
	/** Empty for calls of all trunks, and for those of none. */
	readonly trunkIds: readonly string[];
	/** Callers and called numbers, compared with a call as they are written; empty for all. */
	readonly callers: ReadonlySet<string>;
	readonly numbers: ReadonlySet<string>;
	/** The same as LiveKit's validator compares them, in its order: two spellings of a number are two entries. */
	readonly keys: { readonly callers: readonly string[]; readonly numbers: readonly string[] };
	/** The lowest goes first (livekit/protocol sip/sip.go, DispatchRulePriority). */
	readonly priority: number;
	/** Names of the agents that the room calls; empty for an agent without a name. */
	readonly agents: readonly string[];
	/** Named configuration of the room, which may call more agents; empty mostly. */
	readonly roomPreset: string;
}

// In the order in which they go before each other.
const kinds: readonly RuleKind[] = ['direct', 'individual', 'callee'];

function agentsOf(config: JsonObject): string[] {
	return Array.isArray(config.agents)
		? config.agents.filter(isJsonObject).map((agent) => textOf(agent.agent_name))
		: [];
}

/** Reads a dispatch rule. @param rule decoded */
export function readRule(rule: JsonObject, reading: Reading): Rule {
	const oneof = isObject(rule.rule) ? rule.rule : {};
	const kind = kinds.find((name) => isObject(oneof[`dispatch_rule_${name}`]));
	const inner = kind && oneof[`dispatch_rule_${kind}`];
	const fields = isJsonObject(inner) ? inner : {};
	const callers = textsOf(rule.inbound_numbers);
	const numbers = reading.ruleNumbers ? textsOf(rule.numbers) : [];
	const pin = textOf(fields.pin);
	const id = textOf(rule.sip_dispatch_rule_id);
	const hidesPin = isMasked(pin);
	return {
		id,
		name: textOf(rule.name),
		kind,
		room: textOf(kind === 'direct' ? fields.room_name : fields.room_prefix),
		pin,
		hidesPin,
		pinKey: hidesPin ? `hidden ${id}` : pin,
		isRandom:
			kind === 'individual'
				? reading.alwaysRandom || fields.no_randomness !== true
				: kind === 'callee' && fields.randomize === true,
		hidesNumber: rule.hide_phone_number === true,
		trunkIds: textsOf(rule.trunk_ids),
		callers: new Set(callers),
		numbers: new Set(numbers),
		keys: { callers: numberKeys(callers), numbers: numberKeys(numbers) },
		priority:
			(kind ? kinds.indexOf(kind) : 0) +
			(pin === '' ? 100 : 0) +
			(callers.length === 0 ? 1000 : 0) +
			(numbers.length === 0 ? 1000 : 0),
		agents: agentsOf(isJsonObject(rule.room_config) ? rule.room_config : {}),
		roomPreset: textOf(rule.room_preset),
	};
}
