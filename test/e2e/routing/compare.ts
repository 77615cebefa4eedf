import { allTrunkClashes } from '../../../livekit/routing/clashes';
import { firstRuleConflict } from '../../../livekit/routing/conflicts';
import { trunkConflicts } from '../../support/trunkConflicts';
import type { RouteReason } from '../../../livekit/routing/reasons';
import type { Room } from '../../../livekit/routing/room';
import { type InboundCall, type Route, routingOf } from '../../../livekit/routing/route';
import { type Reading, newestReading } from '../../../livekit/routing/servers';
import type { World } from '../../support/routing';

/** What LiveKit's own functions answer for a call, see `oracle/main.go`. */
export interface OracleRoute {
	readonly verdict: string;
	readonly reason: string;
	readonly trunk: string;
	readonly rule: string;
	readonly room: string;
	readonly agents: readonly string[];
	readonly preset: string;
	readonly named: readonly string[];
	readonly filtered: Readonly<Record<string, string>>;
	readonly asksPin: boolean;
	readonly asksCredentials: boolean;
}

/** What LiveKit's own functions answer for a world. */
export interface OracleAnswer {
	readonly calls: readonly OracleRoute[];
	readonly trunks: { readonly valid: boolean; readonly named: readonly string[] };
	readonly rules: { readonly valid: boolean; readonly named: readonly string[] };
}

// LiveKit's functions know one refusal; the server tells apart what fails before.
const told: ReadonlySet<RouteReason> = new Set(['bad_source_address', 'unknown_rule']);

/** A call as the oracle reads it: `pin` is null before anything is typed, and empty for no PIN. */
export function oracleCall({ pin, ...call }: InboundCall): object {
	return { ...call, pin: pin === undefined ? null : pin.replace(/#$/, '') };
}

function sameRoom(room: Room | undefined, theirs: string): boolean {
	if (!room?.endsRandom) return theirs === (room?.name ?? '');
	return (
		theirs.startsWith(`${room.name}_`) &&
		/^[A-Za-z0-9]{12}$/.test(theirs.slice(room.name.length + 1))
	);
}

function filtered(route: Route): Record<string, string> {
	return Object.fromEntries(
		route
			.candidates()
			.filter(({ kind, why }) => kind === 'trunk' && /_not_allowed$/.test(why))
			.map(({ id, why }) => [id, why]),
	);
}

/** Our route in the oracle's words. */
function inItsWords(route: Route): Omit<OracleRoute, 'room'> {
	const isRouted = route.verdict === 'routed' || route.reason === 'no_room';
	const isPlain = route.verdict === 'refused' && !told.has(route.reason);
	return {
		verdict: isRouted ? 'routed' : route.verdict,
		reason: isRouted ? 'routed' : isPlain ? 'no_rule' : route.reason,
		trunk: route.trunk?.id ?? '',
		rule: route.reason === 'unknown_rule' ? '' : (route.rule?.id ?? ''),
		agents: isRouted ? (route.rule?.agents ?? []) : [],
		preset: isRouted ? (route.rule?.roomPreset ?? '') : '',
		named: route.reason === 'two_rules' ? [route.conflict[0].id] : [],
		// LiveKit stops to look at the second trunk that takes a call.
		filtered: route.reason === 'two_trunks' ? {} : filtered(route),
		asksPin: route.asksPin,
		asksCredentials: route.asksCredentials,
	};
}

function different(what: string, ours: unknown, theirs: unknown): string[] {
	const [left, right] = [ours, theirs].map((value) => JSON.stringify(value));
	return left === right ? [] : [`${what}: ours ${left}, LiveKit's ${right}`];
}

function compareRoute(route: Route, theirs: OracleRoute): string[] {
	const { room, ...others } = theirs;
	const ours = inItsWords(route);
	const seen = ours.reason === 'two_trunks' ? { ...others, filtered: {} } : others;
	const sorted = (value: object) =>
		Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
	const flat = ({ filtered: list, ...rest }: Omit<OracleRoute, 'room'>) => [
		sorted(rest),
		sorted(list),
	];
	return [
		...different('route', flat(ours), flat(seen)),
		...(sameRoom(route.room, room) ? [] : different('room', route.room ?? null, room)),
	];
}

/** How a reading of a world differs from LiveKit's, one text for each difference. */
export function differences(
	world: World,
	theirs: OracleAnswer,
	of: Reading = newestReading,
): string[] {
	const reading: Reading = world.strict ? { ...of, addresses: 'strict' } : of;
	const routing = routingOf(world.trunks, world.rules, reading);
	const [trunks] = trunkConflicts(routing.trunks, reading);
	const isKnown = routing.rules.every(({ kind }) => kind !== undefined);
	const rules = firstRuleConflict(routing.rules);
	const isRefused = allTrunkClashes(routing.trunks, reading).some((clash) => clash.isRefused);
	return [
		...world.calls.flatMap((call, index) =>
			compareRoute(routing.route(call), theirs.calls[index]).map(
				(text) => `${text}, for ${JSON.stringify(call)}`,
			),
		),
		...different('what the validator of trunks says', isRefused, theirs.trunks.named.length > 0),
		...different('trunks', trunks ? [trunks.trunk.id, trunks.other.id] : [], theirs.trunks.named),
		...(isKnown ? different('rules', rules ? [rules.other.id] : [], theirs.rules.named) : []),
	];
}

/** Our reasons for the calls of a world. */
export function reasonsOf(world: World, reading: Reading = newestReading): RouteReason[] {
	const { route } = routingOf(world.trunks, world.rules, reading);
	return world.calls.map((call) => route(call).reason);
}

export { sampleWorlds } from '../../support/routing';
export { readingOf } from '../../../livekit/routing/servers';
