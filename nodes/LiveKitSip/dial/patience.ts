import type { Cancellation } from '../rows/cancellation';

/** How long a row waits for its place and its turn. */
export interface Patience {
	/** Whether its time is up. */
	isOver(): boolean;
	/** Waits for that promise, until the time is up, or until the execution is cancelled. */
	orUntil(settled: Promise<unknown>): Promise<void>;
}

/**
 * The patience of a row, with one timer at most.
 *
 * @param until milliseconds of the clock that is never set back; Infinity to wait as long as it takes
 */
export function patienceUntil(until: number, cancel: Cancellation): Patience {
	let over = false;
	let timeUp: Promise<void> | undefined;
	const wait = async () => {
		await cancel.orAfter(Math.max(0, Math.ceil(until - performance.now())));
		over = true;
	};
	return {
		isOver: () => over || performance.now() >= until,
		orUntil: async (settled) => {
			if (until === Infinity) return await cancel.orUntil(settled);
			timeUp ??= wait();
			await Promise.race([cancel.orUntil(settled), timeUp]);
		},
	};
}

/** As long as it takes. */
export function patient(cancel: Cancellation): Patience {
	return patienceUntil(Infinity, cancel);
}
