import type { IDataObject } from 'n8n-workflow';

import type { Dial } from '../../local/livekit/server';
import { numbered, numbers, useDialling } from '../support/dialling';
import type { NodeSettings, Result } from '../support/harness';
import { picked } from '../support/livekit';
import { until } from '../support/until';

const dialling = useDialling();
const { livekit, place, dials, called } = dialling;

const method = 'CreateSIPParticipant';
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

describe('what an expression gives must not call anybody by accident', () => {
	it.each<[string, IDataObject]>([
		['Dry Run as text', { dryRun: '={{ "true" }}' }],
		['Dry Run that is not found', { dryRun: '={{ $json.none }}' }],
		['Days that are not found', { callingHours: { timeZone: 'UTC', days: '={{ $json.none }}' } }],
		['From that is empty', { callingHours: { timeZone: 'UTC', from: '={{ "" }}' } }],
		[
			'Excluded Dates that are not found',
			{ callingHours: { timeZone: 'UTC', excludedDates: '={{ $json.none }}' } },
		],
		[
			'an attempt that is not found',
			{ options: { contactKey: 'a', attempt: '={{ $json.none }}' } },
		],
		[
			'a switch that is no switch',
			{ guards: { preventSecondCall: '={{ "maybe" }}' }, options: { contactKey: 'a' } },
		],
		['On Unanswered that fails', { onUnanswered: '={{ $("Nowhere").item.json.x }}' }],
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
			{ doNotCall: '030 12345678', defaultCountry: '={{ $json.country }}' },
			['4155550101', '030 12345678'],
			['+14155550101'],
		],
		[
			'of national numbers, without a country',
			{ doNotCall: '(415) 555-0101' },
			['+14155550101', '+14155550102'],
			['+14155550102'],
		],
		[
			'of international numbers, and a national callee',
			{ doNotCall: '+14155550101' },
			['4155550101', '4155550102'],
			['4155550102'],
		],
	])('a do-not-call list %s', async (_name, guards, numbers, expected) => {
		await place(
			{ guards },
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
	const { json } = await place({ callerId: '={{ $json.from }}', maxSimultaneous: 1 }, [
		{ number: '+14155550101', from: '+19995550100' },
		{ number: '+14155550101', from: '+15105550101' },
	]);
	expect(json.map(({ outcome }) => outcome)).toEqual(['skipped', 'answered']);
});

it('rows with inline trunks to one host share its pace', async () => {
	const own = {
		trunkSource: 'inline',
		inlineTrunk: {
			hostname: 'sip.example.com',
			authUsername: '={{ $json.number }}',
			authPassword: 'hush',
		},
		callerId: '+15105550101',
		callsPerSecond: 10,
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
		maxSimultaneous: 1,
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

describe('what is down', () => {
	it('opens the circuit, also where the fate of calls is unknown', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 502,
			contentType: 'text/html',
			body: 'Bad Gateway',
			method,
			times: 100,
		});
		const { json } = await place(
			{ maxSimultaneous: 1, options: { circuitBreaker: 3 } },
			numbered(6),
		);
		expect(json.map(({ outcome }) => outcome)).toEqual([
			'unknown',
			'unknown',
			'unknown',
			'skipped',
			'skipped',
			'skipped',
		]);
	});

	it('opens the circuit while no phone has rung: the rows behind are not called', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 503,
			contentType: 'application/json',
			body: '{"code":"unavailable","msg":"twirp error unknown: no response from servers"}',
			method,
			times: 2,
		});
		const { json } = await place(
			{ maxSimultaneous: 1, options: { circuitBreaker: 2 } },
			numbered(5),
			{ onError: 'continueRegularOutput' },
		);
		expect(livekit.methods().filter((name) => name === method)).toHaveLength(2);
		expect(json.slice(2).map(({ reason }) => reason)).toEqual(Array(3).fill('circuit_open'));
	});

	it('opens the circuit after agents that did not come', async () => {
		const { json } = await place(
			{
				agent: { agentName: 'nobody', agentWait: 0.01 },
				maxSimultaneous: 1,
				options: { circuitBreaker: 2 },
			},
			numbered(5),
		);
		expect(called()).toEqual([]);
		expect(json.map(({ reason }) => reason)).toEqual([
			...Array(2).fill('no_agent'),
			...Array(3).fill('circuit_open'),
		]);
	});

	/** Batches of one row, as in a loop: n8n keeps the node's context from run to run of an execution. */
	const inLoop = async (
		rows: IDataObject[],
		own: IDataObject = {},
		executionOf: (index: number) => string = () => '7',
	) => {
		let contextData: NodeSettings['contextData'] = {};
		const reasons: unknown[] = [];
		for (const [index, row] of rows.entries()) {
			const settings = { executionId: executionOf(index), contextData };
			const { json, run } = await place(
				{ ...own, options: { circuitBreaker: 3, ...(own.options as IDataObject) } },
				[row],
				settings,
			);
			contextData = run.data.executionData?.contextData ?? {};
			reasons.push(json[0]?.reason);
		}
		return reasons;
	};
	const down = '+15555550503';

	it('opens the circuit in a loop with batches of one row', async () => {
		expect(await inLoop(numbers(...Array(6).fill(down)))).toEqual([
			...Array(3).fill('carrier_trouble'),
			...Array(3).fill('circuit_open'),
		]);
		expect(called()).toHaveLength(3);
	});

	it('and counts from zero after a callee in one of the batches', async () => {
		const reasons = await inLoop(numbers(down, down, '+15555550486', down, down, down, down));
		expect(reasons.slice(3)).toEqual([...Array(3).fill('carrier_trouble'), 'circuit_open']);
	});

	it('and not after a call that was there already', async () => {
		const own = {
			options: { contactKey: '={{ $json.number }}' },
			guards: { preventSecondCall: true },
		};
		await place(own, numbers('+14155550101'), { executionId: '1' });
		const reasons = await inLoop(numbers(down, down, '+14155550101', down, '+14155550102'), own);
		expect(reasons).toEqual([
			'carrier_trouble',
			'carrier_trouble',
			'already_running',
			'carrier_trouble',
			'circuit_open',
		]);
	});

	it('is up again in an execution that a person starts as a retry', async () => {
		const executionOf = (index: number) => (index < 3 ? '7' : '8');
		const reasons = await inLoop(numbers(down, down, down, '+14155550101'), {}, executionOf);
		expect(reasons.at(-1)).toBeNull();
	});

	it('and is up again at the next try of Retry On Fail: the rows are called', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 503,
			contentType: 'application/json',
			body: '{"code":"unavailable","msg":"twirp error unknown: no response from servers"}',
			method,
			times: 3,
			delayMs: 50,
		});
		const { json } = await place({ options: { circuitBreaker: 3 } }, numbered(3), retrying);
		expect(json.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
		expect(called()).toHaveLength(3);
	});
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
			options: { includeInput: true },
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
			maxCallDuration: 1,
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

describe('a retry by hand of an execution that ended with On Unanswered: Fail', () => {
	const failedThenRetried = async (own: IDataObject, first: IDataObject[], second = first) => {
		const failed = await place({ ...own, onUnanswered: 'fail' }, first);
		expect(failed.error?.message).toContain('calls were not answered');
		// As n8n stores it with the execution.
		const contextData = JSON.parse(
			JSON.stringify(failed.run.data.executionData?.contextData),
		) as NodeSettings['contextData'];
		return await place({ ...own, onUnanswered: 'return' }, second, {
			executionId: '2',
			contextData,
		});
	};
	const words = ({ json }: Result) => json.map(({ outcome, reason }) => reason ?? outcome);

	it('calls nobody again', async () => {
		const again = await failedThenRetried({}, [
			{ number: '+14155550101' },
			{ number: '+15555550486' },
			{ number: '112' },
		]);
		expect(called()).toHaveLength(2);
		expect(again.json.map(({ outcome }) => outcome)).toEqual(['answered', 'busy', 'skipped']);
	});

	it('calls no number again by a row that repeats it, however it is written', async () => {
		const again = await failedThenRetried(
			{},
			numbers(
				'+14155550101',
				'+15555550486',
				15555550486,
				'+1 (415) 555-0101',
				'+14155550101 ext. 5',
			),
		);
		expect(words(again)).toEqual(['answered', 'busy', 'duplicate', 'duplicate', 'answered']);
		expect(called().sort()).toEqual(['+14155550101', '+14155550101', '+15555550486']);
	});

	it('calls nobody into a room that a row of the first try has', async () => {
		const again = await failedThenRetried({ room: picked('={{ $json.room }}') }, [
			{ number: '+15555550486', room: 'one' },
			{ number: '+14155550102', room: 'one' },
		]);
		expect(words(again)).toEqual(['busy', 'shared_room']);
		expect(called()).toEqual(['+15555550486']);
	});

	it('calls no number again by a row in front of the one that called it', async () => {
		const rows = (callerId: string) => [
			{ number: '+15555550486', from: callerId },
			{ number: '+15555550486', from: '+15105550101' },
		];
		const again = await failedThenRetried(
			{ callerId: '={{ $json.from }}' },
			rows('+19995550100'),
			rows('+15105550101'),
		);
		expect(words(again)).toEqual(['duplicate', 'busy']);
		expect(called()).toHaveLength(1);
	});

	it('loses no result to a row in front that cannot be read now', async () => {
		const rows = (keys: string) => [
			{ number: '112', keys },
			{ number: '+15555550486', keys: '' },
		];
		const again = await failedThenRetried(
			{ additionalFields: { dtmf: '={{ $json.keys }}' } },
			rows(''),
			rows('xyz'),
		);
		expect(again.error).toBeUndefined();
		expect(words(again)).toEqual(['bad_input', 'busy']);
	});
});

describe('Prevent Second Call finds the attempt before', () => {
	const inTurn = async (own: IDataObject, attempts: unknown[]) => {
		const guarded = {
			...own,
			options: { contactKey: 'k7', attempt: '={{ $json.attempt }}' },
			guards: { preventSecondCall: true },
		};
		const items = [];
		for (const [index, attempt] of attempts.entries()) {
			const { json } = await place(
				guarded,
				[{ number: '+14155550101', attempt }] as IDataObject[],
				{
					executionId: String(index),
				},
			);
			items.push(json[0]);
		}
		return items;
	};
	const expectFound = ([first, second]: IDataObject[]) => {
		expect(second).toMatchObject({
			outcome: 'answered',
			reason: 'already_running',
			room_name: first.room_name,
			participant_identity: first.participant_identity,
		});
		expect(called()).toHaveLength(1);
	};

	it.each<[string, IDataObject, number]>([
		["by the contact's own room and identity", {}, 1],
		['with a Room', { room: picked('contact-7') }, 0],
		['with a Participant Identity', { additionalFields: { participantIdentity: 'callee' } }, 1],
		[
			'with both, which need no second question',
			{ room: picked('contact-7'), additionalFields: { participantIdentity: 'callee' } },
			0,
		],
	])('%s', async (_name, own, lists) => {
		expectFound(await inTurn(own, [1, 2]));
		expect(livekit.bodies('GetParticipant')).toHaveLength(2);
		// The first row finds no room of the contact.
		expect(livekit.bodies('ListRooms')).toHaveLength(2 * lists);
	});

	it.each<[unknown, unknown]>([
		[0, 1],
		['0', '1'],
		['1.0', '2.0'],
		['1.0', 1],
		[1, '01'],
		[1, 9],
		[9, 1],
		['first', 'second'],
		['2026-11-30T09:00', '2026-11-30T10:00'],
		[20261130090000, 20261130100000],
		['9999999999999998', '9999999999999999'],
		[1764493200000.5, 1764493200001.5],
	])('%j before %j', async (before, attempt) => expectFound(await inTurn({}, [before, attempt])));

	it('and nobody else', async () => {
		const own = (key: string) => ({
			options: { contactKey: key, attempt: 1 },
			guards: { preventSecondCall: true },
		});
		await place(own('k7'), numbered(1));
		await place(own('k8'), numbered(1), { executionId: '2' });
		expect(called()).toHaveLength(2);
	});

	it('calls nobody where the list of rooms does not come', async () => {
		livekit.server.faults.push({ method: 'ListRooms', kind: 'status', status: 500, body: '' });
		const own = { options: { contactKey: 'k7', attempt: 1 }, guards: { preventSecondCall: true } };
		const { error } = await place(own, numbered(1));
		expect(error).toBeDefined();
		expect(called()).toEqual([]);
	});
});

describe('a row whose phone may have rung', () => {
	it('keeps its result when a later try of Retry On Fail cannot read it any more', async () => {
		const row = { number: '+15555550486', readable: true };
		const own = {
			onUnanswered: 'fail',
			options: { includeInput: '={{ $json.readable || $("Nope").item.json.x }}' },
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
				options: { includeInput: true },
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
