// npm run bench: n8n's real engine, 1,000 items through three nodes, then up to 10,000 calls, and their pace. `npm run bench -- --profile` says
// where ours spends its time. BENCH_ONLY=place takes only the operations with that word, BENCH_ROUNDS=7 seven rounds.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { n8nVersions } from '../local/n8n/install.mjs';
import { ensureBuilt } from '../local/n8n/build.mjs';
import { cacheRoot, repoRoot } from '../local/n8n/paths.mjs';
import { ensureNode24 } from '../local/n8n/node24.mjs';
import { withPack } from '../tools/pack.mjs';
import {
	printFacts,
	printProfiles,
	printScale,
	printTable,
	printTrigger,
	printWebhooks,
} from './report.mjs';
import { benchScale } from './scales.mjs';
import { benchTrigger } from './trigger.mjs';
import { benchWebhooks } from './webhooks.mjs';

const ROUNDS = process.env.BENCH_ROUNDS ?? '3';
const LOADS = 10;
const profiling = process.argv.includes('--profile');

// The whole n8n, if `npm start` has brought it: only there is the HTTP Request node.
const installed = join(cacheRoot, `n8n-${n8nVersions.newest}`);
const host = existsSync(join(installed, 'node_modules', 'n8n-nodes-base')) ? installed : repoRoot;

/** Runs measure.mjs and resolves with what it measured. */
async function measured(node) {
	return await new Promise((resolve, reject) => {
		const child = spawn(node, [join(repoRoot, 'bench', 'measure.mjs')], {
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			env: {
				...process.env,
				BENCH_HOST: host,
				BENCH_ROUNDS: ROUNDS,
				BENCH_PROFILE: profiling ? '1' : '',
			},
		});
		let result;
		child.on('message', (message) => {
			if (message.progress) console.error(message.progress);
			else result = message;
		});
		child.on('error', reject);
		child.on('close', (code) =>
			result ? resolve(result) : reject(new Error(`measure.mjs ended with ${code}`)),
		);
	});
}

/** Packed bytes, and milliseconds to load, each from a fresh process. */
async function packFacts(node) {
	return await withPack(async ({ folder, size }) => {
		const once = () =>
			Number(
				execFileSync(node, [join(repoRoot, 'bench', 'load-time.cjs'), folder], {
					encoding: 'utf8',
				}),
			);
		return { size, loads: Array.from({ length: LOADS }, once) };
	});
}

await ensureBuilt();
const node = await ensureNode24().catch((cause) => {
	console.error(
		`${cause.message}\nGoing on with Node ${process.versions.node} and n8n's legacy expression engine.`,
	);
	return process.execPath;
});
const result = await measured(node);
if (profiling) {
	printProfiles(result.profiles);
} else {
	printTable(result, host);
	printFacts(result.samples, await packFacts(node));
	printScale(await benchScale(node, host, result.hasHttp));
	printTrigger(await benchTrigger());
	printWebhooks(await benchWebhooks());
}
