// npm start's quickstart against the local LiveKit and a real livekit-server, then the trunk and rule operations
// through both majors of n8n against the real one. Ends with: N passed, N failed[, N skipped].
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment, run } from '../../local/child.mjs';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';
import { failedNodes, outputsOf, plannedObjects } from '../../local/n8n/quickstart.mjs';
import { call, listObjects } from '../../local/n8n/sip.mjs';
import { Checks, same } from './checks.mjs';
import { checkOperations } from './operations.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-e2e-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

/** Runs the start command; its whole output shows when it did not end well. */
async function start(args, server) {
	const env = childEnvironment(
		server && {
			LIVEKIT_URL: server.url,
			LIVEKIT_API_KEY: server.key,
			LIVEKIT_API_SECRET: server.secret,
		},
	);
	return await run(
		process.execPath,
		[join(repoRoot, 'local', 'start.mjs'), '--home', join(folder, 'home'), ...args],
		{ env },
	);
}

const ended = ({ code, output }) => {
	if (code !== 0) throw new Error(output);
};

/** The rows of the last table printed, without the ids: kind, name, facts. */
const printedObjects = ({ output }) =>
	output
		.slice(output.lastIndexOf('\nKind '))
		.split('\n')
		.filter((line) => /^(inbound trunk|outbound trunk|dispatch rule) /.test(line))
		.map((line) => line.split(/ {2,}/))
		.map(([kind, name, , facts]) => ({ kind, name, facts }));

const zeroEnums = [
	'SIP_NO_HEADERS',
	'SIP_MEDIA_ENCRYPT_DISABLE',
	'SIP_TRANSPORT_AUTO',
	'SIP_STATUS_UNKNOWN',
	'JRP_ON_FAILURE',
];

/** A value without what is not set in it: an older server lacks the newest fields, and lists no default of theirs. */
function withoutDefaults(value) {
	if (Array.isArray(value)) return value.length > 0 ? value.map(withoutDefaults) : undefined;
	if (typeof value === 'object' && value !== null) {
		const set = Object.entries(value).map(([key, entry]) => [key, withoutDefaults(entry)]);
		const kept = set.filter(([, entry]) => entry !== undefined);
		return kept.length > 0 ? Object.fromEntries(kept) : undefined;
	}
	return value && !zeroEnums.includes(value) ? value : undefined;
}

/** Objects as the server holds them, without ids and defaults: the trunk of a rule by its name. */
async function objectsOf(server) {
	const listed = await listObjects(server);
	const names = new Map(listed.map(({ id, name }) => [id, name]));
	return listed.map(({ kind, object: { sip_trunk_id, sip_dispatch_rule_id, ...object } }) =>
		withoutDefaults({ kind, ...object, trunk_ids: object.trunk_ids?.map((id) => names.get(id)) }),
	);
}

/** A trunk and a rule that were on the server before: nothing may touch them. */
async function makeForeignObjects(server) {
	await call(server, 'CreateSIPInboundTrunk', {
		trunk: { name: "somebody else's", numbers: ['+12025550188'] },
	});
	const rule = { dispatch_rule_direct: { room_name: 'theirs' } };
	await call(server, 'CreateSIPDispatchRule', {
		dispatch_rule: { name: "somebody else's rule", rule },
	});
	return await objectsOf(server);
}

/** Returns what the start command printed. */
async function checkLocalStart() {
	const local = await start(['--exit']);
	await checks.run('npm start -- --exit ends well', () => ended(local));
	await checks.run('nobody but its owner can read what it keeps', async () => {
		const home = join(folder, 'home');
		const names = (await readdir(join(home, '.n8n'))).filter((name) =>
			/^(config|database)/.test(name),
		);
		const kept = [home, join(home, '.n8n'), ...names.map((name) => join(home, '.n8n', name))];
		const modes = await Promise.all(kept.map(async (path) => (await stat(path)).mode & 0o077));
		same(names.length >= 2 && modes.every((mode) => mode === 0), true);
	});
	await checks.run('it prints the six objects', async () =>
		same(
			printedObjects(local)
				.map(({ name }) => name)
				.sort(),
			(await plannedObjects()).map(({ name }) => name).sort(),
		),
	);
	return local;
}

async function checkStartOnReal(real, local) {
	const mine = await makeForeignObjects(real);
	const refused = await start(['--exit'], real);
	await checks.run('on a real server it does nothing without a confirmation', async () => {
		if (refused.code === 0) throw new Error('It went on.');
		same(await objectsOf(real), mine);
	});
	const onReal = await start(['--exit', '--yes'], real);
	await checks.run('on a real livekit-server it ends well', () => ended(onReal));
	await checks.run('the real server prints the same objects as the local one', () =>
		same(printedObjects(onReal), printedObjects(local)),
	);
	const held = await objectsOf(real);

	const again = await start(['--exit', '--yes'], real);
	await checks.run('it can be repeated on a real server', () => ended(again));
	await checks.run('a repetition leaves the same objects, once', async () =>
		same(await objectsOf(real), held),
	);

	const { startLocalLiveKit } = await loadTs('local/livekit/server.ts');
	const stand = await startLocalLiveKit({});
	ending.push(async () => await stand.close());
	const onStand = await start(['--exit', '--yes'], stand);
	await checks.run('the local server as LIVEKIT_URL ends well', () => ended(onStand));
	await checks.run('every field on the real server equals that on the local one', async () => {
		same(
			await objectsOf(stand),
			held.filter(({ name }) => !mine.some((object) => object.name === name)),
		);
	});

	const removed = await start(['--remove', '--yes'], real);
	await checks.run(
		'--remove ends well and removes all that the quickstart made, nothing else',
		async () => {
			ended(removed);
			same(await objectsOf(real), mine);
		},
	);
}

async function checkMajor(version, real) {
	const userFolder = join(folder, version);
	const n8n = await N8nInstance.create({ version, userFolder });
	await installPackage(await packPackage(folder), userFolder);
	ending.push(async () => await n8n.stop());
	await n8n.start();
	const owner = {
		email: 'owner@n8n.local',
		firstName: 'End',
		lastName: 'ToEnd',
		password: 'End-to-end-1',
	};
	await n8n.rest.signIn(owner);
	const { id, name } = await n8n.rest.request('POST', '/credentials', {
		name: 'Real LiveKit',
		type: 'liveKitApi',
		data: { url: real.wsUrl, apiKey: real.key, apiSecret: real.secret },
	});
	await checkOperations(checks, {
		label: `n8n ${version}`,
		credential: { id, name },
		list: async () => await listObjects(real),
		run: async (workflow) => {
			const stored = await n8n.rest.request('POST', '/workflows', workflow);
			const execution = await n8n.rest.runWorkflow(stored.id);
			return { failed: await failedNodes(execution), outputs: await outputsOf(execution) };
		},
	});
	await n8n.stop();
}

async function checkOnReal(local) {
	const lacking = missing();
	if (lacking.length > 0)
		return checks.skip('the quickstart and the operations on a real livekit-server', lacking);
	const real = await startRealLiveKit();
	ending.push(async () => await real.stop());
	await checkStartOnReal(real, local);
	for (const version of Object.values(n8nVersions)) {
		await checks.run(
			`n8n ${version} runs the operations to the end`,
			async () => await checkMajor(version, real),
		);
	}
}

try {
	await checkOnReal(await checkLocalStart());
} catch (cause) {
	await checks.run('the end-to-end tests run to their end', () => {
		throw cause;
	});
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
