import type { IDataObject } from 'n8n-workflow';

import { credentialOf, searchList } from '../support/harness';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

function join(room: string, number: string, status = 'active') {
	livekit.server.join(room, `sip_${number}`, 'SIP', {
		'sip.callStatus': status,
		'sip.phoneNumber': number,
	});
}

/** A call that was answered, as Place makes it. */
async function answeredCall(room: string, number: string) {
	const { sip_trunk_id: trunk } = await livekit.call('SIP/CreateSIPOutboundTrunk', {
		trunk: { name: 'Out', address: 'sip.example.com', numbers: ['+15105550101'] },
	});
	await livekit.call('SIP/CreateSIPParticipant', {
		sip_trunk_id: trunk,
		sip_call_to: number,
		room_name: room,
		participant_identity: `sip_${number}`,
		wait_until_answered: true,
	});
	livekit.forget();
}

const getMany = { resource: 'call', operation: 'getAll' };
const rooms = (items: IDataObject[]) => items.map(({ room_name: room }) => room);
const grants = (method: string) =>
	livekit.server.requests
		.filter((request) => request.method === method)
		.map(({ claims }) => claims?.video);

describe('Get Many without a room', () => {
	it('gives the calls of all rooms, each room asked with its own grant', async () => {
		join('a', '+4915112345678');
		join('b', '+4915112345679', 'ringing');
		livekit.server.join('c', 'somebody');
		const { json, error } = await livekit.run({ ...getMany, returnAll: true });
		expect(error).toBeUndefined();
		expect(rooms(json).sort()).toEqual(['a', 'b']);
		expect(json.map(({ phone_number: number }) => number).sort()).toEqual([
			'+4915112345678',
			'+4915112345679',
		]);
		expect(grants('ListRooms')).toEqual([{ roomList: true }]);
		expect(grants('ListParticipants')).toHaveLength(3);
		for (const room of ['a', 'b', 'c'])
			expect(grants('ListParticipants')).toContainEqual({ roomAdmin: true, room });
	});

	it('stops asking once there are enough that match', async () => {
		for (let index = 0; index < 40; index++)
			join(`room-${index}`, `+49151123456${10 + index}`, index % 2 ? 'active' : 'ringing');
		const { json } = await livekit.run({ ...getMany, limit: 3, filters: { status: 'active' } });
		expect(json).toHaveLength(3);
		expect(json.every(({ status }) => status === 'active')).toBe(true);
		expect(livekit.bodies('ListParticipants')).toHaveLength(10);
		const all = await livekit.run({ ...getMany, returnAll: true });
		expect(new Set(rooms(all.json)).size).toBe(40);
	});

	it('a room that closes meanwhile is no fault', async () => {
		join('a', '+4915112345678');
		join('b', '+4915112345679');
		livekit.server.faults.push({
			method: 'ListParticipants',
			kind: 'status',
			status: 404,
			body: JSON.stringify({ code: 'not_found', msg: 'requested room does not exist' }),
		});
		const { json, error } = await livekit.run({ ...getMany, returnAll: true });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1);
	});

	it('a room that does not answer is never "no calls"', async () => {
		join('a', '+4915112345678');
		join('b', '+4915112345679');
		livekit.server.faults.push({
			method: 'ListParticipants',
			kind: 'status',
			status: 403,
			body: JSON.stringify({ code: 'permission_denied', msg: 'no' }),
		});
		const { json, error } = await livekit.run({ ...getMany, returnAll: true });
		expect(json).toEqual([]);
		expect(error).toBeDefined();
	});

	it('no rooms are no calls', async () => {
		expect(await livekit.run(getMany)).toMatchObject({ json: [], error: undefined });
	});

	it('an expression for Room that finds nothing does not mean all rooms', async () => {
		join('a', '+4915112345678');
		const { error } = await livekit.run({ ...getMany, room: picked('={{ $json.nothing }}') });
		expect(error?.message).toMatch(/^Room is empty for this row: the expression found nothing/);
		expect(livekit.methods()).toEqual([]);
	});
});

describe('the picker of calls', () => {
	const entries = async (filter?: string) => {
		const { results } = await searchList(credentialOf(livekit.server), 'searchCalls', {}, filter);
		return results;
	};
	const fromList = (value: unknown) => ({ __rl: true, mode: 'list', value: String(value) });

	it('lists the calls of all rooms by number, state and room, and is searched by each', async () => {
		join('outbound-44a9', '+4915112345678');
		join('support', '+4915112345679', 'ringing');
		livekit.server.join('hidden', 'sip_anonymous', 'SIP', {});
		const names = async (filter?: string) => (await entries(filter)).map(({ name }) => name);
		expect(await names()).toEqual([
			'+4915112345678 - active - outbound-44a9',
			'+4915112345679 - ringing - support',
			'sip_anonymous - hidden',
		]);
		for (const filter of ['345679', 'RINGING', 'supp'])
			expect(await names(filter)).toEqual(['+4915112345679 - ringing - support']);
	});

	it.each([
		['get', 'GetParticipant', {}],
		['hangUp', 'RemoveParticipant', {}],
		['transfer', 'TransferSIPParticipant', { transferTo: '+14155550188' }],
	])('%s takes room and identity of what was picked', async (operation, method, more) => {
		await answeredCall('outbound-44a9', '+14155550123');
		const [{ value }] = await entries();
		livekit.forget();
		const parameters = { resource: 'call', operation, participant: fromList(value), ...more };
		const { error } = await livekit.run(parameters);
		expect(error).toBeUndefined();
		const [body] = livekit.bodies(method) as IDataObject[];
		expect(body).toMatchObject(
			operation === 'transfer'
				? { room_name: 'outbound-44a9', participant_identity: 'sip_+14155550123' }
				: { room: 'outbound-44a9', identity: 'sip_+14155550123' },
		);
	});

	it('names that begin with = stay names', async () => {
		const room = '={{ $env.N8N_ENCRYPTION_KEY }}{{ 7 * 191 }}';
		livekit.server.join(room, '=caller', 'SIP', { 'sip.callStatus': 'active' });
		const [{ value }] = await entries();
		expect(value).toMatch(/^\{"room":/);
		expect(value).not.toContain('{{');
		livekit.forget();
		const parameters = { resource: 'call', operation: 'get', participant: fromList(value) };
		const { error } = await livekit.run(parameters);
		expect(error).toBeUndefined();
		expect(livekit.bodies('GetParticipant')).toEqual([{ room, identity: '=caller' }]);
	});

	it.each(['get', 'hangUp', 'transfer'])(
		'%s takes room and identity from Place',
		async (operation) => {
			await answeredCall('outbound-44a9', '+14155550123');
			const { error } = await livekit.run(
				{
					resource: 'call',
					operation,
					participant: { __rl: true, mode: 'identity', value: '={{ $json.participant_identity }}' },
					room: { __rl: true, mode: 'name', value: '={{ $json.room_name }}' },
					transferTo: '+14155550188',
				},
				[{ room_name: 'outbound-44a9', participant_identity: 'sip_+14155550123' }],
			);
			expect(error).toBeUndefined();
		},
	);

	it.each([
		[fromList('  '), '', /^Call is required: choose it from the list, or choose Identity/],
		[fromList('sip_+49'), '', /^Call holds "sip_\+49", which is no entry of the list/],
		[fromList('{"room":"","identity":"a"}'), '', /^Call holds .* which is no entry of the list/],
		[{ __rl: true, mode: 'identity', value: 'sip_+49' }, ' ', /^Room is required: the room of the/],
		[{ __rl: true, mode: 'identity', value: ' ' }, 'a', /^Call is required/],
	])('%j with the room %j sends nothing', async (participant, room, message) => {
		for (const operation of ['get', 'hangUp', 'transfer']) {
			const { error } = await livekit.run({
				resource: 'call',
				operation,
				participant,
				room: { __rl: true, mode: 'name', value: room },
				transferTo: '+14155550188',
			});
			expect(error?.message).toMatch(message);
		}
		expect(livekit.methods()).toEqual([]);
	});
});

describe('the picker of dispatches', () => {
	it('lists the dispatches of the room by agent and state, and Delete takes one', async () => {
		const { id } = await livekit.call(
			'AgentDispatchService/CreateDispatch',
			{ room: 'r1', agent_name: 'appointment-agent' },
			{ video: { roomAdmin: true, room: 'r1' } },
		);
		const list = async (room: string) =>
			await searchList(credentialOf(livekit.server), 'searchDispatches', {
				resource: 'agentDispatch',
				operation: 'delete',
				room: { __rl: true, mode: 'name', value: room },
			});
		const { results } = await list('r1');
		const named = results.filter(({ name }) => name.startsWith('appointment-agent'));
		expect(named).toEqual([{ name: `appointment-agent - dispatched - ${id}`, value: id }]);
		await expect(list('')).rejects.toThrow('Choose the Room first');
		const { json } = await livekit.run({
			resource: 'agentDispatch',
			operation: 'delete',
			room: { __rl: true, mode: 'name', value: 'r1' },
			dispatchId: { __rl: true, mode: 'list', value: id },
		});
		expect(json).toEqual([{ deleted: true, dispatch_id: id, room_name: 'r1' }]);
	});

	// What n8n's editor sends for an expression that has no value before the nodes in front of it have run.
	it.each([
		['of 1.x', null],
		['of 2.x', { __rl: true, mode: 'name', value: null }],
		['whose field is not there', { __rl: true, mode: 'name' }],
		['as it was typed', { __rl: true, mode: 'name', value: '={{ $json.room_name }}' }],
	])('says of an expression %s that it gives no room, and asks for none', async (_kind, room) => {
		const listed = searchList(credentialOf(livekit.server), 'searchDispatches', {
			resource: 'agentDispatch',
			operation: 'delete',
			room,
		});
		await expect(listed).rejects.toThrow('Room is an expression that gives no room yet');
		expect(livekit.methods()).toEqual([]);
	});
});
