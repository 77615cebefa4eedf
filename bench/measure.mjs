// Measures in a process of its own, under the Node that n8n runs on. Input by environment, results over IPC.
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTENDERS, OPERATIONS, nodeOf, numberOf } from './contenders.mjs';
import { Engine } from './engine.mjs';
import { profiled } from './profile.mjs';

const ITEMS = 1000;
const RULES = 10_000;
const LIST = '10,000 rules';
const {
	BENCH_HOST: host,
	BENCH_ROUNDS: rounds,
	BENCH_PROFILE: profiling,
	BENCH_ONLY: only = '',
} = process.env;
const operations = [...OPERATIONS, LIST].filter((operation) => operation.includes(only));

const temporary = mkdtempSync(join(tmpdir(), 'livekit-sip-bench-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

const livekit = fork(new URL('livekit.mjs', import.meta.url));
const answerOf = () => new Promise((resolve) => livekit.once('message', resolve));
const server = await answerOf();

async function prepare(rules) {
	livekit.send({ prepare: rules });
	return (await answerOf()).prepared;
}

const engine = await Engine.start(host, temporary);
const nodesBase = join(host, 'node_modules', 'n8n-nodes-base');
const hasHttp = existsSync(nodesBase);
if (hasHttp) await engine.addNodesBase(nodesBase);

const credentials = {
	liveKitApi: { url: server.url, apiKey: server.key, apiSecret: server.secret },
	leanLiveKitApi: { url: server.url, token: server.token },
};

async function once(contender, operation) {
	const list = operation === LIST;
	const { inbound, outbound } = await prepare(list ? RULES : 0);
	const rows = Array.from({ length: list ? 1 : ITEMS }, (_, index) => ({
		number: numberOf(index),
		room: `bench-${index}`,
		inbound,
	}));
	const node = nodeOf(contender, operation, server, outbound);
	const cpu = process.cpuUsage();
	const start = performance.now();
	const items = await engine.run(node, credentials, rows);
	const wall = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	const wanted = list ? RULES : ITEMS;
	if (items.length !== wanted || items.some(({ json }) => json.error !== undefined)) {
		throw new Error(
			`${contender}, ${operation}: ${wanted} items were expected, ${items.length} came: ${JSON.stringify(items[0]?.json)}`,
		);
	}
	return { wall, cpu: (user + system) / 1000 };
}

async function allRounds() {
	const samples = [];
	const pairs = operations.flatMap((operation) =>
		CONTENDERS.filter((contender) => contender !== 'http' || (hasHttp && operation !== LIST)).map(
			(contender) => ({ contender, operation }),
		),
	);
	// Round 0 warms up and does not count; within a round all contenders run, so that a busy machine hits all.
	for (let round = 0; round <= Number(rounds); round++) {
		for (const { contender, operation } of pairs) {
			const sample = await once(contender, operation);
			if (round > 0) samples.push({ contender, operation, ...sample });
		}
		process.send({ progress: `round ${round} of ${rounds}` });
	}
	return samples;
}

async function allProfiles() {
	const profiles = [];
	for (const operation of operations) {
		await once('ours', operation);
		profiles.push({
			operation,
			...(await profiled(async () => await once('ours', operation), temporary)),
		});
	}
	return profiles;
}

const facts = { node: process.version, vm: engine.vm, hasHttp };
process.send(
	{ ...facts, ...(profiling ? { profiles: await allProfiles() } : { samples: await allRounds() }) },
	() => {
		livekit.disconnect();
		process.exit(0);
	},
);
