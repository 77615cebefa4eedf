import type { Reading } from '../../livekit/routing/servers';
import type { Trunk } from '../../livekit/routing/trunk';

/** Two trunks that LiveKit's validator does not take together. */
export interface TrunkConflict {
	readonly trunk: Trunk;
	/** The one that comes first in LiveKit's list; the same one if older servers see it in conflict with itself. */
	readonly other: Trunk;
	/** Number that both have; empty if both take all numbers. */
	readonly number: string;
	/** Caller that both let in; empty if both let in all callers. */
	readonly caller: string;
}

/**
 * The conflicts that LiveKit's validator sees between trunks (livekit/protocol sip/sip.go, ValidateTrunksIter). It names the
 * first one in its message. Addresses do not count for it, nor that "all callers" holds "these callers".
 *
 * @param trunks in LiveKit's order
 */
export function trunkConflicts(trunks: readonly Trunk[], reading: Reading): TrunkConflict[] {
	const owners = new Map<string, Trunk>();
	const conflicts: TrunkConflict[] = [];
	for (const trunk of trunks) {
		for (const number of trunk.numberKeys) {
			for (const caller of trunk.callerKeys) {
				const key = JSON.stringify([number, caller]);
				const other = owners.get(key);
				if (other && (other !== trunk || reading.countsSpellings))
					conflicts.push({ trunk, other, number, caller });
				else owners.set(key, trunk);
			}
		}
	}
	return conflicts;
}
