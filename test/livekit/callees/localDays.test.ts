import { isSameDay, nextDay } from '../../../livekit/callees/localDays';

const day = (at: string, ...zones: string[]) =>
	new Date(nextDay(zones, Date.parse(at))).toISOString();

describe('the next day', () => {
	it.each([
		['2026-11-30T10:00:00Z', ['Europe/Berlin'], '2026-11-30T23:00:00.000Z'],
		['2026-11-30T23:00:00Z', ['Europe/Berlin'], '2026-12-01T23:00:00.000Z'],
		['2026-11-30T10:00:00Z', ['Asia/Tokyo', 'America/Los_Angeles'], '2026-12-01T08:00:00.000Z'],
		// The clocks change in between.
		['2026-03-29T00:30:00Z', ['Europe/Berlin'], '2026-03-29T22:00:00.000Z'],
		['2026-10-25T00:30:00Z', ['Europe/Berlin'], '2026-10-25T23:00:00.000Z'],
		// There is no midnight: the day begins at one.
		['2026-04-23T12:00:00Z', ['Africa/Cairo'], '2026-04-23T22:00:00.000Z'],
		// There are two.
		['2026-10-29T12:00:00Z', ['Africa/Cairo'], '2026-10-29T22:00:00.000Z'],
		['2026-11-30T10:00:00Z', [], '2026-12-01T10:00:00.000Z'],
	])('of %s in %p', (at, zones, expected) => expect(day(at, ...zones)).toBe(expected));
});

it('is another one in all zones', () => {
	for (let hour = 0; hour < 24 * 370; hour += 7) {
		const at = Date.parse('2026-01-01T00:30:00Z') + hour * 3_600_000;
		for (const zones of [['Africa/Cairo'], ['America/Santiago'], ['Pacific/Apia', 'UTC']]) {
			const next = nextDay(zones, at);
			expect(isSameDay(zones, at, next)).toBe(false);
			expect(isSameDay(zones, at, next - 60_000)).toBe(true);
		}
	}
});
