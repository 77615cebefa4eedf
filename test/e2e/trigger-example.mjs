// examples/rule-changes.json as it is, activated in a real n8n 2.41 against the local LiveKit: one message per event,
// also when n8n has lost the trigger's state and the events come again. Ends with: N passed, N failed.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';
import { failedNodes, outputsOf } from '../../local/n8n/quickstart.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { until } from './until.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Trigger',
	lastName: 'Example',
	password: 'Trigger-example-1',
};

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-example-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

/** The example with a credential; its trigger also emits what is there, so that nobody waits for the next minute. */
async function exampleWith(credential) {
	const example = JSON.parse(
		await readFile(join(repoRoot, 'examples', 'rule-changes.json'), 'utf8'),
	);
	const trigger = example.nodes.find(({ type }) => type.endsWith('.liveKitSipTrigger'));
	trigger.credentials.liveKitApi = credential;
	trigger.parameters.options.emitExisting = true;
	return example;
}

/** The executions of the workflow, oldest first, when there are so many that have ended. */
async function executionsOf(n8n, workflowId, count) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const ended = await until(`${count} executions have ended`, async () => {
		const { results } = await n8n.rest.request('GET', `/executions?filter=${filter}&limit=10`);
		const found = results.filter(({ stoppedAt }) => stoppedAt);
		return found.length >= count && found;
	});
	const full = await Promise.all(
		ended.map(async ({ id }) => await n8n.rest.request('GET', `/executions/${id}`)),
	);
	return full.sort((a, b) => Number(a.id) - Number(b.id));
}

const namesOf = (items = []) => items.map(({ name }) => name).sort();

async function checkExample(livekit) {
	const rule = (name, number) => ({
		dispatch_rule: { name, numbers: [number], rule: { dispatch_rule_direct: { room_name: 'r' } } },
	});
	await call(livekit, 'CreateSIPDispatchRule', rule('support', '+12025550101'));
	await call(livekit, 'CreateSIPInboundTrunk', {
		trunk: { name: 'main line', numbers: ['+12025550102'] },
	});

	const userFolder = join(folder, 'n8n');
	const n8n = await N8nInstance.create({ version: n8nVersions.newest, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const data = { url: livekit.url, apiKey: livekit.key, apiSecret: livekit.secret };
	const { id, name } = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data,
	});
	const stored = await n8n.rest.request('POST', '/workflows', await exampleWith({ id, name }));
	await n8n.rest.request('POST', `/workflows/${stored.id}/activate`, {
		versionId: stored.versionId,
	});
	const [first] = await executionsOf(n8n, stored.id, 1);
	const seen = await outputsOf(first);
	await checks.run('all nodes of the example run to the end', async () => {
		same(await failedNodes(first), []);
		same(Object.keys(seen).sort(), [
			'Each Event Once',
			'Message',
			'Rules and Trunks Change',
			'Send It Here',
		]);
	});
	await checks.run('each event becomes one message', () => {
		same(seen['Send It Here'].map(({ message }) => message).sort(), [
			"Dispatch rule 'support' was there when the watch began",
			"Inbound trunk 'main line' was there when the watch began",
		]);
	});
	await n8n.stop();

	// As after a restored backup: the events come again, with one that is new.
	await n8n.query([['UPDATE workflow_entity SET staticData = NULL', []]]);
	await call(livekit, 'CreateSIPDispatchRule', rule('sales', '+12025550103'));
	await n8n.start();
	await n8n.rest.signIn(owner);
	const [, second] = await executionsOf(n8n, stored.id, 2);
	const again = await outputsOf(second);
	await checks.run('events that come again have the same ids', () => {
		const ids = new Set(again['Rules and Trunks Change'].map(({ event_id: eventId }) => eventId));
		same(namesOf(again['Rules and Trunks Change']), ['main line', 'sales', 'support']);
		same(
			seen['Rules and Trunks Change'].filter(({ event_id: eventId }) => !ids.has(eventId)),
			[],
		);
	});
	await checks.run('only the one that is new becomes a message', () =>
		same(namesOf(again['Send It Here']), ['sales']),
	);
	await n8n.stop();
}

try {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const livekit = await startLocalLiveKit({});
	ending.push(async () => await livekit.close());
	await checkExample(livekit);
} catch (cause) {
	await checks.run('the example runs to the end', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
