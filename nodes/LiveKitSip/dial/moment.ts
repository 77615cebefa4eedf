/** When something happened, by two clocks: people and time servers can set the first one, even back. */
export interface Moment {
	/** Unix milliseconds: what is shown. */
	readonly shown: number;
	/** Milliseconds of the clock that is never set: what durations are counted by. */
	readonly steady: number;
}

/** This moment. */
export function now(): Moment {
	return { shown: Date.now(), steady: performance.now() };
}

/** ISO 8601 of Unix milliseconds. */
export function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

/** Milliseconds as seconds, to a tenth; less than nothing counts as nothing. */
export function inSeconds(milliseconds: number): number {
	return Math.round(Math.max(0, milliseconds) / 100) / 10;
}

/** Seconds from one moment to a later one, to a tenth. */
export function secondsBetween(from: Moment, to: Moment): number {
	return inSeconds(to.steady - from.steady);
}
