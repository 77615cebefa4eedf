import { decode } from '../codec/decode';
import { type Fingerprinter, type Prints, changedFields, eventId } from './fingerprint';
import type { JsonObject } from '../json';
import { fieldValuesOf } from './fieldValues';
import type { ListedObject } from './completeList';
import type { StoredObject } from '../schema/rpc';
import { type Entry, type KindState, pack, shortName, unpack } from './snapshot';

/** `existing`: was there when the watch began. */
export type EventName = 'existing' | 'created' | 'updated' | 'deleted';

/** One reported change. */
export interface ChangeEvent {
	readonly event: EventName;
	readonly eventId: string;
	readonly id: string;
	readonly name: string;
	/** Paths of the fields that differ, for updates only. */
	readonly changed: readonly string[];
	/** Decoded, secrets included; absent for deletions. */
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
	/** Whether it was made under the same filters: under others an object that did not change may match now. */
	readonly sameFilter: boolean;
	matches(object: JsonObject): boolean;
	wants(event: EventName): boolean;
	/** Of the fields that differ the ones that count. */
	relevant(changed: readonly string[]): string[];
}

/** What a list came to: events by id, and the state to store, which is the given one where nothing differs. */
export interface Step {
	readonly events: readonly ChangeEvent[];
	readonly state: KindState;
}

interface Found {
	readonly entry: Entry;
	readonly event?: ChangeEvent;
}

const mostGone = 1000;
const nothing: Prints = new Map();

/**
 * Compares the list of a kind with the state: the net changes between the two.
 *
 * All differences go into the new state; `matches`, `wants` and `relevant` decide only what is reported. A revision
 * counts reported events: what was left out must not change the ids of later events, since n8n may throw away a state
 * that came without an event.
 *
 * @param before undefined when the watch begins
 * @param listed the whole list
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
	// Nothing new and as many as before: nothing is gone either.
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
	const fieldPrints = watch.prints.fields(
		id,
		fieldValuesOf(watch.object.info, object, watch.object.id),
	);
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
	return {
		entry,
		event: {
			event,
			eventId: eventId(watch.server, watch.kind, id, revision, event, fieldPrints, object),
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
			eventId: eventId(watch.server, watch.kind, id, revision, 'deleted', nothing, undefined),
			id,
			name,
			changed: [],
		},
	};
}
