// examples/business-hours.json in a real n8n of both majors against the local LiveKit: the agent of the hour answers, also
// after n8n was stopped and somebody else changed the rule. Ends with: N passed, N failed.
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
import { failedNodes } from '../../local/n8n/quickstart.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { until } from './until.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Business',
	lastName: 'Hours',
	password: 'Business-hours-1',
};
const everyDay = 'Mon, Tue, Wed, Thu, Fri, Sat, Sun';
// Whatever the time is: open all day on every day, and closed on every day.
const open = { open_days: everyDay, open_from: '00:00', open_until: '24:00' };
const today = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const closed = { ...open, closed_dates: [-1, 0, 1].map(today).join(', ') };
const unreadable = { ...open, open_days: 'Mon-Fri' };

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-hours-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

/** The example with a credential and other settings. */
async function exampleWith(credential, settings) {
	const example = JSON.parse(
		await readFile(join(repoRoot, 'examples', 'business-hours.json'), 'utf8'),
	);
	for (const node of example.nodes) {
		if (node.credentials?.liveKitApi) node.credentials.liveKitApi = credential;
		for (const assignment of node.parameters.assignments?.assignments ?? []) {
			if (assignment.name in settings) assignment.value = settings[assignment.name];
		}
	}
	return example;
}

async function checkExample(livekit, label, version) {
	livekit.reset();
	const { sip_dispatch_rule_id: ruleId } = await call(livekit, 'CreateSIPDispatchRule', {
		dispatch_rule: {
			name: 'n8n quickstart support',
			rule: { dispatch_rule_individual: { room_prefix: 'support' } },
			room_config: { agents: [{ agent_name: 'support-agent', metadata: 'kept' }] },
		},
	});
	const agents = async () => {
		const { items } = await call(livekit, 'ListSIPDispatchRule', {
			dispatch_rule_ids: [ruleId],
		});
		return items[0].room_config.agents.map((agent) => [agent.agent_name, agent.metadata]);
	};
	const setByHand = async (name) =>
		await call(livekit, 'UpdateSIPDispatchRule', {
			sip_dispatch_rule_id: ruleId,
			replace: {
				name: 'n8n quickstart support',
				rule: { dispatch_rule_individual: { room_prefix: 'support' } },
				room_config: { agents: [{ agent_name: name, metadata: 'kept' }] },
			},
		});

	const userFolder = join(folder, label);
	const n8n = await N8nInstance.create({ version, userFolder });
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
	const stored = async (settings, key) =>
		await n8n.rest.request('POST', '/workflows', {
			...(await exampleWith({ id, name }, settings)),
			id: undefined,
			name: key,
		});

	const byDay = await stored(open, 'open');
	const byNight = await stored(closed, 'closed');
	for (const [key, workflow, agent] of [
		['closed', byNight, 'night-agent'],
		['closed, again', byNight, 'night-agent'],
		['open', byDay, 'support-agent'],
	]) {
		await checks.run(`${label}: ${key}: the rule has the agent ${agent}`, async () => {
			const execution = await n8n.rest.runWorkflow(workflow.id, 'Every Five Minutes');
			same(await failedNodes(execution), []);
			same(execution.status, 'success');
			same(await agents(), [[agent, 'kept']]);
		});
	}
	await checks.run(`${label}: hours that cannot be read stop it and change nothing`, async () => {
		const { id: odd } = await stored(unreadable, 'unreadable');
		const execution = await n8n.rest.runWorkflow(odd, 'Every Five Minutes');
		const failed = await failedNodes(execution);
		same(
			failed.map(({ node }) => node),
			['Look at Settings'],
		);
		same(await agents(), [['support-agent', 'kept']]);
	});
	await checks.run(`${label}: once activated it sets the agent without waiting`, async () => {
		await n8n.rest.request('POST', `/workflows/${byNight.id}/activate`, {
			versionId: byNight.versionId,
		});
		await until('the night agent answers', async () => (await agents())[0][0] === 'night-agent');
	});
	await checks.run(`${label}: so does a start of n8n, whatever happened meanwhile`, async () => {
		await n8n.stop();
		await setByHand('support-agent');
		await n8n.start();
		await until('the night agent answers', async () => (await agents())[0][0] === 'night-agent');
		same(await agents(), [['night-agent', 'kept']]);
	});
	await n8n.stop();
}

try {
	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const livekit = await startLocalLiveKit({});
	ending.push(async () => await livekit.close());
	for (const [label, version] of [
		['n8n 2.x', n8nVersions.newest],
		['n8n 1.x', n8nVersions.oldest],
	])
		await checkExample(livekit, label, version);
} catch (cause) {
	await checks.run('the example runs to the end', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
