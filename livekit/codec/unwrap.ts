import { type Fault, isDeep, isObject, sameJson } from '../json';
import { type MessageName, fieldKey, messageOf } from '../schema';

/** Input brought to one object, with the id that stood in it, and what the user should know. */
export interface Unwrapped {
	readonly value: unknown;
	readonly id?: unknown;
	readonly faults: readonly Fault[];
	readonly warnings: readonly string[];
}

// Names that LiveKit's documentation puts around a request (`req`, `action`), and this package's own output adds.
const outer = new Set(['req', 'request', 'action']);
const ours = new Set(['warnings']);

type Entries = ReadonlyArray<readonly [string, unknown]>;

/** JSON text or an object as an object; other values as they are. */
export function parseJson(value: unknown): {
	readonly value: unknown;
	readonly faults: readonly Fault[];
} {
	try {
		const read: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		return isDeep(read)
			? {
					value: undefined,
					faults: [{ path: '', message: 'is nested too deeply, or holds itself' }],
				}
			: { value: read, faults: [] };
	} catch (error) {
		const cause = error instanceof Error ? error.message : String(error);
		return {
			value: undefined,
			faults: [{ path: '', message: `is no valid JSON: ${withoutQuote(cause)}` }],
		};
	}
}

// V8 quotes the text around the place, which may hold a password.
function withoutQuote(cause: string): string {
	const place = /position \d+(?: \(line \d+ column \d+\))?/.exec(cause);
	return place ? `look at ${place[0]}` : 'check quotes, commas and brackets';
}

/** What stands inside and beside the outer wrappers, as one object. */
function peel(value: unknown): { readonly value: unknown; readonly faults: readonly Fault[] } {
	if (!isObject(value)) return { value, faults: [] };
	const entries = Object.entries(value).filter(([name]) => !ours.has(name));
	const wrapped = entries.find(([name, inner]) => outer.has(name) && isObject(inner));
	if (!wrapped) return { value: Object.fromEntries(entries), faults: [] };
	const wrapper = wrapped[0];
	const inner = wrapped[1] as Record<string, unknown>;
	const others = entries.filter(([name]) => name !== wrapper);
	const faults = others
		.filter(
			([name, beside]) =>
				beside !== null &&
				beside !== undefined &&
				Object.hasOwn(inner, name) &&
				!sameJson(beside, inner[name]),
		)
		.map(([name]) => ({
			path: name,
			message: `stands inside and beside ${wrapper}, with different values. Keep the right one`,
		}));
	const peeled = peel({ ...Object.fromEntries(others), ...inner });
	return { value: peeled.value, faults: [...faults, ...peeled.faults] };
}

function split(
	value: Record<string, unknown>,
	names: readonly string[],
): { found: Entries; rest: Entries } {
	const keys = new Set(names.map(fieldKey));
	const entries = Object.entries(value);
	return {
		found: entries.filter(
			([name, inner]) => keys.has(fieldKey(name)) && inner !== null && inner !== undefined,
		),
		rest: entries.filter(([name]) => !keys.has(fieldKey(name))),
	};
}

function beside(wrapper: string, rest: Entries): Fault[] {
	return rest
		.filter(([, value]) => value !== null && value !== undefined)
		.map(([name]) => ({
			path: name,
			message: `stands beside ${wrapper} and LiveKit would ignore it. Move it inside ${wrapper}`,
		}));
}

/**
 * The inside of a create request, written wrapped (`trunk`, `dispatch_rule`), flat as in LiveKit's documentation, or
 * within `req`. An id and times, as a copied object holds them, are left out with a warning: a new object gets its own.
 *
 * @param info message of the object, such as `SIPInboundTrunkInfo`
 */
export function unwrapCreate(
	info: MessageName,
	wrapper: string,
	id: string,
	given: unknown,
): Unwrapped {
	const { value: inner, faults } = unwrapInfo([wrapper], given);
	if (!isObject(inner)) return { value: inner, faults, warnings: [] };
	const { value, removed } = withoutServerFields(info, id, inner);
	const warnings = removed.includes(id)
		? [`${id} was left out: a new object gets an ID of its own`]
		: [];
	return { value, faults, warnings };
}

/**
 * The object inside a replace request: `{ id, replace: {...} }`, wrapped as for create, or flat, the id beside or inside.
 */
export function unwrapReplace(
	info: MessageName,
	wrapper: string,
	id: string,
	given: unknown,
): Unwrapped {
	const peeled = peel(given);
	if (!isObject(peeled.value)) return { ...peeled, warnings: [] };
	const { found: ids, rest } = split(peeled.value, [id]);
	const unwrapped = unwrapInfo([wrapper, 'replace'], Object.fromEntries(rest));
	const { value: inner } = unwrapped;
	const faults = [...peeled.faults, ...unwrapped.faults];
	if (!isObject(inner)) return { value: inner, id: ids[0]?.[1], faults, warnings: [] };
	const found = idOf(id, ids, inner);
	const { value } = withoutServerFields(info, id, inner);
	return { value, id: found.id, faults: [...faults, ...found.faults], warnings: [] };
}

function idOf(
	name: string,
	beside: Entries,
	inner: Record<string, unknown>,
): { id: unknown; faults: Fault[] } {
	const ids = new Set(
		[...beside, ...split(inner, [name]).found].map(([, id]) => id).filter(Boolean),
	);
	const faults =
		ids.size > 1
			? [{ path: name, message: 'is given twice, with different values. Keep the right one' }]
			: [];
	return { id: [...ids][0], faults };
}

/** The changes of an update request: `{ id, update: {...} }` or flat; a `replace` in it is refused in words. */
export function unwrapUpdate(info: MessageName, id: string, given: unknown): Unwrapped {
	const peeled = peel(given);
	if (!isObject(peeled.value)) return { ...peeled, warnings: [] };
	const { found: ids, rest } = split(peeled.value, [id]);
	const flat = Object.fromEntries(rest);
	if (split(flat, ['replace']).found.length > 0) {
		const message =
			'belongs to the Replace operation. Choose Replace, or write the changes under update';
		return { value: {}, faults: [{ path: 'replace', message }], warnings: [] };
	}
	const unwrapped = unwrapInfo(['update'], flat);
	const { value: inner } = unwrapped;
	const faults = [...peeled.faults, ...unwrapped.faults];
	if (!isObject(inner)) return { value: inner, id: ids[0]?.[1], faults, warnings: [] };
	const found = idOf(id, ids, inner);
	return {
		value: withoutServerFields(info, id, inner).value,
		id: found.id,
		faults: [...faults, ...found.faults],
		warnings: [],
	};
}

/** A request without a wrapper of its own (place, transfer), flat or within `req`. */
export function unwrapFlat(given: unknown): Unwrapped {
	return { ...peel(given), warnings: [] };
}

function unwrapInfo(
	wrappers: readonly string[],
	given: unknown,
): { readonly value: unknown; readonly faults: readonly Fault[] } {
	const { value, faults } = peel(given);
	if (!isObject(value)) return { value, faults };
	const { found, rest } = split(value, wrappers);
	const wrapped = found.find(([, inner]) => isObject(inner));
	if (!wrapped) return { value, faults };
	const others = [...found.filter((entry) => entry !== wrapped), ...rest];
	return { value: wrapped[1], faults: [...faults, ...beside(wrapped[0], others)] };
}

function withoutServerFields(
	info: MessageName,
	id: string,
	value: Record<string, unknown>,
): { value: Record<string, unknown>; removed: string[] } {
	const names = [
		id,
		...messageOf(info)
			.fields.filter((field) => field.output)
			.map((field) => field.name),
	];
	const { found, rest } = split(value, names);
	const keys = new Map(names.map((name) => [fieldKey(name), name]));
	return {
		value: Object.fromEntries(rest),
		removed: found
			.filter(([, inner]) => inner !== '')
			.map(([name]) => keys.get(fieldKey(name)) ?? name),
	};
}
