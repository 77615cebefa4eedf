import { type Ip, parseIp } from '../checks/ip';
import type { JsonObject } from '../json';
import type { RuleConflict } from './conflicts';
import {
	type Listing,
	type RuleWhy,
	type RuledCall,
	type TypedPin,
	listings,
	matchRule,
	ruleCandidates,
} from './matchRule';
import {
	type TrunkIndex,
	type TrunkMatch,
	type TrunkWhy,
	indexTrunks,
	matchTrunk,
} from './matchTrunk';
import { compareTexts } from './numbers';
import { type RouteReason, type Verdict, withoutPin, withoutRule, withoutTrunk } from './reasons';
import { type Room, roomOf } from './room';
import { type Rule, readRule } from './rule';
import { type Reading, newestReading } from './servers';
import { type Trunk, readTrunk } from './trunk';

/** A call that comes in, as the carrier sends it. */
export interface InboundCall {
	/** Number or user name in the To header. */
	readonly called: string;
	/** Number or user name in the From header. */
	readonly caller: string;
	/** IP address of the carrier, without a port. Without it no trunk refuses the call for its address. */
	readonly sourceAddress?: string;
	/** Host in the From header. */
	readonly callerHost?: string;
	/** What the caller types when LiveKit asks for a PIN: `1234` or `1234#`, a lone `#` for none. Without it nothing is typed. */
	readonly pin?: string;
	/** With what the carrier answers when the trunk asks. Without it they are taken to be right. */
	readonly credentials?: { readonly username: string; readonly password: string };
}

/** A trunk or a rule that was asked for a call, and what became of it. */
export interface Candidate {
	readonly kind: 'trunk' | 'rule';
	readonly id: string;
	readonly name: string;
	readonly matched: boolean;
	readonly why: TrunkWhy | RuleWhy;
}

/** What LiveKit does with a call. */
export interface Route {
	readonly verdict: Verdict;
	readonly reason: RouteReason;
	/** The trunk over which it comes, undefined for none. */
	readonly trunk: Trunk | undefined;
	/** The rule that takes it, or asks for the PIN. */
	readonly rule: Rule | undefined;
	/** Of a call that is routed. */
	readonly room: Room | undefined;
	/** Names of the agents that the rule calls into the room; empty for an agent without a name. */
	readonly agents: readonly string[];
	/** Whether LiveKit asks the caller for a PIN. */
	readonly asksPin: boolean;
	/** Whether the trunk asks the carrier for a user name and a password. */
	readonly asksCredentials: boolean;
	/** The two trunks or the two rules that stand against each other, in LiveKit's order. */
	readonly conflict: readonly (Trunk | Rule)[];
	/** Of two rules: for which trunk, number and caller. */
	readonly ruleConflict: RuleConflict | undefined;
	/**
	 * Trunks that have the called number or take all numbers, then the rules that LiveKit reads for the call, each with what
	 * became of it. It is made when it is asked for, since a project may have thousands of rules for all trunks.
	 */
	readonly candidates: () => Candidate[];
}

/** What a call of {@link routingOf} knows. */
export interface Routing {
	readonly trunks: readonly Trunk[];
	readonly rules: readonly Rule[];
	readonly reading: Reading;
	readonly index: TrunkIndex;
	/** The rules that LiveKit reads for calls over a trunk, and over none. */
	readonly listingOf: (trunkId: string | undefined) => Listing;
	readonly route: (call: InboundCall) => Route;
}

function typedPin(pin: string | undefined): TypedPin {
	if (pin === undefined || pin === '') return undefined;
	return pin.endsWith('#') ? pin.slice(0, -1) : pin;
}

function sourceOf(address: string | undefined): Ip | 'bad' | undefined {
	return address === undefined || address === '' ? undefined : (parseIp(address) ?? 'bad');
}

function hasWrongCredentials(trunk: Trunk | undefined, call: InboundCall): boolean {
	if (!trunk || trunk.username === '' || !call.credentials) return false;
	return (
		call.credentials.username !== trunk.username || call.credentials.password !== trunk.password
	);
}

function byId<T extends { readonly id: string }>(objects: readonly T[]): T[] {
	return [...objects].sort((one, other) => compareTexts(one.id, other.id));
}

/** What is known of a call while it goes through LiveKit. */
interface Way {
	readonly call: InboundCall;
	readonly found: TrunkMatch;
	/** Undefined before rules are read. */
	readonly listing?: Listing;
	readonly pin?: TypedPin;
}

function candidatesOf({ call, found, listing, pin }: Way): Candidate[] {
	const trunks = found.candidates.map(({ trunk, why }) => ({
		kind: 'trunk' as const,
		id: trunk.id,
		name: trunk.name,
		matched: why === 'taken',
		why,
	}));
	if (!listing) return trunks;
	const { called, caller } = call;
	const asked = ruleCandidates(listing, { called, caller, trunkId: found.trunk?.id, pin });
	const rules = asked.map(({ rule, why }) => ({
		kind: 'rule' as const,
		id: rule.id,
		name: rule.name,
		matched: why === 'taken',
		why,
	}));
	return [...trunks, ...rules];
}

function outcome(
	way: Way,
	verdict: Verdict,
	reason: RouteReason,
	more: Partial<Pick<Route, 'rule' | 'room' | 'conflict' | 'ruleConflict'>> = {},
): Route {
	const { trunk } = way.found;
	return {
		verdict,
		reason,
		trunk,
		rule: undefined,
		room: undefined,
		conflict: [],
		ruleConflict: undefined,
		...more,
		agents: more.room ? (more.rule?.agents ?? []) : [],
		asksPin: verdict === 'pin_required' || way.pin !== undefined,
		asksCredentials: (trunk?.username ?? '') !== '',
		candidates: () => candidatesOf(way),
	};
}

/** Whether a rule fits whose PIN the server hides: it may be the one that the caller has typed. */
function mayHavePin(listing: Listing, asked: Omit<RuledCall, 'pin'>): boolean {
	return ruleCandidates(listing, { ...asked, pin: '' }).some(
		({ rule, why }) => why === 'asks_pin' && rule.hidesPin,
	);
}

/** The way of a call once its trunk is known: the rules, the PIN, the room. */
function throughRules(way: Way & { readonly listing: Listing }, reading: Reading): Route {
	const { call, found, listing } = way;
	const { called, caller } = call;
	const { conflict, unknown } = listing;
	if (conflict)
		return outcome(way, 'conflict', 'two_rules', {
			conflict: [conflict.other, conflict.rule],
			ruleConflict: conflict,
		});
	if (unknown) return outcome(way, 'refused', 'unknown_rule', { rule: unknown });
	const asked = { called, caller, trunkId: found.trunk?.id };
	const typed = typedPin(call.pin);
	const before = matchRule(listing, { ...asked, pin: undefined });
	const asksPin = before !== undefined && before.pin !== '';
	if (asksPin && typed === undefined)
		return outcome(way, 'pin_required', 'pin_required', { rule: before });
	const pinned = asksPin ? { ...way, pin: typed } : way;
	if (asksPin && typed && mayHavePin(listing, asked))
		return outcome(pinned, 'pin_required', 'pin_hidden', { rule: before });
	const rule = asksPin ? matchRule(listing, { ...asked, pin: typed }) : before;
	if (!rule) {
		const whys = ruleCandidates(listing, { ...asked, pin: pinned.pin }).map(({ why }) => why);
		const reason = found.trunk
			? withoutRule(whys)
			: withoutTrunk(found.candidates.map(({ why }) => why));
		return outcome(pinned, 'refused', withoutPin(whys) ?? reason);
	}
	const room = roomOf(rule, called, caller, reading.alwaysRandom);
	if (room.name === '' && !room.endsRandom) return outcome(pinned, 'refused', 'no_room', { rule });
	return outcome(pinned, 'routed', 'routed', { rule, room });
}

/**
 * Reads trunks and rules once, and says for any number of calls what LiveKit does with them: first the trunk, then the
 * carrier's credentials, the rule, the PIN, and the rule again (livekit/livekit pkg/service/ioservice_sip.go).
 *
 * @param trunks decoded inbound trunks of the whole project
 * @param rules decoded dispatch rules of the whole project
 * @param reading of the server, see `readingOf`
 */
export function routingOf(
	trunks: readonly JsonObject[],
	rules: readonly JsonObject[],
	reading: Reading = newestReading,
): Routing {
	const allTrunks = byId(trunks.map((trunk) => readTrunk(trunk, reading)));
	const allRules = byId(rules.map((rule) => readRule(rule, reading)));
	const index = indexTrunks(allTrunks);
	const listingOf = listings(allRules);
	const route = (call: InboundCall): Route => {
		const source = sourceOf(call.sourceAddress);
		const nothing: TrunkMatch = { trunk: undefined, candidates: [] };
		if (source === 'bad') return outcome({ call, found: nothing }, 'refused', 'bad_source_address');
		const origin = { ip: source, host: call.callerHost ?? '' };
		const found = matchTrunk(index, { called: call.called, caller: call.caller, origin }, reading);
		if (found.conflict) {
			const clashing = found.candidates.filter(({ why }) => why === 'not_the_only_one');
			const conflict = clashing.slice(0, 2).map(({ trunk }) => trunk);
			return outcome({ call, found }, 'conflict', found.conflict, { conflict });
		}
		if (hasWrongCredentials(found.trunk, call))
			return outcome({ call, found }, 'refused', 'wrong_credentials');
		return throughRules({ call, found, listing: listingOf(found.trunk?.id) }, reading);
	};
	return { trunks: allTrunks, rules: allRules, reading, index, listingOf, route };
}
