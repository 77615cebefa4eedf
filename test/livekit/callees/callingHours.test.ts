import {
	type CallingHours,
	readCallingHours,
	readZone,
} from '../../../livekit/callees/callingHours';
import { whenOpen } from '../../../livekit/callees/whenOpen';
import { inWords } from '../../../livekit/callees/zones';
import * as fc from '../../support/fastCheck';

type Given = Readonly<Record<string, unknown>> & { readonly timeZone?: string };

function hours(...blocks: Array<Readonly<Record<string, unknown>>>): CallingHours {
	const excludedDates = blocks[0].excludedDates ?? '';
	const read = readCallingHours({ blocks, excludedDates });
	if (!('value' in read)) throw new Error(JSON.stringify(read));
	return read.value;
}

/** 'open', the next moment, or 'never'. */
function openAt(now: string, zones: readonly string[], read: CallingHours): string {
	const verdict = whenOpen(read, zones, new Date(now));
	return verdict.open ? 'open' : (verdict.next?.toISOString() ?? 'never');
}

/** The same for one block of all days, in one zone. */
function at(now: string, { timeZone = 'Europe/Berlin', ...block }: Given): string {
	return openAt(now, [timeZone], hours({ days: 'sun-sat', ...block }));
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
		// What is left out stands for 09:00 and 20:00.
		['2026-11-29T08:00:00Z', {}, 'open'],
		['2026-11-29T03:00:00Z', {}, '2026-11-29T08:00:00.000Z'],
		['2026-11-29T19:00:00Z', {}, '2026-11-30T08:00:00.000Z'],
		['2026-11-29T22:59:00Z', { until: '24:00' }, 'open'],
		['2026-11-23T03:00:00Z', { from: '00:00', until: '24:00' }, 'open'],
		['2026-11-29T12:00:00Z', { days: 'Sat-Sun' }, 'open'],
		['2026-11-30T12:00:00Z', { days: 'Sat-Sun' }, '2026-12-05T08:00:00.000Z'],
	] as Array<[string, Given, string]>)('at %s with %j: %s', (now, given, wanted) =>
		expect(at(now, given)).toBe(wanted),
	);

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

	it('are of Monday to Friday for a block without days', () => {
		expect(openAt('2026-11-27T12:00:00Z', ['UTC'], hours({}))).toBe('open');
		expect(openAt('2026-11-28T12:00:00Z', ['UTC'], hours({}))).toBe('2026-11-30T09:00:00.000Z');
	});

	const twice = [
		{ days: 'mon-fri', from: '9', until: '12' },
		{ days: 'mon-fri', from: '14 Uhr', until: '18 Uhr' },
		{ days: 'sat', from: '10:00', until: '12:00' },
	];

	it.each([
		['2026-11-27T09:00:00Z', 'open'],
		['2026-11-27T12:00:00Z', '2026-11-27T14:00:00.000Z'],
		['2026-11-27T14:00:00Z', 'open'],
		['2026-11-27T18:00:00Z', '2026-11-28T10:00:00.000Z'],
		['2026-11-28T10:30:00Z', 'open'],
		['2026-11-28T12:00:00Z', '2026-11-30T09:00:00.000Z'],
	])('of two windows a day and another on Saturday, at %s: %s', (now, wanted) =>
		expect(openAt(now, ['UTC'], hours(...twice))).toBe(wanted),
	);

	it.each<[string, string[], string]>([
		// 9 to 20 in both New York (UTC-5) and Los Angeles (UTC-8).
		['2026-11-23T14:00:00Z', ['America/New_York'], 'open'],
		[
			'2026-11-23T14:00:00Z',
			['America/New_York', 'America/Los_Angeles'],
			'2026-11-23T17:00:00.000Z',
		],
		['2026-11-23T17:00:00Z', ['America/New_York', 'America/Los_Angeles'], 'open'],
		[
			'2026-11-24T01:00:00Z',
			['America/New_York', 'America/Los_Angeles'],
			'2026-11-24T17:00:00.000Z',
		],
		// Friday evening in Los Angeles is Saturday in Auckland.
		[
			'2026-11-27T20:00:00Z',
			['America/Los_Angeles', 'Pacific/Auckland'],
			'2026-11-30T20:00:00.000Z',
		],
		// Half past nine in India is nine in no zone of Nepal.
		['2026-11-23T03:20:00Z', ['Asia/Kolkata', 'Asia/Kathmandu'], '2026-11-23T03:30:00.000Z'],
		// Twelve hours apart: 9 to 20 is never in both.
		['2026-11-23T12:00:00Z', ['Pacific/Honolulu', 'Africa/Cairo'], 'never'],
	])('at %s in all of %j: %s', (now, zones, wanted) =>
		expect(openAt(now, zones, hours({ days: 'mon-fri', from: '09:00', until: '20:00' }))).toBe(
			wanted,
		),
	);

	it('are none on a date that is excluded in one of the zones', () => {
		// In New York it is still the 24th, in Los Angeles too; in Auckland the 25th has begun.
		const read = hours({
			days: 'sun-sat',
			from: '00:00',
			until: '24:00',
			excludedDates: '2026-12-25',
		});
		expect(openAt('2026-12-24T12:00:00Z', ['America/New_York'], read)).toBe('open');
		expect(openAt('2026-12-24T12:00:00Z', ['America/New_York', 'Pacific/Auckland'], read)).toBe(
			'2026-12-26T05:00:00.000Z',
		);
	});

	it('say the moment in English, with the year if it is another one', () => {
		const now = Date.parse('2026-11-27T20:00:00Z');
		const words = (zone: string, then: string) => inWords(zone, Date.parse(then), now);
		expect(words('Europe/Berlin', '2026-11-30T08:00:00Z')).toBe('Mon 30 Nov 09:00');
		expect(words('Asia/Kathmandu', '2026-12-04T03:15:00Z')).toBe('Fri 4 Dec 09:00');
		expect(words('Pacific/Auckland', '2026-12-31T20:00:00Z')).toBe('Fri 1 Jan 2027 09:00');
		expect(words('UTC', '2027-09-01T00:00:00Z')).toBe('Wed 1 Sep 2027 00:00');
	});

	it.each<[string, Readonly<Record<string, unknown>>]>([
		['blocks[0].from', { from: '24:00' }],
		['blocks[0].from', { from: '09:60' }],
		['blocks[0].from', { from: '' }],
		['blocks[0].until', { until: '24:01' }],
		['blocks[0].until', { until: 'eight' }],
		['blocks[0].from', { from: null }],
		['blocks[0].until', { until: null }],
		['blocks[0].days', { days: [] }],
		['blocks[0].days', { days: null }],
		['blocks[0].days', { days: 'mon, someday' }],
		['blocks[0].days', { days: 5 }],
		['excludedDates', { excludedDates: '2026-02-30' }],
		['excludedDates', { excludedDates: ['25.12.2026'] }],
		['excludedDates', { excludedDates: {} }],
		['excludedDates', { excludedDates: '\n' }],
		['excludedDates', { excludedDates: ' , ' }],
	])('have a fault in %s: %j', (path, { excludedDates = '', ...block }) =>
		expect(readCallingHours({ blocks: [block], excludedDates })).toEqual({
			fault: {
				path,
				message: expect.any(String),
			},
		}),
	);

	it.each([[undefined], [null], [[]], [{}], ['mon-fri 9-18'], [{ from: '09:00', until: '20:00' }]])(
		'that are %j are a fault, and not open always',
		(blocks) =>
			expect(readCallingHours({ blocks, excludedDates: '' })).toEqual({
				fault: { path: 'blocks', message: expect.stringContaining('holds no hours') },
			}),
	);

	it.each([['mon-fri'], [null], [7], [[]]])('with a block that is %j are a fault', (block) =>
		expect(readCallingHours({ blocks: [{}, block], excludedDates: '' })).toMatchObject({
			fault: { path: expect.stringMatching(/^blocks\[1\]/) },
		}),
	);

	it('name a zone that is missing or none', () => {
		for (const given of [undefined, null, '', '  '])
			expect(readZone(given)).toEqual({ zone: 'missing' });
		for (const given of ['+02:00', 'GMT+2', 'EST', 'BST', 'IST', 'pst', 5, {}, 'Europe/Berlin; x'])
			expect(readZone(given)).toEqual({ zone: 'wrong', given });
		for (const given of ['UTC', 'europe/berlin', ' Asia/Kolkata ', 'Asia/Calcutta', 'CET'])
			expect(readZone(given)).toHaveProperty('value');
	});
});

describe('calling hours against a look at each minute', () => {
	const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
	const clocks = new Map<string, Intl.DateTimeFormat>();

	interface Plain {
		readonly days: readonly string[];
		readonly from: number;
		readonly until: number;
	}

	/** What the clock of a zone shows, by Intl alone. */
	function shown(zone: string, moment: number) {
		const clock =
			clocks.get(zone) ??
			new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
		clocks.set(zone, clock);
		const [date, time] = clock.format(moment).split(' ');
		const [hour, minute] = time.split(':').map(Number);
		return { date, minute: hour * 60 + minute };
	}

	const dayBefore = (date: string) =>
		new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);

	function isOpen(
		blocks: readonly Plain[],
		excluded: readonly string[],
		zone: string,
		moment: number,
	) {
		const { date, minute } = shown(zone, moment);
		const allows = (block: Plain, day: string) =>
			!excluded.includes(day) && block.days.includes(weekdays[new Date(day).getUTCDay()]);
		if (excluded.includes(date)) return false;
		return blocks.some((block) =>
			block.from < block.until
				? allows(block, date) && block.from <= minute && minute < block.until
				: (allows(block, date) && block.from <= minute) ||
					(allows(block, dayBefore(date)) && minute < block.until),
		);
	}

	const minuteMs = 60_000;
	const zones = [
		'Europe/Berlin',
		'America/New_York',
		'America/Los_Angeles',
		'Australia/Lord_Howe',
		'Asia/Kathmandu',
		'Pacific/Chatham',
		'America/St_Johns',
		'Pacific/Kiritimati',
		'Africa/Cairo',
		'Asia/Beirut',
	];
	const changes = [
		'2026-03-08',
		'2026-03-29',
		'2026-04-05',
		'2026-04-24',
		'2026-10-04',
		'2026-10-25',
		'2026-11-01',
		'2026-09-27',
	];
	const block = fc
		.record({
			days: fc.subarray(weekdays, { minLength: 3 }),
			from: fc.nat(1439),
			until: fc.nat(1439),
		})
		.filter(({ from, until }) => from !== until);
	const given = fc.record({
		blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
		among: fc.subarray(zones, { minLength: 1, maxLength: 3 }),
		change: fc.constantFrom(...changes),
		seconds: fc.integer({ min: -36 * 3600, max: 36 * 3600 }),
		excludes: fc.boolean(),
	});

	it('open when it is said, and not before', () => {
		let searched = 0;
		fc.assert(
			fc.property(given, ({ blocks, among, change, seconds, excludes }) => {
				const now = Date.parse(`${change}T00:00:00Z`) + seconds * 1000;
				const excluded = excludes ? [change] : [];
				const read: CallingHours = {
					blocks: blocks.map((one) => ({
						...one,
						days: new Set(one.days.map((day) => weekdays.indexOf(day))),
					})),
					excluded: new Set(excluded),
				};
				const verdict = whenOpen(read, among, new Date(now));
				const open = (moment: number) =>
					among.every((zone) => isOpen(blocks, excluded, zone, moment));
				expect(verdict.open).toBe(open(now));
				if (verdict.open) return;
				const next = verdict.next?.getTime() ?? Infinity;
				const firstMinute = Math.floor(now / minuteMs) * minuteMs + minuteMs;
				for (
					let moment = firstMinute;
					moment < Math.min(next, now + 4 * 86_400_000);
					moment += minuteMs
				) {
					if (open(moment))
						throw new Error(
							`open at ${new Date(moment).toISOString()}, said ${new Date(next).toISOString()}`,
						);
				}
				if (next === Infinity) return;
				searched++;
				expect(next).toBeGreaterThan(now);
				expect(open(next)).toBe(true);
			}),
			{ numRuns: 150 },
		);
		expect(searched).toBeGreaterThan(40);
	});
});
