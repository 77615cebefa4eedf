import type { Ip } from '../checks/ip';
import { type Origin, namesOf } from './addresses';
import { type TrunkIndex, matchTrunk } from './matchTrunk';
import type { ConflictReason } from './reasons';
import type { Routing } from './route';
import type { Rule } from './rule';
import type { Trunk } from './trunk';

/** Calls that LiveKit fails because it cannot tell who takes them. */
export interface Failing {
	/** Normalized called number; empty for all numbers that no trunk has. */
	readonly number: string;
	/** Normalized callers; empty for all. */
	readonly callers: readonly string[];
	readonly reason: ConflictReason;
	/** The two trunks or the two rules that stand against each other; twice the same if it is one. */
	readonly between: readonly [Trunk, Trunk] | readonly [Rule, Rule];
}

/** Calls by which a change of a trunk is judged: a text and an address that nothing names stand for all others. */
const unnamed = '\0';
const outside: readonly Ip[] = [
	{ bits: 32, value: 0n, zone: '' },
	{ bits: 128, value: 0n, zone: '' },
];

function near({ byNumber, forAll }: TrunkIndex, number: string): Trunk[] {
	return [...(byNumber.get(number) ?? []), ...forAll];
}

/** Addresses at which it can change what trunks let in: the first of each range, and the first behind it. */
function origins(trunks: readonly Trunk[]): Origin[] {
	const bounds = trunks.flatMap(({ gate }) =>
		gate.ranges.flatMap(({ ip, length }) => {
			const shift = BigInt(ip.bits - length);
			const first = (ip.value >> shift) << shift;
			const behind = first + (1n << shift);
			const isLast = behind >> BigInt(ip.bits) > 0n;
			return [first, ...(isLast ? [] : [behind])].map((value) => ({ ...ip, value }));
		}),
	);
	const ips = new Map([...outside, ...bounds].map((ip) => [`${ip.bits} ${ip.value}`, ip]));
	const hosts = new Set([unnamed, ...trunks.flatMap(({ gate }) => namesOf(gate))]);
	return [...ips.values()].flatMap((ip) => [...hosts].map((host) => ({ ip, host })));
}

function failureOf(
	routing: Routing,
	call: { called: string; caller: string; origin: Origin },
): Pick<Failing, 'reason' | 'between'> | undefined {
	const found = matchTrunk(routing.index, call, routing.reading);
	if (found.conflict) {
		const taking = found.candidates.filter(({ why }) => why === 'not_the_only_one');
		const [one, other] = [taking[0].trunk, (taking[1] ?? taking[0]).trunk];
		return { reason: found.conflict, between: [one, other] };
	}
	const { conflict } = routing.listingOf(found.trunk?.id);
	return conflict && { reason: 'two_rules', between: [conflict.other, conflict.rule] };
}

function canFail(routing: Routing, trunks: readonly Trunk[]): boolean {
	if (trunks.length > 1 || routing.reading.countsSpellings) return true;
	return [undefined, ...trunks.map(({ id }) => id)].some((id) => routing.listingOf(id).conflict);
}

type Fate = Omit<Failing, 'number'>;

/** The trunks that have a number, and how often, by which alone they are told apart. */
function ownersOf(
	{ index }: Routing,
	called: string,
): Array<readonly [string, number | undefined]> {
	const owners = index.byNumber.get(called) ?? [];
	return owners.map(({ id, spellings }) => [id, spellings.get(called)] as const);
}

/** The callers that trunks name, and one that none names, in groups that all the trunks treat alike. */
function callerGroups(trunks: readonly Trunk[]): string[][] {
	const groups = new Map<string, string[]>();
	const callers = new Set(trunks.flatMap((trunk) => [...trunk.callers]));
	for (const caller of [unnamed, ...callers]) {
		const key = trunks.map(({ callers: own }) => (own.has(caller) ? 1 : 0)).join('');
		const group = groups.get(key);
		if (group) group.push(caller);
		else groups.set(key, [caller]);
	}
	return [...groups.values()];
}

/** What newly fails of a caller's calls, from the first place where one does. */
function failureFrom(
	[before, after]: readonly [Routing, Routing],
	call: { called: string; caller: string },
	places: readonly Origin[],
): Pick<Failing, 'reason' | 'between'> | undefined {
	for (const origin of places) {
		const failure = failureOf(after, { ...call, origin });
		if (failure && !failureOf(before, { ...call, origin })) return failure;
	}
	return undefined;
}

/** What newly fails of the calls to a number; nothing, or one entry. */
function fateOf(before: Routing, after: Routing, called: string): Fate[] {
	const trunks = near(after.index, called);
	if (!canFail(after, trunks)) return [];
	const all = [...near(before.index, called), ...trunks];
	const places = origins(all);
	const failing = callerGroups(all).flatMap((callers) => {
		const failure = failureFrom([before, after], { called, caller: callers[0] }, places);
		return failure ? [{ callers, failure }] : [];
	});
	const callers = failing.flatMap((group) => group.callers);
	return failing.slice(0, 1).map(({ failure }) => ({
		callers: callers.includes(unnamed) ? [] : callers,
		...failure,
	}));
}

/**
 * The calls that failed before for no such reason, and fail after a trunk was created, changed or deleted: because it takes
 * calls of another trunk's, leaves calls to trunks that clash, or has rules that clash. Every kind of call to its numbers is
 * tried, before and after. What a changed rule brings about is said by `ruleClashes`.
 */
export function newlyFailing(before: Routing, after: Routing, trunkId: string): Failing[] {
	const changed = [before, after].flatMap(({ trunks }) =>
		trunks.filter(({ id }) => id === trunkId),
	);
	const isForAll = changed.some(({ numbers }) => numbers.length === 0);
	const touched = isForAll ? [...before.trunks, ...after.trunks] : changed;
	const numbers = new Set(touched.flatMap(({ spellings }) => [...spellings.keys()]));
	if (isForAll) numbers.add(unnamed);
	// Numbers that are on the same trunks before and after have the same fate.
	const fates = new Map<string, Fate[]>();
	return [...numbers].flatMap((called): Failing[] => {
		const key = JSON.stringify([before, after].map((routing) => ownersOf(routing, called)));
		const fate = fates.get(key) ?? fateOf(before, after, called);
		fates.set(key, fate);
		return fate.map((each) => ({ number: called === unnamed ? '' : called, ...each }));
	});
}
