import { sleep } from 'n8n-workflow';

/** Ends waiting early when the execution is cancelled, by a person or by its timeout. */
export interface Cancellation {
	happened(): boolean;
	/** Waits for that promise, or until the execution is cancelled. */
	orUntil(settled: Promise<unknown>): Promise<void>;
	/** Waits that many milliseconds, or until the execution is cancelled. */
	orAfter(milliseconds: number): Promise<void>;
	forget(): void;
}

// A longer timer fires at once.
const longestTimerMs = 2 ** 31 - 1;

/**
 * One listener for a whole run. n8n 1.x's sleep takes no signal, so the two race. Each wait is forgotten as soon as it is
 * over, so that they do not pile up in a run of many rows.
 */
export function cancellation(signal: AbortSignal | undefined): Cancellation {
	const waiting = new Set<() => void>();
	const stop = () => waiting.forEach((leave) => leave());
	signal?.addEventListener('abort', stop, { once: true });
	const orUntil = async (settled: Promise<unknown>) => {
		if (signal?.aborted) return;
		let leave = () => {};
		const stopped = new Promise<void>((resolve) => {
			leave = resolve;
		});
		waiting.add(leave);
		await Promise.race([settled, stopped]);
		waiting.delete(leave);
	};
	return {
		happened: () => signal?.aborted === true,
		orUntil,
		orAfter: async (milliseconds) => await orUntil(sleep(Math.min(milliseconds, longestTimerMs))),
		forget: () => signal?.removeEventListener('abort', stop),
	};
}
