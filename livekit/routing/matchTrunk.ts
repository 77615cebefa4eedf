import { type Origin, letsIn } from './addresses';
import { normalizedNumber } from './numbers';
import type { Reading } from './servers';
import type { Trunk } from './trunk';

/** What becomes of a trunk that has the called number, or takes all numbers. */
export type TrunkWhy =
	/** The call comes over this trunk. */
	| 'taken'
	/** The caller is not among the trunk's Allowed Caller Numbers. */
	| 'caller_not_allowed'
	/** The call comes from elsewhere than the trunk's Allowed Addresses. */
	| 'address_not_allowed'
	/** A trunk that has the called number goes before one that takes all numbers. */
	| 'other_trunk_has_number'
	/** Another trunk takes the call, too, so that LiveKit ends it. */
	| 'not_the_only_one';

/** A trunk that was asked for a call. */
export interface TrunkCandidate {
	readonly trunk: Trunk;
	readonly why: TrunkWhy;
}

/** Trunks by the numbers that they have, each list in LiveKit's order. */
export interface TrunkIndex {
	readonly byNumber: ReadonlyMap<string, readonly Trunk[]>;
	/** Trunks that take calls to any number. */
	readonly forAll: readonly Trunk[];
}

/** What LiveKit finds for a call. */
export interface TrunkMatch {
	/** Undefined if none takes the call, and if several do. */
	readonly trunk: Trunk | undefined;
	/** Several trunks take the call. */
	readonly conflict?: 'two_trunks' | 'two_trunks_for_all';
	readonly candidates: readonly TrunkCandidate[];
}

/** Sorts trunks into an index. @param trunks in the order of their IDs */
export function indexTrunks(trunks: readonly Trunk[]): TrunkIndex {
	const byNumber = new Map<string, Trunk[]>();
	for (const trunk of trunks) {
		for (const number of trunk.spellings.keys()) {
			const list = byNumber.get(number);
			if (list) list.push(trunk);
			else byNumber.set(number, [trunk]);
		}
	}
	return { byNumber, forAll: trunks.filter(({ numbers }) => numbers.length === 0) };
}

function refusal(trunk: Trunk, caller: string, origin: Origin): TrunkWhy | undefined {
	if (trunk.callers.size > 0 && !trunk.callers.has(caller)) return 'caller_not_allowed';
	return letsIn(trunk.gate, origin) ? undefined : 'address_not_allowed';
}

/**
 * Finds the trunk over which a call comes (livekit/protocol sip/sip.go, MatchTrunkDetailed): the one that has the called
 * number and lets the caller in; without such a trunk, the one that has no numbers.
 */
export function matchTrunk(
	index: TrunkIndex,
	call: { readonly called: string; readonly caller: string; readonly origin: Origin },
	reading: Reading,
): TrunkMatch {
	const called = normalizedNumber(call.called);
	const caller = normalizedNumber(call.caller);
	const asked = (trunks: readonly Trunk[]) =>
		trunks.map((trunk) => ({ trunk, why: refusal(trunk, caller, call.origin) }));
	const withNumber = asked(index.byNumber.get(called) ?? []);
	const forAll = asked(index.forAll);
	const taking = withNumber.filter(({ why }) => !why);
	const takingAll = forAll.filter(({ why }) => !why);
	const isTwice =
		reading.countsSpellings && taking.some(({ trunk }) => (trunk.spellings.get(called) ?? 0) > 1);
	const found = (whyNumber: TrunkWhy, whyAll: TrunkWhy) => [
		...withNumber.map(({ trunk, why }) => ({ trunk, why: why ?? whyNumber })),
		...forAll.map(({ trunk, why }) => ({ trunk, why: why ?? whyAll })),
	];
	if (taking.length > 1 || isTwice) {
		const candidates = found('not_the_only_one', 'other_trunk_has_number');
		return { trunk: undefined, conflict: 'two_trunks', candidates };
	}
	if (taking.length === 1)
		return { trunk: taking[0].trunk, candidates: found('taken', 'other_trunk_has_number') };
	if (takingAll.length > 1) {
		const candidates = found('taken', 'not_the_only_one');
		return { trunk: undefined, conflict: 'two_trunks_for_all', candidates };
	}
	return { trunk: takingAll[0]?.trunk, candidates: found('taken', 'taken') };
}
