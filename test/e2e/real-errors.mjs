// What real livekit-servers, the newest and an older one, answer when they do not do what they are asked for, and what the node
// makes of it: the table of the reference's section 1.6. `--short`: the newest alone.
// Ends with: N passed, N failed[, N skipped].
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { Checks } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

await ensureDependencies();
await ensureBuilt();
const { cases, notHere } = await import('./real-errors/cases.mjs');
const { enter, startRelay } = await import('./real-errors/relay.mjs');
const { missingForCalls, startBridge } = await import('./telephone/bridge.mjs');
const { runNode } = await loadTs('test/support/harness.ts');
// Every program that runs beside this one wants to end with it.
process.setMaxListeners(50);
const newest = 'v1.13.5';
const versions = process.argv.includes('--short') ? [newest] : [newest, 'v1.9.12'];
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-errors-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];
const rows = [];

/** A server with a relay in front of it. */
async function startWorld(options) {
	const server = await startRealLiveKit(options);
	ending.push(async () => await server.stop());
	const relay = await startRelay(server.url);
	ending.push(async () => await relay.close());
	return { server, relay };
}

/** What the node says: an exception, or the item in its place. */
function wordsOf({ error, json }) {
	if (error) return [error.message, error.description].filter(Boolean).join(' | ');
	return json.map(({ outcome, message }) => `${outcome}: ${message}`).join(' | ');
}

async function checkCase(
	{ name, parameters, before = [], credential = {}, change, answer: [status, part], says },
	{ server, relay },
	version,
) {
	if (server.redisPort) await server.flush();
	const own = { url: relay.url, apiKey: server.key, apiSecret: server.secret };
	const ids = {};
	for (const first of before) {
		const { error, json } = await runNode(own, first);
		if (error) throw error;
		ids[first.resource.replace(/Trunk$/, '')] =
			json[0].sip_trunk_id ?? json[0].sip_dispatch_rule_id;
	}
	relay.change = change?.(server);
	relay.tokens.length = 0;
	const result = await runNode(
		{ ...own, ...credential },
		typeof parameters === 'function' ? parameters(ids) : parameters,
	);
	relay.change = undefined;
	const answer = relay.answers.at(-1);
	const words = wordsOf(result);
	await checks.run(`${version}: ${name}: LiveKit answers ${status} ${part}`, () => {
		if (answer?.status !== status || !answer.text.includes(part))
			throw new Error(`It answers ${JSON.stringify(answer)}`);
	});
	await checks.run(`${version}: ${name}: the node says so in words`, () => {
		if (!says.test(words)) throw new Error(`It says: ${words}`);
	});
	await checks.run(`${version}: ${name}: no secret and no token in what n8n stores`, () => {
		const secrets = [server.secret, credential.apiSecret, ...relay.tokens].filter(Boolean);
		if (secrets.some((secret) => result.stored.includes(secret) || words.includes(secret)))
			throw new Error('There is one.');
	});
	rows.push({
		server: version,
		situation: name,
		HTTP: answer?.status,
		'the node says': words.slice(0, 150),
	});
}

/** The worlds of the cases, by name; those with a bridge are left out where there is none. */
async function startWorlds(version) {
	const worlds = {
		usual: await startWorld({ version }),
		'without Redis': await startWorld({ version, redis: false }),
	};
	ending.push(await enter(worlds.usual.server, 'lobby', 'somebody'));
	const lacking = await missingForCalls();
	if (lacking.length > 0) {
		checks.skip(`what livekit-server ${version} answers with a bridge`, lacking);
		return worlds;
	}
	const bridges = {
		bridge: [{}, {}],
		'bridge with another secret': [{ secret: 'x'.repeat(40) }, {}],
		'bridge without capacity': [{}, { load: 0.001 }],
	};
	for (const [name, [changes, options]] of Object.entries(bridges)) {
		worlds[name] = await startWorld({ version });
		const own = join(folder, `${version} ${name}`);
		await mkdir(own);
		const bridge = await startBridge({ ...worlds[name].server, ...changes }, own, options);
		ending.push(async () => await bridge.stop());
	}
	return worlds;
}

async function checkVersion(version) {
	const worlds = await startWorlds(version);
	for (const { older, world = 'usual', ...one } of cases.filter(
		(candidate) => worlds[candidate.world ?? 'usual'],
	)) {
		const expected = version === newest || !older ? one : { ...one, answer: older };
		await checks.run(
			`${version}: ${one.name}: runs to its end`,
			async () => await checkCase(expected, worlds[world], version),
		);
	}
}

try {
	for (const version of versions) {
		const lacking = missing({ version });
		if (lacking.length > 0) checks.skip(`what livekit-server ${version} answers`, lacking);
		else await checks.run(`${version}: runs to its end`, async () => await checkVersion(version));
	}
	if (rows.length > 0) console.table(rows);
	for (const [situation, reason] of Object.entries(notHere))
		console.log(`  not here  ${situation}: ${reason}`);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
// n8n-core keeps timers running.
process.exit();
