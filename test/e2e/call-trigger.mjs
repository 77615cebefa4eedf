// The call trigger in a real n8n of both majors: the webhooks that a real LiveKit sent, signed anew, through n8n's own
// webhook server. Ends with: N passed, N failed.
import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';
import { outputsOf } from '../../local/n8n/quickstart.mjs';
import { Checks, same } from './checks.mjs';
import { until } from './until.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Trigger',
	password: 'Call-trigger-1',
};
const signer = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-32-characters-long' };

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-calls-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

const lines = await readFile(join(repoRoot, 'test', 'support', 'webhooks.jsonl'), 'utf8');
const recorded = lines
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line).raw);
const left = recorded.find(
	(raw) => raw.includes('"participant_left"') && raw.includes('"room-ok2"'),
);

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as LiveKit makes it for a body. */
function tokenFor(body, { apiKey, apiSecret } = signer) {
	const seconds = Math.floor(Date.now() / 1000);
	const sha256 = createHash('sha256').update(body).digest('base64');
	const claims = { iss: apiKey, nbf: seconds, exp: seconds + 300, sha256 };
	const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
	return `${text}.${createHmac('sha256', apiSecret).update(text).digest('base64url')}`;
}

async function post(url, body, authorization = tokenFor(body)) {
	const headers = { 'content-type': 'application/webhook+json', authorization };
	const response = await fetch(url, { method: 'POST', headers, body });
	return { status: response.status, text: await response.text() };
}

const workflowWith = (name, webhookId, credential, parameters) => ({
	name,
	active: false,
	nodes: [
		{
			id: webhookId,
			webhookId,
			name: 'Calls',
			type: 'n8n-nodes-livekit-sip.liveKitCallTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { liveKitApi: credential },
		},
		{
			id: '5e0c1d00-0000-4000-8000-000000000302',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	],
	connections: { Calls: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

async function activated(n8n, workflow) {
	const stored = await n8n.rest.request('POST', '/workflows', workflow);
	await n8n.rest.request('POST', `/workflows/${stored.id}/activate`, {
		versionId: stored.versionId,
	});
	return stored.id;
}

async function executionsOf(n8n, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results, count } = await n8n.rest.request(
		'GET',
		`/executions?filter=${filter}&limit=100`,
	);
	return { count, ended: results.filter(({ stoppedAt }) => stoppedAt) };
}

async function checkOn(version) {
	const label = `n8n ${version}`;
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const { id, name } = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: 'http://127.0.0.1:9', ...signer },
	});
	const webhookId = '5e0c1d00-0000-4000-8000-000000000301';
	const url = `${n8n.url}/webhook/${webhookId}/webhook`;
	const workflowId = await activated(
		n8n,
		workflowWith('calls', webhookId, { id, name }, { events: ['call_ended'] }),
	);

	// n8n 2.x activates after it has answered.
	const registered = async () => (await post(url, '{}', 'x')).status !== 404;
	await until('n8n has registered the webhook', registered);
	await checks.run(`${label}: only ended calls start an execution, each once`, async () => {
		for (const raw of recorded) same((await post(url, raw)).status, 200);
		const ends = recorded.filter((raw) => raw.includes('"event":"participant_left"')).length;
		const { ended } = await until('the executions have ended', async () => {
			const found = await executionsOf(n8n, workflowId);
			return found.ended.length >= ends && found;
		});
		same(ended.length, ends);
		same((await post(url, left)).status, 200);
		const full = await Promise.all(
			ended.map(async (one) => await n8n.rest.request('GET', `/executions/${one.id}`)),
		);
		const items = await Promise.all(full.map(async (one) => (await outputsOf(one)).Calls[0]));
		const seen = Object.fromEntries(
			items.map(({ room_name: room, answered, ended_as: as }) => [room, `${answered} ${as}`]),
		);
		same(seen, {
			'room-busy': 'false refused',
			'room-busy-nowait': 'false refused',
			'room-decline': 'false refused',
			'room-noanswer': 'false not_answered',
			'room-s503': 'false failed',
			'room-ok': 'true ended_by_api',
			'room-ok2': 'true completed',
			'room-ok3': 'true room_closed',
			'room-retry': 'false refused',
			'in-pin': 'true completed',
			'in-_+15557777_NuE6va2ceKCn': 'null null',
		});
		same((await executionsOf(n8n, workflowId)).ended.length, ends);
	});

	await checks.run(`${label}: nobody else gets in, and nobody is told why`, async () => {
		const before = (await executionsOf(n8n, workflowId)).count;
		const other = left.replace('EV_', 'EV_other');
		const tokens = [
			'x',
			`Bearer ${tokenFor(other)}`,
			tokenFor(left),
			tokenFor(other, { ...signer, apiSecret: 'y'.repeat(40) }),
			tokenFor(other, { ...signer, apiKey: 'other' }),
		];
		for (const token of tokens) same(await post(url, other, token), { status: 401, text: '' });
		same(await post(url, `{"event":"x","a":"${'a'.repeat(1_100_000)}"}`), {
			status: 413,
			text: '',
		});
		same((await executionsOf(n8n, workflowId)).count, before);
	});

	await checks.run(`${label}: with an empty filter nothing starts`, async () => {
		const emptyId = '5e0c1d00-0000-4000-8000-000000000304';
		const parameters = { events: ['call_ended'], filters: { room: '' } };
		const workflow = workflowWith('empty', emptyId, { id, name }, parameters);
		const stored = await n8n.rest.request('POST', '/workflows', workflow);
		// n8n 2.x may answer before it has activated, and 1.x refuses at once.
		const answer = await n8n.rest
			.request('POST', `/workflows/${stored.id}/activate`, { versionId: stored.versionId })
			.then(
				() => 'Room Prefix is empty',
				({ message }) => message,
			);
		if (!answer.includes('Room Prefix is empty')) throw new Error(answer);
		const { status } = await post(`${n8n.url}/webhook/${emptyId}/webhook`, left);
		if (status < 400) throw new Error(`The event was answered ${status}`);
		const { ended } = await executionsOf(n8n, stored.id);
		same(
			ended.filter((one) => one.status === 'success'),
			[],
		);
	});
	await n8n.stop();
}

try {
	for (const version of [n8nVersions.newest, n8nVersions.oldest]) await checkOn(version);
} catch (cause) {
	await checks.run('the call trigger runs to the end', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
