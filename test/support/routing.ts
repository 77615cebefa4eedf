import * as fc from './fastCheck';
import type { JsonObject } from '../../livekit/json';
import type { InboundCall } from '../../livekit/routing/route';

/** A project and calls to it, as random as they can be while numbers, callers and addresses still meet. */
export interface World {
	readonly trunks: readonly JsonObject[];
	readonly rules: readonly JsonObject[];
	readonly calls: readonly InboundCall[];
	/** Whether LiveKit was built to compare addresses strictly. */
	readonly strict: boolean;
}

const usual = <T>(value: T, rare: fc.Arbitrary<T>, weight = 4) =>
	fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: rare });

const numbers = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('+15105550100', '+15105550199', '+4930123456', 'alice') },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			'15105550100',
			'+1 (510) 555-0100',
			'1-510-555-0199',
			'Alice',
			'*',
			'+',
			'tel:+15105550100',
			'+49 (0)30 123456',
			'',
		),
	},
);
const callers = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('+4915112345678', '+4917098765432', 'bob') },
	{
		weight: 2,
		arbitrary: fc.constantFrom('4915112345678', '+49 151 12345678', 'anonymous', '123', ''),
	},
);
const addresses = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.constantFrom(
			'192.0.2.1',
			'192.0.2.0/24',
			'198.51.100.7',
			'2001:db8::/32',
			'*.example.com',
		),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom(
			...[
				'0.0.0.0/0',
				'::/0',
				'128.0.0.0/1',
				'[2001:db8::1]',
				'[2001:db8::]/32',
				'sip.example.com',
			],
			...['1.2.3', '192.0.2.1/33', '', '::ffff:192.0.2.1', '::ffff:192.0.2.0/120', 'fe80::1%eth0'],
			...[
				'010.0.0.1',
				'https://a.b',
				'192.0.2.0/024',
				'*.example.com',
				'192.0.2.99/32',
				'1:2:3:4:5:6:7::',
			],
			...[
				'::192.0.2.1',
				'1::2::3',
				'192.0.2.1/',
				'[192.0.2.1]',
				'[::]',
				'0:0:0:0:0:0:0:0/0',
				'::/129',
			],
		),
	},
);
const sources = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.constantFrom(
			'192.0.2.1',
			'192.0.2.9',
			'198.51.100.7',
			'2001:db8::1',
			'::ffff:192.0.2.1',
		),
	},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'',
			'::ffff:192.0.2.1',
			'::192.0.2.1',
			'203.0.113.5',
			'carrier',
			'1:2:3:4:5:6:7:0',
		),
	},
);
const hosts = usual(
	'',
	fc.constantFrom('sip.example.com', '192.0.2.1', '198.51.100.7', '[2001:db8::1]'),
	2,
);
const pins = usual('', fc.constantFrom('1234', '99'), 2);
const few = <T>(entry: fc.Arbitrary<T>, maxLength: number) => fc.array(entry, { maxLength });
const mostlyNone = <T>(entry: fc.Arbitrary<T>) => usual<T[]>([], few(entry, 3), 2);

const trunk: fc.Arbitrary<JsonObject> = fc.record({
	name: fc.constantFrom('', 'Main'),
	numbers: few(numbers, 2),
	allowed_numbers: mostlyNone(callers),
	allowed_addresses: mostlyNone(addresses),
	auth_username: usual('', fc.constant('carrier')),
	auth_password: usual('', fc.constant('secret')),
});

// Go orders the last two by code points, JavaScript by halves of them.
const rooms = fc.constantFrom(
	'',
	'a',
	'b',
	'support',
	'\u{1F600}',
	'\u{FFFD}',
	'\u{1F600}',
	'\u{FFFD}',
);
const kinds: fc.Arbitrary<JsonObject> = fc.oneof(
	fc.record({ room_name: rooms, pin: pins }).map((inner) => ({ dispatch_rule_direct: inner })),
	fc
		.record({ room_prefix: rooms, pin: pins, no_randomness: fc.boolean() })
		.map((inner) => ({ dispatch_rule_individual: inner })),
	fc
		.record({ room_prefix: rooms, pin: pins, randomize: fc.boolean() })
		.map((inner) => ({ dispatch_rule_callee: inner })),
);
const agents = few(fc.record({ agent_name: fc.constantFrom('', 'reception', 'night') }), 2);

const ruleOf = (trunkIds: readonly string[]): fc.Arbitrary<JsonObject> =>
	fc.record({
		name: fc.constantFrom('', 'Reception'),
		rule: fc.oneof({ weight: 60, arbitrary: kinds }, { weight: 1, arbitrary: fc.constant({}) }),
		trunk_ids: few(fc.constantFrom(...trunkIds, ...trunkIds, 'ST_gone'), 2),
		inbound_numbers: mostlyNone(callers),
		numbers: usual<string[]>([], few(numbers, 3), 1),
		hide_phone_number: fc.boolean(),
		room_preset: usual('', fc.constant('quiet')),
		room_config: fc.oneof(
			fc.constant(null),
			agents.map((list) => ({ agents: list })),
		),
	});

const call: fc.Arbitrary<InboundCall> = fc.record(
	{
		called: numbers,
		caller: callers,
		sourceAddress: sources,
		callerHost: hosts,
		pin: fc.constantFrom('1234', '99#', '0', '#'),
	},
	{ requiredKeys: ['called', 'caller'] },
);

const withIds = (objects: readonly JsonObject[], field: string, ids: readonly string[]) =>
	objects.map((object, index) => ({ [field]: ids[index], ...object }));
const shuffled = (ids: readonly string[]) =>
	fc.shuffledSubarray([...ids], { minLength: ids.length });

const trunkIds = ['ST_a', 'ST_b', 'ST_c', 'ST_d'];
const ruleIds = ['SDR_a', 'SDR_b', 'SDR_c', 'SDR_d', 'SDR_e'];

/** Projects of up to four trunks and five rules, in any order, with calls to them. */
export const worlds: fc.Arbitrary<World> = fc.record({
	trunks: fc
		.tuple(fc.array(trunk, { maxLength: trunkIds.length }), shuffled(trunkIds))
		.map(([trunks, ids]) => withIds(trunks, 'sip_trunk_id', ids)),
	rules: fc
		.tuple(fc.array(ruleOf(trunkIds), { maxLength: ruleIds.length }), shuffled(ruleIds))
		.map(([rules, ids]) => withIds(rules, 'sip_dispatch_rule_id', ids)),
	calls: fc.array(call, { minLength: 5, maxLength: 5 }),
	strict: usual(false, fc.constant(true), 2),
});

/** So many worlds. @param seed the same one gives the same worlds */
export function sampleWorlds(count: number, seed: number): World[] {
	return fc.sample(worlds, { numRuns: count, seed });
}
