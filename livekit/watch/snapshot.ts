import { FIELD_LENGTH, type Prints, OBJECT_LENGTH } from './fingerprint';

/** What is known of one object since the last poll. */
export interface Entry {
	/** Fingerprint of the object as the server wrote it. */
	readonly objectPrint: string;
	/** Whether the filters let it through. */
	readonly matched: boolean;
	/** How many events it has had. */
	readonly revision: number;
	/** Last known name, at most 60 characters. */
	readonly name: string;
	readonly fieldPrints: Prints;
}

/** All objects of a kind, as n8n stores them. Never changed in place, which n8n would not notice. */
export interface KindState {
	/** Paths of fields. Entries refer to them by index. */
	readonly paths: readonly string[];
	/** Packed entries by ID, see {@link pack}. */
	readonly objects: Readonly<Record<string, string>>;
	/** Revisions of objects that are gone, by ID, in case one comes back. */
	readonly gone: Readonly<Record<string, number>>;
}

/** Version of the state's form. */
export const version = 2;

/** The state of a trigger. */
export interface Snapshot {
	readonly v: typeof version;
	/** Increases with each change of the state. */
	readonly n: number;
	/** Goes in front of what is hashed, see `newSalt`. */
	readonly salt: string;
	/** Fingerprint of the server's URL. */
	readonly server: string;
	/** Fingerprint of the API secret. */
	readonly key: string;
	/** The filters that decided on `matched`, as text. */
	readonly filter: string;
	readonly kinds: Readonly<Record<string, KindState>>;
	/** Tells a state that somebody or something has changed, see `sealed`. */
	readonly sum: string;
}

const longestName = 60;
const indexLength = 2;

/** Shortens a name for an entry. */
export function shortName(name: string): string {
	return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

/**
 * Writes an entry as text of about 70 characters: fingerprint, matched, revision, the fields (index and fingerprint), name.
 *
 * @param indexOf index of a path among the paths of the state
 */
export function pack(entry: Entry, indexOf: (path: string) => number): string {
	const fields = [...entry.fieldPrints].map(
		([path, print]) => indexOf(path).toString(36).padStart(indexLength, '0') + print,
	);
	return [
		entry.objectPrint + (entry.matched ? '1' : '0') + entry.revision.toString(36),
		fields.join(''),
		entry.name,
	].join('.');
}

/** Reads an entry that {@link pack} wrote. */
export function unpack(packed: string, paths: readonly string[]): Entry {
	const first = packed.indexOf('.');
	const second = packed.indexOf('.', first + 1);
	const fields = packed.slice(first + 1, second);
	const prints = new Map<string, string>();
	for (let start = 0; start < fields.length; start += indexLength + FIELD_LENGTH) {
		const path = paths[Number.parseInt(fields.slice(start, start + indexLength), 36)];
		prints.set(path, fields.slice(start + indexLength, start + indexLength + FIELD_LENGTH));
	}
	return {
		objectPrint: packed.slice(0, OBJECT_LENGTH),
		matched: packed[OBJECT_LENGTH] === '1',
		revision: Number.parseInt(packed.slice(OBJECT_LENGTH + 1, first), 36),
		name: packed.slice(second + 1),
		fieldPrints: prints,
	};
}
