import * as fc from '../../../support/fastCheck';
import type { IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import { hintIfNobodyWasCalled } from '../../../../nodes/LiveKitSip/dial/hint';
import { callItem, noFacts } from '../../../../nodes/LiveKitSip/dial/item';
import { shaped } from '../../../../nodes/LiveKitSip/dial/shape';
import type { RunState } from '../../../../nodes/LiveKitSip/dial/state';

const item = callItem(noFacts, { outcome: 'busy', message: 'The line is busy' });
const result = {
	outcome: 'busy',
	message: 'The line is busy',
	called_number: null,
	talk_seconds: null,
	agent: null,
	room_name: null,
	participant_identity: null,
	warnings: [],
};
const flat = { simplify: true, includeInput: 'flat' } as const;

it('the result comes first, then the columns of the row', () => {
	const output = shaped(item, flat, { name: 'Jane', phone: '1' });
	expect(Object.entries(output)).toEqual([
		...Object.entries(result),
		['name', 'Jane'],
		['phone', '1'],
	]);
});

it('a column that has the name of a field keeps its value under another name', () => {
	const row = { outcome: 'sold', outcome_input: 'x', warnings: 3 };
	expect(shaped(item, flat, row)).toEqual({
		...result,
		outcome_input_input: 'sold',
		outcome_input: 'x',
		warnings_input: 3,
	});
});

it('no column is ever lost, and none overwrites the result', () => {
	const name = fc.oneof(
		fc.constantFrom(...Object.keys(result), 'outcome_input', 'ended_at', '__proto__', 'input'),
		fc.string(),
	);
	fc.assert(
		fc.property(fc.dictionary(name, fc.nat()), fc.boolean(), (row, simplify) => {
			const alone = shaped(item, { simplify, includeInput: 'no' }, row);
			const output = shaped(item, { simplify, includeInput: 'flat' }, row);
			expect(Object.keys(output)).toHaveLength(Object.keys(alone).length + Object.keys(row).length);
			expect(output).toMatchObject(alone);
			const own = Object.entries(output).filter(([key]) => !Object.hasOwn(alone, key));
			expect(own.map(([, value]) => value)).toEqual(expect.arrayContaining(Object.values(row)));
		}),
	);
});

it.each([true, false])('the row may stand in one field or nowhere, simplified: %s', (simplify) => {
	const row = { outcome: 'sold' };
	const whole: IDataObject = simplify ? result : item;
	expect(shaped(item, { simplify, includeInput: 'input' }, row)).toEqual({ ...whole, input: row });
	expect(shaped(item, { simplify, includeInput: 'no' }, row)).toEqual(whole);
});

describe('the hint that nobody was called', () => {
	const uncalled = (...reasons: string[]) =>
		({
			uncalled: new Map(
				reasons.map((reason, row) => [row, { reason, message: `<b>${reason}</b>` }]),
			),
		}) as Pick<RunState, 'uncalled'>;
	const hints = (state: Pick<RunState, 'uncalled'>, count: number) => {
		const given: NodeExecutionHint[] = [];
		const functions = { addExecutionHints: (hint: NodeExecutionHint) => given.push(hint) };
		hintIfNobodyWasCalled(
			functions as Partial<IExecuteFunctions> as IExecuteFunctions,
			state,
			count,
		);
		return given.map(({ message }) => message);
	};

	it('says why, without markup, if all rows have the same reason', () => {
		expect(hints(uncalled('do_not_call', 'do_not_call'), 2)).toEqual([
			'None of the 2 rows was called, all for the same reason. The first one says: ‹b›do_not_call‹/b›',
		]);
		expect(hints(uncalled('do_not_call'), 1)).toEqual(['Nobody was called. ‹b›do_not_call‹/b›']);
	});

	it('says once that nobody was called', () => {
		const message = 'The number is on the do-not-call list. Nobody was called';
		const state = { uncalled: new Map([[0, { reason: 'do_not_call', message }]]) };
		expect(hints(state as Pick<RunState, 'uncalled'>, 1)).toEqual([message]);
	});

	it('stays away if they differ, or if a row was called', () => {
		expect(hints(uncalled('do_not_call', 'duplicate'), 2)).toEqual([]);
		expect(hints(uncalled('do_not_call'), 2)).toEqual([]);
		expect(hints(uncalled(), 0)).toEqual([]);
	});

	it('is not missed by an n8n that has no hints', () => {
		const functions = {} as Partial<IExecuteFunctions> as IExecuteFunctions;
		expect(() => hintIfNobodyWasCalled(functions, uncalled('x'), 1)).not.toThrow();
	});
});
