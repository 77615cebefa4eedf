import type { IDataObject } from 'n8n-workflow';

import { useDialling } from '../support/dialling';
import type { NodeSettings } from '../support/harness';

const { livekit, place, called } = useDialling();

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Calling Hours of some blocks. */
const only = (...rows: IDataObject[]) => ({ callingHours: 'only', hours: { rows } });

const wholeDay = { days: everyDay, from: '00:00', until: '24:00' };
const always = only(wholeDay);

/** Hours and minutes of a zone, so many hours from now. */
function timeIn(timeZone: string, hours: number): string {
	const at = Date.now() + hours * 3_600_000;
	return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at);
}

/** Hours of every day in a zone that are open now, or that will be open in two hours. */
function block(zone: string, open: boolean): IDataObject {
	const [from, until] = open ? [-1, 1] : [2, 3];
	return { days: everyDay, from: timeIn(zone, from), until: timeIn(zone, until) };
}

const byName = (name: string) => ({ timeZone: 'byName', timeZoneName: name });
const outcomes = (json: readonly IDataObject[]) =>
	json.map(({ outcome, reason }) => (outcome === 'skipped' ? reason : outcome));

describe('Calling Hours', () => {
	it('of several blocks: a row is called while any of them is open', async () => {
		const own = (...rows: IDataObject[]) => ({ ...only(...rows), ...byName('UTC') });
		const number = [{ number: '+14155550101' }];
		const open = await place(own(block('UTC', false), block('UTC', true)), number);
		expect(outcomes(open.json)).toEqual(['answered']);
		const closed = await place(own(block('UTC', false), block('UTC', false)), number);
		expect(outcomes(closed.json)).toEqual(['outside_calling_hours']);
	});

	it('go by the number of each row, in the zone of its country or area', async () => {
		const own = { ...only(block('Europe/Berlin', true)) };
		const result = await place(own, [
			{ number: '+4915112345678' },
			{ number: '+13105550101' },
			{ number: '+81312345678' },
		]);
		expect(outcomes(result.json)).toEqual([
			'answered',
			'outside_calling_hours',
			'outside_calling_hours',
		]);
		expect(called()).toEqual(['+4915112345678']);
		for (const { message, next_allowed_at: next } of result.json.slice(1)) {
			expect(message).toMatch(
				/^Outside the calling hours\. Allowed again (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}(?: \d{4})? \d\d:\d\d \((?:America\/Los_Angeles|Asia\/Tokyo)\)$/,
			);
			expect(Date.parse(String(next))).toBeGreaterThan(Date.now());
		}
	});

	it('must be open in all zones of a number', async () => {
		// Two hours that are now in Sydney are not now in Perth.
		const own = { ...only(block('Australia/Sydney', true)) };
		const result = await place(own, [{ number: '+61212345678' }, { number: '+61412345678' }]);
		expect(outcomes(result.json)).toEqual(['answered', 'outside_calling_hours']);
		expect(result.json[1].message).toMatch(/in all \d+ time zones of the number$/);
		const wide = await place({ ...always }, [{ number: '+61412345678' }]);
		expect(outcomes(wide.json)).toEqual(['answered']);
	});

	it('go by whom the carrier is asked for, if that is somebody else', async () => {
		const own = {
			...only(block('Europe/Berlin', true)),
			carrierOptions: { requestUriUser: '+81312345678', requestUriHost: 'sip.example.com' },
		};
		const result = await place(own, [{ number: '+4915112345678' }]);
		expect(outcomes(result.json)).toEqual(['outside_calling_hours']);
		expect(called()).toEqual([]);
	});

	it('skip a row without a zone among others', async () => {
		const own = { ...always, ...byName('={{ $json.zone }}') };
		const named = await place(own, [
			{ number: '+14155550101', zone: 'EST' },
			{ number: '+14155550102', zone: 'America/New_York' },
			{ number: '+14155550103', zone: '' },
		]);
		expect(outcomes(named.json)).toEqual(['time_zone_missing', 'answered', 'time_zone_missing']);
		const numbered = await place({ ...always, guards: { allowUserNames: true } }, [
			{ number: 'alice' },
			{ number: '+14155550101' },
		]);
		expect(outcomes(numbered.json)).toEqual(['time_zone_missing', 'answered']);
		expect(numbered.json[0].message).toMatch(/^No time zone is known for alice/);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['a time without a number', { from: 'early' }, {}],
		['a time that is not found', { from: '={{ $json.none }}' }, {}],
		['no days', { days: '={{ [] }}' }, {}],
		['a day that is none', { days: '={{ "mon, someday" }}' }, {}],
		['excluded dates that are none', {}, { excludedDates: '25.12.' }],
		['a time zone that is no choice', {}, { timeZone: 'Europe/Berlin' }],
	])('with %s call nobody and stop the node', async (_name, wrong, others) => {
		const rows = { ...wholeDay, ...wrong };
		const result = await place({ ...only(rows), ...others }, [{ number: '+14155550101' }]);
		expect(result.error).toBeDefined();
		expect(livekit.methods()).toEqual([]);
	});

	it('name the block that is wrong', async () => {
		const wrong = { days: everyDay, from: '1 pm', until: '5' };
		const result = await place(only(wholeDay, wrong), [{ number: '+14155550101' }]);
		expect(result.error?.message).toMatch(/^Hours 2: Until is "5": write it like/);
	});

	it.each<[string, IDataObject]>([
		['of the form before', { callingHours: { from: '09:00', until: '20:00', timeZone: 'UTC' } }],
		['by a word that is no choice', { callingHours: 'office' }],
		['by an expression', { callingHours: '={{ "always" }}' }],
		['without a block', { callingHours: 'only', hours: {} }],
		['with an empty list', { callingHours: 'only', hours: { rows: [] } }],
		['that an expression does not find', { callingHours: 'only', hours: '={{ $json.none }}' }],
	])('%s never mean always', async (_name, own) => {
		const run = place(own, [{ number: '+14155550101' }]);
		const result = await run.catch((error: unknown) => ({ error }));
		expect(result.error).toBeDefined();
		expect(called()).toEqual([]);
	});

	it('are the usual ones if the switch alone was set', async () => {
		const result = await place({ callingHours: 'only', excludedDates: '' }, [
			{ number: '+4915112345678' },
		]);
		const berlin = new Intl.DateTimeFormat('en-US', {
			timeZone: 'Europe/Berlin',
			weekday: 'short',
			hour: 'numeric',
			hourCycle: 'h23',
		}).formatToParts();
		const of = (type: string) => berlin.find((part) => part.type === type)?.value ?? '';
		const isOpen =
			!of('weekday').startsWith('S') && Number(of('hour')) >= 9 && Number(of('hour')) < 20;
		expect(outcomes(result.json)).toEqual([isOpen ? 'answered' : 'outside_calling_hours']);
	});
});

describe('a list in which no row has a time zone', () => {
	const numbers = (count: number, more: IDataObject = {}) =>
		Array.from({ length: count }, (_, index) => ({ number: `+1415555010${index}`, ...more }));

	const lists: Array<[string, IDataObject, IDataObject[], RegExp]> = [
		[
			'a column that is missing',
			byName('={{ $json.time_zone }}'),
			numbers(3),
			/^Time Zone Name is empty for all 3 rows\. /,
		],
		[
			'names of no zone',
			byName('={{ $json.zone }}'),
			numbers(4, { zone: 'EST' }),
			/^Time Zone Name names no time zone for sure for any of the 4 rows: "EST"\. /,
		],
		[
			'numbers without a country code',
			{},
			[{ number: '0151 23456789' }, { number: '0151 23456780' }],
			/^Time Zone cannot be told by the number of any of the 2 rows: 015123456789, 015123456780\. /,
		],
	];

	it.each(lists)(
		'stops the node before anybody is called: %s',
		async (_name, own, rows, message) => {
			const result = await place({ ...always, ...own }, rows);
			expect(result.error?.message).toMatch(message);
			expect(livekit.methods()).toEqual([]);
		},
	);

	it.each(lists)(
		'is what is wrong with each row under On Error Continue: %s',
		async (_name, own, rows, message) => {
			const settings: NodeSettings = { onError: 'continueRegularOutput' };
			const result = await place({ ...always, ...own }, rows, settings);
			expect(result.json).toHaveLength(rows.length);
			for (const { error } of result.json) expect(error).toMatch(message);
			expect(called()).toEqual([]);
		},
	);

	it('says so in a Dry Run too', async () => {
		const own = { ...always, dryRun: true, ...byName('={{ $json.time_zone }}') };
		const result = await place(own, numbers(2));
		expect(result.json.map(({ outcome, reason }) => [outcome, reason])).toEqual([
			['not_sent', 'bad_input'],
			['not_sent', 'bad_input'],
		]);
		expect(result.json[0].message).toMatch(/^Time Zone Name is empty for all 2 rows/);
	});

	it("skips one row alone, which may be a campaign's last contact", async () => {
		const own = { ...always, ...byName('={{ $json.time_zone }}') };
		const result = await place(own, numbers(1));
		expect(outcomes(result.json)).toEqual(['time_zone_missing']);
		expect(called()).toEqual([]);
	});

	it('leaves what else is known of a row', async () => {
		const own = {
			...always,
			...byName('={{ $json.time_zone }}'),
			guards: { doNotCall: '+14155550100, +14155550102' },
		};
		const result = await place(own, numbers(4), { onError: 'continueRegularOutput' });
		expect(result.json.map(({ reason }) => reason)).toEqual([
			'do_not_call',
			undefined,
			'do_not_call',
			undefined,
		]);
		for (const row of [1, 3])
			expect(result.json[row].error).toMatch(/^Time Zone Name is empty for all 2 rows/);
		const single = await place(own, numbers(2));
		expect(outcomes(single.json)).toEqual(['do_not_call', 'time_zone_missing']);
	});

	it('leaves rows without a number what they are', async () => {
		const own = { ...always };
		const result = await place(own, [{ number: 'x' }, { number: '' }]);
		expect(outcomes(result.json)).toEqual(['invalid_number', 'invalid_number']);
	});
});
