import { normalizedNumber } from './numbers';
import type { Route, Routing } from './route';
import { type PlacedRoute, anyOtherNumber, routesFromAnywhere, unknownCaller } from './samples';

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
}

/** More callers of one number are not looked at one by one. */
const mostCallers = 1000;

/** Whether a call gets into a room, at least with a PIN. */
export function getsThrough({ verdict }: Route): boolean {
	return verdict === 'routed' || verdict === 'pin_required';
}

function withPin(routing: Routing, number: string, caller: string, route: Route): Route {
	if (route.verdict !== 'pin_required' || !route.rule) return route;
	const inside = routing.route({ called: number, caller, pin: route.rule.pin });
	return getsThrough(inside) ? inside : route;
}

/** The numbers that trunks and rules name, as LiveKit compares them. */
function numbersIn({ trunks, rules }: Routing): string[] {
	const numbers = new Set<string>();
	for (const { spellings } of trunks) for (const number of spellings.keys()) numbers.add(number);
	for (const rule of rules)
		for (const number of rule.numbers) numbers.add(normalizedNumber(number));
	return [...numbers];
}

/** The callers that lists name, by called number: those of its trunks, and those of the rules that LiveKit reads for it. */
function callersOf(routing: Routing, number: string): string[] {
	const callers = new Set<string>();
	const owners = routing.trunks.filter(({ spellings }) => spellings.has(number));
	const trunks =
		owners.length > 0 ? owners : routing.trunks.filter(({ numbers }) => numbers.length === 0);
	for (const trunk of trunks) for (const caller of trunk.callers) callers.add(caller);
	const ids = trunks.length > 0 ? trunks.map(({ id }) => id) : [undefined];
	for (const id of ids)
		for (const rule of routing.listingOf(id).rules)
			for (const caller of rule.callers) callers.add(caller);
	return [...callers].slice(0, mostCallers);
}

function groupKey({ verdict, reason, trunk, rule }: Route): string {
	return JSON.stringify([verdict, reason, trunk?.id, rule?.id]);
}

/** Who answers one number, for each group of callers. */
export function answeredNumber(routing: Routing, number: string): NumberAnswered {
	const [first, ...elsewhere] = routesFromAnywhere(routing, {
		called: number,
		caller: unknownCaller,
	});
	const everybody = {
		callers: [],
		route: withPin(routing, number, unknownCaller, first.route),
	};
	const groups = new Map<string, { callers: string[]; route: Route }>();
	for (const caller of callersOf(routing, number)) {
		const [{ route: found }] = routesFromAnywhere(routing, { called: number, caller });
		const route = withPin(routing, number, caller, found);
		const key = groupKey(route);
		const group = groups.get(key);
		if (group) group.callers.push(caller);
		else if (key !== groupKey(everybody.route)) groups.set(key, { callers: [caller], route });
	}
	const own = [...groups.values()];
	const through = getsThrough(everybody.route)
		? undefined
		: own.find((group) => getsThrough(group.route));
	return {
		number,
		main: through ?? everybody,
		elsewhere,
		others: [...(through ? [everybody] : []), ...own.filter((group) => group !== through)],
	};
}

/**
 * Who answers each number of a project, and calls to any other number if a trunk or a rule takes them.
 *
 * @returns one entry after the other, in the order of the trunks
 */
export function* numbersAnswered(routing: Routing): Generator<NumberAnswered> {
	for (const number of numbersIn(routing)) yield answeredNumber(routing, number);
	const other = answeredNumber(routing, anyOtherNumber);
	if (other.main.route.reason !== 'no_trunk') yield other;
}
