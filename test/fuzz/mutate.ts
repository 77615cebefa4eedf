import * as fc from 'fast-check';

import { isObject, setOwn } from '../../livekit/json';
import { fieldOf, messageOf, type MessageName } from '../../livekit/schema';
import { CANARY, type Sizes, hostileKey, hostileValue } from './hostile';

/** One step away from a value that is right. */
export interface Mutation {
	readonly kind:
		| 'replace'
		| 'add'
		| 'misspell'
		| 'remove'
		| 'twice'
		| 'list'
		| 'rows'
		| 'locator'
		| 'more'
		| 'text'
		| 'cut';
	/** Which place of the tree, modulo their number. */
	readonly place: number;
	readonly key: string;
	readonly value: unknown;
}

const ofServers: ReadonlyArray<Mutation['kind']> = [
	'replace',
	'replace',
	'replace',
	'add',
	'remove',
	'twice',
	'list',
	'rows',
	'more',
];
const ofUsers: ReadonlyArray<Mutation['kind']> = [
	...ofServers,
	'misspell',
	'locator',
	'text',
	'cut',
];

/** Up to three mutations with values of the given sizes. A server writes no object as text and misspells no secret. */
export function mutations(sizes: Sizes, whose: 'user' | 'server'): fc.Arbitrary<Mutation[]> {
	const kind = fc.constantFrom(...(whose === 'user' ? ofUsers : ofServers));
	return fc.array(
		fc.record({ kind, place: fc.nat(), key: hostileKey, value: hostileValue(sizes, whose) }),
		{ maxLength: 3 },
	);
}

interface Place {
	readonly holder: Record<string, unknown>;
	readonly name: string;
}

// Hostile trees may be large and deep; what was generated is neither.
const deepest = 8;
const most = 400;

function placesOf(value: unknown, depth: number, found: Place[]): Place[] {
	if (depth > deepest || found.length > most || typeof value !== 'object' || value === null)
		return found;
	const holder = value as Record<string, unknown>;
	for (const name of Object.keys(holder).slice(0, most)) {
		found.push({ holder, name });
		placesOf(holder[name], depth + 1, found);
	}
	return found;
}

// A value is used again while fast-check looks for a smaller example, and a later mutation may write into it.
function fresh(value: unknown): unknown {
	const prototype: unknown =
		typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
	if (prototype !== Object.prototype && prototype !== Array.prototype) return value;
	try {
		return structuredClone(value);
	} catch {
		return value;
	}
}

function asText(value: unknown): string {
	return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

function changed({ kind, value }: Mutation, current: unknown): unknown {
	switch (kind) {
		case 'replace':
			return value;
		case 'list':
			return [current];
		case 'rows':
			return { rows: current };
		case 'locator':
			return { __rl: true, mode: 'id', value: current };
		case 'more':
			return { more: current };
		case 'text':
			return asText(current);
		case 'cut':
			return asText(current).slice(0, -1);
		default:
			return current;
	}
}

function add(
	holder: Record<string, unknown> | unknown[],
	{ key, value }: Pick<Mutation, 'key' | 'value'>,
): void {
	if (Array.isArray(holder)) holder.push(value);
	else setOwn(holder, key, value);
}

function remove(holder: Record<string, unknown>, name: string): void {
	if (Array.isArray(holder)) holder.splice(Number(name), 1);
	else delete holder[name];
}

function mutateAt({ holder, name }: Place, mutation: Mutation): void {
	const current = holder[name];
	switch (mutation.kind) {
		case 'add':
			return add(isObject(current) || Array.isArray(current) ? current : holder, mutation);
		case 'misspell':
			remove(holder, name);
			return add(holder, { key: `${name}x`, value: current });
		case 'remove':
			return remove(holder, name);
		case 'twice':
			return add(holder, {
				key: name.includes('_') ? name.replace(/_/g, '') : name.toUpperCase(),
				value: mutation.value,
			});
		default:
			setOwn(holder, name, changed(mutation, current));
	}
}

/**
 * A copy of a JSON value with the mutations done one after the other, each somewhere in the tree or to all of it.
 */
export function mutated(value: unknown, steps: readonly Mutation[]): unknown {
	const holder: Record<string, unknown> = { root: structuredClone(value) };
	for (const step of steps) {
		// A place may hold by now what has no JSON text, such as a cycle.
		const places = placesOf(holder, 0, []);
		const place = places[step.place % places.length];
		try {
			if (place) mutateAt(place, { ...step, value: fresh(step.value) });
		} catch {
			continue;
		}
	}
	return holder.root;
}

/** A copy of a message in LiveKit's names, every secret of it the canary. */
export function withCanaries(
	message: MessageName,
	value: Record<string, unknown>,
): Record<string, unknown> {
	const known = messageOf(message);
	const entries = Object.entries(value).map(([name, inner]): [string, unknown] => {
		const field = fieldOf(known, name);
		if (field?.secret) return [name, CANARY];
		if (field?.kind !== 'message') return [name, inner];
		const each = (entry: unknown) => (isObject(entry) ? withCanaries(field.type, entry) : entry);
		return [name, Array.isArray(inner) ? inner.map(each) : each(inner)];
	});
	return Object.fromEntries(entries);
}
