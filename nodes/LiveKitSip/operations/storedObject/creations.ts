import type { StoredObject } from '../../../../livekit/schema/rpc';
import type { Row } from '../../rows/row';

// The execute data outlives the tries of Retry On Fail.
const executions = new WeakMap<object, Set<string>>();

function sentIn({ shared }: Row): Set<string> {
	const known = executions.get(shared.executeData) ?? new Set<string>();
	executions.set(shared.executeData, known);
	return known;
}

function keyOf(row: Row, { id }: StoredObject): string {
	return JSON.stringify([row.origin, row.itemIndex, row.account, id]);
}

/** Notes that this row asks LiveKit to create an object. */
export function noteCreation(row: Row, object: StoredObject): void {
	sentIn(row).add(keyOf(row, object));
}

/** Whether an earlier try of this row asked LiveKit to create the object: it may be there, although the answer got lost. */
export function mayBeCreated(row: Row, object: StoredObject): boolean {
	return sentIn(row).has(keyOf(row, object));
}
