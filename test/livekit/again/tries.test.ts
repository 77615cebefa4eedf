import { callsOnDay, readTries, withCall } from '../../../livekit/again/tries';

const at = '2026-11-30T09:00:00.000Z';
const read = (tries: unknown, callsToday: unknown = null, lastCalledAt: unknown = null) =>
	readTries({ tries, callsToday, lastCalledAt });

it.each([
	[[0], { tries: 0, callsToday: 0, lastCalledAt: undefined }],
	[['0', '', ''], { tries: 0, callsToday: 0, lastCalledAt: undefined }],
	[['2', '1.0', at], { tries: 2, callsToday: 1, lastCalledAt: Date.parse(at) }],
	[[2, 1, new Date(at)], { tries: 2, callsToday: 1, lastCalledAt: Date.parse(at) }],
	[[2, 0, '2026-11-30 10:00:00 +01:00'], { tries: 2, callsToday: 0, lastCalledAt: Date.parse(at) }],
	// Somebody has given the contact new tries, and the calls of today still count.
	[[0, 2, at], { tries: 0, callsToday: 2, lastCalledAt: Date.parse(at) }],
])('reads %p', ([tries, today, last], expected) =>
	expect(read(tries, today, last)).toEqual({ value: expected }),
);

it.each([
	['tries', [undefined]],
	['tries', [null]],
	['tries', ['']],
	['tries', ['two']],
	['tries', [-1]],
	['tries', [1.5]],
	['tries', [{ busy: 1 }]],
	['callsToday', [1, null, at]],
	['callsToday', [0, undefined]],
	['callsToday', [1, 'many', at]],
	['lastCalledAt', [1, 1, null]],
	['lastCalledAt', [0, 1, '']],
	['lastCalledAt', [0, 0, undefined]],
	['lastCalledAt', [1, 1, 'yesterday']],
	['lastCalledAt', [1, 1, '2026-11-30 10:00']],
	['lastCalledAt', [1, 1, 1_764_000_000_000]],
	['lastCalledAt', [1, 1, new Date(Number.NaN)]],
])('%s of %p is never 0', (path, [tries, today = null, last = null]) => {
	const result = readTries({
		tries,
		callsToday: path === 'callsToday' && today === null && tries === 0 ? undefined : today,
		lastCalledAt: path === 'lastCalledAt' && last === null && tries === 0 ? undefined : last,
	});
	expect('fault' in result && result.fault.path).toBe(path);
});

it('counts by the date of the contact, and in doubt as the same day', () => {
	const before = { tries: 2, callsToday: 2, lastCalledAt: Date.parse('2026-11-30T22:30:00Z') };
	const later = Date.parse('2026-11-30T23:30:00Z');
	expect(callsOnDay(before, ['UTC'], later)).toBe(2);
	expect(callsOnDay(before, ['Europe/Berlin'], later)).toBe(0);
	expect(callsOnDay(before, ['Europe/Berlin', 'UTC'], later)).toBe(2);
	expect(callsOnDay(before, [], later)).toBe(2);
	expect(callsOnDay(before, [], later + 86_400_000)).toBe(0);
	// By another clock the last call is still to come.
	expect(callsOnDay(before, ['UTC'], later - 86_400_000 * 2)).toBe(2);
	expect(withCall(before, ['Europe/Berlin'], later)).toEqual({
		tries: 3,
		callsToday: 1,
		lastCalledAt: later,
	});
});
