import { findConflict } from '../../../livekit/objects/conflicts';

const trunk = (id: string, numbers: string[], allowed_numbers: string[] = []) => ({
	sip_trunk_id: id,
	name: `Trunk ${id}`,
	numbers,
	allowed_numbers,
});

it.each([
	['the same number', trunk('', ['+15105550100']), trunk('ST_2', ['+15105550100']), '+15105550100'],
	[
		'the same number in another spelling',
		trunk('', ['1 (510) 555-0100']),
		trunk('ST_2', ['+15105550100']),
		'+15105550100',
	],
	['one of several', trunk('', ['+1', '+2']), trunk('ST_2', ['+3', '+2']), '+2'],
	['two wildcard trunks', trunk('', []), trunk('ST_2', []), ''],
	['the same callers', trunk('', ['+1'], ['+5', '+6']), trunk('ST_2', ['+1'], ['+6']), '+1'],
])('finds %s', (_title, given, other, number) => {
	expect(findConflict(given, [trunk('ST_0', ['+999']), other])).toEqual({
		trunkId: 'ST_2',
		name: 'Trunk ST_2',
		number,
	});
});

it.each([
	['other numbers', trunk('', ['+1']), trunk('ST_2', ['+2'])],
	['a wildcard beside a specific trunk', trunk('', []), trunk('ST_2', ['+1'])],
	['other callers', trunk('', ['+1'], ['+5']), trunk('ST_2', ['+1'], ['+6'])],
	['some callers beside all', trunk('', ['+1'], ['+5']), trunk('ST_2', ['+1'])],
	['the trunk itself', trunk('ST_2', ['+1']), trunk('ST_2', ['+1'])],
	['SIP users, which are no numbers', trunk('', ['alice']), trunk('ST_2', ['+alice'])],
])('finds nothing in %s', (_title, given, other) =>
	expect(findConflict(given, [other])).toBeUndefined(),
);
