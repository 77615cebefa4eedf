import type { IDataObject } from 'n8n-workflow';

import { useClock } from '../support/clock';
import { numbered, numbers, useDialling } from '../support/dialling';
import { pairs, picked } from '../support/livekit';
import { until } from '../support/until';

const dialling = useDialling();
const clock = useClock();
const { livekit, place, dials, called } = dialling;

describe('contacts', () => {
	const contact = {
		options: {
			contactKey: '={{ $json.id }}',
			attempt: '={{ $json.attempt }}',
			includeInput: 'input',
		},
	};
	const row = (id: string | number, attempt: number) => ({ id, attempt, number: '+14155550101' });

	it('have a room and identity of their own, the same in every execution', async () => {
		const results = [];
		for (const executionId of ['1', '2'])
			results.push(await place(contact, [row(7, 1)], { executionId }));
		results.push(await place(contact, [row(7, 2)], { executionId: '3' }));
		results.push(await place(contact, [row(7, 1)], { instanceId: 'instance-2' }));
		const names = results.map(
			({ json: [item] }) => `${String(item.room_name)} ${String(item.participant_identity)}`,
		);
		expect(names[1]).toBe(names[0]);
		expect(new Set(names).size).toBe(3);
		expect(results[0].json[0]).toMatchObject({ contact_key: '7', attempt: 1, input: row(7, 1) });
		expect(names.join()).not.toContain('+1415');
	});

	const attributes = () =>
		livekit
			.bodies('CreateSIPParticipant')
			.map((body) => Reflect.get(Object(body), 'participant_attributes') as unknown);

	it('mark their calls, so that the end of a call finds its row', async () => {
		await place(contact, [row(7, 2)]);
		expect(attributes()).toEqual([{ 'n8n.contact_key': '7', 'n8n.attempt': '2' }]);
		expect((await place({ options: { contactKey: 'ann' } }, numbered(1))).error).toBeUndefined();
		expect(attributes()[1]).toEqual({ 'n8n.contact_key': 'ann' });
	});

	it.each<[string, IDataObject, unknown]>([
		['none without Contact Key', { options: { attempt: 1 } }, undefined],
		[
			'none if they are not to be marked',
			{ options: { contactKey: 'ann', markContact: false } },
			undefined,
		],
		[
			'none if an expression says so',
			{ options: { contactKey: 'ann', markContact: '={{ "false" }}' } },
			undefined,
		],
		[
			"the user's own beside them",
			{
				options: { contactKey: 'ann' },
				additionalFields: { participantAttributes: pairs({ tier: 'gold' }) },
			},
			{ 'n8n.contact_key': 'ann', tier: 'gold' },
		],
		[
			"the user's own in their place",
			{
				options: { contactKey: 'ann', attempt: 3 },
				additionalFields: { participantAttributes: pairs({ 'n8n.contact_key': 'mine' }) },
			},
			{ 'n8n.contact_key': 'mine', 'n8n.attempt': '3' },
		],
		[
			"the user's own alone",
			{
				options: { contactKey: 'ann', markContact: false },
				additionalFields: { participantAttributes: pairs({ tier: 'gold' }) },
			},
			{ tier: 'gold' },
		],
	])('carry %s', async (_what, own, expected) => {
		await place(own, numbered(1));
		expect(attributes()).toEqual([expected]);
	});

	it.each(['={{ undefined }}', '={{ "maybe" }}'])(
		'are not called while it is unclear whether to mark them: %s',
		async (markContact) => {
			const { error } = await place({ options: { contactKey: 'ann', markContact } }, numbered(1));
			expect(error?.message).toMatch(/Mark Call with Contact Key/);
			expect(called()).toEqual([]);
		},
	);

	it('are dialled once per attempt on servers that know the request ID', async () => {
		livekit.server.options.idempotent = true;
		for (const executionId of ['1', '2']) await place(contact, [row('ann', 1)], { executionId });
		expect(called()).toHaveLength(1);
	});

	it('are not called again while a call to them is running', async () => {
		const guarded = { ...contact, guards: { preventSecondCall: true } };
		const [first] = (await place(guarded, [row('bob', 1)])).json;
		const [second] = (await place(guarded, [row('bob', 2)], { executionId: '2' })).json;
		expect(second).toMatchObject({
			outcome: 'answered',
			reason: 'already_running',
			sip_call_id: first.sip_call_id,
			room_name: first.room_name,
		});
		expect(called()).toHaveLength(1);
	});

	it.each(['415-555-0101', '14155550101', '+1 (415) 555-0101', '001 415 555 0101'])(
		'whose key is their number are one contact, also as %s',
		async (spelling) => {
			const guards = { preventSecondCall: true };
			const keyed = { ...contact, guards, country: 'US' };
			await place(keyed, [row('+14155550101', 1)]);
			const [second] = (await place(keyed, [row(spelling, 2)], { executionId: '2' })).json;
			expect(second).toMatchObject({ reason: 'already_running', contact_key: spelling });
			expect(called()).toHaveLength(1);
		},
	);
});

it("an extension is dialled as keys after the answer, before the user's own", async () => {
	await place({ additionalFields: { dtmf: '={{ $json.keys }}' } }, [
		{ number: '+1 415 555 0101 ext. 55', keys: '' },
		{ number: '+14155550102;ext=7', keys: 'w1#' },
	]);
	const bodies = livekit.bodies('CreateSIPParticipant');
	expect(bodies).toHaveLength(2);
	expect(bodies).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ sip_call_to: '+14155550101', dtmf: 'ww55' }),
			expect.objectContaining({ sip_call_to: '+14155550102', dtmf: 'ww7w1#' }),
		]),
	);
});

it("the JSON's own word on waiting counts, unless it contradicts End of Call", async () => {
	const asJson = (own: IDataObject) => ({
		inputMode: 'json',
		jsonBody: JSON.stringify({ sipTrunkId: dialling.trunk, sipCallTo: '+15555550486', ...own }),
	});
	const [quick, waited] = [
		(await place(asJson({ waitUntilAnswered: false }), [{}])).json,
		(await place(asJson({}), [{}])).json,
	];
	expect([quick[0].outcome, waited[0].outcome]).toEqual(['dialing', 'busy']);
	const { error } = await place({ ...asJson({ waitUntilAnswered: false }), waitFor: 'end' }, [{}]);
	expect(error?.message).toMatch(
		/wait_until_answered is false in the JSON, but Wait For is End of Call/,
	);
});

it('JSON takes the names of the JavaScript SDK, and a number once', async () => {
	const asJson = (own: IDataObject) => ({
		inputMode: 'json',
		jsonBody: JSON.stringify({ sipTrunkId: dialling.trunk, ...own }),
	});
	const {
		json: [item],
	} = await place(asJson({ callTo: '+1 (415) 555-0101', fromNumber: '+15105550101' }), [{}]);
	expect(item).toMatchObject({
		outcome: 'answered',
		called_number: '+14155550101',
		caller_number: '+15105550101',
	});
	await place(
		asJson({ callTo: '+14155550102', sip_call_to: '+14155550102', sipCallTo: null }),
		[{}],
		{ executionId: '2' },
	);
	const { error } = await place(
		asJson({ callTo: '+14155550103', sip_call_to: '+14155550104' }),
		[{}],
		{ executionId: '3' },
	);
	expect(error?.message).toMatch(/^Number to Call \(sip_call_to\) is given twice/);
	expect(called()).toEqual(['+14155550101', '+14155550102']);
});

describe('Wait For', () => {
	it('Nothing: says only that LiveKit dials', async () => {
		const {
			json: [item],
		} = await place({ waitFor: 'nothing' }, numbers('+15555550486'));
		expect(item).toMatchObject({
			outcome: 'dialing',
			answered: false,
			answered_at: null,
			sip_call_id: expect.stringMatching(/^SCL_/),
		});
	});

	it('End of Call: how long the call lasted', async () => {
		const begun = Date.now();
		const {
			json: [item],
		} = await place({ waitFor: 'end', limits: { maxCallDuration: 1 } }, numbers('+14155550101'));
		const tookMs = Date.now() - begun;
		expect(item).toMatchObject({
			outcome: 'answered',
			ended_at: expect.any(String),
			participant_attributes: expect.objectContaining({ 'sip.callStatus': 'active' }),
		});
		expect(Number(item.talk_seconds)).toBeGreaterThanOrEqual(0.9);
		expect(Number(item.talk_seconds) * 1000).toBeLessThanOrEqual(tookMs);
	});

	it('a fresh room for each call, the callees of which never meet', async () => {
		await place({}, numbered(3));
		const rooms = dials().map(({ room }) => room);
		expect(new Set(rooms).size).toBe(3);
		for (const room of rooms) expect(room).toMatch(/^outbound-[\da-f]{24}$/);
	});
});

describe('an agent for the call', () => {
	const agentWaiting = (agentWait: number) => ({
		agentName: 'anna',
		agentOptions: { agentMetadata: '={{ { name: $json.number } }}', agentWait },
	});
	const agent = agentWaiting(60);

	it('is in the room before anybody is called', async () => {
		Object.assign(livekit.server.options, { agents: ['anna'], agentJoinsAfterMs: 100 });
		const {
			json: [item],
		} = await place(agent, numbered(1));
		expect(item).toMatchObject({
			outcome: 'answered',
			agent_dispatch_id: expect.stringMatching(/^AD_/),
		});
		expect(livekit.bodies('CreateDispatch')).toMatchObject([
			{ agent_name: 'anna', room: item.room_name, metadata: '{"name":"+14155550100"}' },
		]);
		const created = livekit.server.requests.find(({ method }) => method === 'CreateDispatch');
		expect(dials()[0].at - Number(created?.at)).toBeGreaterThanOrEqual(95);
		expect(livekit.methods()).not.toContain('DeleteDispatch');
	});

	it('that does not come: nobody is called, and it is not waited for any more', async () => {
		const {
			json: [item],
		} = await place(agentWaiting(1), numbered(1));
		expect(item).toMatchObject({ outcome: 'skipped', reason: 'no_agent' });
		expect(called()).toEqual([]);
		expect(livekit.methods().at(-1)).toBe('DeleteDispatch');
	});

	describe('with Prevent Second Call', () => {
		const guarded = {
			...agent,
			guards: { preventSecondCall: true },
			options: { contactKey: 'k7', attempt: '={{ $json.attempt }}' },
		};
		const row = (attempt: number) => [{ number: '+14155550101', attempt }];
		const active = { 'sip.callStatus': 'active', 'sip.callID': 'SCL_x' };

		/** Runs the second attempt; a call of the contact begins after the agent was sent for. */
		const meanwhile = async (own: IDataObject, begin: () => unknown) => {
			Object.assign(livekit.server.options, { agents: ['anna'], agentJoinsAfterMs: 300 });
			clock.hold();
			const onStart = async () => {
				// The agent has been sent for, and is on its way.
				await until(() => clock.waiting() > 0);
				await begin();
				clock.pass(300);
			};
			const {
				json: [item],
			} = await place({ ...guarded, ...own }, row(2), { executionId: '2', onStart });
			expect(item).toMatchObject({ outcome: 'answered', reason: 'already_running' });
			expect(called()).toEqual([]);
			return item;
		};
		const agentsIn = (room: unknown) =>
			livekit.server.participants(String(room)).filter(({ kind }) => kind === 'AGENT').length;

		it('is not sent for where a call to the contact is running', async () => {
			livekit.server.options.agents = ['anna'];
			const [first] = (await place(guarded, row(1))).json;
			const [second] = (await place(guarded, row(2), { executionId: '2' })).json;
			expect(second).toMatchObject({
				reason: 'already_running',
				room_name: first.room_name,
				agent_dispatch_id: null,
			});
			expect(livekit.bodies('CreateDispatch')).toHaveLength(1);
			expect(agentsIn(first.room_name)).toBe(1);
		});

		it('is sent for once by two executions at the same time', async () => {
			Object.assign(livekit.server.options, { agents: ['anna'], agentJoinsAfterMs: 100 });
			const runs = await Promise.all(
				[1, 2].map(
					async (attempt) => await place(guarded, row(attempt), { executionId: String(attempt) }),
				),
			);
			expect(runs.flatMap(({ json }) => json.map(({ reason }) => reason)).sort()).toEqual([
				'already_running',
				null,
			]);
			expect(livekit.bodies('CreateDispatch')).toHaveLength(1);
		});

		it('is sent away where a call in another room has begun in the meantime', async () => {
			const [{ room_name: room, participant_identity: identity }] = (
				await place({ ...guarded, dryRun: true }, row(1))
			).json;
			const item = await meanwhile({}, () =>
				livekit.server.join(String(room), String(identity), 'SIP', active),
			);
			expect(item).toMatchObject({ room_name: room, agent_dispatch_id: null });
			const [{ room: own }] = livekit.bodies('CreateDispatch') as [{ room: string }];
			expect(agentsIn(own)).toBe(0);
		});

		it('is sent away where the call in its room has an agent already, and that one stays', async () => {
			const own = {
				options: { ...guarded.options, room: picked('contact-7') },
				additionalFields: { participantIdentity: 'callee' },
			};
			const item = await meanwhile(own, async () => {
				livekit.server.join('contact-7', 'callee', 'SIP', active);
				await livekit.call(
					'AgentDispatchService/CreateDispatch',
					{ room: 'contact-7', agent_name: 'anna' },
					{ video: { roomAdmin: true, room: 'contact-7' } },
				);
			});
			expect(item.agent_dispatch_id).toBeNull();
			expect(agentsIn('contact-7')).toBe(1);
		});

		it('stays where it may be the one that the call in its room has', async () => {
			const own = {
				options: { ...guarded.options, room: picked('contact-7') },
				additionalFields: { participantIdentity: 'callee' },
			};
			const item = await meanwhile(own, () =>
				livekit.server.join('contact-7', 'callee', 'SIP', active),
			);
			expect(item.agent_dispatch_id).toMatch(/^AD_/);
			expect(agentsIn('contact-7')).toBe(1);
		});
	});

	it('that leaves while the row waits for its turn: nobody is called', async () => {
		Object.assign(livekit.server.options, { agents: ['anna'], agentJoinsAfterMs: 1500 });
		const dispatched = () => livekit.bodies('CreateDispatch') as Array<{ room: string }>;
		const agentIn = (room: string) =>
			livekit.server.participants(room).find(({ kind }) => kind === 'AGENT');
		const onStart = async () => {
			await until(() => called().length === 1);
			// So the agent of the second row comes at once, and waits for the turn of its row.
			livekit.server.options.agentJoinsAfterMs = 0;
			await until(() => dispatched().length === 2 && agentIn(dispatched()[1].room) !== undefined);
			const [, { room }] = dispatched();
			await until(() =>
				livekit.bodies('ListParticipants').some((body) => (body as { room: string }).room === room),
			);
			await livekit.call(
				'RoomService/RemoveParticipant',
				{ room, identity: agentIn(room)?.identity },
				{ video: { roomAdmin: true, room } },
			);
		};
		const { json } = await place({ ...agent, limits: { callsPerSecond: 0.5 } }, numbered(2), {
			onStart,
		});
		expect(json.map(({ outcome, reason }) => [outcome, reason])).toEqual([
			['answered', null],
			['skipped', 'no_agent'],
		]);
		expect(json[1]).toMatchObject({ retryable: true, message: expect.stringMatching(/left/) });
		expect(called()).toHaveLength(1);
	});

	it.each([
		['while it is on its way', {}],
		['while LiveKit has not answered yet', { kind: 'delay', delayMs: 400 } as const],
	])('is sent away when the execution is cancelled %s', async (_name, fault) => {
		Object.assign(livekit.server.options, { agents: ['anna'], agentJoinsAfterMs: 60_000 });
		if ('kind' in fault) livekit.server.faults.push({ ...fault, method: 'CreateDispatch' });
		const asked = () => livekit.server.requests.filter(({ method }) => method === 'CreateDispatch');
		const onStart = async (cancel: () => void) => {
			await until(() => asked().length === 1);
			cancel();
		};
		const { run } = await place(agent, numbered(1), { onStart });
		expect(run.status).toBe('canceled');
		await until(() => livekit.methods().includes('DeleteDispatch'));
		const [{ room }] = livekit.bodies('DeleteDispatch') as [{ room: string }];
		await until(() => livekit.server.requests.every(({ status }) => status !== undefined));
		// Each room has a dispatch without a name of its own.
		const { agent_dispatches: left } = await livekit.call<{
			agent_dispatches: Array<{ agent_name: string }>;
		}>('AgentDispatchService/ListDispatch', { room }, { video: { roomAdmin: true, room } });
		expect(left.filter(({ agent_name: name }) => name === 'anna')).toEqual([]);
		expect(called()).toEqual([]);
	});

	it('is sent away after a call that nobody answered', async () => {
		livekit.server.options.agents = ['anna'];
		const {
			json: [item],
		} = await place(agent, numbers('+15555550486'));
		expect(item).toMatchObject({
			outcome: 'busy',
			agent_dispatch_id: expect.stringMatching(/^AD_/),
		});
		expect(livekit.methods().at(-1)).toBe('DeleteDispatch');
	});
});
