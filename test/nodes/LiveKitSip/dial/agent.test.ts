import { once } from 'node:events';
import { setImmediate as idle } from 'node:timers/promises';

import {
	type LocalLiveKit,
	type LocalLiveKitOptions,
	startLocalLiveKit,
} from '../../../../local/livekit/server';
import { dismissAgent, summonAgent } from '../../../../nodes/LiveKitSip/dial/agent';
import { eventually } from '../../../support/calling';
import { answered } from '../../../support/client';
import { useClock } from '../../../support/clock';
import { rowFor, sendTo } from '../../../support/row';

const clock = useClock();
let livekit: LocalLiveKit;
/** Requests that are under way. */
let sending = 0;

/** A local LiveKit for each test of a group, with an agent `helper` and a nameless one. */
function useServer(options: LocalLiveKitOptions = {}): void {
	beforeEach(async () => {
		livekit = await startLocalLiveKit({ agents: ['helper', ''], noResponseAfterMs: 5, ...options });
	});
	afterEach(async () => await livekit.close());
}

/** A row whose requests go to the local LiveKit. */
const row = rowFor(async (rpc, body) => {
	sending++;
	try {
		return await sendTo(livekit, rpc, body);
	} catch {
		return {
			refusal: { status: 0, code: 'unknown_fate', message: 'the connection ended', meta: {} },
		};
	} finally {
		sending--;
	}
});

// Unreferenced: what waits for its end when a test is over must not keep jest.
const sleep = async (ms: number) =>
	await new Promise<void>((resolve) => {
		setTimeout(resolve, ms).unref();
	});
const never = () => false;
const summon = async (waitSeconds: number, name = 'helper', metadata: unknown = undefined) =>
	await summonAgent(row, 'r1', { name, metadata, waitSeconds }, sleep, never);

/** Does the work on a clock that moves only while no request is under way; gives what it came to, and how long it took. */
async function timed<T>(work: () => Promise<T>): Promise<{ came: T; tookMs: number }> {
	clock.hold();
	let [tookMs, done] = [0, false];
	const coming = work().finally(() => {
		done = true;
	});
	for (; !done; await idle()) {
		if (sending > 0) continue;
		clock.pass(10);
		tookMs += 10;
	}
	return { came: await coming, tookMs };
}

const methods = () => livekit.requests.map(({ method }) => method);
const listed = async () =>
	(
		await answered<{ agent_dispatches: Array<{ id: string; agent_name: string }> }>(
			livekit,
			'AgentDispatchService/ListDispatch',
			{ room: 'r1' },
		)
	).agent_dispatches;

const generations: ReadonlyArray<readonly [string, LocalLiveKitOptions]> = [
	['a server that answers in snake_case', {}],
	['a server that answers in camelCase', { style: 'camel' }],
	[
		'a server before 1.9, which has no names in the attributes',
		{ dropFields: ['ParticipantInfo.attributes'] },
	],
	['the same in camelCase', { dropFields: ['ParticipantInfo.attributes'], style: 'camel' }],
	['a server that does not list jobs yet', { dropFields: ['AgentDispatchState.jobs'] }],
];

describe.each(generations)('%s', (_title, options) => {
	useServer(options);

	it('the agent that is there at once is found at once', async () => {
		clock.hold();
		expect(await summon(5)).toEqual({ dispatchId: expect.stringMatching(/^AD_/) });
		expect(methods().filter((method) => method === 'ListParticipants')).toHaveLength(1);
	});

	it('the agent that comes later is waited for, and not mistaken for the nameless one that LiveKit sends too', async () => {
		// A nameless agent is in the room already.
		await answered(livekit, 'RoomService/CreateRoom', { name: 'r1' });
		livekit.options.agentJoinsAfterMs = 400;
		const { came, tookMs } = await timed(async () => await summon(5));
		expect(came).toEqual({ dispatchId: expect.stringMatching(/^AD_/) });
		expect(tookMs).toBe(500);
	});

	it('the agent that does not come is late, whoever else is there', async () => {
		await answered(livekit, 'RoomService/CreateRoom', { name: 'r1' });
		await answered(livekit, 'AgentDispatchService/CreateDispatch', {
			room: 'r1',
			agent_name: 'helper',
		});
		const { came, tookMs } = await timed(async () => await summon(0.4, 'nobody'));
		expect(came).toEqual({ late: true, dispatchId: expect.stringMatching(/^AD_/) });
		expect(tookMs).toBe(400);
	});
});

describe('summonAgent', () => {
	useServer();

	it('a dispatch carries metadata, as text or as the JSON of an object', async () => {
		await summon(5, 'helper', 'plain');
		await summon(5, 'helper', { a: 1 });
		const bodies = livekit.requests
			.filter(({ method }) => method === 'CreateDispatch')
			.map(({ body }) => body);
		expect(bodies).toEqual([
			{ room: 'r1', agent_name: 'helper', metadata: 'plain' },
			{ room: 'r1', agent_name: 'helper', metadata: '{"a":1}' },
		]);
		expect(await summon(5, 'helper', true)).toEqual({
			refusal: expect.objectContaining({
				code: 'invalid_argument',
				message: expect.stringMatching(/^metadata of the agent must be text/),
			}),
		});
	});

	it('polls four times a second and gives the refusal of the dispatch back', async () => {
		livekit.options.agents = [];
		await timed(async () => await summon(0.9));
		expect(methods()).toEqual(['CreateDispatch', ...Array<string>(4).fill('ListParticipants')]);
		livekit.reset();
		livekit.faults.push({
			method: 'CreateDispatch',
			kind: 'status',
			status: 503,
			contentType: 'application/json',
			body: '{"code":"unavailable","msg":"twirp error unknown: no response from servers"}',
		});
		expect(await summon(5)).toEqual({ refusal: expect.objectContaining({ code: 'no_room' }) });
		expect(methods()).toEqual(['CreateDispatch']);
	});

	it('asks again after a question that failed, and does not wait for one that hangs', async () => {
		livekit.faults.push({ method: 'ListParticipants', kind: 'drop-before', times: 2 });
		const { came } = await timed(async () => await summon(5));
		expect(came).toEqual({ dispatchId: expect.any(String) });
		expect(methods()).toEqual(['CreateDispatch', ...Array<string>(3).fill('ListParticipants')]);
		livekit.reset();
		livekit.faults.push({ method: 'ListParticipants', kind: 'delay', delayMs: 60_000 });
		const summoned = summon(0.3);
		await eventually(() => expect(methods()).toContain('ListParticipants'));
		clock.pass(300);
		expect(await summoned).toEqual({ late: true, dispatchId: expect.any(String) });
		expect(sending).toBe(1);
	});

	it('ends with the next question where the wait itself does not end with the execution', async () => {
		livekit.options.agents = [];
		const cancelled = () => methods().length > 2;
		const agent = { name: 'helper', waitSeconds: 5 };
		const { came } = await timed(async () => await summonAgent(row, 'r1', agent, sleep, cancelled));
		expect(came).toEqual({ late: true, dispatchId: expect.any(String) });
		expect(methods()).toHaveLength(3);
	});

	it('ends as soon as the execution is cancelled', async () => {
		livekit.options.agents = [];
		const execution = new AbortController();
		const stopped = once(execution.signal, 'abort');
		let waits = 0;
		const wait = async (ms: number) => {
			waits++;
			await Promise.race([sleep(ms), stopped]);
		};
		clock.hold();
		const agent = { name: 'helper', waitSeconds: 60 };
		const summoned = summonAgent(row, 'r1', agent, wait, () => execution.signal.aborted);
		// Its question is answered, and it waits.
		await eventually(() => expect([waits, sending]).toEqual([2, 0]));
		execution.abort();
		expect(await summoned).toEqual({ late: true, dispatchId: expect.any(String) });
	});
});

describe('dismissAgent', () => {
	useServer();

	it('takes the dispatch and its agent out of the room', async () => {
		const summoned = await summon(5);
		if (!('dispatchId' in summoned)) throw new Error('no dispatch');
		expect(await dismissAgent(row, 'r1', summoned.dispatchId)).toBeUndefined();
		expect((await listed()).map(({ agent_name: name }) => name)).toEqual(['']);
		const { participants } = await answered<{ participants: Array<{ identity: string }> }>(
			livekit,
			'RoomService/ListParticipants',
			{ room: 'r1' },
		);
		expect(participants).toEqual([
			expect.objectContaining({ attributes: expect.objectContaining({ 'lk.agent.name': '' }) }),
		]);
	});

	it('has nothing to say where dispatch or room are gone, and a warning where LiveKit did not do it', async () => {
		await answered(livekit, 'RoomService/CreateRoom', { name: 'r1' });
		expect(await dismissAgent(row, 'r1', 'AD_gone')).toBeUndefined();
		expect(await dismissAgent(row, 'nowhere', 'AD_gone')).toBeUndefined();
		livekit.faults.push({ method: 'DeleteDispatch', kind: 'drop-before' });
		expect(await dismissAgent(row, 'r1', 'AD_1')).toMatch(
			/^The agent dispatch AD_1 in the room r1 is still there: /,
		);
	});
});
