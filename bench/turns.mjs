import { PerformanceObserver } from 'node:perf_hooks';

// Shorter turns of the event loop are nobody's trouble and are not kept.
const KEPT_MS = 10;

// Time on a processor where Node tells it (24 does), since a busy machine takes the processor away in between.
const busy = () => {
	const { user, system } = process.threadCpuUsage?.() ?? {
		user: performance.now() * 1000,
		system: 0,
	};
	return (user + system) / 1000;
};

/** Adds up what the outermost calls of a function take; the answer reads the sum in milliseconds. */
function timed(owner, name) {
	const original = owner[name];
	let total = 0;
	let inside = false;
	owner[name] = function (...given) {
		if (inside) return original.apply(this, given);
		inside = true;
		const from = busy();
		try {
			return original.apply(this, given);
		} finally {
			total += busy() - from;
			inside = false;
		}
	};
	return () => total;
}

/**
 * Watches the turns of the event loop: what n8n's expressions took of each, the collector, and the rest.
 *
 * @param {typeof import('n8n-workflow')} workflow whose expressions are timed
 * @returns {{start: () => void, stop: () => Promise<{longest: object, longestOther: object, over100: number}>}} milliseconds
 */
export function watchTurns({ Expression }) {
	const expressions = timed(Expression.prototype, 'resolveSimpleParameterValue');
	const collections = [];
	const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
	const turns = [];
	let running = false;
	let [from, at, evaluated] = [0, 0, 0];
	const turn = () => {
		if (!running) return;
		const took = busy() - from;
		if (took >= KEPT_MS)
			turns.push({ at, until: performance.now(), took, expressions: expressions() - evaluated });
		[from, at, evaluated] = [busy(), performance.now(), expressions()];
		setImmediate(turn);
	};
	const collected = ({ at: since, until }) =>
		collections
			.filter(({ startTime }) => startTime >= since && startTime <= until)
			.reduce((sum, { duration }) => sum + duration, 0);
	return {
		start() {
			observer.observe({ entryTypes: ['gc'] });
			running = true;
			[from, at, evaluated] = [busy(), performance.now(), expressions()];
			setImmediate(turn);
		},
		async stop() {
			await new Promise((resolve) => setTimeout(resolve, 50));
			running = false;
			observer.disconnect();
			const rows = turns.map((one) => {
				const collector = Math.min(collected(one), one.took);
				return {
					took: one.took,
					expressions: one.expressions,
					collector,
					other: Math.max(0, one.took - one.expressions - collector),
				};
			});
			const most = (key) =>
				rows.reduce((best, row) => (row[key] > best[key] ? row : best), {
					took: 0,
					expressions: 0,
					collector: 0,
					other: 0,
				});
			return {
				longest: most('took'),
				longestOther: most('other'),
				over100: rows.filter(({ took }) => took > 100).length,
			};
		},
	};
}
