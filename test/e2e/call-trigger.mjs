// The call trigger in a real n8n of both majors: the webhooks that a real LiveKit sent, signed anew, through n8n's own
// webhook server. Ends with: N passed, N failed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { post, recordedBodies, signer, tokenFor } from './call-trigger/delivery.mjs';
import { Hook } from './call-trigger/hook.mjs';
import { Checks, same } from './checks.mjs';
import { until } from './until.mjs';

const owner = {
	email: 'owner@n8n.local',
	firstName: 'Call',
	lastName: 'Trigger',
	password: 'Call-trigger-1',
};

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-calls-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

const recorded = await recordedBodies();
const left = recorded.find(
	(raw) => raw.includes('"participant_left"') && raw.includes('"room-ok2"'),
);

async function checkOn(version) {
	const label = `n8n ${version}`;
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	ending.push(async () => await n8n.stop());
	await installPackage(await packPackage(folder), userFolder);
	await n8n.start();
	await n8n.rest.signIn(owner);
	const credential = await n8n.rest.request('POST', '/credentials', {
		name: 'LiveKit',
		type: 'liveKitApi',
		data: { url: 'http://127.0.0.1:9', ...signer },
	});
	const hook = await Hook.start(n8n, credential, { events: ['call_ended'] });
	const { url } = hook;
	await checks.run(`${label}: only ended calls start an execution, each once`, async () => {
		for (const raw of recorded) same((await post(url, raw)).status, 200);
		const ends = recorded.filter((raw) => raw.includes('"event":"participant_left"')).length;
		const items = await until('the executions have ended', async () => {
			const found = await hook.items();
			return found.length >= ends && found.flat();
		});
		same(items.length, ends);
		same((await post(url, left)).status, 200);
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
		same((await hook.executions()).length, ends);
	});

	await checks.run(`${label}: nobody else gets in, and nobody is told why`, async () => {
		const before = (await hook.executions()).length;
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
		same((await hook.executions()).length, before);
	});

	await checks.run(`${label}: with an empty filter nothing starts`, async () => {
		const parameters = { events: ['call_ended'], filters: { room: '' } };
		const empty = await Hook.store(n8n, credential, parameters);
		// n8n 2.x may answer before it has activated, and 1.x refuses at once.
		const answer = await empty.activate().then(
			() => 'Room Prefix is empty',
			({ message }) => message,
		);
		if (!answer.includes('Room Prefix is empty')) throw new Error(answer);
		const { status } = await post(empty.url, left);
		if (status < 400) throw new Error(`The event was answered ${status}`);
		same(
			(await empty.executions()).filter((one) => one.status === 'success'),
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
