import { hash } from 'node:crypto';
import { isObject } from '../json';
import type { Result } from '../result';
import { type KindState, type Snapshot, version } from './snapshot';

const sumLength = 22;
const membersOfState = 8;
const membersOfKind = 3;

/** Names and values of a record in one order. Databases may keep another one than that in which they were written. */
function sorted(record: Readonly<Record<string, unknown>>): unknown[] {
	const names = Object.keys(record).sort();
	return [names, names.map((name) => record[name])];
}

function sumOf({ v, n, salt, server, key, filter, kinds }: Omit<Snapshot, 'sum'>): string {
	const states = Object.keys(kinds)
		.sort()
		.map((kind) => {
			const { paths, objects, gone } = kinds[kind];
			return [kind, paths, sorted(objects), sorted(gone)];
		});
	const text = JSON.stringify([v, n, salt, server, key, filter, states]);
	return hash('sha256', text, 'base64url').slice(0, sumLength);
}

/** The state with the sum by which {@link readStored} knows it again. */
export function sealed(state: Omit<Snapshot, 'sum'>): Snapshot {
	return { ...state, sum: sumOf(state) };
}

function holdsOnly(record: unknown, type: 'string' | 'number'): boolean {
	return isObject(record) && Object.values(record).every((value) => typeof value === type);
}

function isKindState(value: unknown): value is KindState {
	return (
		isObject(value) &&
		Object.keys(value).length === membersOfKind &&
		Array.isArray(value.paths) &&
		value.paths.every((path) => typeof path === 'string') &&
		holdsOnly(value.objects, 'string') &&
		holdsOnly(value.gone, 'number')
	);
}

function isSnapshot(value: Record<string, unknown>): value is Record<string, unknown> & Snapshot {
	const { v, n, salt, server, key, filter, sum, kinds } = value;
	return (
		v === version &&
		Object.keys(value).length === membersOfState &&
		typeof n === 'number' &&
		[salt, server, key, filter, sum].every((part) => typeof part === 'string') &&
		isObject(kinds) &&
		Object.values(kinds).every(isKindState)
	);
}

/**
 * Reads a stored state. One that is not whole is not read at all: what is missing in it would be reported as created, what it
 * has too much as deleted, and an entry that cannot be unpacked would stop every poll.
 *
 * @returns the state; nothing, if none was stored; or why it cannot be used, as the rest of a sentence that begins with it
 */
export function readStored(stored: unknown): Result<Snapshot | undefined> {
	if (stored === undefined) return { value: undefined };
	const damaged = { fault: 'is damaged' };
	if (!isObject(stored)) return damaged;
	const { v } = stored;
	if (typeof v === 'number' && v > version)
		return { fault: 'was written by a newer version of this package' };
	if (typeof v === 'number' && v > 0 && v < version)
		return { fault: 'was written by an older version of this package' };
	return isSnapshot(stored) && stored.sum === sumOf(stored) ? { value: stored } : damaged;
}

/** The number of a stored state, whatever else it holds; 0 if it has none. Each state that is stored has a higher one. */
export function numberOf(stored: unknown): number {
	return isObject(stored) && Number.isSafeInteger(stored.n) ? Math.max(0, Number(stored.n)) : 0;
}
