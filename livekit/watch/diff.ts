import { decode } from '../codec/decode';
import { type Fingerprinter, changedFields, eventId } from './fingerprint';
import type { JsonObject } from '../json';
import { fieldValuesOf } from './fieldValues';
import type { ListedObject } from './completeList';
import type { StoredObject } from '../schema/rpc';
import { type Entry, type KindState, pack, shortName, unpack } from './snapshot';

/** `existing`: the object was there when the watch began. */
export type EventName = 'existing' | 'created' | 'updated' | 'deleted';

/** One reported change. */
export interface ChangeEvent {
	readonly event: EventName;
	readonly eventId: string;
	readonly id: string;
	readonly name: string;
	/** Paths of the fields that differ; empty unless the event is an update. */
	readonly changed: readonly string[];
	/** Decoded, with its secrets. Undefined for deletions. */
	readonly object?: JsonObject;
}

/** How the objects of one kind are watched. */
export interface Watch {
	/** Value of the Watch parameter, a key of `storedObjects`. */
	readonly kind: string;
	readonly object: StoredObject;
	/** Fingerprint of the server's URL. */
	readonly server: string;
	readonly prints: Fingerprinter;
	/** Whether the state was made under the same API secret. */
	readonly sameKey: boolean;
	/** Whether the state was made under the same filters. Under others an object may match now without having changed. */
	readonly sameFilter: boolean;
	/** Whether the filters let an object through. */
	matches(object: JsonObject): boolean;
	/** Whether the user chose an event. */
	wants(event: EventName): boolean;
	/** Leaves out the changed fields that the user ignores. */
	relevant(changed: readonly string[]): string[];
}

/** What came out of a comparison. */
export interface Step {
	/** By the ID of their object. */
	readonly events: readonly ChangeEvent[];
	/** The state to store. If nothing differs it is the very one that was given. */
	readonly state: KindState;
}

interface Found {
	readonly entry: Entry;
	readonly event?: ChangeEvent;
}

/** How many objects that are gone a state remembers. */
const mostGone = 1000;

/**
 * Compares the list of a kind with the stored state and finds the net changes.
 *
 * The new state holds all differences; `matches`, `wants` and `relevant` only decide which are reported. A revision counts
 * reported events. A change that is not reported must not influence the IDs of later events, since n8n may throw away a
 * state that came without an event.
 *
 * @param before the stored state, undefined when the watch begins
 * @param listed the complete list
 */
export function advance(
	before: KindState | undefined,
	listed: readonly ListedObject[],
	watch: Watch,
): Step {
	const indexes = new Map((before?.paths ?? []).map((path, index) => [path, index]));
	const indexOf = (path: string): number => {
		const known = indexes.get(path) ?? indexes.size;
		indexes.set(path, known);
		return known;
	};
	const known = before?.objects ?? {};
	const packed = new Map<string, string>();
	const events: ChangeEvent[] = [];
	let same = before !== undefined;
	for (const { id, raw } of listed) {
		const objectPrint = watch.prints.object(raw);
		const last = Object.hasOwn(known, id) ? known[id] : undefined;
		// Decoding 10,000 rules that did not change would double the cost of a poll.
		if (last !== undefined && watch.sameFilter && last.startsWith(objectPrint)) {
			packed.set(id, last);
			continue;
		}
		const { entry, event } = look(before, id, decode(watch.object.info, raw), objectPrint, watch);
		const now = pack(entry, indexOf);
		packed.set(id, now);
		same &&= now === last;
		if (event) events.push(event);
	}
	const ids = Object.keys(known);
	// Nothing is new or changed, and the list is as long as before, so nothing is gone either.
	if (before && same && ids.length === listed.length) return { events, state: before };
	const gone = new Map(Object.entries(before?.gone ?? {}));
	for (const id of ids) {
		if (packed.has(id)) continue;
		const { entry, event } = miss(unpack(known[id], before?.paths ?? []), id, watch);
		if (event) events.push(event);
		if (entry.revision > 0) gone.set(id, entry.revision);
	}
	for (const id of packed.keys()) gone.delete(id);
	const state: KindState = {
		paths: [...indexes.keys()],
		objects: Object.fromEntries(packed),
		gone: Object.fromEntries([...gone].slice(-mostGone)),
	};
	return { events: events.sort((left, right) => (left.id < right.id ? -1 : 1)), state };
}

function look(
	before: KindState | undefined,
	id: string,
	object: JsonObject,
	objectPrint: string,
	watch: Watch,
): Found {
	const packed =
		before && Object.hasOwn(before.objects, id)
			? unpack(before.objects[id], before.paths)
			: undefined;
	const values = fieldValuesOf(watch.object.info, object, watch.object.id);
	const fieldPrints = watch.prints.fields(id, values);
	const matched = watch.matches(object);
	const changed = packed
		? watch.relevant(changedFields(packed.fieldPrints, fieldPrints, watch.sameKey))
		: [];
	const event: EventName = !before ? 'existing' : packed ? 'updated' : 'created';
	const counts =
		(matched || packed?.matched === true) && (event !== 'updated' || changed.length > 0);
	const reported = counts && watch.wants(event);
	const last = packed?.revision ?? (before && Object.hasOwn(before.gone, id) ? before.gone[id] : 0);
	const revision = reported ? last + 1 : last;
	const name = String(object.name ?? '');
	const entry = { objectPrint, matched, revision, name: shortName(name), fieldPrints };
	if (!reported) return { entry };
	const content = watch.prints.content(id, values);
	return {
		entry,
		event: {
			event,
			eventId: eventId(watch.server, watch.kind, id, revision, event, content, object),
			id,
			name,
			changed,
			object,
		},
	};
}

function miss(old: Entry, id: string, watch: Watch): Found {
	if (!old.matched || !watch.wants('deleted')) return { entry: old };
	const revision = old.revision + 1;
	const name = old.name;
	return {
		entry: { ...old, revision },
		event: {
			event: 'deleted',
			eventId: eventId(watch.server, watch.kind, id, revision, 'deleted', '', undefined),
			id,
			name,
			changed: [],
		},
	};
}
