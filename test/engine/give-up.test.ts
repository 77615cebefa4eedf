import { numbered, useDialling } from '../support/dialling';

const { livekit, place, called } = useDialling();

const reasons = (json: ReadonlyArray<Record<string, unknown>>) =>
	json.map(({ outcome, reason }) => reason ?? outcome);

describe('Give Up Waiting After', () => {
	it.each([0, 1])(
		'%d: rows that find no place are skipped, and can be called later',
		async (giveUpAfter) => {
			livekit.server.options.answerAfterMs = 1500;
			const limits = { maxSimultaneous: 1, giveUpAfter };
			const { json } = await place({ limits }, numbered(4));
			expect(reasons(json)).toEqual(['answered', 'no_place', 'no_place', 'no_place']);
			expect(json[1]).toMatchObject({ outcome: 'skipped', retryable: true, requested_at: null });
			expect(json[1].message).toBe(
				`There was no place or turn for this call within ${giveUpAfter} s, as Give Up Waiting After (Seconds) says. Nobody was called`,
			);
			expect(called()).toHaveLength(1);
			// The places of rows that gave up are free.
			const later = await place({ limits }, numbered(1));
			expect(reasons(later.json)).toEqual(['answered']);
		},
	);

	it('is for rows that find no turn as well', async () => {
		const limits = { callsPerSecond: 0.01, giveUpAfter: 0 };
		const { json } = await place({ limits }, numbered(3));
		expect(reasons(json)).toEqual(['answered', 'no_place', 'no_place']);
	});

	it('holds over executions, and after a carrier that asks to slow down', async () => {
		livekit.server.faults.push({
			kind: 'status',
			status: 429,
			contentType: 'application/json',
			body: '{"code":"resource_exhausted","msg":"too many requests"}',
			method: 'CreateSIPParticipant',
		});
		const limits = { giveUpAfter: 0 };
		const first = await place({ limits }, numbered(1));
		expect(reasons(first.json)).toEqual(['livekit_limit']);
		const second = await place({ limits }, numbered(2));
		expect(reasons(second.json)).toEqual(['no_place', 'no_place']);
		expect(called()).toEqual([]);
	});

	it('sends for no agent whose own turn does not come', async () => {
		livekit.server.options.agents = ['helper'];
		const limits = { callsPerSecond: 0.01, giveUpAfter: 0 };
		const { json } = await place({ agentName: 'helper', limits }, numbered(2));
		expect(reasons(json)).toEqual(['answered', 'no_place']);
		const created = livekit.methods().filter((name) => name === 'CreateDispatch');
		expect(created).toHaveLength(1);
	});

	it('sends an agent away whose call finds no turn', async () => {
		livekit.server.options.agents = ['helper'];
		const limits = { callsPerSecond: 0.01, giveUpAfter: 0 };
		const [one, other] = numbered(2);
		// Calls and agents have turns of their own.
		await place({ limits }, [one]);
		const { json } = await place({ agentName: 'helper', limits }, [other]);
		expect(reasons(json)).toEqual(['no_place']);
		expect(livekit.methods()).toEqual(expect.arrayContaining(['CreateDispatch', 'DeleteDispatch']));
		expect(called()).toEqual([one.number]);
	});

	it('costs no try', async () => {
		const own = {
			limits: { callsPerSecond: 0.01, giveUpAfter: 0 },
			callAgain: 'byOutcome',
			triesSoFar: 0,
			callsToday: 0,
			lastCalledAt: '={{ null }}',
		};
		const { json } = await place(own, numbered(2));
		expect(json[1]).toMatchObject({ reason: 'no_place', tries: 0, final: false });
		expect(Date.parse(String(json[1].call_again_at))).toBeLessThan(Date.now() + 61_000);
	});

	it.each([['soon'], [-1], [1.5], ['={{ $json.none }}']])(
		'that cannot be read calls nobody: %p',
		async (giveUpAfter) => {
			const { error } = await place({ limits: { giveUpAfter } }, numbered(1));
			expect(error?.message).toMatch(/^Give Up Waiting After \(Seconds\)/);
			expect(livekit.methods()).toEqual([]);
		},
	);
});
