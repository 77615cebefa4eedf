import type { JsonObject } from '../../../livekit/json';
import {
	allTrunkClashes,
	comparesRule,
	comparesTrunk,
	ruleClashes,
	trunkClashes,
} from '../../../livekit/routing/clashes';
import { eachRuleConflict } from '../../../livekit/routing/conflicts';
import { trunkConflicts } from '../../support/trunkConflicts';
import { readRule } from '../../../livekit/routing/rule';
import { newestReading, readingOf } from '../../../livekit/routing/servers';
import { readTrunk } from '../../../livekit/routing/trunk';

const trunk = (id: string, numbers: string[], more: JsonObject = {}) =>
	readTrunk({ sip_trunk_id: id, name: `Trunk ${id}`, numbers, ...more }, newestReading);
const callers = (...allowed_numbers: string[]) => ({ allowed_numbers });
const from = (...allowed_addresses: string[]) => ({ allowed_addresses });

type TrunkCase = [string, ReturnType<typeof trunk>, ReturnType<typeof trunk>, object];
const both = { failsCalls: true, isRefused: true };
const unseen = { failsCalls: true, isRefused: false };
const apart = { failsCalls: false, isRefused: true };

it.each<TrunkCase>([
	[
		'the same number',
		trunk('', ['+1']),
		trunk('ST_2', ['+1']),
		{ ...both, numbers: ['+1'], callers: [] },
	],
	[
		'the same number in another spelling',
		trunk('', ['1 (510) 555-0100']),
		trunk('ST_2', ['+15105550100']),
		{ ...both, numbers: ['+15105550100'] },
	],
	[
		'one of several',
		trunk('', ['+1', '+2']),
		trunk('ST_2', ['+3', '+2']),
		{ ...both, numbers: ['+2'] },
	],
	['two trunks for all numbers', trunk('', []), trunk('ST_2', []), { ...both, numbers: [] }],
	[
		'the same callers',
		trunk('', ['+1'], callers('+5', '+6')),
		trunk('ST_2', ['+1'], callers('+6')),
		{ ...both, callers: ['+6'] },
	],
	[
		'all callers and these, which the validator does not see',
		trunk('', ['+1']),
		trunk('ST_2', ['+1'], callers('5')),
		{ ...unseen, callers: ['+5'] },
	],
	[
		'two for all numbers, one for these callers',
		trunk('', [], callers('+5')),
		trunk('ST_2', []),
		{ ...unseen, numbers: [], callers: ['+5'] },
	],
	[
		'other addresses, which the validator does not see',
		trunk('', ['+1'], from('192.0.2.0/25')),
		trunk('ST_2', ['+1'], from('192.0.2.128/25')),
		apart,
	],
	[
		'other hosts',
		trunk('', ['+1'], from('a.example')),
		trunk('ST_2', ['+1'], from('b.example')),
		apart,
	],
	[
		'an address within a block',
		trunk('', ['+1'], from('192.0.2.7')),
		trunk('ST_2', ['+1'], from('10.0.0.0/8', '192.0.2.0/24')),
		both,
	],
	[
		'an address and a host',
		trunk('', ['+1'], from('192.0.2.7')),
		trunk('ST_2', ['+1'], from('a.example')),
		both,
	],
	[
		'an address and entries that LiveKit skips',
		trunk('', ['+1'], from('192.0.2.7')),
		trunk('ST_2', ['+1'], from('*.example')),
		both,
	],
])('finds %s', (_title, given, other, expected) => {
	const found = trunkClashes(given, [trunk('ST_0', ['+999']), other], newestReading);
	expect(found).toHaveLength(1);
	expect(found[0]).toMatchObject({ other, ...expected });
	expect(allTrunkClashes([given, other], newestReading)).toHaveLength(1);
	const seen = trunkConflicts([given, other], newestReading).length > 0;
	expect(seen).toBe(found[0].isRefused);
});

it.each([
	['other numbers', trunk('', ['+1']), trunk('ST_2', ['+2'])],
	['one for all numbers beside one for this', trunk('', []), trunk('ST_2', ['+1'])],
	['other callers', trunk('', ['+1'], callers('+5')), trunk('ST_2', ['+1'], callers('+6'))],
	[
		'all and these callers from other addresses',
		trunk('', ['+1'], { ...callers('+5'), ...from('::1') }),
		trunk('ST_2', ['+1'], from('::2')),
	],
	['the trunk itself', trunk('ST_2', ['+1', '1']), trunk('ST_2', ['+1'])],
	['SIP users, which are no numbers', trunk('', ['alice']), trunk('ST_2', ['+alice'])],
])('finds nothing in %s', (_title, given, other) =>
	expect(trunkClashes(given, [other], newestReading)).toEqual([]),
);

it('finds two spellings on one trunk with older servers', () => {
	const older = readingOf('1.11.0');
	const one = readTrunk({ sip_trunk_id: 'ST_1', numbers: ['+1', '1', '+2'] }, older);
	expect(trunkClashes(one, [one], older)).toMatchObject([
		{ other: one, numbers: ['+1'], ...unseen },
	]);
});

const rule = (id: string, given: JsonObject = {}, pin = '') =>
	readRule(
		{
			sip_dispatch_rule_id: id,
			rule: { dispatch_rule_direct: { room_name: id, pin } },
			trunk_ids: ['ST_1'],
			...given,
		},
		newestReading,
	);

it.each([
	['the same trunk', rule('a'), rule('b'), { trunkIds: ['ST_1'], numbers: [], callers: [] }],
	[
		'one trunk of two',
		rule('a', { trunk_ids: ['ST_2', 'ST_1'] }),
		rule('b'),
		{ trunkIds: ['ST_1'] },
	],
	['all trunks', rule('a', { trunk_ids: [] }), rule('b', { trunk_ids: [] }), { trunkIds: [] }],
	[
		'a number in another spelling',
		rule('a', { numbers: ['1'] }),
		rule('b', { numbers: ['+2', '+1'] }),
		{ numbers: ['+1'] },
	],
	[
		'a caller',
		rule('a', { inbound_numbers: ['+1'] }),
		rule('b', { inbound_numbers: ['+1'] }),
		{ callers: ['+1'] },
	],
	['the same PIN', rule('a', {}, '12'), rule('b', {}, '12'), {}],
])('finds rules for %s', (_title, given, other, expected) => {
	const found = ruleClashes(given, [rule('x', { trunk_ids: ['ST_x'] }), other]);
	expect(found).toHaveLength(1);
	expect(found[0]).toMatchObject({ rule: given, other, ...expected });
	expect([...eachRuleConflict([other, given])]).not.toEqual([]);
});

it('finds a rule that excludes itself', () => {
	const twice = rule('a', { inbound_numbers: ['+1', '1'] });
	expect(ruleClashes(twice, [])).toMatchObject([{ other: twice, callers: ['+1'] }]);
});

it.each([
	['another trunk', rule('a', { trunk_ids: ['ST_2'] }), rule('b')],
	['a trunk, and one for all', rule('a'), rule('b', { trunk_ids: [] })],
	['another PIN', rule('a', {}, '1'), rule('b')],
	['another number', rule('a', { numbers: ['+1'] }), rule('b', { numbers: ['+2'] })],
	['a number, and one for all', rule('a', { numbers: ['+1'] }), rule('b')],
	['another caller', rule('a', { inbound_numbers: ['+1'] }), rule('b')],
	['the rule before its change', rule('a'), rule('a')],
])('finds nothing in rules for %s', (_title, given, other) => {
	expect(ruleClashes(given, [other])).toEqual([]);
});

it('knows when LiveKit compares nothing on an update', () => {
	expect(comparesTrunk(trunk('a', ['+1']), trunk('a', ['+2']))).toBe(false);
	expect(comparesTrunk(trunk('a', ['+1']), trunk('a', ['1', '+2']))).toBe(true);
	expect(comparesTrunk(trunk('a', []), trunk('a', ['+2']))).toBe(true);
	expect(comparesRule(rule('a'), rule('a', { trunk_ids: ['ST_2'] }))).toBe(false);
	expect(comparesRule(rule('a'), rule('a', { trunk_ids: ['ST_1', 'ST_2'] }))).toBe(true);
	expect(comparesRule(rule('a'), rule('a', { trunk_ids: [] }))).toBe(true);
});
