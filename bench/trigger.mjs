// What one poll of the trigger costs, in n8n's own PollContext against the local LiveKit: CPU of this process (the
// server has one of its own) and the size of the state, for growing numbers of rules.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repoRoot } from '../local/n8n/paths.mjs';

const COUNTS = [100, 1000, 10_000];
const ROUNDS = 7;
const load = createRequire(join(repoRoot, 'package.json'));

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** The trigger in n8n's engine, with a state that lasts from poll to poll. */
async function startTrigger(server) {
	load('reflect-metadata');
	const core = load('n8n-core');
	const { Workflow } = load('n8n-workflow');
	const loader = new core.PackageDirectoryLoader(repoRoot);
	await loader.loadAll();
	const type = loader.getNode('liveKitSipTrigger').type;
	const credential = { url: server.url, apiKey: server.key, apiSecret: server.secret };
	const credentialsHelper = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: async (values, name, options) =>
			await loader.getCredential(name).type.authenticate(values, options),
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getDecrypted: async () => ({ ...credential }),
		getCredentialsProperties: () => [],
	};
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'n8n-nodes-livekit-sip.liveKitSipTrigger',
		typeVersion: 1,
		position: [0, 0],
		credentials: { liveKitApi: { id: '1', name: 'bench' } },
		parameters: { events: ['created', 'deleted', 'updated'] },
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		id: 'bench',
		name: 'bench',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});
	const base = 'http://127.0.0.1:5678';
	const additionalData = {
		credentialsHelper,
		variables: {},
		restApiUrl: base,
		instanceBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
		formWaitingBaseUrl: base,
	};
	return {
		poll: async () => {
			const context = new core.PollContext(workflow, node, additionalData, 'trigger', 'activate');
			const before = process.cpuUsage();
			const items = await type.poll.call(context);
			const { user, system } = process.cpuUsage(before);
			return { events: items?.[0].length ?? 0, cpu: (user + system) / 1000 };
		},
		stateBytes: () => Buffer.byteLength(JSON.stringify(workflow.staticData)),
	};
}

async function rowOf(trigger, ask, rules) {
	await ask({ prepare: rules });
	await trigger.poll();
	const quiet = [];
	const changed = [];
	for (let round = 0; round < ROUNDS; round++) {
		quiet.push((await trigger.poll()).cpu);
		await ask({ seed: 1 });
		const { events, cpu } = await trigger.poll();
		if (events !== 1) throw new Error(`One event was expected, ${events} came.`);
		changed.push(cpu);
	}
	return {
		rules,
		cpuMs: Math.round(median(quiet)),
		cpuMsWithChange: Math.round(median(changed)),
		bytesPerRule: Math.round(trigger.stateBytes() / (rules + ROUNDS)),
	};
}

/**
 * Measures the polls.
 *
 * @returns {Promise<{rules: number, cpuMs: number, cpuMsWithChange: number, bytesPerRule: number}[]>} median CPU
 *   milliseconds of a poll in which nothing changed, and of one with one new rule; bytes of stored state per rule
 */
export async function benchTrigger() {
	const folder = mkdtempSync(join(tmpdir(), 'livekit-sip-bench-'));
	Object.assign(process.env, {
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'bench',
		N8N_LOG_LEVEL: 'silent',
	});
	const livekit = fork(fileURLToPath(new URL('livekit.mjs', import.meta.url)));
	const next = async () => await new Promise((resolve) => livekit.once('message', resolve));
	const ask = async (command) => {
		livekit.send(command);
		return await next();
	};
	try {
		const trigger = await startTrigger(await next());
		const rows = [];
		for (const rules of COUNTS) rows.push(await rowOf(trigger, ask, rules));
		return rows;
	} finally {
		livekit.disconnect();
		rmSync(folder, { recursive: true, force: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await benchTrigger());
