import { type Lane, adapt, laneOf, takeSlot } from '../../../../nodes/LiveKitSip/dial/pace';
import { patienceUntil } from '../../../../nodes/LiveKitSip/dial/patience';
import { takeTurn } from '../../../../nodes/LiveKitSip/dial/turns';
import { type Cancellation, cancellation } from '../../../../nodes/LiveKitSip/rows/cancellation';

// Neither this computer's clock nor its speed counts: jest moves the clock from one timer to the next.
beforeEach(() => {
	jest.useFakeTimers();
	jest.advanceTimersByTime(3_600_000);
});
afterEach(() => jest.useRealTimers());

const running = cancellation(undefined);
let lanes = 0;
const newLane = () => laneOf(`test ${++lanes}`);

/** A cancellation whose timers are late by these milliseconds, in turn. */
function late(...byMs: number[]): Cancellation {
	let wait = 0;
	return {
		...running,
		orAfter: async (ms) => await running.orAfter(ms + byMs[wait++ % byMs.length]),
	};
}

interface Taking {
	lane?: Lane;
	cancel?: Cancellation;
	/** What a turn leads to. */
	then?: (turn: number) => unknown;
}

/** Takes turns one after the other, as the rows of a run do; gives when each began, in milliseconds from the first. */
async function turns(
	count: number,
	perSecond: number,
	{ lane = newLane(), cancel = running, then }: Taking = {},
): Promise<number[]> {
	const times: number[] = [];
	const taking = async () => {
		for (let turn = 0; turn < count; turn++) {
			await takeTurn(lane, perSecond, cancel);
			times.push(performance.now());
			await then?.(turn);
		}
	};
	await Promise.all([taking(), jest.runAllTimersAsync()]);
	return times.map((time) => time - times[0]);
}

const gapsOf = (times: number[]) => times.slice(1).map((time, turn) => time - times[turn]);

/** The most turns that began within so many milliseconds. */
const mostWithin = (ms: number, times: number[]) =>
	Math.max(
		...times.map((from, turn) => {
			const next = times.findIndex((at) => at >= from + ms);
			return (next < 0 ? times.length : next) - turn;
		}),
	);

describe('1,000 turns', () => {
	it.each([0.5, 1, 2, 5])('%d per second: each is taken when it is due', async (perSecond) => {
		const times = await turns(1000, perSecond);
		expect(new Set(gapsOf(times))).toEqual(new Set([1000 / perSecond]));
	});

	it.each([10, 20, 50, 200])('%d per second: each is taken when it is due', async (perSecond) => {
		const times = await turns(1000, perSecond);
		const due = times.map((_time, turn) => (turn * 1000) / perSecond);
		expect(times).toEqual(due.map((at) => expect.closeTo(at, 0)));
	});

	it('without a limit all are taken at once', async () => {
		expect((await turns(1000, 0)).at(-1)).toBe(0);
	});

	it.each([20, 50, 200])(
		'%d per second, with timers that are late: the pace is kept, and not exceeded',
		async (perSecond) => {
			const times = await turns(1000, perSecond, { cancel: late(0, 3, 17, 1, 40, 0, 8) });
			const due = (999 * 1000) / perSecond;
			expect(times.at(-1)).toBeGreaterThanOrEqual(due);
			expect(times.at(-1)).toBeLessThanOrEqual(due + 40);
			// 5 % of a second are what may be caught up with.
			expect(mostWithin(1000, times)).toBeLessThanOrEqual(perSecond * 1.05 + 1);
		},
	);

	it.each([20, 50])(
		'%d per second, after a standstill: what was missed is not made up for',
		async (perSecond) => {
			const times = await turns(1000, perSecond, {
				then: async (turn) => (turn === 500 ? await running.orAfter(10_000) : undefined),
			});
			expect(times[501] - times[500]).toBe(10_000);
			expect(mostWithin(1000, times)).toBeLessThanOrEqual(perSecond * 1.05 + 1);
		},
	);

	it('5 per second, with timers that are late: none comes early', async () => {
		const times = await turns(1000, 5, { cancel: late(0, 3, 17, 1, 40) });
		const gaps = gapsOf(times);
		expect([Math.min(...gaps), Math.max(...gaps)]).toEqual([200, 240]);
	});

	it('of two runs share the pace of their server and trunk, in the order of asking', async () => {
		const lane = newLane();
		const both: number[][] = [];
		const run = async (name: number) =>
			await turns(500, 50, { lane, then: () => both.push([name, performance.now()]) });
		await Promise.all([run(1), run(2)]);
		expect(
			mostWithin(
				1000,
				both.map(([, at]) => at),
			),
		).toBeLessThanOrEqual(53);
		// The first three turns come at once, and each run waits for its next one after that.
		expect(both.slice(6).every(([name], turn, rest) => name !== rest[turn + 1]?.[0])).toBe(true);
	});
});

describe('a carrier that asks to slow down', () => {
	it('gets a pause of a second, and a gap that is longer by as much', async () => {
		const lane = newLane();
		const times = await turns(5, 50, {
			lane,
			then: (turn) => {
				if (turn === 0) adapt(lane, 'rate_limited');
			},
		});
		expect(gapsOf(times)).toEqual([1020, 1020, 1020, 1020]);
	});

	it('gets twice the gap each time that it asks again, up to 30 seconds', async () => {
		const lane = newLane();
		const times = await turns(9, 50, { lane, then: () => adapt(lane, 'rate_limited') });
		const seconds = gapsOf(times).map((gap) => Math.floor(gap / 1000));
		expect(seconds).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
	});

	it('asks once with the calls that were under way together', async () => {
		const lane = newLane();
		const times = await turns(3, 50, {
			lane,
			then: (turn) => {
				if (turn === 0) for (let call = 0; call < 20; call++) adapt(lane, 'rate_limited');
			},
		});
		expect(gapsOf(times)).toEqual([1020, 1020]);
	});

	it('has its pace back when calls go through: half of the gap goes with each of them', async () => {
		const lane = newLane();
		const times = await turns(1000, 50, {
			lane,
			then: (turn) => adapt(lane, turn < 3 ? 'rate_limited' : 'answered'),
		});
		const gaps = gapsOf(times);
		expect(gaps.slice(0, 3).map((gap) => Math.floor(gap / 1000))).toEqual([1, 2, 4]);
		expect(gaps.slice(3, 7)).toEqual([2020, 1020, 20, 20]);
		expect(new Set(gaps.slice(6))).toEqual(new Set([20]));
	});
});

describe('a cancelled execution', () => {
	it('ends its wait, and leaves its turn to others', async () => {
		const lane = newLane();
		const controller = new AbortController();
		await takeTurn(lane, 0.1, running);
		const waiting = takeTurn(lane, 0.1, cancellation(controller.signal));
		controller.abort();
		await waiting;
		const begun = performance.now();
		await Promise.all([takeTurn(lane, 0.1, running), jest.runAllTimersAsync()]);
		expect(performance.now() - begun).toBe(10_000);
	});

	it('waits for no place', async () => {
		const lane = newLane();
		const controller = new AbortController();
		await takeSlot(lane, 1, running);
		const waiting = takeSlot(lane, 1, cancellation(controller.signal));
		controller.abort();
		expect(await waiting).toEqual(expect.any(Function));
	});
});

it('no more calls than asked have a place at one time, over all runs, and each place is given on', async () => {
	const lane = newLane();
	let [most, ended] = [0, 0];
	const call = async (row: number, giveBack: () => void) => {
		most = Math.max(most, lane.running);
		await running.orAfter(100 + (row % 13) * 10);
		giveBack();
		// A place that is given back twice is still one place.
		giveBack();
		ended++;
	};
	const run = async () => {
		const begun: Array<Promise<void>> = [];
		for (let row = 0; row < 100; row++) {
			const giveBack = await takeSlot(lane, 7, running);
			if (giveBack) begun.push(call(row, giveBack));
		}
		await Promise.all(begun);
	};
	await Promise.all([...Array.from({ length: 10 }, run), jest.runAllTimersAsync()]);
	expect({ most, ended, left: lane.running }).toEqual({ most: 7, ended: 1000, left: 0 });
});

describe('patience', () => {
	const within = (ms: number) => patienceUntil(performance.now() + ms, running);

	it.each([0, 1, 700, 60_000])('of %d ms: no place is waited for any longer', async (ms) => {
		const lane = newLane();
		await takeSlot(lane, 1, running);
		const began = performance.now();
		const waiting = takeSlot(lane, 1, running, within(ms));
		const [slot] = await Promise.all([waiting, jest.runAllTimersAsync()]);
		expect(slot).toBeUndefined();
		expect(performance.now() - began).toBe(ms);
		expect(lane.running).toBe(1);
	});

	it('is not needed where there is room, even if none is left', async () => {
		const lane = newLane();
		expect(await takeSlot(lane, 1, running, within(0))).toBeDefined();
		expect((await takeTurn(lane, 1, running, within(0))).given).toBe(true);
		expect((await takeTurn(lane, 1, running, within(0))).given).toBe(false);
	});

	it('that ends gives up the place in line, and takes no turn', async () => {
		const lane = newLane();
		await takeTurn(lane, 1, running);
		const impatient = takeTurn(lane, 1, running, within(400));
		const patientOne = takeTurn(lane, 1, running).then((turn) => [turn.given, performance.now()]);
		const began = performance.now();
		await jest.runAllTimersAsync();
		expect((await impatient).given).toBe(false);
		expect(await patientOne).toEqual([true, began + 1000]);
		expect(lane.line).toEqual([]);
	});

	it('gets the place that is freed in time', async () => {
		const lane = newLane();
		const free = await takeSlot(lane, 1, running);
		const waiting = takeSlot(lane, 1, running, within(500));
		await jest.advanceTimersByTimeAsync(300);
		free?.();
		await jest.advanceTimersByTimeAsync(0);
		expect(await waiting).toBeDefined();
	});

	it('ends while the carrier has asked to slow down', async () => {
		const lane = newLane();
		for (let refusal = 0; refusal < 4; refusal++) {
			adapt(lane, 'rate_limited');
			await jest.advanceTimersByTimeAsync(10_000);
		}
		adapt(lane, 'rate_limited');
		const waiting = takeTurn(lane, 0, running, within(2000));
		await jest.runAllTimersAsync();
		expect((await waiting).given).toBe(false);
	});
});
