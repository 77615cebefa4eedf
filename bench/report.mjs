import { CONTENDERS, OPERATIONS, nameOf } from './contenders.mjs';

const GOAL_RATIO = 1.15;
const GOAL_LOAD_MS = 25;
const GOAL_UNWANTED_MS = 0.3;
const GOAL_POLL_MS = 150;
const GOAL_BYTES = 200;
const GOAL_BLOCK_MS = 100;

function median(values) {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function medians(samples, operation, contender) {
	const own = samples.filter(
		(sample) => sample.operation === operation && sample.contender === contender,
	);
	if (own.length === 0) return undefined;
	const of = (measure) => own.map((sample) => sample[measure]);
	// A busy machine disturbs the quickest round least.
	return {
		wall: median(of('wall')),
		cpu: median(of('cpu')),
		leastWall: Math.min(...of('wall')),
		leastCpu: Math.min(...of('cpu')),
	};
}

const row = (cells) => `| ${cells.join(' | ')} |`;

/** Prints the medians of all contenders and their ratio to the leanest declarative node. */
export function printTable({ node, vm, hasHttp, samples }, host) {
	console.log(
		`Node ${node}, n8n-core of ${host}, expression engine: ${vm ? 'vm, as n8n runs it' : 'legacy'}; milliseconds, median (least)`,
	);
	if (!hasHttp)
		console.log(
			'The HTTP Request node is left out: n8n is not installed in the cache (npm start brings it).',
		);
	console.log(row(['1,000 items', 'node', 'wall', 'CPU', 'wall / leanest', 'CPU / leanest']));
	console.log(row(['---', '---', '---:', '---:', '---:', '---:']));
	for (const operation of new Set(samples.map((sample) => sample.operation))) {
		const lean = medians(samples, operation, 'lean');
		for (const contender of CONTENDERS) {
			const own = medians(samples, operation, contender);
			if (!own) continue;
			const ratios = [own.wall / lean.wall, own.cpu / lean.cpu].map((ratio) => ratio.toFixed(2));
			console.log(
				row([
					operation,
					nameOf(contender),
					`${own.wall.toFixed(0)} (${own.leastWall.toFixed(0)})`,
					`${own.cpu.toFixed(0)} (${own.leastCpu.toFixed(0)})`,
					...ratios,
				]),
			);
		}
	}
}

/** Prints load time, packed size and where the goals are missed. */
export function printFacts(samples, { size, loads }) {
	const load = median(loads);
	console.log(
		`Load: ${load.toFixed(1)} ms (median of ${loads.length}, goal under ${GOAL_LOAD_MS}); packed: ${(size / 1024).toFixed(1)} KB`,
	);
	const measured = OPERATIONS.filter((operation) => medians(samples, operation, 'ours'));
	const dials = measured.filter(
		(operation) => operation.startsWith('place') && medians(samples, operation, 'http'),
	);
	for (const measure of ['wall', 'cpu']) {
		const above = (operation, contender, ratio) =>
			medians(samples, operation, 'ours')[measure] >
			ratio * medians(samples, operation, contender)[measure];
		const slow = measured.filter((operation) => above(operation, 'lean', GOAL_RATIO));
		console.log(
			`Goal of ${GOAL_RATIO} times the leanest declarative node, ${measure}: ${verdictOf(slow)}`,
		);
		if (dials.length === 0) continue;
		console.log(
			`Goal of the HTTP Request node's own for calls, ${measure}: ${verdictOf(dials.filter((operation) => above(operation, 'http', 1)))}`,
		);
	}
}

function verdictOf(missed) {
	return missed.length > 0 ? `missed by ${missed.join(', ')}` : 'met';
}

/** Prints the longest turns of the event loop, the memory and the pace of thousands of calls, see `benchScale`. */
export function printScale({ turns, memory, pace, routes }) {
	console.log(
		`\n${row(['event loop, longest turn in ms of CPU', 'rows', 'all', "n8n's expressions", 'collector', 'rest', 'turns over 100 ms', 'longest rest'])}`,
	);
	console.log(row(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:']));
	for (const { name, rows, longest, longestOther, over100 } of turns) {
		const parts = [longest.took, longest.expressions, longest.collector, longest.other].map((ms) =>
			ms.toFixed(0),
		);
		console.log(row([name, rows, ...parts, over100, longestOther.other.toFixed(0)]));
	}
	const slow = turns.filter(({ ours, longestOther }) => ours && longestOther.other > GOAL_BLOCK_MS);
	console.log(
		`Goal of ${GOAL_BLOCK_MS} ms without n8n's expressions and the collector: ${verdictOf(slow.map(({ name }) => name))}`,
	);
	console.log(
		`\n${row(['memory, bytes per row', 'rows', 'highest while running', 'at the end, output included'])}`,
	);
	console.log(row(['---', '---:', '---:', '---:']));
	for (const { name, rows, peak, held } of memory)
		console.log(row([name, rows, peak.toFixed(0), held.toFixed(0)]));
	printPace(pace);
	printRoutes(routes);
}

function printRoutes(routes) {
	console.log(
		`\n${row(['who answers, 1,000 trunks and 2,000 rules for all of them', 'rows', 'requests', 'wall, ms', 'longest turn without expressions and collector, ms'])}`,
	);
	console.log(row(['---', '---:', '---:', '---:', '---:']));
	for (const { name, rows, requests, wall, longestOther } of routes)
		console.log(row([name, rows, requests, wall.toFixed(0), longestOther.other.toFixed(0)]));
	// One more page of each list shows that it has ended.
	const often = routes.filter(({ requests }) => requests > 4);
	console.log(`Goal of one reading of each list: ${verdictOf(often.map(({ name }) => name))}`);
}

function printPace(paces) {
	console.log(
		`\n${row(['pace', 'rows', 'per second', 'in 5 seconds, least to most', 'gap in ms, median', 'shortest', 'longest'])}`,
	);
	console.log(row(['---', '---:', '---:', '---:', '---:', '---:', '---:']));
	for (const { name, rows, whole, windows, median: gap, shortest, longest } of paces) {
		const range = [Math.min(...windows), Math.max(...windows)].map((rate) => rate.toFixed(1));
		console.log(row([name, rows, whole.toFixed(1), range.join(' to '), gap, shortest, longest]));
	}
}

/** Prints what a poll of the trigger costs, and how that grows. */
export function printTrigger(rows) {
	console.log(
		`\n${row(['dispatch rules', 'CPU of a quiet poll, ms', 'with one change, ms', 'state per rule, bytes'])}`,
	);
	console.log(row(['---:', '---:', '---:', '---:']));
	for (const { rules, cpuMs, cpuMsWithChange, bytesPerRule } of rows)
		console.log(row([rules, cpuMs, cpuMsWithChange, bytesPerRule]));
	const { cpuMsWithChange, bytesPerRule } = rows.at(-1);
	const met = cpuMsWithChange < GOAL_POLL_MS && bytesPerRule < GOAL_BYTES;
	console.log(
		`Goal of ${GOAL_POLL_MS} ms and ${GOAL_BYTES} bytes per rule at the largest count: ${met ? 'met' : 'missed'}`,
	);
}

/** Prints what a delivery to the call trigger costs. */
export function printWebhooks(rows) {
	console.log(
		`\n${row(['deliveries to the call trigger', 'CPU of one, ms', 'a second on one core'])}`,
	);
	console.log(row(['---', '---:', '---:']));
	for (const { deliveries, cpuMs, perSecond } of rows)
		console.log(row([deliveries, cpuMs.toFixed(3), perSecond]));
	const met = rows[0].cpuMs < GOAL_UNWANTED_MS;
	console.log(
		`Goal of ${GOAL_UNWANTED_MS} ms for an event that nobody asked for: ${met ? 'met' : 'missed'}`,
	);
}

function printRanked(title, entries) {
	console.log(title);
	for (const { name, ms, share } of entries)
		console.log(
			`  ${ms.toFixed(0).padStart(6)} ms ${(share * 100).toFixed(1).padStart(5)} %  ${name}`,
		);
}

/** Prints where our node spends its time, per operation. */
export function printProfiles(profiles) {
	for (const { operation, total, own, ours, n8n } of profiles) {
		console.log(`\n${operation}: ${total.toFixed(0)} ms busy`);
		printRanked('own time by package', own);
		printRanked('our functions with what they call', ours);
		printRanked("n8n's functions with what they call", n8n);
	}
}
