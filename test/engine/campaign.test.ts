import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { numbered, numbers, useDialling } from '../support/dialling';
import type { Result } from '../support/harness';
import { picked } from '../support/livekit';
import { until } from '../support/until';

const dialling = useDialling();
const { livekit, place, dials, called } = dialling;
const column = ({ json }: Result, name: string) => json.map((item) => item[name]);

describe('pacing', () => {
	it('starts as many calls per second as asked', async () => {
		const begun = Date.now();
		await place({ limits: { callsPerSecond: 20 } }, numbered(21));
		const times = dials().map(({ at }) => at);
		expect(times).toHaveLength(21);
		// Not before the last one is due. That none is later than that, pace.test.ts proves by a clock of its own.
		expect(Math.max(...times) - begun).toBeGreaterThanOrEqual(940);
	});

	it('keeps no more calls under way than asked, over all executions', async () => {
		livekit.server.options.answerAfterMs = 60;
		await Promise.all(
			[1, 2].map(
				async (id) =>
					await place(
						{
							limits: { maxSimultaneous: 2 },
							callTo: `={{ $json.number.replace("5550", "555${id}") }}`,
						},
						numbered(3),
						{ executionId: String(id) },
					),
			),
		);
		const times = dials().map(({ at }) => at);
		expect(times).toHaveLength(6);
		for (let row = 2; row < times.length; row++)
			expect(times[row] - times[row - 2]).toBeGreaterThanOrEqual(55);
	});

	it('slows down when the carrier asks for it', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 429,
			contentType: 'application/json',
			body: '{"code":"resource_exhausted","msg":"rate limit exceeded"}',
			method: 'CreateSIPParticipant',
		});
		const begun = Date.now();
		const result = await place({ limits: { maxSimultaneous: 1 } }, numbered(2));
		expect(column(result, 'outcome')).toEqual(['rate_limited', 'answered']);
		expect(Date.now() - begun).toBeGreaterThanOrEqual(950);
	});

	it('a cancelled execution dials nobody else, also while a row waits for its turn', async () => {
		const onStart = async (cancel: () => void) => {
			await until(() => dials().length > 0);
			await sleep(30);
			cancel();
		};
		// The second one would be due in eight minutes.
		const { run } = await place({ limits: { callsPerSecond: 0.002 } }, numbered(3), { onStart });
		expect(run.status).toBe('canceled');
		await sleep(50);
		expect(called()).toHaveLength(1);
	});

	it('reads a row when its turn has come', async () => {
		livekit.server.options.answerAfterMs = 80;
		const result = await place(
			{
				limits: { maxSimultaneous: 1 },
				options: { includeInput: 'input', attempt: '={{ Date.now() }}' },
			},
			numbered(3),
		);
		const read = column(result, 'attempt').map(Number);
		// At most one row waits, read, for the one before it.
		expect(read[2] - read[0]).toBeGreaterThanOrEqual(70);
	});
});

describe('rows that are not to be called', () => {
	const outcomeOf = async (own: IDataObject, ...given: unknown[]) => {
		const result = await place(own, numbers(...given));
		expect(result.error).toBeUndefined();
		return result.json.map(({ outcome, reason }) => reason ?? outcome);
	};

	it.each<[string, IDataObject, unknown[], unknown[]]>([
		[
			'emergency numbers',
			{},
			['112', '+1911', '+14155550101'],
			['emergency_number', 'emergency_number', 'answered'],
		],
		['emergency numbers, allowed', { guards: { allowEmergency: true } }, ['112'], ['answered']],
		[
			'repeated numbers',
			{},
			['+14155550101', '+1 (415) 555-0101', '0014155550101'],
			['answered', 'duplicate', 'duplicate'],
		],
		[
			'repeated numbers, allowed',
			{ guards: { allowDuplicates: true } },
			['+14155550101', '+14155550101'],
			['answered', 'answered'],
		],
		[
			'a shared room',
			{ options: { room: picked('one') } },
			['+14155550101', '+14155550102'],
			['answered', 'shared_room'],
		],
		[
			'a shared room, allowed',
			{ options: { room: picked('one'), sameRoom: true } },
			['+14155550101', '+14155550102'],
			['answered', 'answered'],
		],
		[
			'other destinations',
			{ guards: { allowedDestinations: '+49, 0043' } },
			['+4930123456', '+14155550101', '+43123456'],
			['answered', 'destination_not_allowed', 'answered'],
		],
		[
			'opted-out numbers',
			{ guards: { doNotCall: '={{ ["001 415 555 0101", 14155550102] }}' }, country: 'us' },
			['+14155550101', '+14155550102', '+14155550103'],
			['do_not_call', 'do_not_call', 'answered'],
		],
		[
			'more calls than allowed',
			{ limits: { maxCalls: 1 } },
			['+14155550101', '+14155550102'],
			['answered', 'call_limit'],
		],
		['SIP user names', {}, ['alice'], ['not_a_number']],
		['SIP user names, allowed', { guards: { allowUserNames: true } }, ['alice'], ['answered']],
		[
			'what a spreadsheet made of a number',
			{},
			['1.51E+10', '+14155550101', '12025550138,0'],
			['rounded', 'answered', 'answered'],
		],
		[
			'several numbers in a cell and impossible ones',
			{},
			['030 1234567/68', '415 555 0101 / 415 555 0102', '+1', '+4155550125'],
			['several_numbers', 'several_numbers', 'impossible', 'impossible'],
		],
		[
			'impossible numbers, allowed',
			{ guards: { allowUnusual: true } },
			['+4155550125'],
			['answered'],
		],
		[
			'one subscriber in other spellings',
			{},
			['+491511234567', '49 (0)151 1234567', '011 49 151 1234567', '0151 1234567'],
			['answered', 'duplicate', 'duplicate', 'duplicate'],
		],
		[
			'a To User that is the same for all rows',
			{ carrierOptions: { toUserOverride: '+14155550199' } },
			['+14155550101', '+14155550102'],
			['answered', 'duplicate'],
		],
		[
			'opted-out subscribers in another spelling',
			{ guards: { doNotCall: '5215512345678, 49 (0)151 1234567, +376312345' } },
			['+525512345678', '+491511234567', '312345'],
			['do_not_call', 'do_not_call', 'do_not_call'],
		],
		[
			'opted-out subscribers whose numbers end alike',
			{ guards: { doNotCall: '+14155550101, +16465550101' } },
			['6465550101', '4155550101', '2025550101'],
			['do_not_call', 'do_not_call', 'answered'],
		],
		['extensions', {}, ['101'], ['emergency_number']],
		[
			'extensions, dialled inside',
			{ guards: { internalExtensions: true } },
			['101', '112', '911', '0112'],
			['answered', 'emergency_number', 'emergency_number', 'emergency_number'],
		],
		[
			'emergency numbers of five digits',
			{ country: 'ZA' },
			['10111', '01110177', '+2710111'],
			['emergency_number', 'emergency_number', 'emergency_number'],
		],
	])('%s', async (_name, own, given, expected) => {
		expect(await outcomeOf(own, ...given)).toEqual(expected);
		expect(called()).toHaveLength(expected.filter((word) => word === 'answered').length);
	});

	it.each<[string, IDataObject, RegExp]>([
		[
			'a do-not-call list that cannot be read',
			{ guards: { doNotCall: '={{ [{ a: 1 }] }}' } },
			/Do Not Call/,
		],
		[
			'a prefix that is none',
			{ guards: { allowedDestinations: 'Germany' } },
			/Allowed Destinations/,
		],
		[
			'prefixes that an expression does not find',
			{ guards: { allowedDestinations: '={{ $json.none }}' } },
			/Allowed Destinations/,
		],
		[
			'a do-not-call list that an expression does not find',
			{ guards: { doNotCall: '={{ $json.none }}' } },
			/Do Not Call/,
		],
		[
			'a country that is none',
			{ country: 'Germany' },
			/^Country of the Numbers is no country: "GERMANY"/,
		],
		['no agent name', { agentOptions: { agentMetadata: 'x' } }, /Agent Name/],
		['an empty contact key', { options: { contactKey: '={{ $json.id }}' } }, /Contact Key/],
		[
			'a pace that is no number',
			{ limits: { callsPerSecond: '={{ "fast" }}' } },
			/Calls per Second/,
		],
		[
			'a limit that is empty',
			{ limits: { maxCalls: '={{ $json.none }}' } },
			/Maximum Calls per Execution/,
		],
		['hours that are none', { callingHours: 'only', hours: { rows: [{ from: 'nine' }] } }, /From/],
		['a second call that cannot be found', { guards: { preventSecondCall: true } }, /Contact Key/],
	])('but %s stops the node before anything is sent', async (_name, own, message) => {
		const result = await place(own, numbers('+14155550101', '+14155550102'));
		expect(result.error?.message ?? result.json.map(({ message: words }) => words).join()).toMatch(
			message,
		);
		expect(livekit.methods()).toEqual([]);
	});

	it('says when a callee may be called again', async () => {
		const [yesterday, today] = [-1, 0].map((days) =>
			new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
		);
		const result = await place(
			{
				callingHours: 'only',
				timeZone: 'byName',
				timeZoneName: '={{ $json.zone }}',
				excludedDates: `${yesterday}, ${today}`,
			},
			[
				{ number: '+14155550101', zone: 'UTC' },
				{ number: '+14155550102', zone: '' },
				{ number: '+14155550103', zone: 'Mars/Base' },
			],
		);
		expect(column(result, 'reason')).toEqual([
			'outside_calling_hours',
			'time_zone_missing',
			'time_zone_missing',
		]);
		expect(Date.parse(String(result.json[0].next_allowed_at))).toBeGreaterThan(Date.now());
		expect(called()).toEqual([]);
	});

	it('stops after carrier failures in a row', async () => {
		const result = await place(
			{ limits: { circuitBreaker: 2, maxSimultaneous: 1 } },
			numbers('+14155550101', '+15555550503', '+15565550503', '+14155550102'),
		);
		expect(column(result, 'outcome')).toEqual([
			'answered',
			'carrier_error',
			'carrier_error',
			'skipped',
		]);
		expect(result.json[3].reason).toBe('circuit_open');
	});

	it('counts calls of the whole execution', async () => {
		const result = await place(
			{ limits: { maxCalls: 2, maxSimultaneous: 1 } },
			numbers('+15555550486', 'sip:x', '+14155550101', '+14155550102'),
		);
		expect(column(result, 'outcome')).toEqual(['busy', 'invalid_number', 'answered', 'skipped']);
	});
});

describe('Dry Run', () => {
	it('checks all rows, faults included, and calls nobody', async () => {
		const result = await place(
			{
				dryRun: true,
				callerId: '={{ $json.from }}',
				additionalFields: { dtmf: '={{ $json.keys }}' },
			},
			[
				{ number: '+14155550101', from: '+15105550101', keys: '' },
				{ number: '+14155550102', from: '+19995550100', keys: '' },
				{ number: '+14155550103', from: '+15105550101', keys: 'xyz' },
				{ number: 'sip:x@y', from: '+15105550101', keys: '' },
			],
		);
		expect(result.error).toBeUndefined();
		expect(result.json.map(({ outcome, reason }) => [outcome, reason])).toEqual([
			['skipped', 'dry_run'],
			['skipped', 'caller_id_not_owned'],
			['not_sent', 'bad_input'],
			['invalid_number', 'not_a_number'],
		]);
		expect(livekit.methods()).toEqual(['GetSIPOutboundTrunk']);
	});

	const own = {
		dryRun: '={{ $json.dry }}',
		additionalFields: { dtmf: '={{ $json.keys }}' },
		limits: { maxSimultaneous: 1 },
	};
	const row = (number: string, dry: boolean, keys = '') => ({ number, dry, keys });

	it.each<[string, IDataObject[]]>([
		['its first row', [row('+14155550101', true), row('+15555550486', false)]],
		['its last row, which holds no number', [row('+15555550486', false), row('sip:x@y', true)]],
		['a row that cannot be read', [row('+14155550101', true, 'xyz'), row('+15555550486', false)]],
	])('of %s leaves On Unanswered: Fail to the others', async (_name, rows) => {
		const { error } = await place({ ...own, options: { onUnanswered: 'fail' } }, rows);
		expect(error?.message).toBe('1 of 2 calls were not answered: 1 busy');
		expect(called()).toEqual(['+15555550486']);
	});

	it('of a row keeps it from the error output', async () => {
		const rows = [row('sip:x@y', true), row('+15555550486', false)];
		const { items, errors } = await place({ ...own, options: { onUnanswered: 'fail' } }, rows, {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.outcome)).toEqual(['invalid_number']);
		expect(errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('of the first row does not keep a fault of the setup from stopping the node', async () => {
		const { error } = await place(own, [
			row('+14155550101', true),
			row('+14155550102', false, 'xyz'),
			row('+14155550103', false),
		]);
		expect(error?.message).toMatch(/^DTMF/);
		expect(called()).toEqual([]);
	});
});

describe('caller IDs', () => {
	it('go round over rows', async () => {
		await livekit.call('SIP/UpdateSIPOutboundTrunk', {
			sip_trunk_id: dialling.trunk,
			update: { numbers: { set: ['+15105550101', '+15105550102'] } },
		});
		await place({ callerId: '+15105550101, +15105550102' }, numbered(3));
		// They are dialled in order, and may arrive in another.
		const byNumber = dials().sort((a, b) => a.number.localeCompare(b.number));
		expect(byNumber.map(({ from }) => from)).toEqual([
			'+15105550101',
			'+15105550102',
			'+15105550101',
		]);
		expect(livekit.methods().filter((method) => method === 'GetSIPOutboundTrunk')).toHaveLength(1);
	});

	it('that can be two numbers of the trunk are none of them', async () => {
		await livekit.call('SIP/UpdateSIPOutboundTrunk', {
			sip_trunk_id: dialling.trunk,
			update: { numbers: { set: ['+15105550101', '+14155550101'] } },
		});
		const { json } = await place({ callerId: '5550101' }, numbered(1));
		expect(json).toMatchObject([{ outcome: 'skipped', reason: 'caller_id_not_owned' }]);
		expect(dials()).toEqual([]);
	});

	it('of a trunk that cannot be read fail only the row that asked', async () => {
		livekit.server.faults.push({
			method: 'GetSIPOutboundTrunk',
			kind: 'status',
			status: 500,
			body: '{"code":"internal","msg":"down"}',
		});
		const { json } = await place({ callerId: '+15105550101' }, numbered(3), {
			onError: 'continueRegularOutput',
		});
		const reasons = json.map(({ reason }) => reason);
		expect(reasons.filter((reason) => reason === 'check_failed')).toHaveLength(1);
		expect(dials()).toHaveLength(2);
	});

	it('that the trunk does not own are shown only where that is allowed', async () => {
		const refused = await place({ callerId: '+19995550100' }, numbered(1));
		expect(refused.json).toMatchObject([{ outcome: 'skipped', reason: 'caller_id_not_owned' }]);
		await place({ callerId: '+19995550100', options: { allowForeignCallerId: true } }, numbered(1));
		expect(dials().map(({ from }) => from)).toEqual(['+19995550100']);
	});
});

describe('On Unanswered: Fail', () => {
	const rows = numbers('+14155550101', '+15555550486', '112', '+15565550603');

	it('fails after all rows and names them', async () => {
		const { error } = await place({ options: { onUnanswered: 'fail' } }, rows);
		expect(error?.message).toBe('2 of 4 calls were not answered: 1 busy, 1 declined');
		expect(error?.description).toMatch(/Row 2: The line is busy/);
		expect(called()).toHaveLength(3);
	});

	it('sends unanswered rows to the error output, with all that is known', async () => {
		const { items, errors } = await place({ options: { onUnanswered: 'fail' } }, rows, {
			onError: 'continueErrorOutput',
		});
		expect(items.map(({ json }) => json.outcome)).toEqual(['answered', 'skipped']);
		expect(errors).toMatchObject([
			{
				json: {
					number: '+15555550486',
					error: { outcome: 'busy', message: 'The line is busy (SIP 486 Busy Here)' },
				},
				pairedItem: { item: 1 },
			},
			{ json: { number: '+15565550603', error: { outcome: 'declined' } }, pairedItem: { item: 3 } },
		]);
	});
});
