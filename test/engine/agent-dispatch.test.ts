import { type LocalLiveKit, startLocalLiveKit } from '../../local/livekit/server';
import { credentialOf, runNode } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();
const inRoom = (room: string) => ({ video: { roomAdmin: true, room } });
const create = (own: object) => ({
	resource: 'agentDispatch',
	operation: 'create',
	room: picked('call-1'),
	agentName: 'helper',
	...own,
});

async function dispatch(room: string, agent: string): Promise<string> {
	const made = await livekit.call(
		'AgentDispatchService/CreateDispatch',
		{ room, agent_name: agent },
		inRoom(room),
	);
	livekit.forget();
	return made.id;
}

it('sends an agent that is running into the room, and takes it out again', async () => {
	livekit.server.options.agents = ['helper'];
	const made = await livekit.run(create({ metadata: '={{ { number: $json.number } }}' }), [
		{ number: '+14155550123' },
	]);
	expect(made.error).toBeUndefined();
	expect(livekit.bodies()).toEqual([
		{ room: 'call-1', agent_name: 'helper', metadata: '{"number":"+14155550123"}' },
	]);
	expect(made.json).toEqual([
		{
			dispatch_id: expect.stringMatching(/^AD_/),
			room_name: 'call-1',
			agent_name: 'helper',
			status: 'running',
			participant_identity: expect.stringMatching(/^agent-/),
			metadata: '{"number":"+14155550123"}',
			attributes: {},
			created_at: expect.stringMatching(/^\d{4}-.*Z$/),
		},
	]);
	const deleted = await livekit.run({
		resource: 'agentDispatch',
		operation: 'delete',
		room: picked('call-1'),
		dispatchId: picked(` ${String(made.json[0].dispatch_id)} `),
	});
	expect(deleted.json).toEqual([
		{ deleted: true, dispatch_id: made.json[0].dispatch_id, room_name: 'call-1' },
	]);
	const { participants } = await livekit.call<{ participants: unknown[] }>(
		'RoomService/ListParticipants',
		{ room: 'call-1' },
		inRoom('call-1'),
	);
	expect(participants).toEqual([]);
});

it('lists what is in the room: the named dispatch, and the nameless one that LiveKit makes with a room', async () => {
	const id = await dispatch('call-1', 'helper');
	const getAll = { resource: 'agentDispatch', operation: 'getAll', room: picked('call-1') };
	const all = await livekit.run({ ...getAll, returnAll: true });
	expect(all.json.map(({ agent_name: name }) => name)).toEqual(['', 'helper']);
	expect((await livekit.run({ ...getAll, limit: 1 })).json).toHaveLength(1);
	expect((await livekit.run({ ...getAll, filters: { dispatchId: id } })).json).toEqual([
		expect.objectContaining({ dispatch_id: id, status: 'dispatched' }),
	]);
	expect((await livekit.run({ ...getAll, filters: { dispatchId: 'AD_other' } })).json).toEqual([]);
	const whole = await livekit.run({ ...getAll, filters: { dispatchId: id }, simplify: false });
	expect(whole.json).toEqual([
		expect.objectContaining({
			id,
			room: 'call-1',
			restart_policy: 'JRP_ON_FAILURE',
			state: expect.objectContaining({ trigger: 'ADT_DISPATCH_API' }),
		}),
	]);
});

it.each(['getAll', 'delete'])('%s in a room that does not exist says so', async (operation) => {
	const { error } = await livekit.run({
		resource: 'agentDispatch',
		operation,
		room: picked('nowhere'),
		dispatchId: picked('AD_1'),
	});
	expect(error?.message).toBe('The room does not exist: nowhere');
	expect(error?.description).toMatch(/Check Room.*no response from servers \(HTTP 503\)/s);
});

it('a dispatch that is gone is told as such', async () => {
	await dispatch('call-1', 'helper');
	const { error } = await livekit.run({
		resource: 'agentDispatch',
		operation: 'delete',
		room: picked('call-1'),
		dispatchId: picked('AD_gone'),
	});
	expect(error?.message).toBe('The room has no such dispatch: AD_gone in call-1');
});

it.each([
	[create({ agentName: '={{ $json.nothing }}' }), /^Agent Name is empty for this row/],
	[create({ agentName: '  ' }), /^Agent Name is required/],
	[create({ room: picked('={{ $json.nothing }}') }), /^Room is empty for this row/],
	[create({ additionalFields: { deployment: 'a_b' } }), /^Deployment must not hold underscores/],
	[
		create({ inputMode: 'json', jsonBody: '{"room": "r", "agent_name": "a", "roomConfig": {}}' }),
		/^roomConfig is not a field/,
	],
	[
		{
			resource: 'agentDispatch',
			operation: 'delete',
			room: picked('call-1'),
			dispatchId: picked(' '),
		},
		/^Dispatch is required/,
	],
	[{ resource: 'agentDispatch', operation: 'getAll', room: picked(' ') }, /^Room is required/],
])('sends nothing for %j', async (parameters, message) => {
	const { error } = await livekit.run(parameters);
	expect(error?.message).toMatch(message);
	expect(livekit.methods()).toEqual([]);
});

it('warns of what an older server drops', async () => {
	const old: LocalLiveKit = await startLocalLiveKit({
		dropFields: ['CreateAgentDispatchRequest.thread_id', 'AgentDispatch.thread_id'],
	});
	const { json } = await runNode(
		credentialOf(old),
		create({ additionalFields: { threadId: 'AT_1' } }),
	);
	await old.close();
	expect(json).toEqual([
		expect.objectContaining({
			agent_name: 'helper',
			warnings: [expect.stringMatching(/^thread_id: .*older than LiveKit 1\.13\.6/)],
		}),
	]);
});

it('a failed row among good ones, and a retry, dispatch each agent once', async () => {
	livekit.server.options.agents = ['helper'];
	const rows = [{ agent: 'helper' }, { agent: '' }, { agent: 'helper' }];
	const settings = {
		onError: 'continueErrorOutput',
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 0,
	} as const;
	const result = await livekit.run(
		create({ room: picked('call-1'), agentName: '={{ $json.agent }}' }),
		rows,
		settings,
	);
	expect(livekit.bodies('CreateDispatch')).toHaveLength(2);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(result.errors.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	const ids = livekit.server.requests.map(({ headers }) => headers['x-livekit-request-id']);
	expect(new Set(ids).size).toBe(2);
});

it("another service's answer is no dispatch", async () => {
	for (const [operation, method] of [
		['create', 'CreateDispatch'],
		['getAll', 'ListDispatch'],
		['delete', 'DeleteDispatch'],
	]) {
		livekit.server.faults.push({ method, kind: 'body', body: '{"ok": true}' });
		const { error } = await livekit.run({
			resource: 'agentDispatch',
			operation,
			room: picked('call-1'),
			agentName: 'helper',
			dispatchId: picked('AD_1'),
		});
		expect(error?.message).toBe('The answer did not come from a LiveKit server');
	}
});
