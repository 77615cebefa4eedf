import { readCallingHours } from '../../../livekit/callees/callingHours';
import { whenOpen } from '../../../livekit/callees/whenOpen';
import { wallClock } from '../../../livekit/callees/zones';
import { type AgainRules, againOutcomes, readAgainRules } from '../../../livekit/again/rules';
import { type Clocks, type Done, nextCall, usedUp } from '../../../livekit/again/nextCall';
import { mayHaveRung } from '../../../livekit/outcome/rang';
import { type CallOutcome, type Reason, reasons } from '../../../livekit/outcome/reasons';
import type { Tries } from '../../../livekit/again/tries';
import * as fc from '../../support/fastCheck';

function rulesOf(blocks: unknown, callsPerDay = 3): AgainRules {
	const read = readAgainRules({ blocks, callsPerDay });
	if ('fault' in read) throw new Error(read.fault.message);
	return read.value;
}

function hoursOf(blocks: unknown, excludedDates: unknown = '') {
	const read = readCallingHours({ blocks, excludedDates });
	if ('fault' in read) throw new Error(read.fault.message);
	return read.value;
}

const usual = rulesOf([
	{ outcomes: ['busy'], after: 15, atMost: 3 },
	{ outcomes: ['no_answer', 'voicemail'], after: 120, atMost: 3 },
	{ outcomes: ['carrier_error'], after: 30, atMost: 2 },
]);
const office = hoursOf([{ days: 'mon-fri', from: '09:00', until: '20:00' }]);
// A Monday.
const now = Date.parse('2026-11-30T10:00:00Z');
const fresh: Tries = { tries: 0, callsToday: 0, lastCalledAt: undefined };
const anyTime: Clocks = { zones: ['UTC'], hours: undefined };

function done(outcome: CallOutcome, reason: Reason | null, more: Partial<Done> = {}): Done {
	return {
		outcome,
		reason,
		ring_seconds: 0.5,
		pickedUpBy: null,
		requestedAt: now,
		allowedAt: undefined,
		now,
		...more,
	};
}

function next(what: Done, before: Tries = fresh, clocks: Clocks = anyTime, rules = usual) {
	const { at, tries } = nextCall(rules, before, what, clocks);
	return { at: at === undefined ? null : new Date(at).toISOString(), tries: tries.tries };
}

describe('the next call', () => {
	it.each<[CallOutcome, Reason | null, string | null, number]>([
		['busy', 'busy', '2026-11-30T10:15:00.000Z', 1],
		['no_answer', 'ring_timeout', '2026-11-30T12:00:00.000Z', 1],
		['answered', null, null, 1],
		['declined', 'declined', null, 1],
		['unknown', 'connection_lost', null, 1],
		['answered', 'already_running', null, 1],
		['dialing', 'already_running', null, 1],
		// The callee has picked up.
		['carrier_error', 'failed_after_answer', '2026-11-30T10:30:00.000Z', 1],
		['carrier_error', 'carrier_trouble', '2026-11-30T10:30:00.000Z', 0],
		['rate_limited', 'carrier_limit', '2026-11-30T10:10:00.000Z', 0],
		['blocked', 'carrier_forbids', null, 0],
		['invalid_number', 'unknown_number', null, 0],
		['invalid_number', 'not_a_number', null, 0],
		['not_sent', 'credential', '2026-11-30T10:10:00.000Z', 0],
		['not_sent', 'bad_input', null, 0],
		['skipped', 'do_not_call', null, 0],
		['skipped', 'circuit_open', '2026-11-30T10:10:00.000Z', 0],
		['skipped', 'no_place', '2026-11-30T10:01:00.000Z', 0],
		['skipped', 'dry_run', '2026-11-30T10:00:00.000Z', 0],
		['skipped', 'outside_calling_hours', null, 0],
	])('after %s %s', (outcome, reason, at, tries) =>
		expect(next(done(outcome, reason))).toEqual({ at, tries }),
	);

	it('after voicemail, where the agent told so', () =>
		expect(next(done('answered', null, { pickedUpBy: 'voicemail' })).at).toBe(
			'2026-11-30T12:00:00.000Z',
		));

	it('after hours that are closed is when they open', () => {
		const allowedAt = Date.parse('2026-12-01T08:00:00Z');
		expect(next(done('skipped', 'outside_calling_hours', { allowedAt })).at).toBe(
			'2026-12-01T08:00:00.000Z',
		);
	});

	it('is the next day of the contact where the calls of today are used up', () => {
		const before: Tries = { tries: 1, callsToday: 1, lastCalledAt: now - 3_600_000 };
		const twice = rulesOf([{ outcomes: ['busy'], after: 15, atMost: 9 }], 2);
		const inZone = (zone: string, hours = office) =>
			next(done('busy', 'busy'), before, { zones: [zone], hours }, twice).at;
		expect(inZone('Europe/Berlin')).toBe('2026-12-01T08:00:00.000Z');
		expect(inZone('America/New_York')).toBe('2026-12-01T14:00:00.000Z');
		expect(
			next(done('busy', 'busy'), before, { zones: ['Asia/Tokyo'], hours: undefined }, twice),
		).toEqual({ at: '2026-11-30T15:00:00.000Z', tries: 2 });
	});

	it('lies inside the hours', () => {
		const evening = done('busy', 'busy', { now: Date.parse('2026-12-04T18:50:00Z') });
		expect(next(evening, fresh, { zones: ['Europe/Berlin'], hours: office }).at).toBe(
			'2026-12-07T08:00:00.000Z',
		);
	});

	it('does not come where nobody knows when the hours are open', () =>
		expect(next(done('busy', 'busy'), fresh, { zones: [], hours: office }).at).toBeNull());

	it('does not come once the tries are used up, whatever the others came to', () => {
		const before: Tries = { tries: 2, callsToday: 1, lastCalledAt: now - 86_400_000 };
		expect(next(done('busy', 'busy'), before)).toEqual({ at: null, tries: 3 });
		expect(next(done('carrier_error', 'carrier_trouble'), before)).toEqual({ at: null, tries: 2 });
	});
});

const everyReason = Object.entries(reasons).flatMap(([outcome, ofOutcome]) =>
	[null, ...Object.keys(ofOutcome)].map((reason) => ({
		outcome: outcome as CallOutcome,
		reason: reason as Reason | null,
	})),
);

it('a contact is never called more often, nor outside of the hours, whatever comes of the calls', () => {
	const zones = ['Europe/Berlin', 'America/New_York', 'Africa/Cairo', 'Pacific/Auckland', 'UTC'];
	const given = fc.record({
		outcomes: fc.subarray([...againOutcomes], { minLength: 1 }),
		after: fc.integer({ min: 1, max: 2000 }),
		atMost: fc.integer({ min: 1, max: 5 }),
		perDay: fc.integer({ min: 1, max: 3 }),
		among: fc.subarray(zones, { maxLength: 2 }),
		hours: fc.constantFrom(
			undefined,
			office,
			hoursOf([{ days: 'sat', from: '22:00', until: '03:00' }]),
		),
		start: fc.integer({ min: Date.parse('2026-03-01'), max: Date.parse('2026-12-01') }),
		rows: fc.array(
			fc.record({
				what: fc.constantFrom(...everyReason),
				seconds: fc.constantFrom(null, 0.1, 20),
				pickedUpBy: fc.constantFrom(null, 'voicemail' as const),
				// Whoever asks may come too early.
				early: fc.boolean(),
			}),
			{ minLength: 1, maxLength: 30 },
		),
	});
	let [dials, later] = [0, 0];
	fc.assert(
		fc.property(given, ({ outcomes, after, atMost, perDay, among, hours, start, rows }) => {
			const rules = rulesOf([{ outcomes, after, atMost }], perDay);
			const clocks = { zones: among, hours };
			const rang: number[] = [];
			let tries = fresh;
			let at = start;
			for (const { what, seconds, pickedUpBy, early } of rows) {
				const isDial = mayHaveRung({ ...what, ring_seconds: seconds });
				const over = usedUp(rules, tries, at, among);
				if (over && isDial) continue;
				const end = at + 60_000;
				const result = nextCall(
					rules,
					tries,
					{
						...what,
						ring_seconds: seconds,
						pickedUpBy,
						requestedAt: at,
						allowedAt: undefined,
						now: end,
					},
					clocks,
				);
				if (isDial) rang.push(at);
				dials += isDial ? 1 : 0;
				expect(result.tries.tries).toBe(tries.tries + (isDial ? 1 : 0));
				tries = result.tries;
				if (result.at === undefined) break;
				later++;
				expect(result.at).toBeGreaterThanOrEqual(end);
				if (hours) expect(whenOpen(hours, among, new Date(result.at)).open).toBe(true);
				expect(usedUp(rules, tries, result.at, among)).toBeUndefined();
				at = early ? end : result.at;
			}
			expect(rang.length).toBeLessThanOrEqual(atMost);
			for (const zone of among) {
				const dates = rang.map((moment) => wallClock(zone, moment).date);
				for (const date of dates)
					expect(dates.filter((other) => other === date).length).toBeLessThanOrEqual(perDay);
			}
		}),
		{ numRuns: 500 },
	);
	expect(dials).toBeGreaterThan(200);
	expect(later).toBeGreaterThan(200);
});
