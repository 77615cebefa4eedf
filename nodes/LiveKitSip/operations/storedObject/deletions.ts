import type { JsonObject } from '../../../../livekit/json';
import type { StoredObject } from '../../../../livekit/schema/rpc';
import type { Row } from '../../rows/row';

/** What an execution has deleted. */
interface Deletions {
	/** IDs, each with its account. */
	readonly done: Set<string>;
	/** Objects that a row asked LiveKit to delete, whether an answer came or not. */
	readonly sent: Map<string, JsonObject>;
}

// The execute data outlives the tries of Retry On Fail.
const executions = new WeakMap<object, Deletions>();

function deletionsOf({ shared }: Row): Deletions {
	const known = executions.get(shared.executeData) ?? { done: new Set(), sent: new Map() };
	executions.set(shared.executeData, known);
	return known;
}

function doneKey({ account }: Row, id: string): string {
	return JSON.stringify([account, id]);
}

/** Notes that an object is deleted. */
export function noteDeleted(row: Row, id: string): void {
	deletionsOf(row).done.add(doneKey(row, id));
}

/** Whether this execution has deleted an object, in whatever row. */
export function wasDeleted(row: Row, id: string): boolean {
	return deletionsOf(row).done.has(doneKey(row, id));
}

function sentKey(row: Row, { id: field }: StoredObject, id: string): string {
	return JSON.stringify([row.origin, row.itemIndex, row.account, field, id]);
}

/** Notes that this row asks LiveKit to delete an object. */
export function noteSent(row: Row, object: StoredObject, id: string, found: JsonObject): void {
	deletionsOf(row).sent.set(sentKey(row, object, id), found);
}

/** The object that an earlier try of this row asked LiveKit to delete. */
export function sentBefore(row: Row, object: StoredObject, id: string): JsonObject | undefined {
	return deletionsOf(row).sent.get(sentKey(row, object, id));
}
