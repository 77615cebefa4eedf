import type { IDataObject } from 'n8n-workflow';

import { numbers, useDialling } from '../support/dialling';
import { type NodeSettings, type Result, major } from '../support/harness';

const { livekit, place, called } = useDialling();

const busy = '+15555550486';
const silent = '+15555550480';
const down = '+15555550503';
const person = '+14155550101';
const byOutcome = { callAgain: 'byOutcome' };
const fresh = { tries: 0, calls_today: null, last_called_at: null };

/** Rows of contacts whom nobody has called yet, as a table holds them. */
const contacts = (...given: string[]) => numbers(...given).map((row) => ({ ...row, ...fresh }));

/** Rules with one block. */
const rules = (own: IDataObject = {}) => ({
	...byOutcome,
	againRules: { rows: [{ outcomes: ['busy', 'no_answer'], after: 15, atMost: 3, ...own }] },
});

function said(result: Result): string {
	return result.error?.message ?? result.json.map(({ message }) => message).join();
}

/** Minutes from now to a moment. */
const minutesTo = (iso: unknown) => Math.round((Date.parse(String(iso)) - Date.now()) / 60_000);

const isoBefore = (ms: number) => new Date(Date.now() - ms).toISOString();

describe('Call Again', () => {
	it('says for each outcome when to call, by the usual rules', async () => {
		const { json } = await place(byOutcome, contacts(busy, silent, person, down, '+1'));
		expect(json.map(({ outcome, final, tries }) => [outcome, final, tries])).toEqual([
			['busy', false, 1],
			['no_answer', false, 1],
			['answered', true, 1],
			['carrier_error', false, 0],
			['invalid_number', true, 0],
		]);
		expect(json.map(({ call_again_at: at }) => (at === null ? null : minutesTo(at)))).toEqual([
			15,
			120,
			null,
			30,
			null,
		]);
		expect(json[0]).toMatchObject({ calls_today: 1, last_called_at: json[0].requested_at });
	});

	it('shows what a table keeps with Simplify on, and nothing of it without Call Again', async () => {
		const options = { simplify: true, includeInput: 'flat' };
		const [row] = contacts(busy);
		const simple = await place({ ...byOutcome, options }, [row]);
		expect(Object.keys(simple.json[0])).toEqual([
			...['outcome', 'message', 'called_number', 'talk_seconds', 'agent', 'room_name'],
			...['participant_identity', 'warnings'],
			...['call_again_at', 'final', 'tries', 'calls_today', 'last_called_at'],
			...['number', 'tries_input', 'calls_today_input', 'last_called_at_input'],
		]);
		const without = await place({ options }, [{ ...row, number: person }]);
		expect(without.json[0]).toMatchObject(fresh);
		expect(without.json[0]).not.toHaveProperty('final');
	});

	it('never calls a contact more often than its rules allow, over executions that store its items', async () => {
		let [row] = contacts(busy);
		const seen: unknown[] = [];
		for (let execution = 1; execution <= 5; execution++) {
			const { json } = await place({ ...rules(), callsPerDay: 9 }, [row], {
				executionId: String(execution),
			});
			const { outcome, reason, tries, final, calls_today, last_called_at } = json[0];
			seen.push([outcome === 'skipped' ? reason : outcome, tries, final]);
			row = { ...row, tries, calls_today, last_called_at } as typeof row;
		}
		expect(seen).toEqual([
			['busy', 1, false],
			['busy', 2, false],
			['busy', 3, true],
			['no_tries_left', 3, true],
			['no_tries_left', 3, true],
		]);
		expect(called()).toHaveLength(3);
	});

	it('counts calls in which the callee has picked up, whatever failed then', async () => {
		const body = JSON.stringify({
			code: 'failed_precondition',
			msg: 'common audio codec not found',
		});
		let [row] = contacts(person);
		const seen: unknown[] = [];
		for (let execution = 1; execution <= 5; execution++) {
			livekit.server.faults.push({
				kind: 'status',
				status: 412,
				contentType: 'application/json',
				body,
				method: 'CreateSIPParticipant',
			});
			const { json } = await place({ ...byOutcome, callsPerDay: 9 }, [row], {
				executionId: String(execution),
			});
			livekit.server.faults.length = 0;
			const { reason, tries, calls_today, last_called_at } = json[0];
			seen.push([reason, tries]);
			row = { ...row, tries, calls_today, last_called_at } as typeof row;
		}
		expect(seen).toEqual([
			['failed_after_answer', 1],
			['failed_after_answer', 2],
			['failed_after_answer', 3],
			['no_tries_left', 3],
			['no_tries_left', 3],
		]);
	});

	it('calls nobody whose calls of today are used up, and says when the next day begins', async () => {
		const row = { number: person, tries: 2, calls_today: 2, last_called_at: isoBefore(1000) };
		const { json } = await place(
			{
				...byOutcome,
				callsPerDay: 2,
				callingHours: 'only',
				timeZone: 'byName',
				timeZoneName: 'Asia/Tokyo',
				hours: { rows: [{ days: 'sun-sat', from: '00:00', until: '24:00' }] },
			},
			[row, { ...row, number: '+14155550102', last_called_at: isoBefore(48 * 3_600_000) }],
		);
		const tokyo = (iso: unknown) =>
			new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo', dateStyle: 'short' }).format(
				Date.parse(String(iso)),
			);
		expect(json[0]).toMatchObject({
			outcome: 'skipped',
			reason: 'no_calls_left_today',
			retryable: true,
			final: false,
			tries: 2,
			calls_today: 2,
			last_called_at: row.last_called_at,
		});
		expect(json[0].next_allowed_at).toBe(json[0].call_again_at);
		expect(tokyo(json[0].call_again_at) > tokyo(row.last_called_at)).toBe(true);
		expect(minutesTo(json[0].call_again_at)).toBeLessThanOrEqual(24 * 60);
		expect(json[1]).toMatchObject({ outcome: 'answered', tries: 3, calls_today: 1 });
		expect(called()).toEqual(['+14155550102']);
	});

	it('leaves rows outside of the hours their tries, and names the moment at which they open', async () => {
		const date = (days: number) =>
			new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const { json } = await place(
			{
				...byOutcome,
				callingHours: 'only',
				timeZone: 'byName',
				timeZoneName: 'UTC',
				excludedDates: [date(0), date(1)].join(','),
				hours: { rows: [{ days: 'sun-sat', from: '06:00', until: '24:00' }] },
			},
			contacts(person),
		);
		expect(json[0]).toMatchObject({ reason: 'outside_calling_hours', final: false, tries: 0 });
		expect(json[0].call_again_at).toBe(`${date(2)}T06:00:00.000Z`);
	});
});

// A required field that is empty n8n finds by itself, in words of its version, whatever On Error says.
describe('a setting of Call Again that cannot be used calls nobody', () => {
	it.each<[string, IDataObject, RegExp]>([
		[
			'At Most 0',
			rules({ atMost: 0 }),
			/^At Most \(Tries\) must be a whole number from 1 to 100, not 0/,
		],
		['At Most empty', rules({ atMost: '' }), /^(Rules: )?At Most \(Tries\) /],
		['At Most in words', rules({ atMost: 'three' }), /^At Most \(Tries\) must be .* not "three"/],
		['At Most that is not found', rules({ atMost: '={{ $json.none }}' }), /At Most \(Tries\) /],
		['After in hours', rules({ after: '2 h' }), /^After \(Minutes\) must be .* not "2 h"/],
		['no outcome', rules({ outcomes: [] }), /Outcomes"? |has issues/],
		['an outcome that is none', rules({ outcomes: ['ringing'] }), /^Outcomes holds "ringing"/],
		['no rule', { ...byOutcome, againRules: { rows: [] } }, /^Rules holds no rule/],
		[
			'an outcome in two rules',
			{
				...byOutcome,
				againRules: {
					rows: [
						{ outcomes: ['busy'], after: 1, atMost: 1 },
						{ outcomes: ['busy'], after: 2, atMost: 2 },
					],
				},
			},
			/^Rule 2: Outcomes names busy a second time\. Name each outcome in one rule only/,
		],
		['Calls per Day 0', { ...rules(), callsPerDay: 0 }, /^Calls per Day must be .* not 0/],
		[
			'Calls per Day that is not found',
			{ ...rules(), callsPerDay: '={{ $json.none }}' },
			/^Calls per Day /,
		],
		[
			'Call Again that is no choice',
			{ callAgain: 'often' },
			/^Call Again must be "never" or "byOutcome"/,
		],
		['a wait for nothing', { ...rules(), waitFor: 'nothing' }, /^Wait For is Nothing/],
		[
			'tries that are not found',
			{ ...rules(), triesSoFar: '={{ $json.none }}' },
			/^Tries So Far cannot be read/,
		],
		[
			'tries that are empty',
			{ ...rules(), triesSoFar: '' },
			/"Tries So Far" is required|has issues/,
		],
		[
			'tries in words',
			{ ...rules(), triesSoFar: 'two' },
			/^Tries So Far cannot be read for all 2 rows.* not "two"/,
		],
		[
			'today that is not found',
			{ ...rules(), callsToday: '={{ $json.none }}' },
			/^Calls Today cannot be read/,
		],
		[
			'a last call that is not found',
			{ ...rules(), lastCalledAt: '={{ $json.none }}' },
			/^Last Called At cannot/,
		],
	])('%s', async (_name, own, message) => {
		const rows = contacts(person, '+14155550102');
		const run = place(own, rows).catch(
			(error: unknown) => ({ error, json: [] }) as unknown as Result,
		);
		expect(said(await run)).toMatch(message);
		expect(called()).toEqual([]);
		const continued: NodeSettings = { onError: 'continueRegularOutput' };
		const other = place(own, rows, continued);
		if (message.source.includes('has issues')) await expect(other).rejects.toThrow(message);
		else {
			const { json } = await other;
			expect(json.map(({ error }) => typeof error)).toEqual(['string', 'string']);
		}
		expect(called()).toEqual([]);
	});

	it('and so does one that is no list, which n8n 1.x refuses itself', async () => {
		const own = { ...byOutcome, againRules: { busy: 3 } };
		const run = place(own, contacts(person));
		if (major === 1) await expect(run).rejects.toThrow('is not iterable');
		else expect(said(await run)).toMatch(/^Rules holds no rule/);
		expect(called()).toEqual([]);
	});

	it('but takes what is clear', async () => {
		const { json } = await place(
			rules({ after: '45 min', atMost: '3', outcomes: 'busy' }),
			contacts(busy),
		);
		expect(minutesTo(json[0].call_again_at)).toBe(45);
	});

	it.each<[string, IDataObject]>([
		['a word', { tries: 'many' }],
		['an empty cell', { tries: null }],
		['nothing', { tries: undefined }],
		['a table of before', { tries: { busy: 1 } }],
		['less than 0', { tries: -1 }],
		['no day', { tries: 1 }],
		['a day in words', { tries: 1, calls_today: 1, last_called_at: 'today' }],
	])('a row whose tries are %s is not called; the others are', async (_name, own) => {
		const [one, other] = contacts(person, '+14155550102');
		const { json } = await place(rules(), [{ ...one, ...own }, other]);
		expect(json.map(({ reason, outcome }) => reason ?? outcome)).toEqual([
			'tries_missing',
			'answered',
		]);
		const given = { ...one, ...own };
		expect(json[0]).toMatchObject({
			final: true,
			call_again_at: null,
			tries: given.tries ?? null,
			calls_today: given.calls_today,
			last_called_at: given.last_called_at,
		});
		expect(called()).toEqual(['+14155550102']);
	});
});

// A workflow writes the fields of the item back into the row's table.
describe('an item of a row that could not be called gives back what the row says of its calls', () => {
	const at = '2026-11-30T09:00:00.000Z';
	const before = { tries: 2, calls_today: 1, last_called_at: at };
	const row = { number: person, ...before };
	const other = { ...row, number: '+14155550102' };
	const again = { ...rules({ atMost: 9 }), callsPerDay: 9 };
	const kept = { ...before, final: true, call_again_at: null };
	const always = { rows: [{ days: 'sun-sat', from: '00:00', until: '24:00' }] };

	it.each<[string, IDataObject]>([
		[
			'an expression that cannot be evaluated',
			{ callerId: "={{ $json.bad ? $('x').first() : '+15105550101' }}" },
		],
		['a flag that is not found', { options: { sameRoom: "={{ $json.bad ? 'x' : false }}" } }],
		['rules that are not found', rules({ atMost: '={{ $json.bad ? undefined : 9 }}' })],
		[
			'rules that cannot be evaluated',
			rules({ atMost: "={{ $json.bad ? $('x').first().json.most : 9 }}" }),
		],
		['no Calls per Day', { callsPerDay: '={{ $json.bad ? undefined : 9 }}' }],
	])('after another was called: %s', async (_name, own) => {
		const failing = { ...again, ...own };
		for (const onError of ['continueRegularOutput', undefined] as const) {
			const { json } = await place(failing, [other, { ...row, bad: true }], { onError });
			expect(json[0]).toMatchObject({ outcome: 'answered', tries: 3 });
			expect(json[1]).toMatchObject({ outcome: 'not_sent', reason: 'bad_input', ...kept });
		}
	});

	it.each<[string, IDataObject]>([
		[
			'no row has a zone',
			{
				callingHours: 'only',
				timeZone: 'byName',
				timeZoneName: '={{ $json.zone }}',
				hours: always,
			},
		],
		['no row tells its tries', { triesSoFar: '={{ $json.none }}' }],
		['no rules', { againRules: { rows: [] } }],
	])('in a dry run of a setup that is wrong for all: %s', async (name, own) => {
		const { json } = await place({ ...again, dryRun: true, ...own }, [row, other]);
		const tries = name === 'no row tells its tries' ? null : 2;
		const expected = { outcome: 'not_sent', reason: 'bad_input', ...kept, tries };
		expect(json).toMatchObject([expected, expected]);
		expect(called()).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['a number', { tries: 'many' }],
		['a count of today', { calls_today: '?' }],
		['a time', { last_called_at: '30.11.2026 09:00' }],
	])('although %s beside it cannot be read', async (_name, own) => {
		const { json } = await place(again, [{ ...row, ...own }, other]);
		expect(json[0]).toMatchObject({ reason: 'tries_missing', ...kept, ...own });
		expect(json[1]).toMatchObject({ outcome: 'answered' });
	});

	it('and a moment as text that the next execution can read', async () => {
		const own = { ...again, lastCalledAt: `={{ DateTime.fromISO('${at}') }}` };
		const { json } = await place(own, [{ ...row, tries: 'many' }, other]);
		expect(json[0]).toMatchObject({ ...kept, tries: 'many' });
	});
});

it('a column of tries that is not there stops the node also for one row', async () => {
	const rows = [{ number: person, tries: 1, calls_today: 0, last_called_at: null }];
	const { error } = await place({ ...byOutcome, triesSoFar: '={{ $json.Tries }}' }, rows);
	expect(error?.message).toMatch(/^Tries So Far cannot be read for this row/);
	expect(called()).toEqual([]);
});

it('a contact whom an agent found to be voicemail is called again', async () => {
	// Long enough to be looked at.
	livekit.server.options.hangUpAfterMs = 1500;
	const attributes = (value: string) => ({
		additionalFields: { participantAttributes: { rows: [{ name: 'amd_result', value }] } },
	});
	const result = async (value: string) => {
		const own = { ...byOutcome, waitFor: 'end', ...attributes(value) };
		const { json } = await place(own, contacts(person));
		return [json[0].outcome, json[0].picked_up_by, json[0].final];
	};
	expect(await result('machine-vm')).toEqual(['answered', 'voicemail', false]);
	expect(await result('human')).toEqual(['answered', 'person', true]);
	expect(await result('uncertain')).toEqual(['answered', null, true]);
});

it.each([true, false])(
	'a row whose expression fails is final as well, Simplify %p',
	async (simplify) => {
		const earlier = { tries: 1, calls_today: 1, last_called_at: '2026-11-01T09:00:00Z' };
		const rows = [
			{ number: person, ...earlier },
			{ number: null, ...earlier, call_again_at: '2026-11-30T00:00:00Z' },
		];
		const callTo = "={{ $json.number ?? $('No Such Node').first().json.x }}";
		const options = { simplify, includeInput: 'flat' };
		const { json } = await place({ ...byOutcome, callTo, options }, rows);
		expect(json[1]).toMatchObject({ outcome: 'not_sent', final: true, call_again_at: null });
	},
);
