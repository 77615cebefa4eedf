// Queue mode: a campaign over n8n's main, two workers, Redis and PostgreSQL against the local LiveKit, a worker killed
// (SIGKILL) in the middle; and how often the trigger polls. `--short`: 60 contacts on 2.x alone instead of 200 on both majors.
// Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { packPackage } from '../../local/n8n/package.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { Campaign, contactsOf } from './queue/campaign.mjs';
import { startCluster } from './queue/cluster.mjs';
import { missingServices, startServices } from './queue/services.mjs';
import { Watch } from './queue/watch.mjs';
import { until } from './until.mjs';

const short = process.argv.includes('--short');
const contacts = contactsOf(short ? 60 : 200);
const perExecution = 10;
const killAfterDials = contacts.length / 5;
const leastDialsOfVictim = 5;
/** Of each worker, over all executions that it runs. */
const callsPerSecond = 5;

/**
 * Cases: how often n8n 1.x begins a job again whose worker is gone is a setting; 2.x never does. `promise`: what the case
 * shows, which is that no contact is dialled twice (once), that it happens (repeats), or that it does not while the first
 * call is still running (running). `claims`: see `campaignWorkflow`.
 */
const cases = [
	{ label: '2.41.1', version: n8nVersions.newest, promise: 'once', watch: true },
	{
		label: '1.123.81, QUEUE_WORKER_MAX_STALLED_COUNT=0',
		version: n8nVersions.oldest,
		env: { QUEUE_WORKER_MAX_STALLED_COUNT: '0' },
		promise: 'once',
		watch: true,
	},
	{ label: '1.123.81 as it is', version: n8nVersions.oldest, promise: 'repeats' },
	{
		label: '1.123.81 as it is, Prevent Second Call',
		version: n8nVersions.oldest,
		promise: 'running',
		guards: { preventSecondCall: true },
	},
	{
		label: '1.123.81 as it is, rows claimed',
		version: n8nVersions.oldest,
		promise: 'once',
		claims: true,
	},
];

await ensureDependencies();
const checks = new Checks();
const seen = [];
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-queue-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

/** How many calls a worker has placed so far. */
async function dialsOf(worker, { cluster, campaign, livekit }) {
	const started = new Set(await cluster.executionsStartedBy(worker));
	const numbers = new Set(
		(await campaign.rows()).filter(({ run }) => started.has(run)).map(({ number }) => number),
	);
	return livekit.dials().filter(({ number }) => numbers.has(number)).length;
}

/** What the table, n8n's list of executions and LiveKit's telephones say after the campaign. */
async function accountOf(campaign, executions, livekit) {
	const dials = new Map();
	for (const { number } of livekit.dials()) dials.set(number, (dials.get(number) ?? 0) + 1);
	const rows = await campaign.rows();
	const lost = new Set(executions.filter(({ status }) => status !== 'success').map(({ id }) => id));
	return {
		dials,
		rows,
		lost,
		statuses: [...new Set(executions.filter(({ id }) => lost.has(id)).map(({ status }) => status))],
		done: rows.filter(({ state }) => state === 'done'),
		unknown: rows.filter(({ state }) => state === 'dialing'),
		untouched: rows.filter(({ state }) => state === 'queued'),
		twice: [...dials].filter(([, count]) => count > 1).map(([number]) => number),
	};
}

async function checkAccount(
	label,
	{ dials, rows, lost, done, unknown, untouched, twice },
	{ promise, claims, hit, livekit },
) {
	if (promise === 'repeats') {
		await checks.run(
			`${label}: what was dialled before the kill is dialled again`,
			() => twice.length > 0,
		);
		return;
	}
	const expected = new Map(contacts.map(({ contact, expected: outcome }) => [contact, outcome]));
	if (promise === 'running') {
		await checks.run(`${label}: nobody is dialled again whose call is still running`, () => {
			const answered = new Set(
				contacts.filter((contact) => contact.expected === 'answered').map(({ number }) => number),
			);
			same(
				twice.filter((number) => answered.has(number)),
				[],
			);
			if (
				!livekit.requests.some(
					({ method, status }) => method === 'GetParticipant' && status === 200,
				)
			)
				throw new Error('No running call was found.');
		});
		await checks.run(`${label}: every contact has its outcome`, () =>
			same(
				done.filter(({ contact, outcome }) => outcome === expected.get(contact)).length,
				contacts.length,
			),
		);
		return;
	}
	await checks.run(`${label}: no contact is dialled twice`, () => same(twice, []));
	await checks.run(`${label}: each contact is done, of unknown fate, or was never dialled`, () => {
		same(rows.length, contacts.length);
		same(done.length + unknown.length + untouched.length, contacts.length);
		same(
			untouched.filter(({ number }) => dials.has(number)),
			[],
		);
	});
	await checks.run(`${label}: the outcome of each call that is done is right`, () => {
		const wrong = done.filter(
			({ contact, number, outcome }) =>
				outcome !== expected.get(contact) || dials.get(number) !== 1,
		);
		same(
			wrong.map(({ contact, outcome }) => `${contact} ${outcome}`),
			[],
		);
	});
	await checks.run(
		`${label}: of unknown fate are those whose worker was killed, some of them dialled`,
		() => {
			if (!unknown.some(({ number }) => dials.has(number)))
				throw new Error('None of them was dialled: the kill came too early or too late.');
			same(
				unknown.filter(({ run }) => !hit.has(run)),
				[],
			);
			// With claims the second run of an execution ends well and has dialled nobody.
			if (!claims)
				same(
					unknown.filter(({ run }) => !lost.has(run)),
					[],
				);
		},
	);
}

async function runCase(
	{ label, version, env = {}, watch, promise, claims = false, guards = {} },
	tarball,
	services,
) {
	const begin = performance.now();
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const livekit = await startLocalLiveKit({ answerAfterMs: 300 });
	ending.push(async () => await livekit.close());
	const name = label.replace(/\W+/g, '-').toLowerCase();
	const cluster = await startCluster({
		version,
		folder: join(folder, name),
		tarball,
		workers: 2,
		concurrency: 5,
		env: { ...(await services.environment(name)), ...env },
	});
	ending.push(async () => await cluster.stop());
	const { main, workers } = cluster;
	const data = { url: livekit.url, apiKey: livekit.key, apiSecret: livekit.secret };
	const { id, name: credentialName } = await main.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data,
	});
	const credential = { id, name: credentialName };
	const trunk = { name: 'carrier', address: 'sip.example.com', numbers: ['+12025550100'] };
	const { sip_trunk_id: trunkId } = await call(livekit, 'CreateSIPOutboundTrunk', { trunk });
	const watching = watch ? await Watch.start(main, livekit, credential) : undefined;
	const campaign = await Campaign.create(main, {
		contacts,
		trunkId,
		credential,
		claims,
		guards,
		callsPerSecond,
	});

	for (let first = 0; first < contacts.length; first += perExecution)
		await campaign.start(contacts.slice(first, first + perExecution));
	const [victim] = workers;
	await until(
		`Dial ${killAfterDials}`,
		async () =>
			livekit.dials().length >= killAfterDials &&
			(await dialsOf(victim, { cluster, campaign, livekit })) >= leastDialsOfVictim,
		20,
	);
	await victim.kill();
	const dialsAtKill = livekit.dials().length;
	const executions = await campaign.end(contacts.length / perExecution);
	const account = await accountOf(campaign, executions, livekit);

	const hit = new Set(await cluster.executionsStartedBy(victim));
	await checks.run(
		`${label}: every execution ends, and n8n names those that the kill ended`,
		() => {
			same(
				executions.filter(({ stoppedAt }) => !stoppedAt),
				[],
			);
			same(executions.length, contacts.length / perExecution);
			same(
				[...account.lost].filter((lostId) => !hit.has(lostId)),
				[],
			);
			if (promise === 'once' && !claims && account.lost.size === 0)
				throw new Error('The kill hit no execution.');
		},
	);
	await checkAccount(label, account, { promise, claims, hit, livekit });
	if (watching) await watching.check(checks, label);
	seen.push({
		case: label,
		'dials at kill': dialsAtKill,
		'dials in all': livekit.dials().length,
		'dialled twice': account.twice.length,
		'executions lost': `${account.lost.size} ${account.statuses.join(' ')}`,
		done: account.done.length,
		unknown: account.unknown.length,
		'of these dialled': account.unknown.filter(({ number }) => account.dials.has(number)).length,
		seconds: Math.round((performance.now() - begin) / 1000),
	});
	await cluster.stop();
	await livekit.close();
}

async function runAll() {
	const lacking = missingServices();
	if (lacking.length > 0) return checks.skip('queue mode', lacking);
	await ensureBuilt();
	const services = await startServices();
	ending.push(async () => await services.stop());
	const tarball = await packPackage(folder);
	for (const one of short ? cases.slice(0, 1) : cases) {
		await checks.run(
			`${one.label}: runs to its end`,
			async () => await runCase(one, tarball, services),
		);
	}
}

try {
	await runAll();
} finally {
	for (const end of ending.reverse()) await end();
	if (seen.length > 0) console.table(seen);
	checks.finish();
}
