// The node in n8n's engine against an older livekit-server and, for comparison, the newest: every operation, with every field
// set, and the warnings about what the older one does not know. Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTs } from '../../local/load-ts.mjs';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { Checks } from './checks.mjs';
import { missing, startRealLiveKit } from './real-livekit.mjs';

const versions = ['v1.9.12', 'v1.13.5'];

await ensureDependencies();
await ensureBuilt();
const { checkCalls } = await import('./old-server/calls.mjs');
const { checkObjects } = await import('./old-server/objects.mjs');
const { missingForCalls } = await import('./telephone/bridge.mjs');
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-old-'));
const droppedBy = {};

async function checkVersion(version) {
	const { runNode } = await loadTs('test/support/harness.ts');
	const { operationCases: cases } = await loadTs('test/support/cases.ts');
	const server = await startRealLiveKit({ version });
	try {
		const credential = { url: server.url, apiKey: server.key, apiSecret: server.secret };
		const run = async (parameters) => await runNode(credential, parameters);
		droppedBy[version] = await checkObjects(checks, { version, server, run, cases });
		const lackingForCalls = await missingForCalls();
		if (lackingForCalls.length > 0)
			return checks.skip(`calls over livekit-server ${version}`, lackingForCalls);
		await checkCalls(checks, { version, server, folder, run });
	} finally {
		await server.stop();
	}
}

for (const version of versions) {
	const lacking = missing({ version });
	if (lacking.length > 0) checks.skip(`livekit-server ${version}`, lacking);
	else await checks.run(`${version}: runs to its end`, async () => await checkVersion(version));
}
const operations = Object.keys(Object.values(droppedBy)[0] ?? {});
const listed = (operation) =>
	Object.entries(droppedBy).map(([version, dropped]) => [
		`dropped by ${version}`,
		dropped[operation].join(', '),
	]);
if (operations.length > 0)
	console.table(
		operations.map((operation) => ({ operation, ...Object.fromEntries(listed(operation)) })),
	);
await rm(folder, { recursive: true, force: true });
checks.finish();
// n8n-core keeps timers running.
process.exit();
