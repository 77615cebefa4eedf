// One contender, one number of rows, in a process of its own with --expose-gc: longest turns of the event loop, the heap
// that is alive while the node runs, and the pace of the calls. Input by environment, the result over IPC.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeOf, numberOf } from './contenders.mjs';
import { Engine } from './engine.mjs';
import { paceOf } from './pace.mjs';
import { watchTurns } from './turns.mjs';

const SAMPLE_MS = 250;
const WARM_UP = 300;
const LISTED = 100_000;
const {
	host,
	contender,
	operation,
	rows: count,
	measure,
	change = {},
	list: hasList,
	project,
} = JSON.parse(process.env.BENCH_SCALE);

const temporary = mkdtempSync(join(tmpdir(), 'livekit-sip-bench-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
const livekit = fork(new URL('livekit.mjs', import.meta.url), { execArgv: [] });
const answerOf = () => new Promise((resolve) => livekit.once('message', resolve));
const server = await answerOf();

const engine = await Engine.start(host, temporary);
if (contender === 'http') await engine.addNodesBase(join(host, 'node_modules', 'n8n-nodes-base'));
const credentials = {
	liveKitApi: { url: server.url, apiKey: server.key, apiSecret: server.secret },
};
const rowsOf = (number) =>
	Array.from({ length: number }, (_, index) => ({
		number: numberOf(index),
		room: `bench-${index}`,
		// As the local LiveKit numbers its many trunks.
		called: `+1510${String(index + 1).padStart(7, '0')}`,
	}));
const list = hasList
	? Array.from({ length: LISTED }, (_, index) => ({
			number: `+1415${String(index).padStart(7, '0')}`,
		}))
	: [];

async function once(rows) {
	livekit.send(project ? { project } : { prepare: 0 });
	const { outbound } = (await answerOf()).prepared;
	const node = nodeOf(contender, operation, server, outbound);
	Object.assign(node.parameters, change);
	const items = await engine.run(node, credentials, rows, list);
	const wrong = items.find(({ json }) => json.error !== undefined || json.outcome === 'not_sent');
	const wanted = operation === 'phone numbers' ? project.trunks : rows.length;
	if (items.length < wanted || wrong)
		throw new Error(`${items.length} items of ${wanted}: ${JSON.stringify(wrong?.json)}`);
	return items;
}

/** Bytes alive after a collection. */
function alive() {
	globalThis.gc();
	return process.memoryUsage().heapUsed;
}

async function memory(rows) {
	const before = alive();
	let peak = before;
	const sampling = setInterval(() => {
		peak = Math.max(peak, alive());
	}, SAMPLE_MS);
	const items = await once(rows);
	clearInterval(sampling);
	const held = alive();
	return {
		peak: (Math.max(peak, held) - before) / rows.length,
		held: (held - before) / items.length,
	};
}

async function turns(rows) {
	const watched = watchTurns(engine.workflow);
	watched.start();
	const start = performance.now();
	await once(rows);
	return { ...(await watched.stop()), wall: performance.now() - start };
}

async function routes(rows) {
	const measured = await turns(rows);
	livekit.send({ requests: true });
	return { ...measured, requests: (await answerOf()).requests.length };
}

async function pace(rows) {
	await once(rows);
	livekit.send({ dials: true });
	return paceOf((await answerOf()).dialled);
}

await once(rowsOf(Math.min(WARM_UP, count)));
const result = await { memory, turns, pace, routes }[measure](rowsOf(count));
process.send(result, () => {
	livekit.disconnect();
	process.exit(0);
});
