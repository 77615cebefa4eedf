import {
	type Counted,
	type FailureRate,
	noteCall,
	trippedBy,
} from '../../../../nodes/LiveKitSip/dial/failureRate';
import * as fc from '../../../support/fastCheck';

const half: FailureRate = { percent: 50, atLeast: 5, withinMs: 120_000 };

/** Calls one second after the other, `x` failed. */
const calls = (word: string, from = 0): Counted[] =>
	[...word].map((letter, place) => ({
		at: from + place * 1000,
		failed: letter === 'x',
		row: `${from} ${place}`,
		words: String(place),
	}));

it.each([
	['xxxx', undefined],
	['xxxxx', 120_000],
	['xx...', undefined],
	['xxx..', 120_000],
	['xxx...', 120_000],
	['xxx....', undefined],
	['.....xxxxx', 125_000],
	['xxxxx.....', 120_000],
])('%s', (word, until) => expect(trippedBy(calls(word), half, 10_000)?.until).toBe(until));

it('looks at the last minutes only, and calls no less for older failures', () => {
	const recent = [...calls('xxxxx'), ...calls('x....', 200_000)];
	expect(trippedBy(recent, half, 204_000)).toBeUndefined();
	expect(trippedBy(calls('xxxxx'), half, 110_000)?.calls).toHaveLength(5);
});

it('lets one call through for each that has left the window', () => {
	const recent = calls('xxxxx');
	expect(trippedBy(recent, half, 119_999)).toBeDefined();
	expect(trippedBy(recent, half, 120_000)).toBeUndefined();
	noteCall(recent, { at: 120_000, failed: true, row: 'other', words: 'again' });
	expect(trippedBy(recent, half, 120_001)?.until).toBe(121_000);
});

it('keeps no more than it may have to look at', () => {
	const recent: Counted[] = [];
	for (let call = 0; call < 20_000; call++)
		noteCall(recent, { at: call * 10, failed: false, row: `${call}`, words: '' });
	expect(recent).toHaveLength(5000);
	noteCall(recent, { at: 10_000_000, failed: true, row: 'last', words: '' });
	expect(recent).toEqual([{ at: 10_000_000, failed: true, row: 'last', words: '' }]);
});

it('takes the tries of a row for one call, by the last that came to something else', () => {
	const recent: Counted[] = [];
	const note = (at: number, failed: boolean) =>
		noteCall(recent, { at, failed, row: 'same', words: '' });
	for (const at of [1, 2, 3]) note(at, true);
	expect(recent).toMatchObject([{ at: 1, failed: true }]);
	note(4, false);
	expect(recent).toMatchObject([{ at: 4, failed: false }]);
});

it('is open until the moment that it names, and then no more', () => {
	const given = fc.record({
		gaps: fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.boolean()), { maxLength: 40 }),
		percent: fc.integer({ min: 1, max: 100 }),
		atLeast: fc.integer({ min: 1, max: 8 }),
		wait: fc.integer({ min: 0, max: 60_000 }),
	});
	let open = 0;
	fc.assert(
		fc.property(given, ({ gaps, percent, atLeast, wait }) => {
			const rate = { percent, atLeast, withinMs: 120_000 };
			const recent: Counted[] = [];
			let at = 0;
			for (const [row, [gap, failed]] of gaps.entries())
				noteCall(recent, { at: (at += gap), failed, row: `${row}`, words: '' });
			const now = at + wait;
			const tripped = trippedBy(recent, rate, now);
			const inside = recent.filter((call) => call.at > now - 120_000);
			const failures = inside.filter(({ failed }) => failed).length;
			expect(tripped !== undefined).toBe(
				inside.length >= atLeast && failures / inside.length >= percent / 100,
			);
			if (!tripped) return;
			open++;
			expect(tripped.until).toBeGreaterThan(now);
			expect(trippedBy(recent, rate, tripped.until)).toBeUndefined();
			expect(trippedBy(recent, rate, tripped.until - 1)).toBeDefined();
		}),
	);
	expect(open).toBeGreaterThan(10);
});
