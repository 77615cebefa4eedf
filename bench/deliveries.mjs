// What an event costs a real n8n that starts a workflow with it, against n8n's own Webhook node with the same body; and a
// burst of 1,000 events with LiveKit's retries, on SQLite and, where it is installed, on PostgreSQL. Linux only: it reads
// the CPU time of n8n's processes. node bench/deliveries.mjs [rounds] [compare | burst] [settings of n8n, such as lazy]
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureBuilt } from '../local/n8n/build.mjs';
import { n8nVersions } from '../local/n8n/install.mjs';
import { N8nInstance } from '../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../local/n8n/package.mjs';
import { recordedBodies, signer, tokenFor } from '../test/e2e/call-trigger/delivery.mjs';
import { Hook } from '../test/e2e/call-trigger/hook.mjs';
import { deliverAll } from '../test/e2e/call-trigger/sender.mjs';
// Ends what this has started when it is told to end.
import '../test/e2e/checks.mjs';
import { missingServices, startServices } from '../test/e2e/queue/services.mjs';
import { until } from '../test/e2e/until.mjs';

const ROUNDS = Number(process.argv[2] ?? 7);
const PART = process.argv[3];
const isWanted = (name) => name.includes(process.argv[4] ?? '');
const PER_ROUND = 30;
const BURST = 1000;
const BURST_ROOMS = 200;
/** LiveKit throws an event away whose turn comes later, by its default. */
const LIVEKIT_WAITS_MS = 30_000;
/** 20 seconds. */
const mostLooks = 67;
const stuckAfterMs = 120_000;
const owner = { email: 'bench@n8n.local', firstName: 'B', lastName: 'B', password: 'Bench-1234' };
const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-bench-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
const left = (await recordedBodies()).find((raw) => raw.includes('"participant_left"'));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** An event of its own, in a room of its own or in a given one. */
function event(room = randomUUID()) {
	const { room: known, ...rest } = JSON.parse(left);
	return JSON.stringify({ ...rest, room: { ...known, name: room }, id: `EV_${randomUUID()}` });
}

/** CPU milliseconds that a process group has used so far. */
async function cpuOf(group) {
	let ticks = 0;
	for (const entry of await readdir('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		const text = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		if (Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12]);
	}
	return (ticks / ticksPerSecond) * 1000;
}

/**
 * CPU milliseconds once n8n has nothing to do any more: three times in a row it took little. On a machine with other work it
 * may always have something to do; then what it has used after a while.
 */
async function cpuWhenQuiet(group) {
	let last = await cpuOf(group);
	for (let looks = 0, quiet = 0; quiet < 3 && looks < mostLooks; looks++) {
		await delay(300);
		const now = await cpuOf(group);
		quiet = now - last <= 10 ? quiet + 1 : 0;
		last = now;
	}
	return last;
}

async function startN8n(name, env = {}) {
	const userFolder = join(folder, name);
	const n8n = await N8nInstance.create({ version: n8nVersions.newest, userFolder, env });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const { id, name: credentialName } = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: 'http://127.0.0.1:9', ...signer },
	});
	const hook = await Hook.start(n8n, { id, name: credentialName }, { events: ['call_ended'] });
	return { n8n, hook };
}

/** A workflow of n8n's own Webhook node and the same end; gives its URL. */
async function startCoreWebhook(n8n) {
	const path = randomUUID();
	const node = (name, type, typeVersion, parameters) => ({
		id: randomUUID(),
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const webhook = node('Webhook', 'webhook', 2, { httpMethod: 'POST', path });
	const { id, versionId } = await n8n.rest.request('POST', '/workflows', {
		name: 'core',
		nodes: [{ ...webhook, webhookId: path }, node('End', 'noOp', 1, {})],
		connections: { Webhook: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await n8n.rest.request('POST', `/workflows/${id}/activate`, { versionId });
	const url = `${n8n.url}/webhook/${path}`;
	await until('the Webhook node listens', async () => (await send(url, '{}')) === 200);
	return url;
}

/** Sends what n8n's Webhook node can read too. */
async function send(url, body) {
	const headers = { 'content-type': 'application/json', authorization: tokenFor(body) };
	const response = await fetch(url, { method: 'POST', headers, body });
	await response.text();
	return response.status;
}

/**
 * n8n 2.x sets up an expression engine (an isolate) for each event of any trigger, and one for its credential; it spares
 * its own Webhook node both. Without such an engine both are alike.
 */
const engines = {
	default: {},
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/** Median CPU and wall milliseconds of an event, its execution included in the first. */
async function compare(engine) {
	const { n8n, hook } = await startN8n(
		`compare-${Object.keys(engines).indexOf(engine)}`,
		engines[engine],
	);
	const urls = { trigger: hook.url, core: await startCoreWebhook(n8n) };
	const seen = { trigger: [], core: [] };
	for (let round = 0; round <= ROUNDS; round++) {
		const order = round % 2 === 0 ? ['trigger', 'core'] : ['core', 'trigger'];
		for (const name of order) {
			const bodies = Array.from({ length: PER_ROUND }, () => event());
			const before = await cpuWhenQuiet(n8n.pid);
			const begun = performance.now();
			for (const body of bodies) {
				const status = await send(urls[name], body);
				if (status !== 200) throw new Error(`${name} answered ${status}`);
			}
			const wall = (performance.now() - begun) / PER_ROUND;
			const cpu = ((await cpuWhenQuiet(n8n.pid)) - before) / PER_ROUND;
			// The first round warms up.
			if (round > 0) seen[name].push({ cpu, wall });
		}
	}
	await n8n.stop();
	const of = (name, what) => Number(median(seen[name].map((one) => one[what])).toFixed(1));
	const ratios = seen.trigger.map(({ cpu }, index) => cpu / seen.core[index].cpu);
	return {
		'expression engine': engine,
		'Call Trigger, CPU ms': of('trigger', 'cpu'),
		'Webhook node, CPU ms': of('core', 'cpu'),
		ratio: Number(median(ratios).toFixed(2)),
		'Call Trigger, ms to the answer': of('trigger', 'wall'),
		'Webhook node, ms to the answer': of('core', 'wall'),
	};
}

/** Waits until all executions have ended, however long that takes, as long as some end. */
async function allEnded(hook, expected) {
	for (let ended = -1, since = performance.now(); ; await delay(1000)) {
		const all = await hook.executions();
		const now = all.filter(({ stoppedAt }) => stoppedAt).length;
		if (now === all.length && now >= expected) return;
		if (now > ended) [ended, since] = [now, performance.now()];
		if (performance.now() - since > stuckAfterMs) {
			console.log(`No execution has ended for ${stuckAfterMs / 1000} s: ${now} of ${all.length}`);
			return;
		}
	}
}

/** Sends the burst, and tells what became of it. */
async function burst(name, env) {
	const { n8n, hook } = await startN8n(name.replace(/\W+/g, '-'), env);
	const rooms = Array.from({ length: BURST_ROOMS }, () => randomUUID());
	const bodies = Array.from({ length: BURST }, (_, index) => event(rooms[index % rooms.length]));
	const begun = performance.now();
	const secondsSince = () => Number(((performance.now() - begun) / 1000).toFixed(1));
	const told = await deliverAll(hook.url, bodies);
	const seconds = secondsSince();
	const taken = told.filter(({ status }) => status === 200);
	await allEnded(hook, taken.length);
	const untilRun = secondsSince();
	const items = (await hook.items()).flat().map(({ event_id: id }) => id);
	const started = new Set(items);
	await n8n.stop();
	return {
		burst: name,
		events: BURST,
		'seconds to the last answer': seconds,
		'to the end of the last execution': untilRun,
		'tried again': told.filter(({ tries }) => tries > 1).length,
		'turn after 30 s': told.filter(({ waitedMs }) => waitedMs > LIVEKIT_WAITS_MS).length,
		'not taken': told.length - taken.length,
		'taken, not started': taken.filter(({ body }) => !started.has(JSON.parse(body).id)).length,
		'started twice': items.length - started.size,
	};
}

try {
	await ensureBuilt();
	// Each as soon as it is there: the next one takes minutes.
	const show = (row) => console.table([row]);
	const wanted = Object.keys(engines).filter(isWanted);
	if (PART !== 'burst') for (const engine of wanted) show(await compare(engine));
	if (PART !== 'compare')
		for (const engine of wanted) show(await burst(`SQLite, ${engine}`, engines[engine]));
	if (PART !== 'compare' && missingServices().length === 0) {
		const services = await startServices();
		ending.push(async () => await services.stop());
		for (const [index, engine] of wanted.entries()) {
			const env = { ...(await services.environment(`burst${index}`)), ...engines[engine] };
			show(await burst(`PostgreSQL, ${engine}`, env));
		}
	}
} finally {
	for (const end of ending.reverse()) await end();
}
