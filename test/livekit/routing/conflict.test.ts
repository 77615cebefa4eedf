import { caller, forAll, lobby, main, rule, testCalls, trunk } from './project';

testCalls('conflict', [
	['two trunks with the number', [main, trunk('second')], [lobby], {}, 'two_trunks', ''],
	[
		'two trunks, one for these callers only',
		[main, trunk('second', { allowed_numbers: [caller] })],
		[lobby],
		{},
		'two_trunks',
		'',
	],
	[
		'two trunks for all numbers',
		[trunk('a', { numbers: [] }), trunk('b', { numbers: [] })],
		[lobby],
		{},
		'two_trunks_for_all',
		'',
	],
	['two rules that exclude each other', [main], [lobby, rule('copy')], {}, 'two_rules', 'ST_main'],
	[
		'two rules for other callers that exclude each other',
		[main],
		[lobby, rule('a', { inbound_numbers: ['+1'] }), rule('b', { inbound_numbers: ['1'] })],
		{},
		'two_rules',
		'ST_main',
	],
	[
		'two rules for all trunks that exclude each other',
		[main],
		[lobby, rule('a', forAll), rule('b', forAll)],
		{},
		'two_rules',
		'ST_main',
	],
	[
		'a rule with two spellings of a caller',
		[main],
		[rule('twice', { inbound_numbers: ['+1', '1'] })],
		{},
		'two_rules',
		'ST_main',
	],
]);
