/** The clock of the local LiveKits of a test: what they do after a while happens when the test says so. */
export interface Clock {
	/** Stops it, until it is released or the test ends. */
	hold(): void;
	/** Lets it run again; what was to happen on it does not. */
	release(): void;
	/** How much is going to happen on it. */
	waiting(): number;
	/** Lets so many milliseconds pass at once. */
	pass(milliseconds: number): void;
}

/** Sets the tests of a file up for a clock that can be stopped. Requests and n8n's engine go on by the real one. */
export function useClock(): Clock {
	afterEach(() => jest.useRealTimers());
	return {
		hold: () =>
			void jest.useFakeTimers({
				doNotFake: [
					'Date',
					'hrtime',
					'nextTick',
					'performance',
					'queueMicrotask',
					'setImmediate',
					'clearImmediate',
					'setInterval',
					'clearInterval',
				],
			}),
		release: () => void jest.useRealTimers(),
		waiting: () => jest.getTimerCount(),
		pass: (milliseconds) => jest.advanceTimersByTime(milliseconds),
	};
}
