// The call trigger in queue mode: webhook processes take the events, workers run the executions. One webhook process is
// killed (SIGKILL) in the middle, and n8n's main process too. `--short`: n8n 2.x alone instead of both majors.
// Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { packPackage } from '../../local/n8n/package.mjs';
import { post, recordedBodies, signer, tokenFor } from './call-trigger/delivery.mjs';
import { startGate } from './call-trigger/gate.mjs';
import { Hook } from './call-trigger/hook.mjs';
import { deliverAll } from './call-trigger/sender.mjs';
import { Checks, same } from './checks.mjs';
import { owner, startCluster } from './queue/cluster.mjs';
import { missingServices, startServices } from './queue/services.mjs';
import { until } from './until.mjs';

const short = process.argv.includes('--short');
const versions = short ? [n8nVersions.newest] : [n8nVersions.newest, n8nVersions.oldest];

await ensureDependencies();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-call-queue-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
const recorded = await recordedBodies();

const isEnd = (body) => body.includes('"event":"participant_left"');
const idOf = (body) => JSON.parse(body).id;

/** The recorded events with IDs of their own. */
const eventsOf = (round) => recorded.map((body) => body.replace('"id":"EV_', `"id":"EV_${round}_`));

/** IDs of the ends of calls, each once: the recorded events hold repetitions. */
const endsIn = (bodies) => [...new Set(bodies.filter(isEnd).map(idOf))].sort();

/** Waits until so many events have started an execution that has ended, and gives their IDs. */
async function startedIds(hook, least) {
	const ids = await until('the executions have ended', async () => {
		const found = (await hook.items()).flat().map(({ event_id: id }) => id);
		return found.length >= least && found;
	});
	return ids.sort();
}

const answered = (told) => [...new Set(told.map(({ status }) => status))];

async function checkOn(version, tarball, services) {
	const name = `calls-${version.replace(/\W/g, '-')}`;
	const cluster = await startCluster({
		version,
		folder: join(folder, name),
		tarball,
		workers: 2,
		receivers: 2,
		concurrency: 5,
		env: await services.environment(name),
	});
	ending.push(async () => await cluster.stop());
	const { main, receivers, workers } = cluster;
	const { id, name: credentialName } = await main.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: 'http://127.0.0.1:9', ...signer },
	});
	const credential = { id, name: credentialName };
	const hook = await Hook.store(main, credential, { events: ['call_ended'] });
	await hook.activate();
	const urls = receivers.map(({ url }) => `${url}${hook.path}`);
	for (const url of urls) await hook.registered(url);
	const label = `n8n ${version}`;
	const expected = [];

	await checks.run(`${label}: only ended calls start an execution, each once`, async () => {
		const events = eventsOf('first');
		same(answered(await deliverAll(urls[0], events)), [200]);
		expected.push(...endsIn(events));
		same(await startedIds(hook, expected.length), expected.toSorted());
	});
	await checks.run(`${label}: nobody else gets in`, async () => {
		const body = eventsOf('forged').find(isEnd);
		const other = { ...signer, apiSecret: 'y'.repeat(40) };
		for (const url of urls)
			for (const token of ['x', tokenFor(body, other), tokenFor(`${body} `)])
				same(await post(url, body, token), { status: 401, text: '' });
	});
	await checks.run(
		`${label}: one webhook process is killed, the other one takes over`,
		async () => {
			const gate = await startGate(receivers.map(({ url }) => url));
			const events = eventsOf('killed');
			const sending = deliverAll(`${gate.url}${hook.path}`, events);
			await receivers[0].kill();
			const told = await sending;
			await gate.close();
			same(answered(told), [200]);
			expected.push(...endsIn(events));
			const ids = await startedIds(hook, expected.length);
			// An answer that was lost with the process is sent again, and the other process does not know the event.
			same([...new Set(ids)], expected.toSorted());
		},
	);
	await checks.run(`${label}: without n8n's main process the calls go on`, async () => {
		await main.kill();
		const events = eventsOf('alone');
		same(answered(await deliverAll(urls[1], events)), [200]);
		expected.push(...endsIn(events));
		await main.start();
		await main.rest.signIn(owner);
		same([...new Set(await startedIds(hook, expected.length))], expected.toSorted());
	});
	await checks.run(`${label}: all of them ran on the workers`, async () => {
		const ran = (await Promise.all(workers.map(cluster.executionsStartedBy))).flat();
		const executions = (await hook.executions()).map(({ id: execution }) => execution);
		same(ran.sort(), executions.sort());
	});
	await cluster.stop();
}

const lacking = missingServices();
try {
	if (lacking.length > 0) checks.skip('the call trigger in queue mode', lacking);
	else {
		await ensureBuilt();
		const services = await startServices();
		ending.push(async () => await services.stop());
		const tarball = await packPackage(folder);
		for (const version of versions) await checkOn(version, tarball, services);
	}
} catch (cause) {
	await checks.run('the call trigger runs in queue mode to the end', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
