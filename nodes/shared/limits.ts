/** A longer timer fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** Why a request was ended before its answer had come whole. */
export type Stopped = 'time' | 'canceled';

/** Bounds one request as a whole: n8n's own timeout counts silence, and a server that sends a byte now and then is never silent. */
export interface Limit {
	/** Aborted when the time is up or the execution is cancelled. */
	readonly signal: AbortSignal;
	/** Undefined as long as it goes on. */
	stopped(): Stopped | undefined;
	/** Waits for that work. Rejects as soon as the request is stopped, whether the work takes notice or not. */
	orStop<T>(work: Promise<T>): Promise<T>;
	/** To be called when the request is over. */
	forget(): void;
}

/**
 * Begins to bound a request.
 *
 * @param ms how long it may take as a whole
 * @param cancel n8n's signal that the execution was cancelled, if it has one
 */
export function limit(ms: number, cancel: AbortSignal | undefined): Limit {
	const controller = new AbortController();
	const { signal } = controller;
	const timer = AbortSignal.timeout(Math.min(Math.max(Math.ceil(ms), 1), longestTimerMs));
	let why: Stopped | undefined;
	const stop = (reason: Stopped) => {
		why ??= reason;
		controller.abort();
	};
	const onTime = () => stop('time');
	const onCancel = () => stop('canceled');
	if (cancel?.aborted) onCancel();
	// Not AbortSignal.any: a signal made of another is kept as long as that one, here for a whole execution.
	timer.addEventListener('abort', onTime, { once: true });
	cancel?.addEventListener('abort', onCancel, { once: true });
	return {
		signal,
		stopped: () => why,
		orStop: async (work) => {
			let leave = () => {};
			const stopped = new Promise<never>((_resolve, reject) => {
				leave = () => reject(new Error('stopped'));
				if (signal.aborted) leave();
			});
			signal.addEventListener('abort', leave, { once: true });
			try {
				return await Promise.race([work, stopped]);
			} finally {
				signal.removeEventListener('abort', leave);
			}
		},
		forget: () => {
			timer.removeEventListener('abort', onTime);
			cancel?.removeEventListener('abort', onCancel);
		},
	};
}

/** Bytes that are read of one answer, and of the answers to all requests that share an allowance. */
export const mostOfAnswer = 32 * 1024 * 1024;
const mostOfAllAnswers = 4 * mostOfAnswer;

/** What requests may take that belong together, such as the pages of a list. */
export class Allowance {
	private readonly end: number;
	private bytes = mostOfAllAnswers;

	/** @param ms how long all of them may take */
	constructor(ms: number) {
		this.end = performance.now() + ms;
	}

	/** Milliseconds that are left, at least one. */
	get leftMs(): number {
		return Math.max(this.end - performance.now(), 1);
	}

	/** Bytes that may be read of the next answer. */
	get leftBytes(): number {
		return Math.max(Math.min(this.bytes, mostOfAnswer), 0);
	}

	/** Notes what was read of an answer. */
	spend(bytes: number): void {
		this.bytes -= bytes;
	}
}
