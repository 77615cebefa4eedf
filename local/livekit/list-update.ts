import type { ListUpdate } from './messages';
import { Refusal } from './twirp';

/** Checks one change of a list (`protocol/livekit/types.go`). An absent change passes. */
export function checkListUpdate(update: ListUpdate | undefined): void {
	if (!update) return;
	const { set, add, remove, clear } = update;
	const changes = add.length + remove.length > 0;
	if (!clear && !set.length && !changes) throw new Refusal('unsupported list update operation');
	if (clear && (set.length || changes))
		throw new Refusal('cannot clear and change the list at the same time');
	if (set.length && changes) throw new Refusal('cannot set and change the list at the same time');
	if ([...set, ...add, ...remove].includes('')) throw new Refusal('empty element in the list');
}

/** The list after the change: set replaces it, otherwise the first of each removed item goes and missing items are added. */
export function updatedList(list: string[], update: ListUpdate | undefined): string[] {
	if (!update) return list;
	if (update.clear) return [];
	if (update.set.length) return [...update.set];
	const result = [...list];
	for (const item of update.remove) {
		const at = result.indexOf(item);
		if (at >= 0) result.splice(at, 1);
	}
	for (const item of update.add) if (!result.includes(item)) result.push(item);
	return result;
}
