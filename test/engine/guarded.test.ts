import type { IDataObject } from 'n8n-workflow';

import type { Dial } from '../../local/livekit/server';
import { numbered, useDialling } from '../support/dialling';
import type { NodeSettings } from '../support/harness';
import { until } from '../support/until';

const dialling = useDialling();
const { livekit, place, dials, called } = dialling;

const method = 'CreateSIPParticipant';
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('what an expression gives must not call anybody by accident', () => {
	it.each<[string, IDataObject]>([
		['Dry Run as text', { dryRun: '={{ "true" }}' }],
		['Dry Run that is not found', { dryRun: '={{ $json.none }}' }],
		[
			'Days that are not found',
			{ callingHours: 'only', hours: { rows: [{ days: '={{ $json.none }}' }] } },
		],
		['From that is empty', { callingHours: 'only', hours: { rows: [{ from: '={{ "" }}' }] } }],
		[
			'Excluded Dates that are not found',
			{ callingHours: 'only', excludedDates: '={{ $json.none }}' },
		],
		[
			'an attempt that is not found',
			{ options: { contactKey: 'a', attempt: '={{ $json.none }}' } },
		],
		[
			'a switch that is no switch',
			{ guards: { preventSecondCall: '={{ "maybe" }}' }, options: { contactKey: 'a' } },
		],
		['On Unanswered that fails', { options: { onUnanswered: '={{ $("Nowhere").item.json.x }}' } }],
		[
			'a Request URI to elsewhere',
			{
				guards: { allowedDestinations: '+1415' },
				carrierOptions: { requestUriUser: '+4930112', requestUriHost: 'sip.example.com' },
			},
		],
		[
			'a complete Request URI to elsewhere',
			{
				guards: { doNotCall: '+4930112' },
				carrierOptions: { requestUriComplete: 'sip:+4930112@sip.example.com' },
			},
		],
	])('%s', async (_name, own) => {
		await place(own, [{ number: '+14155550101' }]);
		expect(called()).toEqual([]);
	});

	it('Prevent Second Call as text', async () => {
		const own = { guards: { preventSecondCall: '={{ "true" }}' }, options: { contactKey: 'a' } };
		for (const executionId of ['1', '2']) await place(own, numbered(1), { executionId });
		expect(called()).toHaveLength(1);
	});

	it.each(['={{ $node["Start"].json.list }}', '={{ $data.list }}', '={{ $json.list }}'])(
		'a do-not-call list of each row: %s',
		async (doNotCall) => {
			await place({ guards: { doNotCall } }, [
				{ number: '+14155550101', list: '+19995550000' },
				{ number: '+14155550102', list: '+14155550102' },
			]);
			expect(called()).toEqual(['+14155550101']);
		},
	);

	it.each<[string, IDataObject, unknown[], string[]]>([
		[
			"read with each row's country",
			{ guards: { doNotCall: '030 12345678' }, country: '={{ $json.country }}' },
			['4155550101', '030 12345678'],
			['+14155550101'],
		],
		[
			'of national numbers, without a country',
			{ guards: { doNotCall: '(415) 555-0101' } },
			['+14155550101', '+14155550102'],
			['+14155550102'],
		],
		[
			'of international numbers, and a national callee',
			{ guards: { doNotCall: '+14155550101' } },
			['4155550101', '4155550102'],
			['4155550102'],
		],
	])('a do-not-call list %s', async (_name, own, numbers, expected) => {
		await place(
			own,
			numbers.map((number, row) => ({ number, country: ['US', 'DE'][row] }) as IDataObject),
		);
		expect(called()).toEqual(expected);
	});
});

it('a number is the same with and without its plus, and a switchboard has many extensions', async () => {
	const { json } = await place({}, [
		{ number: '+14155550101' },
		{ number: 14155550101 },
		{ number: '+14155550101 ext. 5' },
	]);
	expect(json.map(({ reason }) => reason)).toEqual([null, 'duplicate', null]);
});

it('a number is free again once its row was not called', async () => {
	const { json } = await place({ callerId: '={{ $json.from }}', limits: { maxSimultaneous: 1 } }, [
		{ number: '+14155550101', from: '+19995550100' },
		{ number: '+14155550101', from: '+15105550101' },
	]);
	expect(json.map(({ outcome }) => outcome)).toEqual(['skipped', 'answered']);
});

it('rows with inline trunks to one host share its pace', async () => {
	const own = {
		trunk: { __rl: true, mode: 'carrier', value: 'sip.example.com' },
		inlineCarrier: {
			authUsername: '={{ $json.number }}',
			authPassword: 'hush',
		},
		callerId: '+15105550101',
		limits: { callsPerSecond: 10 },
	};
	const begun = Date.now();
	await place(own, numbered(5));
	const times = dials().map(({ at }) => at);
	expect(Math.max(...times) - begun).toBeGreaterThanOrEqual(340);
});

it('one caller ID for each contact and attempt, so that a server that knows the request dials once', async () => {
	livekit.server.options.idempotent = true;
	await livekit.call('SIP/UpdateSIPOutboundTrunk', {
		sip_trunk_id: dialling.trunk,
		update: { numbers: { set: ['+15105550101', '+15105550102'] } },
	});
	const own = {
		callerId: '+15105550101, +15105550102',
		options: { contactKey: '={{ $json.number }}', attempt: 1 },
	};
	await place(own, numbered(2));
	await place(own, numbered(2).slice(1), { executionId: '2' });
	expect(called()).toHaveLength(2);
});

it('two executions at once call a contact once with Prevent Second Call, though both have to wait', async () => {
	livekit.server.options.answerAfterMs = 50;
	const own = {
		options: { contactKey: 'a', attempt: '={{ $json.attempt }}' },
		guards: { preventSecondCall: true },
		limits: { maxSimultaneous: 1 },
	};
	const runs = await Promise.all(
		[1, 2].map(
			async (attempt) =>
				await place(own, [{ number: '+14155550101', attempt }], { executionId: String(attempt) }),
		),
	);
	expect(called()).toHaveLength(1);
	expect(runs.flatMap(({ json }) => json.map(({ reason }) => reason)).sort()).toEqual([
		'already_running',
		null,
	]);
});

it('a row that cannot be read does not hold up the others until a call has ended', async () => {
	const isUp = ({ room, identity }: Dial) =>
		livekit.server
			.participants(room)
			.some(
				(callee) =>
					callee.identity === identity && callee.attributes['sip.callStatus'] === 'active',
			);
	// Nobody hangs up before the last row has been called.
	const onStart = async () => {
		await until(() => dials().length === 2 && dials().every(isUp));
		for (const { room, identity } of dials())
			await livekit.call(
				'RoomService/RemoveParticipant',
				{ room, identity },
				{ video: { roomAdmin: true, room } },
			);
	};
	const { json } = await place(
		{
			waitFor: 'end',
			additionalFields: { dtmf: '={{ $json.keys }}' },
			options: { includeInput: 'input' },
		},
		[
			{ number: '+14155550101', keys: '' },
			{ number: '+14155550102', keys: 'xyz' },
			{ number: '={{ $json.a.b }}', keys: '' },
			{ number: '+14155550103', keys: '' },
		],
		{ onStart },
	);
	expect(json.map(({ outcome }) => outcome)).toEqual([
		'answered',
		'not_sent',
		'invalid_number',
		'answered',
	]);
	expect(json[1].input).toMatchObject({ keys: 'xyz' });
});

it('an answered call is not lost to an attribute that somebody wrote', async () => {
	livekit.server.options.sipCodes = 'older';
	const {
		json: [item],
	} = await place(
		{
			waitFor: 'end',
			limits: { maxCallDuration: 1 },
			additionalFields: {
				participantAttributes: { rows: [{ name: 'lk.sip.answerTime', value: '9e18' }] },
			},
		},
		numbered(1),
	);
	expect(item).toMatchObject({
		outcome: 'answered',
		sip_call_id: expect.stringMatching(/^SCL_/),
		ended_at: expect.any(String),
	});
});

describe('a row whose phone may have rung', () => {
	it('keeps its result when a later try of Retry On Fail cannot read it any more', async () => {
		const row = { number: '+15555550486', readable: true };
		const own = {
			options: {
				onUnanswered: 'fail',
				includeInput: '={{ $json.readable ? "no" : $("Nope").item.json.x }}',
			},
		};
		const { errors } = await place(own, [row], {
			...retrying,
			onError: 'continueErrorOutput',
			onStart: async () => {
				await until(() => dials().length > 0);
				row.readable = false;
			},
		});
		expect(errors).toMatchObject([
			{ json: { error: { outcome: 'busy', called_number: '+15555550486' } } },
		]);
		expect(called()).toHaveLength(1);
	});

	it("is never an item of n8n's with an error alone, whatever else fails", async () => {
		livekit.server.faults.push({ kind: 'drop-after', method });
		const rows = [
			{ number: '+14155550101', keys: '' },
			{ number: '+14155550102', keys: 'xyz' },
			{ number: '+14155550103', keys: '={{' },
		];
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			const own = {
				additionalFields: {
					dtmf: '={{ $json.keys === "={{" ? $("Nope").item.json.x : $json.keys }}',
				},
				options: { includeInput: 'input' },
			};
			const { items, errors } = await place(own, rows, {
				onError,
				...retrying,
				executionId: onError,
			});
			expect(errors).toEqual([]);
			expect(items.map(({ json: { outcome, input } }) => [outcome, input])).toEqual([
				[onError === 'continueRegularOutput' ? 'unknown' : 'answered', rows[0]],
				['not_sent', rows[1]],
				['not_sent', rows[2]],
			]);
		}
	});
});
