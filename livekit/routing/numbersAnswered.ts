import { normalizedNumber } from './numbers';
import type { InboundCall, Route, Routing } from './route';
import { type PlacedRoute, anyOtherNumber, routesFromAnywhere, unknownCaller } from './samples';
import type { Trunk } from './trunk';

/** What becomes of the calls of some callers to a number. */
export interface CallersRoute {
	readonly callers: readonly string[];
	/** With the PIN of the rule, where one is asked for. */
	readonly route: Route;
}

/** Who answers a number. */
export interface NumberAnswered {
	/** `anyOtherNumber` for all that no trunk and no rule names. */
	readonly number: string;
	/** What becomes of calls from callers that no list names, or if nobody answers those, of the first callers that get through. */
	readonly main: CallersRoute;
	/** The same if the call comes from other addresses. */
	readonly elsewhere: readonly PlacedRoute[];
	/** Callers with whom LiveKit does something else; those that no list names are an entry without callers. */
	readonly others: readonly CallersRoute[];
	/** How many callers that lists name were not looked at. */
	readonly left: number;
}

/** More callers of one number are not looked at one by one. */
const mostCallers = 1000;

/** Whether a call gets into a room, at least with a PIN. */
export function getsThrough({ verdict }: Route): boolean {
	return verdict === 'routed' || verdict === 'pin_required';
}

/** What becomes of a call to whom it may come, with the PIN of the rule, from the place where the first route is. */
function withPin(routing: Routing, call: InboundCall, { place, route }: PlacedRoute): Route {
	if (route.verdict !== 'pin_required' || !route.rule || route.rule.hidesPin) return route;
	const inside = routing.route({ ...call, ...place, pin: route.rule.pin });
	return getsThrough(inside) ? inside : route;
}

function firstRoute(routing: Routing, call: InboundCall): Route {
	return withPin(routing, call, routesFromAnywhere(routing, call)[0]);
}

/** A stored number as a carrier may send it: without formatting, and with a plus only if it is stored with one. */
function sentAs(number: string): string {
	const normalized = normalizedNumber(number);
	return number === normalized || number.startsWith('+') || normalized === '+'
		? normalized
		: normalized.slice(1);
}

/**
 * The numbers that trunks and rules name, each once. Rules compare numbers as exact text, so each is asked about as it is
 * stored on the trunk; but as LiveKit compares it if rules name it so and not as it is stored.
 */
function numbersIn({ trunks, rules }: Routing): string[] {
	const inRules = new Set(rules.flatMap((rule) => [...rule.numbers]));
	const numbers = new Map<string, string>();
	const stored = [...trunks.flatMap((trunk) => trunk.numbers), ...inRules];
	for (const number of stored) {
		const normalized = normalizedNumber(number);
		const spellings = [sentAs(number), normalized];
		const spelled = spellings.find((spelling) => inRules.has(spelling)) ?? spellings[0];
		if (!numbers.has(normalized)) numbers.set(normalized, spelled);
	}
	return [...numbers.values()];
}

/** The trunks over which calls to a number may come: those that have it, and those for all numbers. */
function trunksFor({ index }: Routing, number: string): Trunk[] {
	return [...(index.byNumber.get(normalizedNumber(number)) ?? []), ...index.forAll];
}

/** The callers that lists of some trunks name, and of the rules for calls over them or over none. */
function callersOf(routing: Routing, trunks: readonly Trunk[]): string[] {
	const callers = new Set(trunks.flatMap((trunk) => [...trunk.callers]));
	const rules = new Set(trunks.flatMap(({ id }) => routing.listingOf(id).rules));
	if (trunks.length === 0)
		for (const rule of routing.rules) if (rule.trunkIds.length === 0) rules.add(rule);
	for (const rule of rules) for (const caller of rule.callers) callers.add(caller);
	return [...callers];
}

function groupKey({ verdict, reason, trunk, rule }: Route): string {
	return JSON.stringify([verdict, reason, trunk?.id, rule?.id]);
}

/** Callers with whom LiveKit does the same. */
interface Grouped {
	readonly groups: ReadonlyArray<readonly string[]>;
	/** How many were not looked at. */
	readonly left: number;
}

/** Work that is long in big projects; at each step something else may be done. */
type Steps<T> = Generator<undefined, T>;

function* grouped(routing: Routing, number: string, trunks: readonly Trunk[]): Steps<Grouped> {
	const callers = callersOf(routing, trunks);
	const groups = new Map<string, string[]>();
	for (const caller of callers.slice(0, mostCallers)) {
		yield;
		const key = groupKey(firstRoute(routing, { called: number, caller }));
		const group = groups.get(key);
		if (group) group.push(caller);
		else groups.set(key, [caller]);
	}
	return { groups: [...groups.values()], left: Math.max(0, callers.length - mostCallers) };
}

/** Groups callers, once for all numbers that have the same trunks and that no rule names. */
function groupsOnce(routing: Routing): (number: string) => Steps<Grouped> {
	const named = new Set(routing.rules.flatMap((rule) => [...rule.numbers]));
	const made = new Map<string, Grouped>();
	return function* groupsOf(number) {
		const trunks = trunksFor(routing, number);
		const spelled = trunks.map(({ id, spellings }) => [
			id,
			spellings.get(normalizedNumber(number)),
		]);
		const key = JSON.stringify([named.has(number) ? number : null, spelled]);
		const groups = made.get(key) ?? (yield* grouped(routing, number, trunks));
		made.set(key, groups);
		return groups;
	};
}

function* answered(
	routing: Routing,
	number: string,
	groupsOf: ReturnType<typeof groupsOnce>,
): Steps<NumberAnswered> {
	const unknown = { called: number, caller: unknownCaller };
	const [first, ...elsewhere] = routesFromAnywhere(routing, unknown);
	const everybody = { callers: [], route: withPin(routing, unknown, first) };
	const { groups, left } = yield* groupsOf(number);
	const own = groups
		.map((callers) => ({
			callers,
			route: firstRoute(routing, { called: number, caller: callers[0] }),
		}))
		.filter(({ route }) => groupKey(route) !== groupKey(everybody.route));
	const through = getsThrough(everybody.route)
		? undefined
		: own.find((group) => getsThrough(group.route));
	return {
		number,
		main: through ?? everybody,
		elsewhere,
		others: [...(through ? [everybody] : []), ...own.filter((group) => group !== through)],
		left,
	};
}

/**
 * Who answers each number of a project, and calls to any other number if a trunk or a rule takes them.
 *
 * @returns one entry after the other, in the order of the trunks, and undefined between steps of long work
 */
export function* numbersAnswered(routing: Routing): Generator<NumberAnswered | undefined> {
	const groupsOf = groupsOnce(routing);
	for (const number of numbersIn(routing)) yield yield* answered(routing, number, groupsOf);
	const other = yield* answered(routing, anyOtherNumber, groupsOf);
	if (other.main.route.reason !== 'no_trunk') yield other;
}
