import type { IDataObject } from 'n8n-workflow';

import { eventually } from '../support/calling';
import { numbers, useDialling } from '../support/dialling';

const { livekit, place, called } = useDialling();

const down = '+15555550503';
const person = '+14155550101';
const rate = (own: IDataObject = {}) => ({
	limits: { circuitBreaker: 0, failureRate: 50, ...own },
	guards: { allowDuplicates: true },
});
const reasons = (json: readonly IDataObject[]) =>
	json.map(({ outcome, reason }) => reason ?? outcome);

describe('Stop at Failure Rate', () => {
	it('counts over executions, and says which calls failed and when calling goes on', async () => {
		for (const executionId of ['1', '2'])
			await place(rate(), numbers(down, person, down), { executionId });
		const { json } = await place(rate(), numbers(person, person), { executionId: '3' });
		expect(reasons(json)).toEqual(['circuit_open', 'circuit_open']);
		expect(json[0].message).toMatch(
			/^4 of the last 6 calls over this trunk failed at the carrier or LiveKit within 2 min: (\.\.\.0503 at \d\d:\d\d:\d\d \(carrier_trouble\)(, )?){4}\. Calling goes on \w{3} \d{1,2} \w{3} (\d{4} )?\d\d:\d\d:\d\d UTC\. Nobody was called$/,
		);
		expect(json[0]).toMatchObject({ retryable: true, requested_at: null });
		const until = Date.parse(String(json[0].next_allowed_at));
		expect(until).toBeGreaterThan(Date.now());
		expect(until).toBeLessThan(Date.now() + 120_001);
		expect(called()).toHaveLength(6);
	});

	it('skips the rest of a run, and costs no try', async () => {
		const rows = numbers(...Array(5).fill(down), person).map((row) => ({ ...row, tries: 1 }));
		const today = { callsToday: 1, lastCalledAt: '2026-11-01T09:00:00Z' };
		const { json } = await place(
			{ ...rate({ maxSimultaneous: 1 }), callAgain: 'byOutcome', ...today },
			rows,
		);
		expect(reasons(json)).toEqual([...Array(5).fill('carrier_trouble'), 'circuit_open']);
		expect(json[5]).toMatchObject({ tries: 1, final: false });
		expect(json[5].call_again_at).toBe(json[5].next_allowed_at);
	});

	it('takes no call for a success of which nobody knows what became of it', async () => {
		const unwatched = { ...rate(), waitFor: 'nothing' };
		await place(unwatched, numbers(...Array(6).fill(person)), { executionId: '1' });
		await place(rate(), numbers(...Array(5).fill(down)), { executionId: '2' });
		const { json } = await place(rate(), numbers(person), { executionId: '3' });
		expect(reasons(json)).toEqual(['circuit_open']);
	});

	it('is not moved by what callees decide, nor by what is wrong with a row', async () => {
		const given = ['+15555550486', '+15555550603', 'x', 'x', person, down, down, person];
		const { json } = await place(rate({ maxSimultaneous: 1 }), numbers(...given));
		// 2 of 5. It would be 3 if the callee who is busy counted, and 4 of 7 if rows without a number did.
		expect(reasons(json).at(-1)).toBe('answered');
	});

	it('counts calls in which somebody still talks', async () => {
		// Nobody hangs up by himself.
		livekit.server.options.hangUpAfterMs = 0;
		const talking = place({ ...rate(), waitFor: 'end' }, numbers('+14155550109'));
		await eventually(() => expect(livekit.methods()).toContain('GetParticipant'));
		// One by one, beside the call that goes on.
		const own = rate({ maxSimultaneous: 2, failureRate: 70, failureRateCalls: 2 });
		const { json } = await place(own, numbers(down, down, person), { executionId: '2' });
		// 2 of 3, and 2 of 2 without the one that goes on.
		expect(reasons(json)).toEqual(['carrier_trouble', 'carrier_trouble', 'answered']);
		const [asked] = livekit.bodies('GetParticipant') as [{ room: string; identity: string }];
		const grant = { roomAdmin: true, room: asked.room };
		await livekit.call('RoomService/RemoveParticipant', asked, { video: grant });
		expect((await talking).json[0].ended_at).toEqual(expect.any(String));
	});

	it('does not hold over another trunk, nor for whoever has not set it', async () => {
		await place(rate(), numbers(...Array(5).fill(down)));
		expect(reasons((await place(rate(), numbers(person))).json)).toEqual(['circuit_open']);
		expect(reasons((await place({}, numbers(person))).json)).toEqual(['answered']);
		const other = await livekit.run(
			{
				resource: 'outboundTrunk',
				operation: 'create',
				name: 'other',
				address: 'sip.example.org',
				numbers: '+15105550102',
			},
			[{}],
		);
		const trunk = { __rl: true, mode: 'id', value: other.json[0].sip_trunk_id };
		expect(reasons((await place({ ...rate(), trunk }, numbers(person))).json)).toEqual([
			'answered',
		]);
	});

	it.each<[IDataObject, RegExp]>([
		[{ failureRate: 0 }, /^Stop at Failure Rate \(%\) must be a whole number from 1 to 100, not 0/],
		[{ failureRate: 'half' }, /^Stop at Failure Rate \(%\) must be/],
		[{ failureRate: '={{ $json.none }}' }, /^Stop at Failure Rate \(%\) /],
		[{ failureRateCalls: 0 }, /^Stop at Failure Rate From \(Calls\) must be/],
		[
			{ failureRateMinutes: 61 },
			/^Stop at Failure Rate in \(Minutes\) must be a whole number from 1 to 60, not 61/,
		],
	])('%p calls nobody', async (own, message) => {
		const { error } = await place(rate(own), numbers(person));
		expect(error?.message).toMatch(message);
		expect(livekit.methods()).toEqual([]);
	});

	it('is needed for the fields that are about it', async () => {
		const { error } = await place({ limits: { failureRateCalls: 3 } }, numbers(person));
		expect(error?.message).toMatch(
			/^Stop at Failure Rate From \(Calls\) does nothing without Stop at Failure Rate \(%\)/,
		);
	});

	it('takes the tries of Retry On Fail for one call', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 401,
			contentType: 'application/json',
			body: '{"code":"unauthenticated","msg":"invalid token"}',
			method: 'CreateSIPParticipant',
			times: 9,
		});
		const limits = { failureRate: 50, failureRateCalls: 2 };
		const { error } = await place({ limits }, numbers(person), {
			retryOnFail: true,
			maxTries: 5,
			waitBetweenTries: 0,
		});
		livekit.server.faults.length = 0;
		expect(error?.message).toBeDefined();
	});
});
