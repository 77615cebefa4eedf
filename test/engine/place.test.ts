import type { IDataObject } from 'n8n-workflow';

import { wholeResult } from '../support/dialling';
import { operationCases, provision } from '../support/cases';
import { useClock } from '../support/clock';
import type { NodeSettings, Result } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';
import { until } from '../support/until';

const livekit = useLiveKit();
const clock = useClock();

const place = (trunk: string, own: IDataObject = {}) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(trunk),
	callTo: '={{ $json.number }}',
	...own,
	limits: { callsPerSecond: 0, maxSimultaneous: 1, ...(own.limits as IDataObject) },
	options: {
		...wholeResult,
		room: picked('={{ "room-" + $json.number }}'),
		...(own.options as IDataObject),
	},
});
const calls = (...numbers: string[]) => numbers.map((number) => ({ number }));
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

async function trunk(): Promise<string> {
	const { outbound } = await provision(livekit);
	dialled();
	return outbound;
}

let before = 0;
/** Numbers that were called since the last time. */
function dialled(): string[] {
	const dials = livekit.server.dials();
	const numbers = dials.slice(before).map(({ number }) => number);
	before = dials.length;
	return numbers;
}
beforeEach(() => {
	before = 0;
});

const requestIds = () =>
	livekit.server.requests
		.filter(({ method }) => method === 'CreateSIPParticipant')
		.map(({ headers }) => headers['x-livekit-request-id']);

const outcomes = ({ json }: Result) => json.map(({ outcome }) => outcome);

it('calls every row once and answers one item each', async () => {
	const id = await trunk();
	const { items } = await livekit.run(
		place(id),
		calls('+14155550101', '+14155550102', '+15555550486'),
	);
	expect(dialled().sort()).toEqual(['+14155550101', '+14155550102', '+15555550486']);
	expect(items.map(({ json, pairedItem }) => [json.outcome, json.room_name, pairedItem])).toEqual([
		['answered', 'room-+14155550101', { item: 0 }],
		['answered', 'room-+14155550102', { item: 1 }],
		['busy', 'room-+15555550486', { item: 2 }],
	]);
	const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
	const same = {
		participant_identity: expect.stringMatching(/^sip_\+/),
		sip_trunk_id: id,
		caller_number: null,
		attempt: null,
		contact_key: null,
		next_allowed_at: null,
		picked_up_by: null,
		call_again_at: null,
		final: null,
		tries: null,
		calls_today: null,
		last_called_at: null,
		agent_dispatch_id: null,
		requested_at: time,
		ring_seconds: expect.any(Number),
		agent: null,
		warnings: expect.any(Array),
	};
	expect(items[0].json).toEqual({
		...same,
		outcome: 'answered',
		answered: true,
		retryable: false,
		reason: null,
		message: 'The call was answered, by a person or by voicemail',
		sip_status_code: null,
		sip_status: null,
		participant_id: expect.stringMatching(/^PA_/),
		room_name: 'room-+14155550101',
		sip_call_id: expect.stringMatching(/^SCL_/),
		called_number: '+14155550101',
		answered_at: time,
	});
	expect(items[2].json).toEqual({
		...same,
		outcome: 'busy',
		answered: false,
		retryable: true,
		reason: 'busy',
		message: 'The line is busy (SIP 486 Busy Here)',
		sip_status_code: 486,
		sip_status: 'Busy Here',
		participant_id: null,
		room_name: 'room-+15555550486',
		sip_call_id: null,
		called_number: '+15555550486',
		answered_at: null,
	});
});

describe('Retry On Fail never dials twice', () => {
	it.each<[string, string[], string[]]>([
		['a busy row', ['+15555550486'], ['busy']],
		// The carrier's answers that LiveKit gives the codes of requests that never left it.
		['a number that does not exist', ['+15555550404'], ['invalid_number']],
		['a carrier that finds the request bad', ['+15555550400'], ['carrier_error']],
		['a number that is not complete', ['+15555550484'], ['invalid_number']],
		[
			'a busy row among good ones',
			['+14155550101', '+15555550486', '+14155550102'],
			['answered', 'busy', 'answered'],
		],
		[
			'what is no number after a good row',
			['+14155550101', 'sip:x@y', '+14155550102'],
			['answered', 'invalid_number', 'answered'],
		],
	])('%s', async (_name, numbers, expected) => {
		const id = await trunk();
		for (const onUnanswered of ['return', 'fail']) {
			const result = await livekit.run(
				place(id, { options: { onUnanswered } }),
				calls(...numbers),
				retrying,
			);
			expect(dialled()).toEqual(numbers.filter((number) => number.startsWith('+')));
			if (onUnanswered === 'fail') expect(result.error?.message).toMatch(/calls were not answered/);
			else expect(outcomes(result)).toEqual(expected);
		}
	});

	it('a fault of the input after a phone has rung, which keeps the other rows', async () => {
		const id = await trunk();
		const result = await livekit.run(
			place(id, {
				additionalFields: { dtmf: '={{ $json.number === "+14155550102" ? "xyz" : "" }}' },
			}),
			calls('+14155550101', '+14155550102', '+14155550103'),
			retrying,
		);
		expect(result.error).toBeUndefined();
		expect(outcomes(result)).toEqual(['answered', 'not_sent', 'answered']);
		expect(result.json[1]).toMatchObject({
			reason: 'bad_input',
			called_number: '+14155550102',
			message: expect.stringMatching(/DTMF .*Nothing was sent/s),
		});
		expect(dialled().sort()).toEqual(['+14155550101', '+14155550103']);
	});

	it('a fault of the input before any phone has rung stops the node', async () => {
		const id = await trunk();
		const { error } = await livekit.run(
			place(id, {
				additionalFields: { dtmf: '={{ $json.number === "+14155550101" ? "xyz" : "" }}' },
			}),
			calls('+14155550101', '+14155550102'),
			retrying,
		);
		expect(error?.message).toMatch(/DTMF/);
		expect(dialled()).toEqual([]);
	});

	it('a busy first row under Continue On Fail, which n8n would run again for an error in it', async () => {
		const id = await trunk();
		const result = await livekit.run(place(id), calls('+15555550486', '+14155550101'), {
			...retrying,
			onError: 'continueRegularOutput',
		});
		expect(dialled()).toEqual(['+15555550486', '+14155550101']);
		expect(outcomes(result)).toEqual(['busy', 'answered']);
	});

	it('a room name that differs from try to try', async () => {
		const id = await trunk();
		await livekit.run(
			place(id, { options: { room: picked('={{ "room-" + Math.random() }}') } }),
			calls('+14155550101', '+15555550486'),
			retrying,
		);
		expect(dialled().sort()).toEqual(['+14155550101', '+15555550486']);
	});

	it.each(['drop-after', 'drop-before'] as const)(
		'a connection that is cut (%s), which proves nothing',
		async (kind) => {
			const id = await trunk();
			livekit.server.faults.push({ kind, method: 'CreateSIPParticipant' });
			const { json } = await livekit.run(place(id), calls('+14155550101'), retrying);
			expect(json).toMatchObject([
				{ outcome: 'unknown', retryable: false, message: expect.stringMatching(/broke off/) },
			]);
			expect(livekit.methods()).toEqual(['CreateSIPParticipant']);
			expect(dialled()).toEqual(kind === 'drop-after' ? ['+14155550101'] : []);
		},
	);

	it('a timeout of a gateway', async () => {
		const id = await trunk();
		livekit.server.faults.push({
			kind: 'status',
			status: 504,
			contentType: 'text/html',
			body: '<h1>Timeout</h1>',
		});
		const { json } = await livekit.run(place(id), calls('+14155550101'), retrying);
		expect(json).toMatchObject([{ outcome: 'unknown', retryable: false }]);
		expect(livekit.methods()).toEqual(['CreateSIPParticipant']);
	});

	it.each(['create', 'transfer'])(
		'nor creates or transfers a row again that succeeded: %s',
		async (operation) => {
			await trunk();
			const parameters =
				operation === 'create'
					? { resource: 'inboundTrunk', operation, numbers: '={{ $json.number }}' }
					: {
							resource: 'call',
							operation,
							room: picked('call-1'),
							participant: picked('={{ $json.number === "+1" ? "caller" : "gone" }}'),
							transferTo: '+14155550188',
						};
			await livekit.run(
				parameters,
				operation === 'create' ? calls('+15105550191', '+15105550100') : calls('+1', '+2'),
				retrying,
			);
			// Rows are sent at once, so either may arrive first.
			const own = operation === 'create' ? '+15105550191' : '"caller"';
			const bodies = livekit.bodies().map((body) => JSON.stringify(body));
			expect(bodies.filter((body) => body.includes(own))).toHaveLength(1);
			expect(bodies.length).toBeGreaterThan(1);
		},
	);
});

describe('Retry On Fail tries again what certainly called nobody', () => {
	it('no SIP service', async () => {
		const id = await trunk();
		livekit.server.options.bridge = false;
		clock.hold();
		const running = livekit.run(place(id), calls('+14155550101'), retrying);
		await until(() => clock.waiting() > 0);
		livekit.server.options.bridge = true;
		clock.pass(livekit.server.options.noResponseAfterMs);
		clock.release();
		const { items, error } = await running;
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(dialled()).toEqual(['+14155550101']);
		const ids = requestIds();
		expect(ids.length).toBeGreaterThan(1);
		expect(new Set(ids).size).toBe(1);
	});
});

describe('the request id', () => {
	it('is its own for each row, execution, n8n, run and body, and the same for the same call', async () => {
		const id = await trunk();
		const runs: NodeSettings[] = [
			{},
			{ executionId: '2' },
			{ instanceId: 'instance-2' },
			{ runIndex: 1 },
			{ id: 'node-2' },
			{},
		];
		const twice = place(id, { guards: { allowDuplicates: true }, options: { sameRoom: true } });
		for (const settings of runs)
			await livekit.run(twice, calls('+14155550101', '+14155550101'), settings);
		await livekit.run(place(id, { limits: { maxCallDuration: 60 } }), calls('+14155550101'));
		const ids = requestIds();
		expect(ids).toHaveLength(13);
		expect(ids.slice(10, 12)).toEqual(ids.slice(0, 2));
		expect(new Set(ids).size).toBe(11);
		for (const one of ids)
			expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
	});

	it('lets a server that knows it skip the second dial', async () => {
		const id = await trunk();
		livekit.server.options.idempotent = true;
		for (let run = 0; run < 2; run++) await livekit.run(place(id), calls('+14155550101'));
		expect(dialled()).toEqual(['+14155550101']);
	});

	it.each(operationCases)(
		'goes with every writing request and with no reading one: $resource $operation',
		async ({ resource, operation, method, form }) => {
			const ids = await provision(livekit);
			const { error } = await livekit.run({ resource, operation, ...form(ids) });
			expect(error).toBeUndefined();
			const sent = livekit.server.requests.map((request) => ({
				method: request.method,
				id: request.headers['x-livekit-request-id'],
			}));
			expect(sent.map((request) => request.method)).toContain(method);
			for (const request of sent)
				expect(request).toEqual({
					method: request.method,
					id: /^(Get|List)/.test(request.method)
						? undefined
						: expect.stringMatching(/^[\da-f-]{36}$/),
				});
		},
	);
});

describe('the routed way, which n8n takes for AI tools in older versions', () => {
	it('dials once and in the same words', async () => {
		const id = await trunk();
		const { items } = await livekit.run(place(id), calls('+14155550101'), { routedOnly: true });
		expect(items[0].json).toMatchObject({
			sip_call_id: expect.stringMatching(/^SCL_/),
			room_name: 'room-+14155550101',
		});
		expect(dialled()).toEqual(['+14155550101']);
		expect(livekit.bodies()).toEqual([
			{
				sip_trunk_id: id,
				sip_call_to: '+14155550101',
				room_name: 'room-+14155550101',
				ringing_timeout: '30s',
				max_call_duration: '3600s',
				wait_until_answered: true,
			},
		]);
	});

	it('does not dial again either', async () => {
		const id = await trunk();
		const result = await livekit.run(place(id), calls('+15555550486'), {
			routedOnly: true,
			...retrying,
		});
		expect(outcomes(result)).toEqual(['busy']);
		expect(dialled()).toEqual(['+15555550486']);
	});

	it('updates', async () => {
		const { inbound } = await provision(livekit);
		const {
			json: [output],
		} = await livekit.run(
			{
				resource: 'inboundTrunk',
				operation: 'update',
				trunkId: picked(inbound),
				updateFields: { name: 'x' },
			},
			[{}],
			{ routedOnly: true },
		);
		expect(output.name).toBe('x');
	});
});
