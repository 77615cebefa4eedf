import type { Fault, JsonObject } from '../../../../livekit/json';
import { trunkClashes } from '../../../../livekit/routing/clashes';
import { newestReading } from '../../../../livekit/routing/servers';
import { readTrunk } from '../../../../livekit/routing/trunk';
import { type StoredObject, storedObjects } from '../../../../livekit/schema/rpc';
import { listStored } from '../../request/storedObjects';
import type { RowResult } from '../../rows/failure';
import { type Row, option } from '../../rows/row';

/** Whether a write of this object can make two inbound trunks clash. */
export function canClash(object: StoredObject): boolean {
	return object === storedObjects.inboundTrunk;
}

/** Whether a change can make an inbound trunk clash with another one. */
export function touchesNumbers(content: JsonObject): boolean {
	return 'numbers' in content || 'allowed_numbers' in content;
}

/**
 * What is wrong with an inbound trunk as it would be: another one serves a number of it for the same callers. LiveKit
 * accepts such an update and then fails the calls to both (docs/livekit.md, Trunks and numbers).
 *
 * @param trunk decoded, with its id
 */
export async function conflictFaults(
	row: Row,
	object: StoredObject,
	trunk: JsonObject,
): Promise<RowResult<Fault[]>> {
	if (option(row, 'allowConflict')) return { value: [] };
	const others = await listStored(row, object, {});
	if ('failure' in others) return others;
	const read = [trunk, ...others.value].map((each) => readTrunk(each, newestReading));
	const [clash] = trunkClashes(read[0], read.slice(1), newestReading);
	if (!clash) return { value: [] };
	const { name, id } = clash.other;
	const which = `${name ? `"${name}" ` : ''}(${id})`;
	const [number] = clash.numbers;
	const whose = number === undefined ? 'takes calls to any number' : `owns ${number}`;
	const then = clash.failsCalls
		? 'LiveKit would accept this and then fail calls to both trunks'
		: 'Both would ring, as their allowed addresses differ, but LiveKit would refuse each later change of either';
	const message = `clash with the trunk ${which}, which ${whose} for the same callers. ${then}. Take the number from the other trunk first, or turn on Allow Conflict`;
	return { value: [{ path: `${row.operation}.numbers`, message }] };
}
