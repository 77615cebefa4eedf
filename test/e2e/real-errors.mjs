// What real livekit-servers, the newest and an older one, answer when they do not do what they are asked for, and what the node
// makes of it: the table of the reference's section 1.6. Ends with: N passed, N failed[, N skipped].
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { Checks } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

await ensureDependencies();
await ensureBuilt();
const { cases, notHere } = await import('./real-errors/cases.mjs');
const { join, startRelay } = await import('./real-errors/relay.mjs');
const { runNode } = await loadTs('test/engine/harness.ts');
const versions = ['v1.13.5', 'v1.9.12'];
const checks = new Checks();
const ending = [];
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

async function checkCase({ name, parameters, before = [], credential = {}, change, answer: [status, part], says }, { server, relay }, version) {
	if (server.redisPort) await server.flush();
	const own = { url: relay.url, apiKey: server.key, apiSecret: server.secret };
	const ids = {};
	for (const first of before) {
		const { error, json } = await runNode(own, first);
		if (error) throw error;
		ids[first.resource.replace(/Trunk$/, '')] = json[0].sip_trunk_id ?? json[0].sip_dispatch_rule_id;
	}
	relay.change = change?.(server);
	relay.tokens.length = 0;
	const result = await runNode({ ...own, ...credential }, typeof parameters === 'function' ? parameters(ids) : parameters);
	relay.change = undefined;
	const answer = relay.answers.at(-1);
	const words = wordsOf(result);
	await checks.run(`${version}: ${name}: LiveKit answers ${status} ${part}`, () => {
		if (answer?.status !== status || !answer.text.includes(part)) throw new Error(`It answers ${JSON.stringify(answer)}`);
	});
	await checks.run(`${version}: ${name}: the node says so in words`, () => {
		if (!says.test(words)) throw new Error(`It says: ${words}`);
	});
	await checks.run(`${version}: ${name}: no secret and no token in what n8n stores`, () => {
		const secrets = [server.secret, credential.apiSecret, ...relay.tokens].filter(Boolean);
		if (secrets.some((secret) => result.stored.includes(secret) || words.includes(secret))) throw new Error('There is one.');
	});
	rows.push({ server: version, situation: name, HTTP: answer?.status, 'the node says': words.slice(0, 150) });
}

async function checkVersion(version) {
	const lacking = missing({ version });
	if (lacking.length > 0) return checks.skip(`what livekit-server ${version} answers`, lacking);
	const usual = await startWorld({ version });
	const bare = await startWorld({ version, redis: false });
	ending.push(await join(usual.server, 'lobby', 'somebody'));
	for (const { older, ...one } of cases) {
		const expected = version === versions[0] || !older ? one : { ...one, answer: older };
		await checks.run(`${version}: ${one.name}: runs to its end`, async () => await checkCase(expected, one.without === 'redis' ? bare : usual, version));
	}
}

try {
	for (const version of versions) await checks.run(`${version}: runs to its end`, async () => await checkVersion(version));
	console.table(rows);
	for (const [situation, reason] of Object.entries(notHere)) console.log(`  not here  ${situation}: ${reason}`);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
// n8n-core keeps timers running.
process.exit();
