import { type Ip, type IpRange, contains, ipText, parseIp } from '../checks/ip';
import type { InboundCall, Route, Routing } from './route';
import type { Trunk } from './trunk';

/**
 * Stand for a caller and for a called number that no list names. No call can have them, so that a list that holds what
 * carriers send for hidden numbers (`anonymous`) is no list of theirs. One character each, which rules that hide numbers keep.
 */
export const unknownCaller = '\0';
export const anyOtherNumber = '\u0001';

/** The name of a room without what stands for an unknown caller or number: its prefix, or empty if it has none. */
export function knownPart(roomName: string): string {
	return isSample(roomName.slice(-1)) ? roomName.replace(/_?.$/s, '') : roomName;
}

/** Whether a caller or a called number stands for all that no list names. */
export function isSample(number: string): boolean {
	return number === unknownCaller || number === anyOtherNumber;
}

/** Where a call may come from. */
type Place = Pick<InboundCall, 'sourceAddress' | 'callerHost'>;

// Addresses of documentation (RFC 5737, RFC 3849), which no carrier has.
const elsewhere = ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1']
	.map(parseIp)
	.filter((ip): ip is Ip => ip !== undefined);

function placeOutside(ranges: readonly IpRange[]): Place[] {
	const outside = elsewhere.find((ip) => !ranges.some((range) => contains(range, ip)));
	return outside ? [{ sourceAddress: ipText(outside) }] : [];
}

/** Places that tell the trunks apart: one of each range and of each host that they name, and one that nobody names. */
function placesOf(trunks: readonly Trunk[]): Place[] {
	const ranges = trunks.flatMap(({ gate }) => gate.ranges);
	const hosts = new Set(trunks.flatMap(({ gate }) => [...gate.hosts]));
	const outside = placeOutside(ranges);
	return [
		...ranges.map(({ ip }) => ({ sourceAddress: ipText(ip) })),
		...[...hosts].map((callerHost) => ({ ...outside[0], callerHost })),
		...outside,
	];
}

/** What LiveKit does with a call from a certain place. */
export interface PlacedRoute {
	readonly place: Place;
	readonly route: Route;
}

/**
 * What LiveKit does with a call if it is not known where it comes from. Trunks with one number and different allowed
 * addresses are no conflict: then there is one route for each trunk, and one for what they both take.
 *
 * @returns at least one route; the first is that of a call that gets through, if there is one
 */
export function routesFromAnywhere(routing: Routing, call: InboundCall): readonly PlacedRoute[] {
	const known = routing.route(call);
	const asGiven = { place: {}, route: known };
	const isOfTrunks = known.verdict === 'conflict' && known.trunk === undefined;
	if (call.sourceAddress || !isOfTrunks || known.reason === 'two_rules') return [asGiven];
	const ids = new Set(
		known
			.candidates()
			.filter(({ kind, why }) => kind === 'trunk' && why === 'not_the_only_one')
			.map(({ id }) => id),
	);
	const places = placesOf(routing.trunks.filter(({ id }) => ids.has(id)));
	const routes = new Map<string, PlacedRoute>();
	for (const place of places) {
		const route = routing.route({ ...call, ...place });
		if (!route.trunk && route.verdict !== 'conflict') continue;
		const key = JSON.stringify([route.verdict, route.trunk?.id]);
		if (!routes.has(key)) routes.set(key, { place, route });
	}
	const found = [...routes.values()];
	const through = found.filter(({ route }) => route.verdict !== 'conflict');
	if (through.length === 0) return [asGiven];
	return [...through, ...found.filter(({ route }) => route.verdict === 'conflict')];
}
