import { plainLine } from '../plain';
import type { RuleWhy } from './matchRule';
import type { TrunkWhy } from './matchTrunk';
import type { RouteReason } from './reasons';
import type { Room } from './room';
import type { Candidate, InboundCall, Route } from './route';
import type { Rule } from './rule';
import { isSample, knownPart, unknownCaller } from './samples';
import type { Trunk } from './trunk';

interface Explained {
	/** The rest of a sentence that begins "Nobody answers:". */
	readonly why: string;
	/** Whole sentences. */
	readonly advice: string;
}

const flood = 'In LiveKit\'s log it is "Rejecting inbound flood", which does not mean an attack.';

// The labels of fields stand in braces.
const explained: Readonly<
	Record<Exclude<RouteReason, 'routed' | 'pin_required' | 'pin_hidden'>, Explained>
> = {
	bad_source_address: {
		why: 'the address from which the call comes is no IP address',
		advice: 'Give an address such as 203.0.113.7.',
	},
	no_trunk: {
		why: 'no inbound trunk has this number, and no dispatch rule takes the call without a trunk',
		advice: `Add the number to an inbound trunk, in the spelling of the carrier. ${flood}`,
	},
	caller_not_allowed: {
		why: 'the trunk of this number lets in other callers only',
		advice: `Add the caller to {allowed_numbers} of the trunk, or clear that list. ${flood}`,
	},
	address_not_allowed: {
		why: 'the trunk of this number takes calls from other addresses only',
		advice: `Add the address of the carrier to {allowed_addresses} of the trunk. ${flood}`,
	},
	wrong_credentials: {
		why: 'the trunk asks for another user name and password',
		advice: 'Give the carrier the user name and password of the trunk.',
	},
	no_rule: {
		why: 'no dispatch rule is for this trunk, and none for all trunks',
		advice: `Create a dispatch rule for the trunk. ${flood}`,
	},
	no_rule_for_caller: {
		why: 'all dispatch rules of this trunk are for other callers',
		advice: `Add the caller to {inbound_numbers} of a rule, exactly as the carrier sends the number, or create a rule for all callers. ${flood}`,
	},
	no_rule_for_number: {
		why: 'all dispatch rules of this trunk are for other called numbers',
		advice: `Add the number to {rule_numbers} of a rule, exactly as the carrier sends it, or create a rule for all numbers. ${flood}`,
	},
	wrong_pin: {
		why: 'no dispatch rule that fits has this PIN',
		advice: 'Give the caller the PIN of the rule.',
	},
	no_pin: {
		why: 'all dispatch rules that fit ask for a PIN, and the caller types none',
		advice: 'Give the caller the PIN of a rule, or create a rule without one.',
	},
	no_room: {
		why: 'the dispatch rule names no room, so that LiveKit ends the call',
		advice: 'Give the rule a room.',
	},
	unknown_rule: {
		why: 'a dispatch rule is of a kind that this node does not know',
		advice: 'Update this package.',
	},
	two_trunks: {
		why: 'two inbound trunks have this number and let in the same caller, and LiveKit ends such calls',
		advice:
			'Take the number from one of them, or give them different callers or different allowed addresses.',
	},
	two_trunks_for_all: {
		why: 'two inbound trunks without numbers let in the same caller, and LiveKit ends such calls',
		advice: 'Give one of them the numbers that it is for.',
	},
	two_rules: {
		why: 'two dispatch rules are for the same calls, and LiveKit ends every call that comes near them',
		advice: 'Delete one of them, or give them different callers, numbers or PINs.',
	},
};

/** Characters of a name that somebody has given. */
const mostOfName = 100;

/** What people know a trunk or a rule by: `"Main" (ST_abc)`. */
export function named({ name, id }: Pick<Candidate, 'name' | 'id'>): string {
	return name === ''
		? plainLine(id, mostOfName)
		: `"${plainLine(name, mostOfName)}" (${plainLine(id, mostOfName)})`;
}

function roomWords({ name, endsRandom }: Room, { kind }: Rule): string {
	const known = plainLine(knownPart(name), mostOfName);
	if (!endsRandom && knownPart(name) === name) return `room ${known}`;
	const whose = endsRandom || kind === 'individual' ? 'of their own' : 'for each called number';
	return `a room ${whose}${known === '' ? '' : ` (${known}_...)`}`;
}

function agentWords({ agents, roomPreset }: Rule): string {
	const names = agents.map((agent) =>
		agent === '' ? 'an agent without a name' : `agent ${plainLine(agent, mostOfName)}`,
	);
	const preset =
		roomPreset === '' ? [] : [`the agents of the room preset ${plainLine(roomPreset, mostOfName)}`];
	const all = [...names, ...preset];
	return all.length === 0 ? '' : `, ${all.join(', ')}`;
}

/** A caller or a called number, also one that no list names. */
export function numberWords(number: string): string {
	if (!isSample(number)) return plainLine(number);
	return number === unknownCaller ? 'an unknown caller' : 'any other number';
}

function way(rule: Rule, trunk: Trunk | undefined): string {
	const over = trunk ? `trunk ${named(trunk)}` : 'no trunk';
	return `by rule ${named(rule)} on ${over}`;
}

/** Who answers a call, as a sentence with its end. */
export function answeredBy(
	{ verdict, reason, room, rule, trunk, conflict, asksPin }: Route,
	{ called, caller }: Pick<InboundCall, 'called' | 'caller'>,
): string {
	const ends = `alls from ${numberWords(caller)} to ${numberWords(called)}`;
	const calls = `C${ends}`;
	if (rule && room)
		return `${calls} go to ${roomWords(room, rule)}${agentWords(rule)}, ${way(rule, trunk)}${asksPin ? ', once they have typed the PIN' : ''}.`;
	if (reason === 'pin_hidden')
		return `${calls} are asked for a PIN. Whether the one that was typed is right is not known, since LiveKit hides the PINs of rules.`;
	if (reason === 'routed' || reason === 'pin_required')
		return `${calls} are asked for a PIN${rule ? `, ${way(rule, trunk)}` : ''}.`;
	const whose =
		verdict === 'conflict' && conflict.length > 0 ? ` (${conflict.map(named).join(' and ')})` : '';
	return `Nobody answers c${ends}: ${explained[reason].why}${whose}.`;
}

/** What to do so that somebody answers; empty if somebody does. */
export function routeAdvice(reason: RouteReason): string {
	return reason === 'routed' || reason === 'pin_required' || reason === 'pin_hidden'
		? ''
		: explained[reason].advice;
}

const whys: Readonly<Record<TrunkWhy | RuleWhy, string>> = {
	taken: 'takes the call',
	caller_not_allowed: 'lets in other callers only',
	address_not_allowed: 'takes calls from other addresses only',
	other_trunk_has_number: 'is for all numbers, and another trunk has this one',
	not_the_only_one: 'takes the call, and another trunk does too',
	other_trunk: 'is for other trunks',
	other_caller: 'is for other callers',
	other_number: 'is for other called numbers',
	asks_pin: 'asks for a PIN, and the caller types none',
	asks_no_pin: 'asks for no PIN, and the caller types one',
	other_pin: 'has another PIN',
	rule_of_trunk_first: 'is for all trunks, and a rule of this trunk goes first',
	other_rule_first: 'would take the call, and a more specific rule goes first',
};

/** What became of a trunk or a rule, as a sentence without its end. */
export function candidateWords({ kind, why, ...candidate }: Candidate): string {
	return `${kind === 'trunk' ? 'Trunk' : 'Rule'} ${named(candidate)} ${whys[why]}`;
}
