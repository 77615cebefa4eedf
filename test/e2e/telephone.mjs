// Telephone calls: real n8n 2.x, real LiveKit with its SIP bridge, and sipp as carrier and phone, all on loopback.
// A word on the command line plays only the scenarios whose name holds it. Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { N8nInstance } from '../../local/n8n/instance.mjs';
import { installPackage, packPackage } from '../../local/n8n/package.mjs';
import { startRealLiveKit } from './real-livekit.mjs';
import { missingForCalls, startBridge } from './telephone/bridge.mjs';

const atOnce = 3;
const owner = {
	email: 'owner@n8n.local',
	firstName: 'Tele',
	lastName: 'Phone',
	password: 'Telephone-1',
};

await ensureDependencies();
await ensureBuilt();
// The dependencies may have come only now.
const { asTable, playAll } = await import('./telephone/scenarios.mjs');
const { ending: endings } = await import('./telephone/ending.mjs');
const { incoming } = await import('./telephone/incoming.mjs');
const { placing } = await import('./telephone/placing.mjs');
const { transferring } = await import('./telephone/transferring.mjs');

const wanted = process.argv[2] ?? '';
const scenarios = [...placing, ...transferring, ...endings, ...incoming].filter(({ name }) =>
	name.includes(wanted),
);
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-telephone-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

async function startWorld() {
	const livekit = await startRealLiveKit();
	ending.push(async () => await livekit.stop());
	const bridge = await startBridge(livekit, folder);
	ending.push(async () => await bridge.stop());
	const userFolder = join(folder, 'n8n');
	const n8n = await N8nInstance.create({ version: n8nVersions.newest, userFolder });
	await installPackage(await packPackage(folder), userFolder);
	ending.push(async () => await n8n.stop());
	await n8n.start();
	await n8n.rest.signIn(owner);
	const data = { url: livekit.wsUrl, apiKey: livekit.key, apiSecret: livekit.secret };
	const { id, name } = await n8n.rest.request('POST', '/credentials', {
		name: 'Real LiveKit',
		type: 'liveKitApi',
		data,
	});
	return { n8n, livekit, bridge, folder, credential: { id, name } };
}

const counts = { passed: 0, failed: 0, skipped: 0 };
try {
	const lacking = await missingForCalls();
	if (lacking.length > 0) {
		console.log(`No telephone calls on this machine. Missing:\n- ${lacking.join('\n- ')}`);
		counts.skipped = scenarios.length;
	} else {
		const rows = await playAll(scenarios, await startWorld(), atOnce);
		console.log(`\n${asTable(rows)}\n`);
		for (const { result } of rows) counts[result.toLowerCase()]++;
	}
} catch (cause) {
	counts.failed++;
	console.log(`  FAILED  the scenarios are played to their end\n${cause.stack}`);
} finally {
	for (const end of ending.reverse()) await end();
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed === 0 && counts.passed + counts.skipped > 0 ? 0 : 1;
