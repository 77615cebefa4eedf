import * as fc from '../../../support/fastCheck';

import type { CallOutcome } from '../../../../livekit/outcome/call';
import { type Lane, adapt, laneOf } from '../../../../nodes/LiveKitSip/dial/pace';
import { takeTurn } from '../../../../nodes/LiveKitSip/dial/turns';
import { cancellation } from '../../../../nodes/LiveKitSip/rows/cancellation';

// Time is virtual: jest moves the clock from one timer to the next.
beforeEach(() => {
	jest.useFakeTimers();
	jest.advanceTimersByTime(3_600_000);
});
afterEach(() => jest.useRealTimers());

const clock = cancellation(undefined);
let lanes = 0;
const newLane = () => laneOf(`line ${++lanes}`);

/** Somebody who asks for a turn. Times are milliseconds from the beginning. */
interface Caller {
	asksAt: number;
	perSecond: number;
	/** What comes of the dial; `skipped` if the row finds in its turn that it must not call. */
	outcome: CallOutcome;
	/** How long the dial takes. */
	takes?: number;
	cancelledAt?: number;
}

/** A turn that was taken. */
interface Dial {
	caller: number;
	at: number;
	gap: number;
	outcome: CallOutcome;
	endedAt: number;
}

const gapOf = ({ perSecond }: Caller) => (perSecond > 0 ? 1000 / perSecond : 0);

/** Lets callers have their turns as the rows of the node do; gives the dials in their order. */
async function dialsOf(callers: Caller[], lane: Lane = newLane()): Promise<Dial[]> {
	const from = performance.now();
	const now = () => performance.now() - from;
	const dials: Dial[] = [];
	const call = async (asking: Caller, caller: number) => {
		const { asksAt, perSecond, outcome, takes = 0, cancelledAt } = asking;
		const controller = new AbortController();
		const cancel = cancellation(controller.signal);
		if (cancelledAt !== undefined) void clock.orAfter(cancelledAt).then(() => controller.abort());
		await clock.orAfter(asksAt);
		const turn = await takeTurn(lane, perSecond, cancel);
		if (cancel.happened()) return turn.end(false);
		if (outcome === 'skipped') return turn.end(false);
		turn.begin();
		const dial = { caller, at: now(), gap: gapOf(asking), outcome, endedAt: Infinity };
		dials.push(dial);
		await clock.orAfter(takes);
		dial.endedAt = now();
		adapt(lane, outcome);
		turn.end(outcome !== 'not_sent');
	};
	await Promise.all([...callers.map(call), jest.runAllTimersAsync()]);
	return dials;
}

const timesOf = (dials: Dial[]) => dials.map(({ caller, at }) => [caller, at]);
const answered = 'answered' as const;

describe('each caller waits for the last dial and its own gap', () => {
	it('a slow one does not hold up those who ask after its call', async () => {
		const dials = await dialsOf([
			{ asksAt: 0, perSecond: 1 / 600, outcome: answered },
			{ asksAt: 1, perSecond: 10, outcome: answered },
			{ asksAt: 2, perSecond: 10, outcome: answered },
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[1, 100],
			[2, 200],
		]);
	});

	it('nor those who ask while it waits for its next one, which comes when its own gap is over', async () => {
		const quick = Array.from({ length: 8 }, (_, call) => ({
			asksAt: 100 + call * 1000,
			perSecond: 1,
			outcome: answered,
		}));
		const dials = await dialsOf([
			{ asksAt: 0, perSecond: 0.2, outcome: answered },
			{ asksAt: 1, perSecond: 0.2, outcome: answered },
			...quick,
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[2, 1000],
			[3, 2000],
			[4, 3000],
			[5, 4000],
			[1, 5000],
			[6, 6000],
			[7, 7000],
			[8, 8000],
			[9, 9000],
		]);
	});

	it('a call that was not sent leaves no gap, as soon as that is known', async () => {
		const slow = { perSecond: 1 / 600, outcome: 'not_sent' as const, takes: 50 };
		const dials = await dialsOf([
			{ ...slow, asksAt: 0 },
			{ ...slow, asksAt: 10 },
			{ asksAt: 20, perSecond: 1, outcome: answered },
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[1, 50],
			[2, 100],
		]);
	});

	it('nor does one that is skipped in its turn; a call before it still counts', async () => {
		const dials = await dialsOf([
			{ asksAt: 0, perSecond: 1, outcome: answered },
			{ asksAt: 1, perSecond: 1, outcome: 'skipped' },
			{ asksAt: 2, perSecond: 2, outcome: answered },
			{ asksAt: 3, perSecond: 2, outcome: answered },
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[2, 500],
			[3, 1000],
		]);
	});

	it('a call that was not sent long after others were made takes nothing away from their gap', async () => {
		const dials = await dialsOf([
			{ asksAt: 0, perSecond: 1, outcome: 'not_sent', takes: 2500 },
			{ asksAt: 1, perSecond: 1, outcome: answered },
			{ asksAt: 2, perSecond: 1, outcome: answered, takes: 5000 },
			{ asksAt: 3, perSecond: 1, outcome: answered },
		]);
		expect(timesOf(dials).map(([, at]) => at)).toEqual([0, 1000, 2000, 3000]);
	});
});

it('a wait that is cancelled hands its turn out once', async () => {
	const one = { perSecond: 1, outcome: answered };
	const dials = await dialsOf([
		{ ...one, asksAt: 0 },
		{ ...one, asksAt: 1, cancelledAt: 500 },
		{ ...one, asksAt: 2, cancelledAt: 500 },
		{ ...one, asksAt: 3 },
		{ ...one, asksAt: 4 },
		{ ...one, asksAt: 500 },
	]);
	expect(timesOf(dials)).toEqual([
		[0, 0],
		[3, 1000],
		[4, 2000],
		[5, 3000],
	]);
});

describe('slowing down', () => {
	const ten = { perSecond: 10, outcome: answered };

	it('holds for those who were waiting when the carrier asked for it', async () => {
		const dials = await dialsOf([
			{ ...ten, asksAt: 0, outcome: 'rate_limited', takes: 50 },
			{ ...ten, asksAt: 1, outcome: 'unknown' },
			{ ...ten, asksAt: 2, outcome: 'unknown' },
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[1, 1100],
			[2, 2200],
		]);
	});

	it.each(['carrier_error', 'unknown', 'not_sent', 'dialing', 'blocked'] as const)(
		'does not end with %s',
		async (outcome) => {
			const lane = newLane();
			adapt(lane, 'rate_limited');
			adapt(lane, outcome);
			const dials = await dialsOf(
				[1, 2, 3].map((asksAt) => ({ ...ten, asksAt, outcome: 'unknown' })),
				lane,
			);
			expect(dials.slice(1).map(({ at }, dial) => at - dials[dial].at)).toEqual([1100, 1100]);
		},
	);

	it('ends with a call that gets through, also for who is waiting', async () => {
		const dials = await dialsOf([
			{ ...ten, asksAt: 0, outcome: 'rate_limited' },
			{ ...ten, asksAt: 1, takes: 600 },
			{ ...ten, asksAt: 2 },
		]);
		expect(timesOf(dials)).toEqual([
			[0, 0],
			[1, 1100],
			[2, 1700],
		]);
	});

	it('ends five minutes after the carrier last asked for it', async () => {
		const lane = newLane();
		adapt(lane, 'rate_limited');
		const dials = await dialsOf(
			[299_000, 299_001, 310_000, 310_001].map((asksAt) => ({
				...ten,
				asksAt,
				outcome: 'unknown',
			})),
			lane,
		);
		expect(dials.map(({ at }) => at)).toEqual([299_000, 300_100, 310_000, 310_100]);
	});
});

const outcomes = fc.constantFrom<CallOutcome>(
	...([
		'answered',
		'answered',
		'busy',
		'not_sent',
		'rate_limited',
		'carrier_error',
		'unknown',
		'skipped',
	] as const),
);
const anyCaller: fc.Arbitrary<Caller> = fc.record(
	{
		asksAt: fc.integer({ min: 0, max: 5000 }),
		perSecond: fc.constantFrom(0, 0.1, 0.5, 1, 3, 5, 7, 10, 50),
		outcome: outcomes,
		takes: fc.integer({ min: 0, max: 3000 }),
		cancelledAt: fc.integer({ min: 0, max: 20_000 }),
	},
	{ requiredKeys: ['asksAt', 'perSecond', 'outcome', 'takes'] },
);

/**
 * Whether a dial keeps its distance to one before it, unless that one was known not to count: its own gap if that one was
 * made before this caller asked, otherwise that of the quicker of the two.
 */
const keepsGap = (dial: Dial, before: Dial, asksAt: number) => {
	const gap = before.at < asksAt ? dial.gap : Math.min(dial.gap, before.gap);
	return (
		(before.outcome === 'not_sent' && before.endedAt <= dial.at) ||
		// Timers know whole milliseconds only.
		dial.at - before.at > gap - (Number.isInteger(gap) ? 1e-6 : 1)
	);
};

const inOrder = (order: number[]) => [...order].sort((one, other) => one - other);

it('any callers: no dial is closer to another than it may be, equals keep their order, and nobody starves', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(anyCaller, { minLength: 2, maxLength: 12 }), async (some) => {
			const callers = [...some].sort((one, other) => one.asksAt - other.asksAt);
			const dials = await dialsOf(callers);
			dials.forEach((dial, place) => {
				const { asksAt } = callers[dial.caller];
				const near = dials.slice(0, place).filter((before) => !keepsGap(dial, before, asksAt));
				expect(near).toEqual([]);
			});
			const order = dials.map(({ caller }) => caller);
			for (const perSecond of new Set(callers.map((caller) => caller.perSecond))) {
				const equals = order.filter((caller) => callers[caller].perSecond === perSecond);
				expect(equals).toEqual(inOrder(equals));
			}
			// Whoever is neither cancelled nor skipped dials.
			const patient = callers.flatMap(({ cancelledAt, outcome }, caller) =>
				cancelledAt === undefined && outcome !== 'skipped' ? [caller] : [],
			);
			expect(order).toEqual(expect.arrayContaining(patient));
			expect(
				dials.filter(({ caller, at }) => at > (callers[caller].cancelledAt ?? Infinity)),
			).toEqual([]);
			// Nobody dials within the second after the carrier has asked for less, the first time in a while.
			const limits = dials
				.filter(({ outcome }) => outcome === 'rate_limited')
				.map(({ endedAt }) => endedAt);
			const firsts = limits.filter(
				(limit) => !limits.some((other) => other < limit && other > limit - 31_000),
			);
			for (const limit of firsts)
				expect(dials.filter(({ at }) => at > limit && at < limit + 1000)).toEqual([]);
		}),
		{ numRuns: 300 },
	);
});
