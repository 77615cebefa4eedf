import type { IDataObject } from 'n8n-workflow';

import { numbered, numbers, useDialling } from '../support/dialling';
import type { NodeSettings } from '../support/harness';

const dialling = useDialling();
const { livekit, place, called } = dialling;

const method = 'CreateSIPParticipant';
const retrying: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

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
			{ limits: { maxSimultaneous: 1, circuitBreaker: 3 } },
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
			{ limits: { maxSimultaneous: 1, circuitBreaker: 2 } },
			numbered(5),
			{ onError: 'continueRegularOutput' },
		);
		expect(livekit.methods().filter((name) => name === method)).toHaveLength(2);
		expect(json.slice(2).map(({ reason }) => reason)).toEqual(Array(3).fill('circuit_open'));
	});

	it('opens the circuit after agents that did not come', async () => {
		const { json } = await place(
			{
				agentName: 'nobody',
				agentOptions: { agentWait: 0.01 },
				limits: { maxSimultaneous: 1, circuitBreaker: 2 },
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
				{ ...own, limits: { circuitBreaker: 3, ...(own.limits as IDataObject) } },
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
		const { json } = await place({ limits: { circuitBreaker: 3 } }, numbered(3), retrying);
		expect(json.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
		expect(called()).toHaveLength(3);
	});
});
