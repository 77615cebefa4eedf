import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local/livekit/server';
import { provision } from '../support/cases';
import { useClock } from '../support/clock';
import { pairs, picked, useLiveKit } from '../support/livekit';
import { until } from '../support/until';

const livekit = useLiveKit();
const clock = useClock();

const identities = (room: string) =>
	livekit.server.participants(room).map(({ identity }) => identity);
const hangUp = (own: IDataObject = {}) => ({
	resource: 'call',
	operation: 'hangUp',
	room: picked('call-1'),
	participant: picked('caller'),
	...own,
});
const hangUpAll = (roomPrefix: string) => ({
	resource: 'call',
	operation: 'hangUpAll',
	roomPrefix,
});
const headers = { options: { byeHeaders: pairs({ 'X-Reason': 'done' }) } };
const ended = { ended: true, room_name: 'call-1', participant_identity: 'caller' };

/** A call past the node, answered or still ringing. */
async function call(
	room: string,
	identity: string,
	number = '+14155550101',
	answered = true,
): Promise<void> {
	const trunk = { trunk: { hostname: 'sip.example.com' }, sip_number: '+15105550100' };
	await livekit.call('SIP/CreateSIPParticipant', {
		...trunk,
		sip_call_to: number,
		room_name: room,
		participant_identity: identity,
		wait_until_answered: answered,
	});
}

describe('hang up', () => {
	it('ends a call that rings', async () => {
		await call('call-1', 'caller', '+15555550408', false);
		const { json } = await livekit.run(hangUp());
		expect(json).toEqual([ended]);
		expect(identities('call-1')).toEqual([]);
	});

	it('puts headers into the BYE', async () => {
		await provision(livekit);
		const { json } = await livekit.run(hangUp(headers));
		expect(json).toEqual([ended]);
		expect(identities('call-1')).not.toContain('caller');
		expect(livekit.methods()).toEqual(['GetParticipant', 'PerformRpc', 'RemoveParticipant']);
		expect(livekit.bodies('PerformRpc')).toEqual([
			{
				room: 'call-1',
				destination_identity: 'caller',
				method: 'lk.sip.EndCall',
				payload: '{"headers":{"X-Reason":"done"}}',
				response_timeout_ms: 3000,
			},
		]);
		for (const { claims = {} } of livekit.server.requests)
			expect(claims).toMatchObject({ video: { roomAdmin: true, room: 'call-1' } });
		for (const { claims = {} } of livekit.server.requests) expect(claims).not.toHaveProperty('sip');
	});

	it('asks no more where the bridge confirms the end', async () => {
		await provision(livekit);
		livekit.server.faults.push({ kind: 'body', method: 'PerformRpc', body: '{"payload":"{}"}' });
		expect((await livekit.run(hangUp(headers))).json).toEqual([ended]);
		expect(livekit.methods()).toEqual(['GetParticipant', 'PerformRpc']);
	});

	it.each<Fault>([
		{ kind: 'drop-before' },
		{ kind: 'status', status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
	])('ends the call without them where the way to the bridge breaks: %j', async (fault) => {
		await provision(livekit);
		livekit.server.faults.push({ ...fault, method: 'PerformRpc' });
		const { json } = await livekit.run(hangUp(headers));
		expect(json).toEqual([
			{ ...ended, warnings: [expect.stringMatching(/without the BYE headers/)] },
		]);
		expect(identities('call-1')).not.toContain('caller');
	});

	it.each<[string, Partial<(typeof livekit)['server']['options']>, RegExp]>([
		['an older bridge', { sipCodes: 'oldest' }, /Method not supported/],
		['an older server', { missingMethods: ['PerformRpc'] }, /no handler for path/],
	])('ends the call without them with %s, and says so', async (_title, options, words) => {
		await provision(livekit);
		Object.assign(livekit.server.options, options);
		const { json } = await livekit.run(hangUp(headers));
		expect(json).toEqual([
			{
				...ended,
				warnings: [expect.stringMatching(/^The call was ended without the BYE headers: /)],
			},
		]);
		expect(json[0].warnings).toEqual([expect.stringMatching(words)]);
		expect(identities('call-1')).not.toContain('caller');
	});

	it('ends a call that rings without them, and says so', async () => {
		await call('call-1', 'caller', '+15555550408', false);
		const { json } = await livekit.run(hangUp(headers));
		expect(json).toEqual([
			{
				...ended,
				warnings: ['The call was ended without the BYE headers: it was not answered yet'],
			},
		]);
		expect(livekit.methods()).not.toContain('PerformRpc');
		expect(identities('call-1')).toEqual([]);
	});

	it.each<[Record<string, string>, RegExp]>([
		[{ 'Call-ID': 'x' }, /^BYE Headers \(Call-ID\) is a header that LiveKit sets itself/],
		[{ 'X Reason': 'x' }, /^BYE Headers .*is no header name/],
		[{ 'X-Reason': 'a\nb' }, /^BYE Headers .*holds a line break/],
	])('refuses headers that LiveKit would refuse: %j', async (byeHeaders, message) => {
		await provision(livekit);
		expect(
			(await livekit.run(hangUp({ options: { byeHeaders: pairs(byeHeaders) } }))).error?.message,
		).toMatch(message);
		expect(livekit.methods()).toEqual([]);
	});

	it('tells of a call that has ended', async () => {
		await provision(livekit);
		for (const own of [{}, headers])
			expect(
				(await livekit.run(hangUp({ ...own, participant: picked('gone') }))).error?.message,
			).toMatch(/participant does not exist/);
	});
});

describe('hang up all', () => {
	const rooms = ['call-a', 'call-b', 'other'];
	const provisionRooms = async () => {
		for (const [index, room] of rooms.entries())
			await call(room, `phone-${index}`, `+1415555010${index}`);
		await call('call-b', 'ringing', '+15555550408', false);
		livekit.server.join('call-a', 'anna');
		livekit.forget();
	};

	it('ends the calls of the rooms whose names begin alike, ringing and answered, and nobody else', async () => {
		await provisionRooms();
		const { json } = await livekit.run(hangUpAll('call-'));
		expect(json).toHaveLength(3);
		expect(json).toEqual(
			expect.arrayContaining([
				{
					room_name: 'call-a',
					participant_identity: 'phone-0',
					phone_number: '+14155550100',
					status: 'active',
					ended: true,
					message: 'The call was ended',
				},
				{
					room_name: 'call-b',
					participant_identity: 'phone-1',
					phone_number: '+14155550101',
					status: 'active',
					ended: true,
					message: 'The call was ended',
				},
				{
					room_name: 'call-b',
					participant_identity: 'ringing',
					phone_number: '+15555550408',
					status: expect.stringMatching(/^(dialing|ringing)$/),
					ended: true,
					message: 'The call was ended',
				},
			]),
		);
		expect(rooms.map(identities)).toEqual([['anna'], [], ['phone-2']]);
	});

	it('ends the calls of a campaign while it runs', async () => {
		const { outbound } = await provision(livekit);
		const rows = [1, 2, 3, 4].map((n) => ({ number: `+1555${n}550408` }));
		const before = livekit.server.dials().length;
		const campaign = livekit.run(
			{
				resource: 'call',
				operation: 'place',
				trunk: picked(outbound),
				callTo: '={{ $json.number }}',
				limits: { callsPerSecond: 0, ringFor: 60 },
			},
			rows,
		);
		await until(() => livekit.server.dials().length === before + rows.length);
		const { json } = await livekit.run(hangUpAll('*'));
		expect(json.map((item) => item.phone_number).sort()).toEqual(
			['+14155550199', ...rows.map(({ number }) => number)].sort(),
		);
		expect(json.every((item) => item.ended)).toBe(true);
		expect((await campaign).json.map((item) => item.outcome)).toEqual(rows.map(() => 'no_answer'));
	});

	it('ends all calls with *', async () => {
		await provisionRooms();
		expect((await livekit.run(hangUpAll('*'))).json).toHaveLength(4);
		expect(rooms.map(identities)).toEqual([['anna'], [], []]);
	});

	it('takes a star in a longer prefix as it is', async () => {
		await provisionRooms();
		expect((await livekit.run(hangUpAll('call-*'))).json).toEqual([]);
	});

	it.each([
		['={{ "" }}', /^Room Prefix is empty for this row/],
		['  ', /^Room Prefix .*is required/],
	])('refuses the prefix %j', async (prefix, words) => {
		await provisionRooms();
		expect((await livekit.run(hangUpAll(prefix))).error?.message).toMatch(words);
		expect(livekit.methods()).toEqual([]);
	});

	it('asks for the least in every token, ten at once at most', async () => {
		for (let index = 0; index < 30; index++) await call(`call-${index}`, 'phone');
		livekit.forget();
		const underWay = () =>
			livekit.server.requests.filter(({ status }) => status === undefined).length;
		livekit.server.faults.push({ kind: 'delay', delayMs: 5, times: 1000 });
		clock.hold();
		const running = livekit.run(hangUpAll('call-'));
		await until(() => underWay() === 1);
		clock.pass(5);
		await until(() => underWay() === 10);
		let most = 0;
		const watch = setInterval(() => {
			most = Math.max(most, underWay());
		}, 1);
		await sleep(50);
		clock.pass(5);
		clock.release();
		const { json } = await running;
		clearInterval(watch);
		expect(json.filter((item) => item.ended)).toHaveLength(30);
		expect(most).toBe(10);
		for (const { method, claims = {}, body } of livekit.server.requests) {
			const { iss, nbf, exp, ...grant } = claims;
			expect([typeof iss, typeof nbf, typeof exp]).toEqual(['string', 'number', 'number']);
			expect(grant).toEqual(
				method === 'ListRooms'
					? { video: { roomList: true } }
					: { video: { roomAdmin: true, room: (body as IDataObject).room } },
			);
		}
	});

	it('counts a call that left meanwhile as ended', async () => {
		await provisionRooms();
		livekit.server.faults.push({
			kind: 'status',
			method: 'RemoveParticipant',
			status: 404,
			contentType: 'application/json',
			body: '{"code":"not_found","msg":"participant does not exist"}',
		});
		const { json } = await livekit.run(hangUpAll('call-a'));
		expect(json).toEqual([
			expect.objectContaining({ ended: true, message: 'The call had ended already' }),
		]);
	});

	it('tells which call it could not end', async () => {
		await provisionRooms();
		livekit.server.faults.push({ kind: 'drop-before', method: 'RemoveParticipant' });
		const { json } = await livekit.run(hangUpAll('call-a'));
		expect(json).toEqual([
			expect.objectContaining({
				ended: false,
				participant_identity: 'phone-0',
				message: expect.stringMatching(/broke off/),
			}),
		]);
	});

	it.each(['ListRooms', 'ListParticipants'])(
		'fails where %s fails, after ending what it found',
		async (method) => {
			await provisionRooms();
			livekit.server.faults.push({
				kind: 'status',
				method,
				status: 502,
				contentType: 'text/html',
				body: '<h1>Bad Gateway</h1>',
			});
			expect((await livekit.run(hangUpAll('call-'))).error?.message).toMatch(/gateway/i);
			const left = rooms
				.slice(0, 2)
				.flatMap(identities)
				.filter((identity) => identity !== 'anna');
			expect(left.length).toBeLessThan(method === 'ListRooms' ? 4 : 3);
			expect((await livekit.run(hangUpAll('call-'))).error).toBeUndefined();
			expect(rooms.map(identities)).toEqual([['anna'], [], ['phone-2']]);
		},
	);
});

describe('get and get many', () => {
	it('tell state, direction, numbers, ids and times', async () => {
		const { outbound } = await provision(livekit);
		livekit.server.join('call-1', 'in', 'SIP', {
			'sip.ruleID': 'SDR_1',
			'sip.callStatus': 'ringing',
			'sip.phoneNumber': '+4930123',
			'lk.sip.inviteTime': '1700000000000',
			tier: 'gold',
		});
		const { json } = await livekit.run({
			resource: 'call',
			operation: 'getAll',
			room: picked('call-1'),
		});
		expect(json).toEqual([
			expect.objectContaining({
				room_name: 'call-1',
				participant_identity: 'caller',
				status: 'active',
				direction: 'outbound',
				phone_number: '+14155550199',
				trunk_phone_number: '+15105550101',
				hostname: 'sip.example.com',
				sip_trunk_id: outbound,
				invited_at: null,
				answered_at: expect.stringMatching(/^20.*Z$/),
				joined_at: expect.stringMatching(/^20.*Z$/),
				participant_attributes: {},
			}),
			expect.objectContaining({
				participant_identity: 'in',
				direction: 'inbound',
				sip_dispatch_rule_id: 'SDR_1',
				invited_at: '2023-11-14T22:13:20.000Z',
				answered_at: null,
				participant_attributes: { tier: 'gold' },
			}),
		]);
	});

	it.each([
		[{ direction: 'inbound' }, ['in']],
		[{ direction: 'outbound' }, ['caller']],
		[{ status: 'active' }, ['caller']],
		[{ status: 'ringing', direction: 'outbound' }, []],
		[{}, ['caller', 'in']],
	])('filter by %j', async (filters, wanted) => {
		await provision(livekit);
		livekit.server.join('call-1', 'in', 'SIP', {
			'sip.ruleID': 'SDR_1',
			'sip.callStatus': 'ringing',
		});
		const { json } = await livekit.run({
			resource: 'call',
			operation: 'getAll',
			room: picked('call-1'),
			filters,
		});
		expect(json.map((item) => item.participant_identity)).toEqual(wanted);
	});
});
