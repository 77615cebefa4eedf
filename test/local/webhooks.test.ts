import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookReceiver } from 'livekit-server-sdk';
import { verifyDelivery } from '../../livekit/events/delivery';
import { readEvent } from '../../livekit/events/event';
import { eventItem, readCall } from '../../livekit/events/item';
import { kindOf } from '../../livekit/events/kinds';
import { Sightings } from '../../livekit/events/sightings';
import type { LocalLiveKit } from '../../local/livekit/server';
import { startLocalLiveKit } from '../../local/livekit/server';
import { answered } from '../support/client';
import { until } from '../support/until';

interface Received {
	readonly event: string;
	readonly id: string;
	readonly room: string;
	readonly identity: string;
	/** What the call trigger makes of it. */
	readonly item: Record<string, unknown>;
}

const soon = [5, 5, 5, 5];

/** A receiver that refuses what LiveKit's own SDK refuses. */
describe('webhooks of the local LiveKit', () => {
	let livekit: LocalLiveKit;
	let server: Server;
	let received: Received[] = [];
	let sightings = new Sightings();
	/** What is answered to events of a room, one after the other. */
	let statuses: Record<string, number[]> = {};
	const seenBySdk: string[] = [];

	async function take(body: Buffer, token: string): Promise<string> {
		const { key, secret } = livekit;
		const told = await new WebhookReceiver(key, secret).receive(body.toString('utf8'), token);
		seenBySdk.push(told.event);
		const signer = { apiKey: key, apiSecret: secret };
		expect(await verifyDelivery({ body, token }, signer, Date.now())).not.toHaveProperty('refused');
		const read = readEvent(body);
		if ('fault' in read) throw new Error(read.fault);
		sightings.note(read.value);
		const item = eventItem(readCall(read.value, sightings.answeredAt(read.value)), false);
		const room = told.room?.name ?? told.job?.room?.name ?? '';
		received.push({
			event: told.event,
			id: told.id,
			room,
			identity: told.participant?.identity ?? '',
			item: { ...item, event: kindOf(read.value) ?? item.event },
		});
		return room;
	}

	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				take(Buffer.concat(chunks), request.headers.authorization ?? '').then(
					(room) => response.writeHead(statuses[room]?.shift() ?? 200).end(),
					() => response.writeHead(401).end(),
				);
			});
		});
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
		const { port } = server.address() as AddressInfo;
		livekit = await startLocalLiveKit({
			answerAfterMs: 5,
			agents: 'any',
			hangUpAfterMs: 20,
			webhookUrls: [`http://127.0.0.1:${port}/hook`],
			webhookRetryMs: [...soon],
		});
	});
	beforeEach(() => {
		livekit.reset();
		received = [];
		statuses = {};
		sightings = new Sightings();
	});
	afterAll(async () => {
		await livekit.close();
		await new Promise((closed) => server.close(closed));
	});

	const place = async (number: string, more: object = {}) =>
		await answered(livekit, 'SIP/CreateSIPParticipant', {
			sip_call_to: number,
			sip_number: '+15550001',
			trunk: { hostname: 'sip.example.com' },
			room_name: 'r1',
			ringing_timeout: '10s',
			...more,
		});
	const names = () => received.map(({ event }) => event);
	const has = (name: string) => async () => {
		await until(() => names().includes(name));
		return received.find(({ event }) => event === name)?.item;
	};
	const left = has('participant_left');

	const talk = [
		'room_started',
		'participant_joined',
		'track_published',
		'track_unpublished',
		'participant_left',
	];

	test('a call that is answered and hung up, in the order of the real server', async () => {
		await place('+15551234', { participant_attributes: { contact: 'c1' } });
		expect(await left()).toMatchObject({
			event: 'call_ended',
			direction: 'outbound',
			phone_number: '+15551234',
			your_number: '+15550001',
			answered: true,
			ended_as: 'completed',
			talk_seconds: expect.any(Number),
			room_name: 'r1',
			participant_identity: 'sip_+15551234',
			participant_attributes: { contact: 'c1' },
		});
		expect(names()).toEqual(talk);
	});

	test.each([
		['+15555550486', { answered: false, ended_as: 'refused' }],
		['+15555550603', { answered: false, ended_as: 'refused' }],
		['+15555550480', { answered: false, ended_as: 'not_answered' }],
		['+15555550503', { answered: false, ended_as: 'failed' }],
	])('a call to %s', async (number, expected) => {
		await place(number);
		expect(await left()).toMatchObject({ event: 'call_ended', ...expected });
	});

	test('nobody picks up', async () => {
		await place('+15555550408', { ringing_timeout: '0.02s' });
		expect(await left()).toMatchObject({ answered: false, ended_as: 'not_answered' });
	});

	test('an answered call whose participant is removed, and one whose room is deleted', async () => {
		livekit.options.hangUpAfterMs = 0;
		await place('+15551234', { wait_until_answered: true });
		await answered(livekit, 'RoomService/RemoveParticipant', {
			room: 'r1',
			identity: 'sip_+15551234',
		});
		expect(await left()).toMatchObject({ answered: true, ended_as: 'ended_by_api' });
		received = [];
		await place('+15551234', { wait_until_answered: true });
		await answered(livekit, 'RoomService/DeleteRoom', { room: 'r1' });
		expect(await has('room_finished')()).toMatchObject({ event: 'room_finished' });
		expect(received.find(({ event }) => event === 'participant_left')?.item).toMatchObject({
			answered: true,
			ended_as: 'room_closed',
		});
		livekit.options.hangUpAfterMs = 20;
	});

	test('a room closes some time after the last one, its agents leave then', async () => {
		await answered(livekit, 'RoomService/CreateRoom', { name: 'r1', departure_timeout: 1 });
		await answered(livekit, 'AgentDispatchService/CreateDispatch', {
			room: 'r1',
			agent_name: 'helper',
		});
		await place('+15551234');
		await has('room_finished')();
		expect(names().filter((name) => !name.startsWith('track'))).toEqual([
			'room_started',
			'agent_job_started',
			'participant_joined',
			'participant_joined',
			'participant_left',
			'participant_left',
			'agent_job_ended',
			'room_finished',
		]);
	});

	const sentOf = (name: string) => livekit.deliveries().filter(({ room }) => room === name);

	test('events of a room wait for one that is repeated', async () => {
		statuses = { slow: [500, 503] };
		livekit.join('slow', 'anna');
		await until(() => sentOf('slow').length === 5);
		expect(sentOf('slow').map(({ event, status }) => [event, status])).toEqual([
			['room_started', 500],
			['room_started', 503],
			['room_started', 200],
			['participant_joined', 200],
			['track_published', 200],
		]);
		expect(new Set(sentOf('slow').map(({ id }) => id)).size).toBe(3);
	});

	test('events of other rooms do not wait', async () => {
		statuses = { slow: [500] };
		livekit.options.webhookRetryMs = [600_000];
		livekit.join('slow', 'anna');
		await until(() => sentOf('slow').length === 1);
		livekit.join('quick', 'ben');
		await until(() => sentOf('quick').length === 3);
		expect(sentOf('slow')).toHaveLength(1);
		livekit.options.webhookRetryMs = [...soon];
	});

	test('gives an event up after four repetitions, and at once after another 4xx', async () => {
		statuses = { r5: [500, 500, 500, 500, 500, 404] };
		livekit.join('r5', 'anna');
		await until(() => sentOf('r5').length === 7);
		expect(sentOf('r5').map(({ event, status }) => [event, status])).toEqual([
			['room_started', 500],
			['room_started', 500],
			['room_started', 500],
			['room_started', 500],
			['room_started', 500],
			['participant_joined', 404],
			['track_published', 200],
		]);
	});

	describe('calls that come in', () => {
		beforeEach(async () => {
			const { sip_trunk_id: trunk } = await answered<{ sip_trunk_id: string }>(
				livekit,
				'SIP/CreateSIPInboundTrunk',
				{ trunk: { name: 'lines', numbers: ['+15551000', '+15551001', '+15551002'] } },
			);
			const rule = async (number: string, dispatch_rule: object) =>
				await answered(livekit, 'SIP/CreateSIPDispatchRule', {
					dispatch_rule: { trunk_ids: [trunk], numbers: [number], ...dispatch_rule },
				});
			await rule('+15551000', {
				rule: { dispatch_rule_direct: { room_name: 'reception' } },
				attributes: { line: 'a' },
			});
			await rule('+15551001', {
				rule: { dispatch_rule_individual: { room_prefix: 'support' } },
				room_config: { agents: [{ agent_name: 'helper' }] },
			});
			await rule('+15551002', {
				rule: { dispatch_rule_direct: { room_name: 'conference', pin: '4711' } },
			});
			received = [];
		});

		test('ring while the room is empty, and tell nothing of a caller who gives up', async () => {
			const call = livekit.callIn({ from: '+15557777', to: '+15551000', patienceMs: 5 });
			expect(call).toMatchObject({ room: 'reception', status: 'ringing' });
			expect(await left()).toMatchObject({
				direction: 'inbound',
				phone_number: '+15557777',
				your_number: '+15551000',
				answered: null,
				ended_as: null,
				participant_attributes: { line: 'a' },
			});
			expect(names()).toEqual(talk);
		});

		test('are answered by an agent, and hung up by the caller', async () => {
			const call = livekit.callIn({ from: '+15557777', to: '+15551001' });
			expect(call?.room).toMatch(/^support_\+15557777_\w{12}$/);
			expect(await left()).toMatchObject({
				direction: 'inbound',
				answered: true,
				ended_as: 'completed',
			});
		});

		test('need their PIN', async () => {
			expect(livekit.callIn({ from: '+15557777', to: '+15551002' })).toBeUndefined();
			expect(livekit.callIn({ from: '+15557777', to: '+15551002', pin: '1' })).toBeUndefined();
			expect(livekit.callIn({ from: '+15557777', to: '+15551009' })).toBeUndefined();
			const call = livekit.callIn({ from: '+15557777', to: '+15551002', pin: '4711' });
			expect(call).toMatchObject({ room: 'conference', status: 'active' });
			expect(await left()).toMatchObject({ answered: true, ended_as: 'completed' });
			expect(names()).toEqual(talk);
		});

		test('can be made on a page, but not by another page', async () => {
			const post = async (headers: Record<string, string>) =>
				await fetch(`${livekit.url}/phone`, {
					method: 'POST',
					headers,
					body: new URLSearchParams({ from: '+15557777', to: '+15551000' }),
				});
			expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
			expect(received).toEqual([]);
			const page = await post({ origin: livekit.url });
			expect(await page.text()).toContain('The call rings in the room reception.');
			const calls = await (await fetch(`${livekit.url}/phone/calls`)).text();
			expect(calls).toContain('+15557777');
			await fetch(`${livekit.url}/phone/hang-up`, {
				method: 'POST',
				body: new URLSearchParams({ room: 'reception', identity: 'sip_+15557777' }),
			});
			expect(await left()).toMatchObject({ event: 'call_ended' });
			const refused = await fetch(`${livekit.url}/phone`, {
				method: 'POST',
				body: new URLSearchParams({ from: '<b>"x', to: '+1999' }),
			});
			const text = await refused.text();
			expect(text).toContain('Nobody answers');
			expect(text).not.toContain('<b>');
		});
	});

	test('any agent comes, but one', async () => {
		const agents = () => livekit.participants('r1').filter(({ kind }) => kind === 'AGENT');
		for (const agent_name of ['missing-agent', 'anna'])
			await answered(livekit, 'AgentDispatchService/CreateDispatch', { room: 'r1', agent_name });
		expect(agents().map(({ attributes }) => attributes['lk.agent_name'])).toEqual(['anna']);
	});

	test('the number says how long its owner talks', async () => {
		await place('+15555550702', { wait_until_answered: true });
		await place('+15551234', { room_name: 'r2' });
		await until(() => received.some(({ item }) => item.event === 'call_ended'));
		expect(livekit.participants('r1')).toHaveLength(1);
	});
});
