import * as fc from './fastCheck';

/** A value of parsed JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Something that happens to stored JSON. */
export type Damage = (stored: Json) => Json;

interface Step {
	/** Where, as choices among the members of each level; where they end or lead no further it happens. */
	readonly way: readonly number[];
	readonly what: (found: Json) => Json | undefined;
}

const isList = (value: Json): value is Json[] => Array.isArray(value);
const isRecord = (value: Json): value is Record<string, Json> =>
	typeof value === 'object' && value !== null && !isList(value);

/** The same JSON, with what `what` gives at the end of the way; undefined takes the member out. */
function at(
	value: Json,
	[choice, ...way]: readonly number[],
	what: Step['what'],
): Json | undefined {
	const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
	if (choice === undefined || members.length === 0) return what(value);
	const chosen = choice % members.length;
	const kept = members.flatMap(([name, member], index): Array<[string, Json]> => {
		const now = index === chosen ? at(member, way, what) : member;
		return now === undefined ? [] : [[name, now]];
	});
	return isList(value) ? kept.map(([, member]) => member) : Object.fromEntries(kept);
}

const text = fc.string({ unit: 'binary', maxLength: 6 });
const anything = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

const changes: fc.Arbitrary<Step['what']> = fc.oneof(
	anything.map((value) => () => value),
	fc.constant(() => undefined),
	fc.tuple(fc.nat(80), fc.nat(3), text).map(
		([start, length, put]) =>
			(found: Json) =>
				typeof found === 'string'
					? found.slice(0, start) + put + found.slice(start + length)
					: found,
	),
	fc
		.nat(80)
		.map((end) => (found: Json) => (typeof found === 'string' ? found.slice(0, end) : found)),
	fc.tuple(text, anything).map(
		([name, value]) =>
			(found: Json) =>
				isRecord(found) ? { ...found, [name]: value } : isList(found) ? [...found, value] : found,
	),
	fc.integer().map((by) => (found: Json) => (typeof found === 'number' ? found + by : found)),
);

const steps: fc.Arbitrary<Step> = fc.record({
	way: fc.array(fc.nat(50), { maxLength: 4 }),
	what: changes,
});

/** Up to three changes anywhere in stored JSON: other values, cut texts, members that came or went. */
export const damages: fc.Arbitrary<Damage> = fc
	.array(steps, { minLength: 1, maxLength: 3 })
	.map(
		(chosen) => (stored: Json) =>
			chosen.reduce<Json>((value, { way, what }) => at(value, way, what) ?? null, stored),
	);

/** The same JSON with the members of each object in another order. */
export function reordered(value: Json): Json {
	if (isList(value)) return value.map(reordered);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([name, member]) => [name, reordered(member)]),
	);
}
