import { allTrunkClashes } from '../../livekit/routing/clashes';
import type { Failing } from '../../livekit/routing/failing';
import type { Routing } from '../../livekit/routing/route';

const orAll = <T>(entries: readonly T[], all: T) => (entries.length > 0 ? entries : [all]);

/** All numbers that fail, whoever calls them, although LiveKit's validators may have passed (see `trunkClashes`): for tests of clashes. */
export function failingNumbers(routing: Routing): Failing[] {
	const clashes = allTrunkClashes(routing.trunks, routing.reading).filter(
		({ failsCalls }) => failsCalls,
	);
	const ofTrunks = clashes.flatMap(({ trunk, other, numbers, callers }) =>
		orAll(numbers, '').map((number): Failing => {
			const reason = numbers.length > 0 ? 'two_trunks' : 'two_trunks_for_all';
			return { number, callers, reason, between: [trunk, other] };
		}),
	);
	const ofRules = routing.trunks.flatMap((trunk) => {
		const { conflict } = routing.listingOf(trunk.id);
		if (!conflict) return [];
		return orAll([...trunk.spellings.keys()], '').map(
			(number): Failing => ({
				number,
				callers: [...trunk.callers],
				reason: 'two_rules',
				between: [conflict.other, conflict.rule],
			}),
		);
	});
	return [...ofTrunks, ...ofRules];
}
