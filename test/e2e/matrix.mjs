// Both majors of n8n through their own REST API, as the editor uses it: the installed package, credential test, pickers of the
// node and of its tool, AI agents with the tool, the trigger's activation, every example. `--short`: without the older major.
// Ends with: N passed, N failed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { credentialId, importContents, listAsInstalled } from '../../local/n8n/contents.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { call } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { checkAgents } from './matrix/agents.mjs';
import { checkExamples } from './matrix/examples.mjs';
import { checkCredential, checkPickers } from './matrix/pickers.mjs';
import { until } from './until.mjs';

const short = process.argv.includes('--short');
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Matrix',
	lastName: 'Test',
	password: 'Matrix-test-1',
};

await ensureDependencies();
await ensureBuilt();
// The dependencies may have come only now.
const { AgentDispatchClient } = await import('livekit-server-sdk');
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-matrix-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');

/** Fills the server with two of each kind, and says what each picker has to list. */
async function fill(livekit) {
	const make = async (method, body, id) => (await call(livekit, method, body))[id];
	const inbound = async (name, number) =>
		await make('CreateSIPInboundTrunk', { trunk: { name, numbers: [number] } }, 'sip_trunk_id');
	const outbound = async (name) =>
		await make(
			'CreateSIPOutboundTrunk',
			{ trunk: { name, address: 'sip.example.com', numbers: ['+12025550100'] } },
			'sip_trunk_id',
		);
	const rule = async (name, number) =>
		await make(
			'CreateSIPDispatchRule',
			{
				dispatch_rule: {
					name,
					numbers: [number],
					rule: { dispatch_rule_direct: { room_name: name } },
				},
			},
			'sip_dispatch_rule_id',
		);
	const inboundTrunks = [
		await inbound('alpha', '+12025550181'),
		await inbound('beta', '+12025550182'),
	];
	const outboundTrunks = [await outbound('carrier'), await outbound('second carrier')];
	const rules = [await rule('alpha', '+12025550181'), await rule('beta', '+12025550182')];
	livekit.join('lobby', 'sip_+12025550181', 'SIP', { 'sip.callStatus': 'active' });
	livekit.join('lobby', 'sip_+12025550182', 'SIP', { 'sip.callStatus': 'active' });
	livekit.join('lobby', 'somebody');
	livekit.join('office', 'somebody');
	const agents = new AgentDispatchClient(livekit.url, livekit.key, livekit.secret);
	const dispatch = async (agent) => (await agents.createDispatch('lobby', agent)).id;
	await dispatch('agent');
	const secondDispatch = await dispatch('second-agent');
	// A room without named agents has one for an agent without a name.
	const allDispatches = (await agents.listDispatch('lobby')).map((one) => one.id);
	const of = (ids, filter, parameters) => ({ all: ids, filter, found: [ids[1]], parameters });
	const expected = {
		searchCalledNumbers: of(['+12025550181', '+12025550182'], 'BETA'),
		searchInboundTrunks: of(inboundTrunks, 'BETA'),
		searchOutboundTrunks: of(outboundTrunks, 'second'),
		searchDispatchRules: of(rules, 'bet'),
		searchRooms: of(['lobby', 'office'], 'offi'),
		searchCalls: of(
			['sip_+12025550181', 'sip_+12025550182'].map((identity) =>
				JSON.stringify({ room: 'lobby', identity }),
			),
			'0182',
		),
		searchDispatches: {
			all: allDispatches,
			filter: 'second-agent',
			found: [secondDispatch],
			parameters: {
				resource: 'agentDispatch',
				operation: 'delete',
				room: { __rl: true, mode: 'name', value: 'lobby' },
			},
		},
	};
	return { expected, trunkId: outboundTrunks[0] };
}

async function checkTrigger(label, n8n, livekit, credential) {
	const trigger = {
		id: '9a5d2a10-0000-4e8e-9d60-000000000001',
		name: 'Trigger',
		type: 'n8n-nodes-livekit-sip.liveKitSipTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			watch: ['dispatchRule'],
			events: ['created'],
			options: { emitExisting: true },
		},
		credentials: { liveKitApi: credential },
	};
	const polls = () =>
		livekit.requests.filter(({ method }) => method === 'ListSIPDispatchRule').length;
	const before = polls();
	const stored = await n8n.rest.request('POST', '/workflows', {
		name: 'watch',
		active: false,
		nodes: [trigger],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	const { active } = await n8n.rest.request('POST', `/workflows/${stored.id}/activate`, {
		versionId: stored.versionId,
	});
	const filter = encodeURIComponent(JSON.stringify({ workflowId: stored.id }));
	const executions = async () =>
		(await n8n.rest.request('GET', `/executions?filter=${filter}&limit=5`)).results.filter(
			({ stoppedAt }) => stoppedAt,
		);
	await until('the trigger has started an execution', async () => (await executions()).length > 0);
	await checks.run(
		`${label}: the trigger is activated, polls at once and starts an execution`,
		async () => {
			same(active, true);
			if (polls() === before) throw new Error('It did not poll.');
			same(
				(await executions()).map(({ status }) => status),
				['success'],
			);
		},
	);
	await checks.run(`${label}: it is deactivated`, async () => {
		const stopped = await n8n.rest.request('POST', `/workflows/${stored.id}/deactivate`, {});
		same(stopped.active, false);
	});
}

async function checkMajor(version, tarball) {
	const label = `n8n ${version}`;
	const livekit = await startLocalLiveKit({});
	ending.push(async () => await livekit.close());
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	const { name: packageName, version: packageVersion } = await installPackage(tarball, userFolder);
	await importContents(n8n, livekit, {});
	await listAsInstalled(n8n, packageName);
	await n8n.start();
	const { rest } = n8n;
	await rest.signIn(owner);
	const { expected, trunkId } = await fill(livekit);
	const credential = { id: credentialId, name: 'LiveKit Quickstart' };
	const data = { url: livekit.url, apiKey: livekit.key, apiSecret: livekit.secret };
	const types = await rest.file('/types/nodes.json');

	await checks.run(`${label}: lists the package among its community packages`, async () => {
		const packages = await rest.request('GET', '/community-packages');
		const own = packages.find((entry) => entry.packageName === packageName);
		same([own?.installedVersion, own?.failedLoading ?? false], [packageVersion, false]);
	});
	await checkCredential(checks, { label, rest, credential, data });
	await checkPickers(checks, { label, rest, types, credential, expected });
	await checkTrigger(label, n8n, livekit, credential);
	await checkAgents(checks, { label, rest, livekit, trunkId, credential });
	await checkExamples(checks, { label, rest, isOld: version === n8nVersions.oldest });
	await n8n.stop();
}

try {
	const tarball = await packPackage(folder);
	for (const version of short ? [n8nVersions.newest] : Object.values(n8nVersions)) {
		await checks.run(
			`n8n ${version}: runs to its end`,
			async () => await checkMajor(version, tarball),
		);
	}
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
