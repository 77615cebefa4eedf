import { NodeOperationError } from 'n8n-workflow';

import { cancellation } from '../../../../nodes/LiveKitSip/rows/cancellation';
import { EventLoop } from '../../../../nodes/LiveKitSip/rows/eventLoop';
import type { Ran } from '../../../../nodes/LiveKitSip/rows/retries';
import { type RowLoop, startRows } from '../../../../nodes/LiveKitSip/rows/startRows';
import { rowFor } from '../../../support/row';

const fine: Ran = { result: { value: [] }, rang: false };
// n8n's sleep cannot be ended, and a pause of an hour must not keep jest.
beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const { node } = rowFor(async () => await Promise.reject(new Error('nothing is sent')));
const failure = new NodeOperationError(node, 'no');
const failed: Ran = { result: { failure }, rang: false };

/** Rows that end when the test says so, and what happened to them in order. */
function useRows(
	order: 'together' | 'oneByOne',
	change: Partial<RowLoop> = {},
	signal?: AbortSignal,
) {
	const happened: string[] = [];
	const ends = new Map<number, (ran: Ran) => void>();
	const releases = new Map<number, () => void>();
	const run = {
		node,
		cancel: cancellation(signal),
		eventLoop: new EventLoop(),
		operation: { order },
	};
	const loop: RowLoop = {
		run,
		options: {},
		count: 3,
		work: async (itemIndex, release) => {
			happened.push(`start ${itemIndex}`);
			releases.set(itemIndex, release);
			const ran = await new Promise<Ran>((resolve) => ends.set(itemIndex, resolve));
			happened.push(`end ${itemIndex}`);
			return ran;
		},
		isFailure: ({ result }) => 'failure' in result,
		endsAfterFailure: async () => true,
		...change,
	};
	const all = startRows(loop);
	/** Lets all that can happen at once happen; the pause of the event loop is the longest of it. */
	const settle = async () => await jest.advanceTimersByTimeAsync(5);
	return {
		happened,
		all,
		settle,
		end: async (itemIndex: number, ran = fine) => {
			ends.get(itemIndex)?.(ran);
			await settle();
		},
		release: async (itemIndex: number) => {
			releases.get(itemIndex)?.();
			await settle();
		},
	};
}

describe('rows one by one', () => {
	it('each starts when the one before has ended', async () => {
		const rows = useRows('oneByOne');
		await rows.settle();
		expect(rows.happened).toEqual(['start 0']);
		await rows.end(0);
		expect(rows.happened).toEqual(['start 0', 'end 0', 'start 1']);
		await rows.end(1);
		await rows.end(2);
		expect(await rows.all).toEqual([fine, fine, fine]);
	});

	it('a row that is released lets the next one start before it ends', async () => {
		const rows = useRows('oneByOne');
		await rows.settle();
		await rows.release(0);
		expect(rows.happened).toEqual(['start 0', 'start 1']);
		await rows.end(1);
		await rows.end(0);
		await rows.end(2);
		expect(rows.happened).toEqual(['start 0', 'start 1', 'end 1', 'start 2', 'end 0', 'end 2']);
		expect(await rows.all).toHaveLength(3);
	});
});

describe('rows together', () => {
	it('ten are under way at most, and they start in order', async () => {
		const rows = useRows('together', { count: 12 });
		await rows.settle();
		expect(rows.happened).toEqual(Array.from({ length: 10 }, (_, index) => `start ${index}`));
		await rows.end(3);
		expect(rows.happened.slice(10)).toEqual(['end 3', 'start 10']);
		for (let index = 0; index < 12; index++) await rows.end(index);
		expect(await rows.all).toHaveLength(12);
	});
});

describe('after a failure', () => {
	it('no row starts, and those under way come to their end', async () => {
		const rows = useRows('together', { count: 12 });
		await rows.settle();
		await rows.end(4, failed);
		expect(rows.happened).toHaveLength(11);
		for (let index = 0; index < 10; index++) await rows.end(index);
		const all = await rows.all;
		expect(all).toHaveLength(10);
		expect(all[4]).toBe(failed);
	});

	it('rows go on if the loop says so', async () => {
		const rows = useRows('oneByOne', { endsAfterFailure: async () => false });
		await rows.settle();
		for (const index of [0, 1, 2]) await rows.end(index, failed);
		expect(await rows.all).toEqual([failed, failed, failed]);
	});

	it('what the work throws is the failure of its row', async () => {
		const rows = useRows('oneByOne', {
			count: 1,
			work: async () => await Promise.reject(new Error('an expression')),
		});
		const [ran] = await rows.all;
		expect('failure' in ran.result && ran.result.failure.message).toBe('an expression');
	});

	it('the loop can ask how many rows are under way', async () => {
		const open: number[] = [];
		const rows = useRows('oneByOne', {
			endsAfterFailure: async (count) => {
				open.push(count());
				return true;
			},
		});
		await rows.settle();
		await rows.release(0);
		await rows.end(1, failed);
		await rows.end(0);
		expect(open).toEqual([1]);
		expect(await rows.all).toHaveLength(2);
	});
});

it('no row starts once the execution was cancelled', async () => {
	const execution = new AbortController();
	const rows = useRows('oneByOne', {}, execution.signal);
	await rows.settle();
	execution.abort();
	await rows.end(0);
	expect(await rows.all).toEqual([fine]);
});

describe('Batching', () => {
	const batching = (batchInterval: number) => ({
		options: { batching: { batch: { batchSize: 2, batchInterval } } },
	});

	it('pauses after each batch, until the execution is cancelled', async () => {
		const execution = new AbortController();
		const rows = useRows('oneByOne', batching(3_600_000), execution.signal);
		await rows.settle();
		await rows.end(0);
		await rows.end(1);
		expect(rows.happened).toEqual(['start 0', 'end 0', 'start 1', 'end 1']);
		execution.abort();
		expect(await rows.all).toEqual([fine, fine]);
	});

	it('goes on after the pause', async () => {
		const rows = useRows('oneByOne', batching(60_000));
		await rows.settle();
		await rows.end(0);
		await rows.end(1);
		await jest.advanceTimersByTimeAsync(59_000);
		expect(rows.happened).not.toContain('start 2');
		await jest.advanceTimersByTimeAsync(1000);
		expect(rows.happened).toContain('start 2');
		await rows.end(2);
		expect(await rows.all).toEqual([fine, fine, fine]);
	});

	it('does not pause before the end that a failure brings', async () => {
		const rows = useRows('oneByOne', batching(3_600_000));
		await rows.settle();
		await rows.end(0);
		await rows.end(1, failed);
		expect(await rows.all).toEqual([fine, failed]);
	});
});
