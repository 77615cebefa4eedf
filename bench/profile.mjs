import { Session } from 'node:inspector/promises';

const LISTED = 25;

function placeOf(url, temporary) {
	if (url.startsWith('node:')) return 'Node';
	if (url.includes(temporary)) return 'ours';
	const inside = url.split('/node_modules/').at(-1);
	if (inside === url) return url === '' ? 'V8 (collector, program, native)' : 'bench';
	return inside
		.split('/')
		.slice(0, inside.startsWith('@') ? 2 : 1)
		.join('/');
}

function ranked(times, total) {
	return [...times]
		.sort((left, right) => right[1] - left[1])
		.slice(0, LISTED)
		.map(([name, ms]) => ({ name, ms, share: ms / total }));
}

function add(times, name, ms) {
	times.set(name, (times.get(name) ?? 0) + ms);
}

/** Own time by package, and the time of our and n8n's functions with what they call; milliseconds, idle time left out. */
function summarized({ nodes, samples, timeDeltas }, temporary) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(
		nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
	);
	const own = new Map();
	const inclusive = { ours: new Map(), n8n: new Map() };
	let total = 0;
	samples.forEach((id, index) => {
		const { callFrame } = byId.get(id);
		const ms = timeDeltas[index] / 1000;
		if (callFrame.functionName === '(idle)') return;
		total += ms;
		add(own, placeOf(callFrame.url, temporary), ms);
		// A function that calls itself counts once.
		const seen = { ours: new Set(), n8n: new Set() };
		for (let at = id; at !== undefined; at = parents.get(at)) {
			const { url, functionName, lineNumber } = byId.get(at).callFrame;
			const whose = url.includes(temporary)
				? 'ours'
				: /\/n8n-(core|workflow)\//.test(url)
					? 'n8n'
					: undefined;
			if (whose)
				seen[whose].add(
					`${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}`,
				);
		}
		for (const whose of ['ours', 'n8n'])
			for (const name of seen[whose]) add(inclusive[whose], name, ms);
	});
	return {
		total,
		own: ranked(own, total),
		ours: ranked(inclusive.ours, total),
		n8n: ranked(inclusive.n8n, total),
	};
}

/**
 * Runs something under V8's CPU profiler.
 *
 * @param {() => Promise<unknown>} work
 * @param {string} temporary folder that holds our package
 * @returns {Promise<{total: number, own: object[], ours: object[], n8n: object[]}>}
 */
export async function profiled(work, temporary) {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.setSamplingInterval', { interval: 200 });
		await session.post('Profiler.start');
		await work();
		const { profile } = await session.post('Profiler.stop');
		return summarized(profile, temporary);
	} finally {
		session.disconnect();
	}
}
