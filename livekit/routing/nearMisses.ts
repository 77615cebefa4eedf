import { isSameNumber } from '../callees/stored';
import { plainLine } from '../plain';
import { namesOf } from './addresses';
import { normalizedNumber } from './numbers';
import type { Candidate, InboundCall, Route, Routing } from './route';
import type { Rule } from './rule';
import { named } from './words';

const mostNamed = 5;

/** An entry that is the number in another spelling. */
function otherSpelling(entries: ReadonlySet<string>, number: string): string | undefined {
	const wanted = normalizedNumber(number);
	return [...entries].find((entry) => normalizedNumber(entry) === wanted);
}

/** The entry of a rule by which it would take a call, with the number of the call, if it were spelled as that is. */
function spelledOtherwise(
	{ callers, numbers }: Rule,
	why: Candidate['why'],
	{ called, caller }: InboundCall,
): readonly [entry: string | undefined, number: string] {
	if (why === 'other_number') return [otherSpelling(numbers, called), called];
	const isForNumber = numbers.size === 0 || numbers.has(called);
	return [
		why === 'other_caller' && isForNumber ? otherSpelling(callers, caller) : undefined,
		caller,
	];
}

/** Whether trunks refuse a call, which a rule for all trunks could have taken. */
function isOfTrunks({ reason }: Route): boolean {
	return reason === 'no_trunk' || /_not_allowed$/.test(reason);
}

/** Rules that have a number of a refused call, but spell it in another way. */
function misspelled(routing: Routing, route: Route, call: InboundCall): string[] {
	const isOfRules = route.reason === 'no_rule_for_caller' || route.reason === 'no_rule_for_number';
	if (!isOfRules && !isOfTrunks(route)) return [];
	const whys = new Map(route.candidates().map(({ id, why }) => [id, why]));
	return routing.listingOf(route.trunk?.id).rules.flatMap((rule) => {
		const [entry, number] = spelledOtherwise(rule, whys.get(rule.id) ?? 'taken', call);
		return entry === undefined
			? []
			: [
					`Rule ${named(rule)} has "${plainLine(entry, 100)}". LiveKit compares it with ${number} as exact text: write it as the carrier sends it`,
				];
	});
}

function lastDigits(number: string): string {
	return number.replace(/\D/g, '').slice(-7);
}

/** Trunks that have the called number in a form which LiveKit takes for another number. */
function ofOtherTrunks(routing: Routing, route: Route, { called }: InboundCall): string[] {
	if (route.reason !== 'no_trunk') return [];
	const end = lastDigits(called);
	return routing.trunks.flatMap((trunk) => {
		const entry = trunk.numbers.find(
			(number) => end.length === 7 && lastDigits(number) === end && isSameNumber(number, called),
		);
		return entry === undefined
			? []
			: [
					`Trunk ${named(trunk)} has "${plainLine(entry, 100)}", which LiveKit takes for another number than ${called}: write it as the carrier sends it`,
				];
	});
}

/** Rules that could take a call, if their trunks had not been deleted. */
function ofGoneTrunks(routing: Routing, route: Route, { called }: InboundCall): string[] {
	if (route.reason !== 'no_trunk' && !route.reason.startsWith('no_rule')) return [];
	const known = new Set(routing.trunks.map(({ id }) => id));
	return routing.rules
		.filter(
			({ trunkIds, numbers }) =>
				trunkIds.length > 0 &&
				!trunkIds.some((id) => known.has(id)) &&
				(numbers.size === 0 || numbers.has(called)),
		)
		.map((rule) => `Rule ${named(rule)} names only trunks that do not exist: change its Trunks`);
}

/** Trunks that refuse a call for its address, and would let it in with another host in its From header. */
function otherHost(routing: Routing, route: Route): string[] {
	if (route.reason !== 'address_not_allowed') return [];
	const refusing = new Set(
		route.candidates().flatMap(({ id, why }) => (why === 'address_not_allowed' ? [id] : [])),
	);
	return routing.trunks
		.filter(({ id }) => refusing.has(id))
		.flatMap((trunk) => {
			const names = namesOf(trunk.gate);
			return names.length === 0
				? []
				: [
						`Trunk ${named(trunk)} also lets in calls whose From header has the host ${names
							.slice(0, mostNamed)
							.map((name) => plainLine(name, 100))
							.join(' or ')}`,
					];
		});
}

/**
 * What would have taken a refused call, had it come a little otherwise: rules and trunks that have its number in another
 * spelling, rules whose trunks are gone, and trunks that know the carrier by the name of its host.
 *
 * @returns sentences without their end, at most five
 */
export function nearMisses(routing: Routing, route: Route, call: InboundCall): string[] {
	return [
		...misspelled(routing, route, call),
		...ofOtherTrunks(routing, route, call),
		...ofGoneTrunks(routing, route, call),
		...otherHost(routing, route),
	].slice(0, mostNamed);
}
