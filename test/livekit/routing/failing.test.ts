import type { JsonObject } from '../../../livekit/json';
import { newlyFailing } from '../../../livekit/routing/failing';
import { failingNumbers } from '../../support/failingNumbers';
import { routingOf } from '../../../livekit/routing/route';
import { called, caller, forAll, lobby, main, rule, trunk } from './project';

const shown = (failing: ReturnType<typeof failingNumbers>) =>
	failing.map(({ number, callers, reason, between }) =>
		[number, callers.join(), reason, ...between.map(({ id }) => id)].join(' '),
	);

it.each<[string, JsonObject[], JsonObject[], string[]]>([
	['nothing', [main, trunk('other', { numbers: ['+2'] })], [lobby], []],
	['a number of two trunks', [main, trunk('copy')], [], [`${called}  two_trunks ST_copy ST_main`]],
	[
		'a number for these and all callers',
		[main, trunk('vip', { allowed_numbers: [caller] })],
		[],
		[`${called} ${caller} two_trunks ST_main ST_vip`],
	],
	[
		'two trunks for all',
		['a', 'b'].map((id) => trunk(id, { numbers: [] })),
		[],
		['  two_trunks_for_all ST_a ST_b'],
	],
	[
		'trunks that addresses keep apart',
		[trunk('a', { allowed_addresses: ['::1'] }), trunk('b', { allowed_addresses: ['::2'] })],
		[],
		[],
	],
	[
		'all numbers of a trunk with two equal rules',
		[trunk('main', { numbers: [called, '+2'] })],
		[lobby, rule('copy')],
		[`${called}  two_rules SDR_copy SDR_lobby`, '+2  two_rules SDR_copy SDR_lobby'],
	],
	[
		'all trunks, for two equal rules for all',
		[main, trunk('other', { numbers: ['+2'] })],
		[rule('a', forAll), rule('b', forAll)],
		[`${called}  two_rules SDR_a SDR_b`, '+2  two_rules SDR_a SDR_b'],
	],
])('finds %s', (_title, trunks, rules, expected) => {
	expect(shown(failingNumbers(routingOf(trunks, rules)))).toEqual(expected);
});

const wide = (id: string, given: JsonObject = {}) => trunk(id, { numbers: [], ...given });
const copies = [rule('a', { trunk_ids: ['ST_x'] }), rule('b', { trunk_ids: ['ST_x'] })];

it.each<[string, JsonObject[], JsonObject[], string, string[]]>([
	[
		'allowed callers are cleared',
		[main, trunk('x', { allowed_numbers: ['+1'] })],
		[main, trunk('x')],
		'x',
		[`${called}  two_trunks ST_main ST_x`],
	],
	[
		'a trunk for these callers is created',
		[main],
		[main, trunk('x', { allowed_numbers: [caller] })],
		'x',
		[`${called} ${caller} two_trunks ST_main ST_x`],
	],
	[
		'a trunk for everybody is created beside one for these',
		[trunk('main', { allowed_numbers: [caller] })],
		[trunk('main', { allowed_numbers: [caller] }), trunk('x')],
		'x',
		[`${called} ${caller} two_trunks ST_main ST_x`],
	],
	[
		'a number moves to a trunk with clashing rules',
		[wide('a'), trunk('x', { numbers: ['+8'] })],
		[wide('a'), trunk('x', { numbers: ['+7'] })],
		'x',
		['+7  two_rules SDR_a SDR_b'],
	],
	[
		'a trunk leaves its number to two for all',
		[trunk('y'), wide('a'), wide('b')],
		[wide('a'), wide('b')],
		'y',
		[`${called}  two_trunks_for_all ST_a ST_b`],
	],
	[
		'addresses come to overlap',
		[
			trunk('main', { allowed_addresses: ['192.0.2.0/25'] }),
			trunk('x', { allowed_addresses: ['192.0.2.200'] }),
		],
		[
			trunk('main', { allowed_addresses: ['192.0.2.0/25'] }),
			trunk('x', { allowed_addresses: ['192.0.2.0/24'] }),
		],
		'x',
		[`${called}  two_trunks ST_main ST_x`],
	],
	[
		'a trunk that failed before is changed',
		[main, trunk('x')],
		[main, trunk('x', { name: 'X' })],
		'x',
		[],
	],
	[
		'addresses stay apart',
		[trunk('main', { allowed_addresses: ['192.0.2.1'] })],
		[
			trunk('main', { allowed_addresses: ['192.0.2.1'] }),
			trunk('x', { allowed_addresses: ['192.0.2.2'] }),
		],
		'x',
		[],
	],
	[
		'a second trunk for all is created',
		[wide('a')],
		[wide('a'), wide('x')],
		'x',
		['  two_trunks_for_all ST_a ST_x'],
	],
])('tells what newly fails when %s', (_title, before, after, id, expected) => {
	const [old, now] = [before, after].map((trunks) => routingOf(trunks, copies));
	expect(shown(newlyFailing(old, now, `ST_${id}`))).toEqual(expected);
});
