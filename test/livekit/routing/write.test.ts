import type { JsonObject } from '../../../livekit/json';
import { ruleWriteFindings } from '../../../livekit/routing/writeRule';
import { trunkWriteFindings } from '../../../livekit/routing/writeTrunk';
import { MASK } from '../../../livekit/codec/secrets';
import { called, caller, direct, main, rule, trunk } from './project';

const refuses = /LiveKit would refuse this/;
const accepts = /LiveKit would accept this, and then fail/;
const only = (...allowed_numbers: string[]) => ({ allowed_numbers });
const from = (...allowed_addresses: string[]) => ({ allowed_addresses });
const wide = (id: string, more: JsonObject = {}) => trunk(id, { numbers: [], ...more });
const created = (more: JsonObject = {}) => ({ ...trunk('', more), sip_trunk_id: '' });

type Case = [string, JsonObject, JsonObject[], RegExp[], RegExp[]];

it.each<Case>([
	['a number that nobody has', created({ numbers: ['+2'] }), [main], [], []],
	['a number that another trunk has', created(), [main], [refuses], []],
	['two spellings of it', created({ numbers: ['1 510 5550100'] }), [main], [refuses], []],
	['these callers beside all', created(only(caller)), [main], [accepts], []],
	['all callers beside these', created(), [trunk('main', only(caller))], [accepts], []],
	['other callers', created(only('+1')), [trunk('main', only(caller))], [], []],
	['a second trunk for all', created({ numbers: [] }), [wide('a')], [refuses], []],
	[
		'other addresses, which LiveKit does not look at',
		created(from('192.0.2.1')),
		[trunk('main', from('192.0.2.2'))],
		[/would refuse this, although their \{allowed_addresses\} keep them apart/],
		[],
	],
	[
		'these callers, from other addresses',
		created({ ...only(caller), ...from('192.0.2.1') }),
		[trunk('main', from('192.0.2.2'))],
		[],
		[],
	],
	['a move onto its number', trunk('x'), [main, trunk('x', { numbers: ['+2'] })], [accepts], []],
	[
		'one number more beside its own',
		trunk('x', { numbers: ['+2', called] }),
		[main, trunk('x', { numbers: ['+2'] })],
		[refuses],
		[],
	],
	[
		'a move onto its number from other addresses',
		trunk('x', from('::2')),
		[trunk('main', from('::1')), trunk('x', { numbers: ['+2'], ...from('::2') })],
		[],
		[/Both ring.*LiveKit refuses later updates/],
	],
	[
		'a clash as it was',
		trunk('x', { ...only(caller), metadata: 'm' }),
		[main, trunk('x', only(caller))],
		[],
		[/As before, LiveKit fails/],
	],
	[
		'a clash for one caller less',
		trunk('x', only(caller)),
		[main, trunk('x', only(caller, '+1'))],
		[],
		[/As before/],
	],
	[
		'a clash for one caller more',
		trunk('x', only(caller, '+1')),
		[main, trunk('x', only(caller))],
		[/calls to \+15105550100 from \+1 to the trunks .*would accept/],
		[/As before/],
	],
	[
		'a clash that ends',
		trunk('x', { numbers: ['+2'], ...only(caller) }),
		[main, trunk('x', only(caller))],
		[],
		[],
	],
	[
		'a number that is left to two trunks for all, of which one is for these callers',
		trunk('x', { numbers: ['+2'] }),
		[trunk('x'), wide('a', from('::1')), wide('b', { ...only(caller), ...from('::1') })],
		[/calls to \+15105550100 from .* to the trunks .*would accept this/],
		[],
	],
	[
		'a number that is left to two trunks for all, which LiveKit compares too',
		trunk('x', { numbers: [called, '+2'], ...only(caller) }),
		[trunk('x', { numbers: [called, '+2'] }), wide('a', from('::1')), wide('b', from('::1'))],
		[/calls to \+15105550100 to the trunks .*would refuse this/],
		[],
	],
])('a trunk with %s', (_title, written, trunks, stops, notes) => {
	const found = trunkWriteFindings(written, trunks, []);
	expect(found).toEqual({
		stops: stops.map((words) => expect.stringMatching(words)),
		notes: notes.map((words) => expect.stringMatching(words)),
	});
	// It overrides what LiveKit accepts.
	for (const stop of found.stops)
		expect(stop.includes('turn on Allow Conflict')).toBe(
			!stop.includes('LiveKit would refuse this'),
		);
});

it('a trunk that takes calls to rules that stand against each other', () => {
	const copies = ['a', 'b'].map((id) => rule(id, { trunk_ids: ['ST_x'] }));
	const trunks = [wide('all'), trunk('x', { numbers: ['+2'] })];
	expect(trunkWriteFindings(trunk('x'), trunks, copies).stops).toEqual([
		expect.stringMatching(/to the dispatch rules .*SDR_a.*SDR_b.*would accept this/),
	]);
	expect(trunkWriteFindings(trunk('x', { numbers: ['+2'] }), trunks, copies).stops).toEqual([]);
});

const onTwo = { trunk_ids: ['ST_two'] };
const fresh = (more: JsonObject = {}) => ({ ...rule('', more), sip_dispatch_rule_id: '' });

it.each<[string, JsonObject, JsonObject[], RegExp[]]>([
	['calls of another one', fresh(), [rule('a')], [refuses]],
	['another trunk', fresh(onTwo), [rule('a')], []],
	['another PIN', fresh(direct('r', '1')), [rule('a')], []],
	['the same PIN', fresh(direct('r', '1')), [rule('a', direct('s', '1'))], [/with the same PIN/]],
	['a PIN that the server hides', fresh(direct('r', MASK)), [rule('a', direct('s', MASK))], []],
	['a move onto its trunk', rule('b'), [rule('a'), rule('b', onTwo)], [accepts]],
	[
		'one trunk more',
		rule('b', { trunk_ids: ['ST_two', 'ST_main'] }),
		[rule('a'), rule('b', onTwo)],
		[refuses],
	],
	['itself as it was', rule('a', { name: 'New' }), [rule('a')], []],
	['an entry twice', fresh({ numbers: ['+1', '1'] }), [], [/the same entry twice.*refuse/]],
])('a rule for %s', (_title, written, rules, stops) => {
	const found = ruleWriteFindings(written, rules);
	expect(found.stops).toEqual(stops.map((words) => expect.stringMatching(words)));
	// It overrides what LiveKit accepts.
	for (const stop of found.stops)
		expect(stop.includes('turn on Allow Conflict')).toBe(
			!stop.includes('LiveKit would refuse this'),
		);
});
