import {
	type CallingHours,
	whenOpen,
	readCallingHours,
} from '../../../livekit/callees/callingHours';
import * as fc from '../../support/fastCheck';

function hours(given: Readonly<Record<string, unknown>>): CallingHours {
	const read = readCallingHours({ timeZone: 'Europe/Berlin', ...given });
	if (!('value' in read)) throw new Error(JSON.stringify(read));
	return read.value;
}

/** 'open', the next moment, or 'never'. */
function at(now: string, given: Readonly<Record<string, unknown>>): string {
	const verdict = whenOpen(hours(given), new Date(now));
	return verdict.open ? 'open' : (verdict.next?.toISOString() ?? 'never');
}

const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', until: '20:00' };
const night = { days: 'sat', from: '22:00', until: '06:00' };

describe('calling hours', () => {
	it.each([
		['2026-11-23T08:00:00Z', office, 'open'],
		['2026-11-23T07:59:59.999Z', office, '2026-11-23T08:00:00.000Z'],
		['2026-11-23T18:59:59.999Z', office, 'open'],
		['2026-11-23T19:00:00Z', office, '2026-11-24T08:00:00.000Z'],
		['2026-11-27T19:00:00Z', office, '2026-11-30T08:00:00.000Z'],
		[
			'2026-12-24T20:00:00Z',
			{ ...office, excludedDates: '2026-12-25, 2026-12-28' },
			'2026-12-29T08:00:00.000Z',
		],
		// Over midnight: the window of Saturday lasts into Sunday, and Sunday has none of its own.
		['2026-11-28T23:00:00Z', night, 'open'],
		['2026-11-29T04:59:00Z', night, 'open'],
		['2026-11-29T05:00:00Z', night, '2026-12-05T21:00:00.000Z'],
		['2026-11-29T22:00:00Z', night, '2026-12-05T21:00:00.000Z'],
		['2026-11-28T04:00:00Z', night, '2026-11-28T21:00:00.000Z'],
		// An excluded date ends the window of the evening before, and its own begins not.
		[
			'2026-11-28T23:30:00Z',
			{ ...night, excludedDates: ['2026-11-29'] },
			'2026-12-05T21:00:00.000Z',
		],
		[
			'2026-11-29T00:30:00Z',
			{ ...night, excludedDates: ['2026-11-28'] },
			'2026-12-05T21:00:00.000Z',
		],
		// What is left out stands for 09:00 and 20:00, and for all days.
		['2026-11-29T08:00:00Z', {}, 'open'],
		['2026-11-29T03:00:00Z', {}, '2026-11-29T08:00:00.000Z'],
		['2026-11-29T19:00:00Z', {}, '2026-11-30T08:00:00.000Z'],
		['2026-11-29T22:59:00Z', { until: '24:00' }, 'open'],
		['2026-11-23T03:00:00Z', { from: '00:00', until: '24:00' }, 'open'],
		['2026-11-29T12:00:00Z', { days: 'Sat-Sun' }, 'open'],
		['2026-11-30T12:00:00Z', { days: 'Sat-Sun' }, '2026-12-05T08:00:00.000Z'],
	])('at %s with %j: %s', (now, given, wanted) => expect(at(now, given)).toBe(wanted));

	it.each([
		// Berlin leaves out 02:00 to 03:00 on 29 March 2026 and repeats it on 25 October.
		['2026-03-29T00:59:00Z', 'Europe/Berlin', '02:30', '05:00', '2026-03-29T01:00:00.000Z'],
		['2026-03-29T00:00:00Z', 'Europe/Berlin', '02:10', '02:50', '2026-03-30T00:10:00.000Z'],
		['2026-10-25T00:15:00Z', 'Europe/Berlin', '02:00', '02:10', '2026-10-25T01:00:00.000Z'],
		['2026-10-25T00:40:00Z', 'Europe/Berlin', '00:30', '02:30', '2026-10-25T01:00:00.000Z'],
		['2026-03-28T20:00:00Z', 'Europe/Berlin', '09:00', '20:00', '2026-03-29T07:00:00.000Z'],
		// New York: 8 March and 1 November 2026.
		['2026-03-08T06:00:00Z', 'America/New_York', '02:30', '20:00', '2026-03-08T07:00:00.000Z'],
		['2026-11-01T05:45:00Z', 'America/New_York', '01:00', '01:30', '2026-11-01T06:00:00.000Z'],
		// Lord Howe moves by half an hour, at 02:00: 5 April and 4 October 2026.
		['2026-10-03T15:00:00Z', 'Australia/Lord_Howe', '02:10', '09:00', '2026-10-03T15:30:00.000Z'],
		['2026-04-04T14:45:00Z', 'Australia/Lord_Howe', '01:30', '01:40', '2026-04-04T15:00:00.000Z'],
		['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '09:00', '20:00', '2026-01-01T03:15:00.000Z'],
		['2026-01-01T12:00:00Z', 'Pacific/Chatham', '09:00', '20:00', '2026-01-01T19:15:00.000Z'],
	])('at %s in %s from %s until %s: %s', (now, timeZone, from, until, wanted) =>
		expect(at(now, { timeZone, from, until })).toBe(wanted),
	);

	it('may never come', () => {
		const excludedDates = Array.from({ length: 500 }, (_, day) =>
			new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
		);
		expect(at('2026-01-05T20:00:00Z', { excludedDates })).toBe('never');
	});

	it.each<[string, Readonly<Record<string, unknown>>]>([
		['from', { from: '24:00' }],
		['from', { from: '09:60' }],
		['until', { until: '24:01' }],
		['until', { until: 'eight' }],
		['days', { days: [] }],
		['days', { days: 'mon, someday' }],
		['days', { days: 5 }],
		['excludedDates', { excludedDates: '2026-02-30' }],
		['excludedDates', { excludedDates: ['25.12.2026'] }],
		['excludedDates', { excludedDates: {} }],
		['excludedDates', { excludedDates: '\n' }],
		['excludedDates', { excludedDates: ' , ' }],
	])('have a fault in %s: %j', (path, given) =>
		expect(readCallingHours({ timeZone: 'UTC', ...given })).toEqual({
			fault: { path, message: expect.any(String) },
		}),
	);

	it('name a zone that is missing or none', () => {
		for (const timeZone of [undefined, null, '', '  '])
			expect(readCallingHours({ timeZone })).toEqual({ zone: 'missing' });
		for (const timeZone of [
			'+02:00',
			'GMT+2',
			'EST',
			'BST',
			'IST',
			'pst',
			5,
			{},
			'Europe/Berlin; x',
		])
			expect(readCallingHours({ timeZone })).toEqual({ zone: 'wrong', given: timeZone });
		for (const timeZone of ['UTC', 'europe/berlin', ' Asia/Kolkata ', 'Asia/Calcutta', 'CET'])
			expect(readCallingHours({ timeZone })).toHaveProperty('value');
	});

	it('open next when it is said, and not before', () => {
		const zones = [
			'Europe/Berlin',
			'America/New_York',
			'Australia/Lord_Howe',
			'Asia/Kathmandu',
			'Pacific/Chatham',
			'America/St_Johns',
			'Pacific/Kiritimati',
		];
		const changes = [
			'2026-03-08',
			'2026-03-29',
			'2026-04-05',
			'2026-10-04',
			'2026-10-25',
			'2026-11-01',
			'2026-09-27',
		].map((date) => Date.parse(`${date}T00:00:00Z`));
		const time = fc
			.nat(1439)
			.map(
				(minute) =>
					`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
			);
		const near = fc
			.tuple(fc.constantFrom(...changes), fc.integer({ min: -48 * 3600, max: 48 * 3600 }))
			.map(([day, seconds]) => day + seconds * 1000);
		const days = fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 4 });
		fc.assert(
			fc.property(
				fc.constantFrom(...zones),
				time,
				time,
				days,
				near,
				(timeZone, from, until, allowed, now) => {
					fc.pre(from !== until);
					const read = hours({ timeZone, from, until, days: allowed });
					const verdict = whenOpen(read, new Date(now));
					if (verdict.open) return;
					const next = verdict.next?.getTime() ?? 0;
					expect(next).toBeGreaterThan(now);
					expect(whenOpen(read, new Date(next))).toEqual({ open: true });
					// Each minute of the hours before, and of the rest every 13th.
					for (
						let minute = Math.max(now, next - 36 * 3_600_000);
						minute < next;
						minute += (next - minute > 3 * 3_600_000 ? 13 : 1) * 60_000
					) {
						if (whenOpen(read, new Date(minute)).open)
							throw new Error(
								`open at ${new Date(minute).toISOString()}, before ${new Date(next).toISOString()}`,
							);
					}
				},
			),
			{ numRuns: 40 },
		);
	});
});
