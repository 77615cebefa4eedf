import * as fc from 'fast-check';

/** Stands for a secret; must never be found in messages, masked output or stored states. */
export const CANARY = 'canary-5ecret-2f81';

/** A token of LiveKit's form, as older servers repeat it in a 401. */
export const CANARY_TOKEN = `eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJkZXZrZXkifQ.${CANARY}`;

/** How large inputs may get, which the small run in `npm test` keeps down. */
export interface Sizes {
	/** Characters of the longest text. */
	readonly text: number;
	/** Entries of the longest list and of the largest object. */
	readonly entries: number;
	/** Levels of the deepest nesting. */
	readonly levels: number;
	/** How many inputs of ordinary size come for each that is huge. */
	readonly ordinary: number;
}

/** Sizes of the big run. */
export const hugeSizes: Sizes = {
	text: 5_000_000,
	entries: 100_000,
	levels: 100_000,
	ordinary: 600,
};

/** Sizes of the run in `npm test`. */
export const smallSizes: Sizes = { text: 200_000, entries: 5_000, levels: 20_000, ordinary: 150 };

/** Names that mean something to JavaScript, to n8n or to this package where they should mean nothing. */
export const hostileKey = fc.oneof(
	fc.constantFrom(
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'valueOf',
		'hasOwnProperty',
		'toJSON',
		'then',
		'length',
		'__rl',
		'value',
		'mode',
		'rows',
		'more',
		'change',
		'entries',
		'req',
		'request',
		'action',
		'warnings',
		'rule',
		'',
		' ',
		'_',
		'__',
		'.',
		'[0]',
		'\u0000',
		'\ud800',
		'\udc00x',
		'ß',
		'İ',
		'$ne',
		'={{ 1 }}',
		'a.b',
		'0',
		'-1',
	),
	fc.string({ unit: 'binary', maxLength: 6 }),
);

/** Texts that parsers, Go and databases trip over. */
export const hostileText = fc.oneof(
	fc.constantFrom(
		'',
		' ',
		'\u0000',
		'a\u0000b',
		'\ud800',
		'x\udfff',
		'\ufeff',
		'\u202e',
		'\r\n',
		'a\r\nX-Injected: 1',
		'[object Object]',
		'null',
		'undefined',
		'NaN',
		'true',
		'FALSE',
		'0',
		'-0',
		'00',
		'0x10',
		'1e400',
		'-1e400',
		'1e-400',
		'1e21',
		'9007199254740993',
		'123n',
		'18446744073709551616',
		'4294967296',
		'{',
		'[',
		'{}',
		'[]',
		'[null]',
		'{"__proto__":{"polluted":1}}',
		'{"a":',
		'[1,',
		'"',
		'\\',
		'\\ud800',
		'={{ $json.x }}',
		'{{ 1 }}',
		'${1}',
		'<script>',
		'--',
		'%00',
		'1s',
		'-1s',
		'1.0000000001s',
		'315576000001s',
		's',
		'1h',
		'P1D',
		'2026-13-45T99:99:99Z',
		'2026-01-31T12:00:00',
		'2026-01-31T12:00:00.123456789+14:00',
		'2026-01-31T',
		'0000-01-01T00:00:00Z',
		'SIP_TRANSPORT_',
		'_',
		'constructor',
		'__proto__',
		'::1',
		'::ffff:1.2.3.4',
		'1.2.3.4/33',
		'sip:a@b',
		'tel:',
		'+',
		'+()',
		',',
		';;',
		',\n;',
		'********',
		'**hidden**',
	),
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.string({ unit: 'grapheme', maxLength: 8 }),
);

const hostileNumber = fc.oneof(
	fc.constantFrom(
		0,
		-0,
		1,
		-1,
		0.1,
		1e-10,
		5e-324,
		1e21,
		1e300,
		1.7976931348623157e308,
		Infinity,
		-Infinity,
		NaN,
		2 ** 31,
		2 ** 32,
		2 ** 53,
		2 ** 63,
		-(2 ** 63),
		315_576_000_001,
	),
	fc.double(),
	fc.integer(),
);

/** Objects that cannot be turned into text, and others that mean something to JavaScript. */
const odd: ReadonlyArray<() => unknown> = [
	() => ({ toString: 1, valueOf: 1 }),
	() => ({ toString: null }),
	() => ({ toJSON: 'x' }),
	() => ({ length: -1 }),
	() => ({ user: 'u', login: { password: CANARY } }),
	() => [{ user: 'u', login: { password: CANARY } }],
	() =>
		JSON.parse(
			'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
		) as unknown,
];

/** What expressions of n8n can give and no JSON holds. */
const beyondJson: ReadonlyArray<() => unknown> = [
	() => undefined,
	() => 10n,
	() => ({ a: [10n] }),
	() => new Date(NaN),
	() => new Date(0),
	() => Object.create(null) as unknown,
	() => Symbol('x'),
	() => () => 1,
	() => new Map([['a', 1]]),
	() => Buffer.from('x'),
	() => {
		const cycle: Record<string, unknown> = {};
		cycle.self = cycle;
		return cycle;
	},
];

function nested(levels: number, inner: unknown, wrap: (inner: unknown) => unknown): unknown {
	let value = inner;
	for (let level = 0; level < levels; level++) value = wrap(value);
	return value;
}

function huge({ text, entries, levels }: Sizes): fc.Arbitrary<unknown> {
	const makers: ReadonlyArray<() => unknown> = [
		() => 'x'.repeat(text),
		() => '1'.repeat(text),
		() => '<'.repeat(text),
		() => '<style'.repeat(text / 6),
		() => '-eyJ'.repeat(text / 4),
		() => '😀'.repeat(text / 2),
		() => '1,'.repeat(entries),
		() => '['.repeat(levels),
		() => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`,
		() => `{"req":`.repeat(levels) + '1' + '}'.repeat(levels),
		() => Array.from({ length: entries }, (_, index) => String(index)),
		() => Array.from({ length: entries }, () => null),
		() => Array.from({ length: entries }, () => ({})),
		() => Object.fromEntries(Array.from({ length: entries }, (_, index) => [`key ${index}`, 'v'])),
		() => Object.fromEntries(Array.from({ length: entries }, (_, index) => [`X-${index}`, index])),
		() => nested(levels, 1, (inner) => [inner]),
		() => nested(levels, 1, (inner) => ({ a: inner })),
		() => nested(levels, {}, (inner) => ({ req: inner })),
		() => nested(levels, {}, (inner) => ({ rule: inner })),
		() => nested(levels, {}, (inner) => ({ more: inner })),
	];
	return fc.constantFrom(...makers).map((make) => make());
}

const leaf: fc.Arbitrary<unknown> = fc.oneof(
	hostileText,
	hostileNumber,
	fc.boolean(),
	fc.constant(null),
);

/**
 * Values of any kind in any place: scalars, small trees with hostile names, what no JSON holds (but from a server) and
 * now and then a huge one.
 */
export function hostileValue(
	sizes: Sizes,
	whose: 'user' | 'server' = 'user',
): fc.Arbitrary<unknown> {
	const makers = whose === 'user' ? [...odd, ...beyondJson] : odd;
	const list = fc.array(leaf, { maxLength: 4 });
	const object = fc
		.uniqueArray(fc.tuple(hostileKey, fc.oneof(leaf, list)), {
			maxLength: 4,
			selector: ([name]) => name,
		})
		.map((pairs) => Object.fromEntries(pairs) as unknown);
	return fc.oneof(
		{ weight: sizes.ordinary / 2, arbitrary: leaf },
		{ weight: sizes.ordinary / 5, arbitrary: list },
		{ weight: sizes.ordinary / 5, arbitrary: object },
		{ weight: sizes.ordinary / 10, arbitrary: fc.constantFrom(...makers).map((make) => make()) },
		{ weight: 1, arbitrary: huge(sizes) },
	);
}
