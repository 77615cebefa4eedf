import { readTries } from '../../../livekit/again/tries';

describe('a last call that cannot be read', () => {
	it.each<[unknown]>([
		[[]],
		[[[]]],
		[[null]],
		[['']],
		[[5]],
		// What programs write for no time.
		['0001-01-01T00:00:00Z'],
		['1899-12-30T00:00:00Z'],
		['1970-01-01T00:00:00Z'],
		['9999-12-31T23:59:59Z'],
		[new Date(0)],
		[new Date(8.6e15)],
		[new Date(Number.NaN)],
	])('%p is none, and not long ago', (lastCalledAt) =>
		expect(readTries({ tries: 2, callsToday: 1, lastCalledAt })).toMatchObject({
			fault: { path: 'lastCalledAt' },
		}),
	);

	it('a time is one', () => {
		const at = Date.parse('2026-11-30T09:00:00Z');
		for (const lastCalledAt of [new Date(at), new Date(at).toISOString()])
			expect(readTries({ tries: 2, callsToday: 1, lastCalledAt })).toEqual({
				value: { tries: 2, callsToday: 1, lastCalledAt: at },
			});
	});
});
