import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered, ask } from '../support/client';

interface Dispatch {
	id: string;
	agent_name: string;
	state: { jobs: object[]; trigger: string };
}

describe('rooms and agents', () => {
	let livekit: LocalLiveKit;
	beforeAll(async () => {
		livekit = await startLocalLiveKit({ agents: ['bob'], noResponseAfterMs: 10, answerAfterMs: 1 });
	});
	beforeEach(() => livekit.reset());
	afterAll(() => livekit.close());

	const dispatches = async () =>
		(
			await answered<{ agent_dispatches: Dispatch[] }>(
				livekit,
				'AgentDispatchService/ListDispatch',
				{ room: 'r1' },
			)
		).agent_dispatches;
	const identities = () => livekit.participants('r1').map(({ identity }) => identity);

	test('create is idempotent by name, delete is not', async () => {
		const room = await answered(livekit, 'RoomService/CreateRoom', { name: 'r1', metadata: 'm' });
		expect(room).toMatchObject({
			sid: expect.stringMatching(/^RM_/),
			name: 'r1',
			metadata: 'm',
			empty_timeout: 300,
		});
		expect(
			await answered(livekit, 'RoomService/CreateRoom', { name: 'r1', metadata: 'other' }),
		).toEqual(room);
		expect(await answered(livekit, 'RoomService/ListRooms', { names: ['r1'] })).toEqual({
			rooms: [room],
		});
		expect(await answered(livekit, 'RoomService/DeleteRoom', { room: 'r1' })).toEqual({});
		expect(await ask(livekit, 'RoomService/DeleteRoom', { room: 'r1' })).toMatchObject({
			status: 404,
			body: { msg: 'twirp error unknown: requested room does not exist' },
		});
	});

	test('participants', async () => {
		livekit.join('r1', 'anna', 'STANDARD', { a: '1', b: '2' });
		const update = { room: 'r1', identity: 'anna', name: 'Anna', attributes: { a: '', c: '3' } };
		expect(await answered(livekit, 'RoomService/UpdateParticipant', update)).toMatchObject({
			name: 'Anna',
			attributes: { b: '2', c: '3' },
		});
		expect(await answered(livekit, 'RoomService/ListParticipants', { room: 'r1' })).toMatchObject({
			participants: [{ identity: 'anna' }],
		});
		expect(
			await answered(livekit, 'RoomService/RemoveParticipant', { room: 'r1', identity: 'anna' }),
		).toEqual({});
		for (const rpc of ['GetParticipant', 'RemoveParticipant', 'UpdateParticipant']) {
			expect(
				await ask(livekit, `RoomService/${rpc}`, { room: 'r1', identity: 'anna' }),
			).toMatchObject({
				status: 404,
				body: { code: 'not_found', msg: 'twirp error unknown: participant does not exist' },
			});
		}
	});

	test('deleting the room hangs up its calls', async () => {
		const call = { sip_call_to: '+1', sip_number: '+2', trunk: { hostname: 'x' }, room_name: 'r1' };
		await answered(livekit, 'SIP/CreateSIPParticipant', call);
		expect(identities()).toEqual(['sip_+1']);
		await answered(livekit, 'RoomService/DeleteRoom', { room: 'r1' });
		expect(identities()).toEqual([]);
	});

	test('lk.sip.EndCall hangs up a telephone and nobody else', async () => {
		livekit.join('r1', 'anna');
		livekit.join('r1', 'phone', 'SIP');
		const end = {
			room: 'r1',
			method: 'lk.sip.EndCall',
			payload: '{"headers":{"X-Reason":"done"}}',
		};
		const lost = { status: 503, body: { msg: 'twirp error unknown: no response from servers' } };
		expect(
			await ask(livekit, 'RoomService/PerformRpc', { ...end, destination_identity: 'phone' }),
		).toMatchObject(lost);
		expect(identities()).toEqual(['anna']);
		expect(
			await ask(livekit, 'RoomService/PerformRpc', { ...end, destination_identity: 'anna' }),
		).toMatchObject(lost);
		expect(await ask(livekit, 'RoomService/PerformRpc', end)).toMatchObject({ status: 400 });
		livekit.join('r1', 'phone', 'SIP');
		livekit.options.sipCodes = 'oldest';
		expect(
			await ask(livekit, 'RoomService/PerformRpc', { ...end, destination_identity: 'phone' }),
		).toMatchObject({ status: 400, body: { msg: expect.stringContaining('not supported') } });
		livekit.options.sipCodes = 'current';
		expect(identities()).toEqual(['anna', 'phone']);
	});

	test('a dispatch in a new room stands beside a nameless one, and brings its agent', async () => {
		const dispatch = await answered<Dispatch>(livekit, 'AgentDispatchService/CreateDispatch', {
			room: 'r1',
			agent_name: 'bob',
			metadata: '{}',
		});
		expect(dispatch).toMatchObject({
			id: expect.stringMatching(/^AD_/),
			agent_name: 'bob',
			metadata: '{}',
		});
		expect(await dispatches()).toMatchObject([
			{ agent_name: '', state: { jobs: [], trigger: 'ADT_ROOM_API' } },
			{ agent_name: 'bob', state: { jobs: [{ agent_name: 'bob' }], trigger: 'ADT_DISPATCH_API' } },
		]);
		expect(livekit.participants('r1')).toMatchObject([
			{ kind: 'AGENT', attributes: { 'lk.agent.name': 'bob' } },
		]);
		await answered(livekit, 'AgentDispatchService/DeleteDispatch', {
			room: 'r1',
			dispatch_id: dispatch.id,
		});
		expect(await dispatches()).toMatchObject([{ agent_name: '' }]);
		expect(
			await ask(livekit, 'AgentDispatchService/DeleteDispatch', {
				room: 'r1',
				dispatch_id: dispatch.id,
			}),
		).toMatchObject({
			status: 404,
			body: { msg: 'twirp error unknown: dispatch ID not found' },
		});
	});

	test('agents of a new room, and an agent that nobody runs', async () => {
		await answered(livekit, 'RoomService/CreateRoom', {
			name: 'r1',
			agents: [{ agent_name: 'nobody' }],
		});
		expect(await dispatches()).toMatchObject([{ agent_name: 'nobody', state: { jobs: [] } }]);
		expect(identities()).toEqual([]);
	});

	test('dispatches of a room that does not exist', async () => {
		expect(await ask(livekit, 'AgentDispatchService/ListDispatch', { room: 'r1' })).toMatchObject({
			status: 503,
			body: { code: 'unavailable', msg: 'twirp error unknown: no response from servers' },
		});
	});
});
