import { foreignAnswer } from '../../../../livekit/codec/answer';
import { type JsonObject, isJsonObject } from '../../../../livekit/json';
import { saysAbsent } from '../../../../livekit/objects/absent';
import { type Rpc, type StoredObject, storedObjects } from '../../../../livekit/schema/rpc';
import { listStored } from '../../request/storedObjects';
import { type RowResult, refusalFailure } from '../../rows/failure';
import type { Row } from '../../rows/row';

/** An object that was looked up by its ID. */
export interface LookedUp {
	/** Decoded; undefined if there is none of this kind. */
	readonly found?: JsonObject;
	/** What has this ID instead: a trunk of the other kind. */
	readonly other?: { readonly object: StoredObject; readonly name: string };
}

/** The kind of trunk that is asked for an ID which a kind's list does not hold. */
function otherKind(object: StoredObject): StoredObject {
	const { inboundTrunk, outboundTrunk } = storedObjects;
	return object === inboundTrunk ? outboundTrunk : inboundTrunk;
}

/** The other method that `lookUp` may call. */
export function rpcOfDoubt(object: StoredObject): Rpc {
	const { get, list } = otherKind(object).rpcs;
	return get ?? list;
}

/**
 * Looks an object up in the list of its kind, which all servers have. A trunk of the other kind is not found.
 *
 * An empty list may be a proxy's answer to everything. So a trunk of the other kind with the same ID is asked for: LiveKit
 * says that there is none, or, if it is old, that it does not know the method, or what it is.
 */
export async function lookUp(
	row: Row,
	object: StoredObject,
	id: string,
): Promise<RowResult<LookedUp>> {
	const isIt = (value: JsonObject) => value[object.id] === id;
	const listed = await listStored(row, object, { [object.idFilter]: [id] }, 1, isIt);
	if ('failure' in listed) return listed;
	const [found] = listed.value;
	if (found) return { value: { found } };
	const other = otherKind(object);
	const reply = await row.send(rpcOfDoubt(object), { [other.id]: id });
	if ('refusal' in reply) {
		const { refusal } = reply;
		const isAbsent = saysAbsent(refusal) || refusal.code === 'bad_route';
		return isAbsent ? { value: {} } : refusalFailure(row, refusal);
	}
	const { trunk } = reply.value;
	if (isJsonObject(trunk) && trunk[other.id] === id)
		return { value: { other: { object: other, name: String(trunk.name ?? '') } } };
	const what = `an empty list of ${object.noun}s, and no ${other.noun} that was asked for`;
	return refusalFailure(row, foreignAnswer(what));
}
