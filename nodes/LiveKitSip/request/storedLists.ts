import type { JsonObject } from '../../../livekit/json';
import { type StoredObject, storedObjects } from '../../../livekit/schema/rpc';
import { type Routing, routingOf } from '../../../livekit/routing/route';
import { readingOf } from '../../../livekit/routing/servers';
import type { RowResult } from '../rows/failure';
import type { Row, SharedByRows } from '../rows/row';
import { getStored, listStored } from './storedObjects';

/** What the rows of a run have read, by server, API key and what it is. */
const readBefore = new WeakMap<SharedByRows, Map<string, Promise<RowResult<unknown>>>>();

/**
 * Reads something once for all rows of a run. A read that did not come fails the row that asked; those that waited for it ask
 * again, as a failure names its row.
 */
async function once<T>(
	row: Row,
	what: string,
	read: () => Promise<RowResult<T>>,
): Promise<RowResult<T>> {
	const { shared, account } = row;
	const known = readBefore.get(shared) ?? new Map<string, Promise<RowResult<unknown>>>();
	readBefore.set(shared, known);
	const key = JSON.stringify([account, what]);
	const before = known.get(key) as Promise<RowResult<T>> | undefined;
	const reading = before ?? read();
	known.set(key, reading);
	const result = await reading;
	if (!('failure' in result)) return result;
	if (known.get(key) === reading) known.delete(key);
	return before ? await once(row, what, read) : result;
}

/** All stored objects of a kind, listed once for all rows of a run. For rows that write none of this kind. */
export async function listOnce(row: Row, object: StoredObject): Promise<RowResult<JsonObject[]>> {
	return await once(row, object.noun, async () => await listStored(row, object, {}));
}

/** A stored object, read once for all rows of a run. For rows that write none of this kind. */
export async function storedOnce(
	row: Row,
	object: StoredObject,
	id: string,
): Promise<RowResult<JsonObject>> {
	return await once(row, `${object.noun} ${id}`, async () => await getStored(row, object, id));
}

/**
 * What LiveKit does with inbound calls, from one reading of the project's trunks and rules for all rows of a run.
 *
 * @param version of the server, empty for the newest
 */
export async function routingOnce(row: Row, version: string): Promise<RowResult<Routing>> {
	return await once(row, `routing ${version}`, async () => {
		const trunks = await listOnce(row, storedObjects.inboundTrunk);
		if ('failure' in trunks) return trunks;
		const rules = await listOnce(row, storedObjects.dispatchRule);
		if ('failure' in rules) return rules;
		const reading = readingOf(version === '' ? undefined : version);
		return { value: routingOf(trunks.value, rules.value, reading) };
	});
}
