// How steadily calls start, by the wall clock: of use only on a machine that is idle otherwise. That each call is sent when
// it is due, test/nodes/LiveKitSip/dial/pace.test.ts proves on a clock of its own.
const WINDOW_MS = 5000;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * @param {number[]} times of the dials, milliseconds, in the order of their arrival
 * @returns {{whole: number, windows: number[], median: number, shortest: number, longest: number}} dials per second over
 *   the whole run and in each full window of 5 seconds, and the gaps between dials in ms
 */
export function paceOf(times) {
	const first = times[0];
	const last = times.at(-1);
	const windows = Array.from({ length: Math.floor((last - first) / WINDOW_MS) }, (_, index) => {
		const from = first + index * WINDOW_MS;
		return times.filter((at) => at >= from && at < from + WINDOW_MS).length / (WINDOW_MS / 1000);
	});
	const gaps = times.slice(1).map((at, index) => at - times[index]);
	return {
		whole: ((times.length - 1) * 1000) / (last - first),
		windows,
		median: median(gaps),
		shortest: Math.min(...gaps),
		longest: Math.max(...gaps),
	};
}
