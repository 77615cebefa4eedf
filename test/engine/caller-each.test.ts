import type { IDataObject } from 'n8n-workflow';

import { numbered, numbers, useDialling } from '../support/dialling';

const dialling = useDialling();
const { livekit, place, dials, called } = dialling;

// Caller IDs are known in the whole process: each test has its own.
let [first, second, tests] = ['', '', 0];
beforeEach(() => {
	tests++;
	[first, second] = [`+151055502${tests}0`, `+151055502${tests}1`];
});

const each = (own: IDataObject = {}) => ({
	callerId: `${first}, ${second}`,
	...own,
	limits: { maxSimultaneous: 0, oneCallEach: true, ...(own.limits as IDataObject) },
	options: { allowForeignCallerId: true, ...(own.options as IDataObject) },
});

const reasons = (json: readonly IDataObject[]) =>
	json.map(({ outcome, reason }) => reason ?? outcome);

/** Ends the calls that are under way. */
const hangUpAll = async () =>
	await livekit.run({ resource: 'call', operation: 'hangUpAll', roomPrefix: 'outbound-' }, [{}]);

// The server is that of all tests of the file.
beforeEach(
	() => void Object.assign(livekit.server.options, { answerAfterMs: 50, hangUpAfterMs: 0 }),
);

describe('One Live Call per Caller ID', () => {
	it('shows no caller ID in two calls that ring or talk', async () => {
		Object.assign(livekit.server.options, { answerAfterMs: 200, hangUpAfterMs: 400 });
		const { json } = await place(each(), numbered(5));
		expect(reasons(json)).toEqual(Array(5).fill('answered'));
		for (const callerId of [first, second]) {
			const times = dials().flatMap(({ from, at }) => (from === callerId ? [at] : []));
			expect(times.length).toBeGreaterThan(1);
			for (const [place, at] of times.slice(1).entries())
				expect(at - times[place]).toBeGreaterThanOrEqual(590);
		}
	}, 30_000);

	it('takes the one that is free, and not the one whose turn it is', async () => {
		livekit.server.options.answerAfterMs = 300;
		const rows = numbers('+14155550101', '+15555550486', '+15555550486', '+15555550486');
		const { json } = await place(each({ guards: { allowDuplicates: true } }), rows);
		expect(json.map(({ caller_number: shown }) => shown)).toEqual([first, second, second, second]);
		expect(dials().map(({ from }) => from)).toEqual([first, second, second, second]);
	});

	it('knows the calls of other executions, also of those that nobody follows', async () => {
		const impatient = { limits: { giveUpAfter: 0 } };
		const one = async (number: string, executionId: string) => {
			const { json } = await place(each(impatient), numbers(number), { executionId });
			return [json[0].reason ?? json[0].outcome, json[0].caller_number];
		};
		expect(await one('+14155550101', '1')).toEqual(['answered', first]);
		expect(await one('+14155550102', '2')).toEqual(['answered', second]);
		const { json } = await place(each(impatient), numbers('+14155550103'), { executionId: '3' });
		expect(json[0]).toMatchObject({ reason: 'no_place', retryable: true });
		expect(json[0].message).toMatch(/^There was no free caller ID for this call within 0 s/);
		expect(called()).toHaveLength(2);
		await hangUpAll();
		const later = await place(each(), numbers('+14155550103'), { executionId: '4' });
		expect(reasons(later.json)).toEqual(['answered']);
	}, 30_000);

	it('holds for one caller ID alone', async () => {
		Object.assign(livekit.server.options, { answerAfterMs: 200, hangUpAfterMs: 200 });
		await place(each({ callerId: first, waitFor: 'end' }), numbered(2));
		const [one, other] = dials().map(({ at }) => at);
		expect(other - one).toBeGreaterThanOrEqual(390);
	}, 30_000);

	it('shows none while its call may still ring, however short calls are', async () => {
		livekit.server.options.answerAfterMs = 4000;
		const limits = { maxCallDuration: 1, giveUpAfter: 2 };
		const own = { callerId: first, waitFor: 'nothing', limits };
		const { json } = await place(each(own), numbered(2));
		expect(reasons(json)).toEqual(['dialing', 'no_place']);
		await hangUpAll();
	}, 30_000);

	it('gives up waiting while LiveKit is slow to tell of a live call', async () => {
		const own = { callerId: first, limits: { giveUpAfter: 1 } };
		await place(each(own), numbers('+14155550101'), { executionId: '1' });
		livekit.server.faults.push({ kind: 'delay', delayMs: 60_000, method: 'GetParticipant' });
		const { json } = await place(each(own), numbers('+14155550102'), { executionId: '2' });
		livekit.server.faults.length = 0;
		expect(reasons(json)).toEqual(['no_place']);
		await hangUpAll();
	}, 30_000);

	it('leaves out those that the trunk does not have', async () => {
		// The one that the trunk has.
		const callerId = `+15105550101, ${second}`;
		const own = { callerId, limits: { giveUpAfter: 0 }, options: { allowForeignCallerId: false } };
		const { json } = await place(each({ ...own, waitFor: 'nothing' }), numbers('+14155550101'));
		expect(json[0].caller_number).toBe('+15105550101');
		const next = await place(each(own), numbers('+14155550102'));
		expect(reasons(next.json)).toEqual(['no_place']);
	});

	it('needs to know them', async () => {
		const callerId = '';
		const { error } = await place(each({ callerId }), numbered(1));
		expect(error?.message).toMatch(/^Caller ID is empty/);
		expect(livekit.methods()).toEqual([]);
	});
});
