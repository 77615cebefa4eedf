import type { IDataObject } from 'n8n-workflow';

import { wholeResult } from '../support/dialling';
import { useAsTool } from '../support/agent';
import { provision } from '../support/cases';
import { credentialOf } from '../support/harness';
import { type LiveKit, picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

/** An agent's calls, with Retry On Fail, which n8n also applies to tools. */
async function place(
	numbers: string[],
	options: Partial<LiveKit['server']['options']> = {},
	own: IDataObject = {},
) {
	const { outbound } = await provision(livekit);
	const before = livekit.server.dials().length;
	Object.assign(livekit.server.options, options);
	const parameters = {
		resource: 'call',
		operation: 'place',
		trunk: picked(outbound),
		callTo: '={{ $fromAI("number", "", "string") }}',
		...own,
		limits: { callsPerSecond: 0, ...(own.limits as IDataObject) },
		options: { ...wholeResult, room: picked('r') },
	};
	const used = await useAsTool(
		credentialOf(livekit.server),
		parameters,
		numbers.map((number) => ({ number })),
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
	);
	return {
		used,
		dialled: livekit.server
			.dials()
			.slice(before)
			.map(({ number }) => number),
	};
}

it('an agent gets the ids of its call', async () => {
	const { used, dialled } = await place(['+14155550101']);
	expect(used).toEqual([
		{ answer: [expect.objectContaining({ sip_call_id: expect.stringMatching(/^SCL_/) })] },
	]);
	expect(dialled).toEqual(['+14155550101']);
});

it('an agent reads that the line is busy, and nobody dials again', async () => {
	const { used, dialled } = await place(['+15555550486']);
	expect(used).toEqual([
		{
			answer: [
				expect.objectContaining({
					outcome: 'busy',
					message: expect.stringMatching(/line is busy/),
				}),
			],
		},
	]);
	expect(dialled).toEqual(['+15555550486']);
});

it('an agent that calls again, calls again: n8n tells its uses of a tool apart', async () => {
	const numbers = ['+15555550486', '+14155550101', '+14155550101'];
	const { used, dialled } = await place(numbers);
	expect(dialled).toEqual(numbers);
	expect(used.map(({ answer }) => answer?.length)).toEqual([1, 1, 1]);
});

it('n8n tries again what certainly called nobody, and then tells the agent', async () => {
	const { used } = await place(['+14155550101'], { bridge: false });
	expect(used).toEqual([{ thrown: expect.stringMatching(/SIP/) }]);
	expect(livekit.methods()).toEqual([
		'CreateSIPParticipant',
		'CreateSIPParticipant',
		'CreateSIPParticipant',
	]);
});

it('an agent may make no more calls than the guard allows, over all its uses of the tool', async () => {
	const { used, dialled } = await place(
		['+14155550101', '+14155550102', '+14155550103'],
		{},
		{ limits: { maxCalls: 2 } },
	);
	expect(dialled).toEqual(['+14155550101', '+14155550102']);
	expect(used[2].answer).toMatchObject([{ outcome: 'skipped', reason: 'call_limit' }]);
});

it('an agent stops after carrier failures in a row, over all its uses of the tool', async () => {
	const down = '+15555550503';
	const { used, dialled } = await place(
		[down, down, '+14155550101'],
		{},
		{ limits: { circuitBreaker: 2 } },
	);
	expect(dialled).toEqual([down, down]);
	expect(used[2].answer).toMatchObject([{ outcome: 'skipped', reason: 'circuit_open' }]);
});

it('an agent may call allowed destinations only', async () => {
	const { used, dialled } = await place(
		['+4930123456', '+14155550101'],
		{},
		{ guards: { allowedDestinations: '+49' } },
	);
	expect(dialled).toEqual(['+4930123456']);
	expect(used[1].answer).toMatchObject([{ outcome: 'skipped', reason: 'destination_not_allowed' }]);
});
