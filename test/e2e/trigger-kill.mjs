// The trigger in a real n8n 2.41 that is stopped, and killed (kill -9) at moments around a change, with each way in which
// n8n keeps the state. `--all`: ten kills each instead of one. Ends with: N passed, N failed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { until } from './until.mjs';

/** Milliseconds from the last request of a poll to the kill. */
const everyMoment = [0, 2, 5, 10, 15, 20, 30, 50, 100, 200];
const moments = process.argv.includes('--all') ? everyMoment : [15];
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Trigger',
	lastName: 'Kill',
	password: 'Trigger-kill-1',
};

const storages = {
	default: {},
	'durable cursors': {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	},
};

const workflowWith = (credential) => ({
	name: 'watch',
	nodes: [
		{
			id: '9a5d2a10-0000-4e8e-9d60-000000000001',
			name: 'Trigger',
			type: 'n8n-nodes-livekit-sip.liveKitSipTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				watch: ['dispatchRule'],
				events: ['created', 'deleted', 'updated'],
			},
			credentials: { liveKitApi: credential },
		},
		{
			id: '9a5d2a10-0000-4e8e-9d60-000000000002',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	],
	connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-kill-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');

/** Every event that n8n has an execution row for, whatever became of the execution: name and id. */
async function eventsOf(n8n, workflowId) {
	const { parse } = await import('flatted');
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = await n8n.rest.request('GET', `/executions?filter=${filter}&limit=100`);
	const found = [];
	for (const { id } of results) {
		const { data } = await n8n.rest.request('GET', `/executions/${id}`);
		const { executionData, resultData } = parse(data);
		const ran = resultData?.runData?.Trigger?.[0]?.data?.main?.[0];
		const waiting = executionData?.nodeExecutionStack?.[0]?.data?.main?.[0];
		for (const { json } of ran ?? waiting ?? [])
			if (json?.event_id) found.push({ name: json.name, id: json.event_id });
	}
	return found;
}

/** Waits until a poll that began after a time has sent its last request. */
async function pollSeen(livekit, since) {
	// One rule or more: a poll is two requests.
	const isSeen = () =>
		livekit.requests.filter(
			({ method, at, status }) => method === 'ListSIPDispatchRule' && at >= since && status === 200,
		).length >= 2;
	await until('a poll is seen', isSeen, 1);
}

async function createRule(livekit, name, number) {
	await call(livekit, 'CreateSIPDispatchRule', {
		dispatch_rule: {
			name,
			numbers: [`+1202555${number}`],
			rule: { dispatch_rule_direct: { room_name: 'r' } },
		},
	});
}

/** Waits until n8n has a row for an event of each name. */
async function reported(n8n, workflowId, names) {
	return await until(
		`events of ${names.join(', ')}`,
		async () => {
			const events = await eventsOf(n8n, workflowId);
			return names.every((name) => events.some((event) => event.name === name)) && events;
		},
		1000,
	);
}

async function activate(n8n, workflow) {
	const stored = await n8n.rest.request('POST', '/workflows', workflow);
	await n8n.rest.request('POST', `/workflows/${stored.id}/activate`, {
		versionId: stored.versionId,
	});
	return stored.id;
}

async function checkStorage(label, env, tarball) {
	const livekit = await startLocalLiveKit({});
	ending.push(async () => await livekit.close());
	const userFolder = join(folder, label.replace(' ', '-'));
	const n8n = await N8nInstance.create({ version: n8nVersions.newest, userFolder, env });
	ending.push(async () => await n8n.stop());
	await installPackage(tarball, userFolder);
	await createRule(livekit, 'there before', '0000');
	await n8n.start();
	await n8n.rest.signIn(owner);
	const credential = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: livekit.url, apiKey: livekit.key, apiSecret: livekit.secret },
	});
	const begun = Date.now();
	const workflowId = await activate(
		n8n,
		workflowWith({ id: credential.id, name: credential.name }),
	);
	await pollSeen(livekit, begun);
	// Durable cursors store the first state with the first scheduled poll only.
	if (label !== 'default') await pollSeen(livekit, Date.now());
	// By then n8n has stored what the poll saw.
	await delay(5000);
	await n8n.stop();

	await createRule(livekit, 'while stopped', '1000');
	await n8n.start();
	await n8n.rest.signIn(owner);
	await checks.run(
		`${label}: a change made while n8n was stopped is reported after the start`,
		async () => {
			const events = await reported(n8n, workflowId, ['while stopped']);
			same(
				events.map(({ name }) => name),
				['while stopped'],
			);
		},
	);
	await n8n.stop();

	const names = moments.map((moment) => `killed ${moment} ms after`);
	for (const [index, moment] of moments.entries()) {
		await createRule(livekit, names[index], String(2000 + index));
		const since = Date.now();
		await Promise.all([
			n8n.start().catch(() => undefined),
			pollSeen(livekit, since).then(async () => {
				await delay(moment);
				await n8n.kill();
			}),
		]);
	}
	await createRule(livekit, 'at the end', '9000');
	await n8n.start();
	await n8n.rest.signIn(owner);
	const wanted = label === 'default' ? ['at the end'] : [...names, 'at the end'];
	const events = await reported(n8n, workflowId, wanted);
	const rows = names.map((name) => ({
		storage: label,
		moment: name,
		rows: events.filter((event) => event.name === name).length,
	}));
	console.table(rows);
	if (label !== 'default')
		await checks.run(`${label}: no kill loses an event`, () =>
			same(
				rows.filter(({ rows: count }) => count === 0),
				[],
			),
		);
	await checks.run(`${label}: the change after the kills is reported, once`, () =>
		same(events.filter(({ name }) => name === 'at the end').length, 1),
	);
	const repeated = rows.filter(({ rows: count }) => count > 1).map(({ moment }) => moment);
	console.log(`  ${label}: ${repeated.length} of ${names.length} events came more than once`);
	// Without a repetition there is nothing that could have another id, and a check would pass unseen.
	if (repeated.length > 0) {
		const idsOf = (name) =>
			new Set(events.filter((event) => event.name === name).map(({ id }) => id));
		await checks.run(`${label}: repeated events carry the same id`, () =>
			same(
				repeated.filter((name) => idsOf(name).size > 1),
				[],
			),
		);
	}
	await n8n.stop();
}

try {
	const tarball = await packPackage(folder);
	// Most of the time goes into waiting for n8n's next full minute, so both run at once.
	await Promise.all(
		Object.entries(storages).map(async ([label, env]) => {
			await checks.run(
				`${label}: runs to its end`,
				async () => await checkStorage(label, env, tarball),
			);
		}),
	);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
