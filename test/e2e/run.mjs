// npm run test:e2e: all end-to-end scripts, one after the other. Ends with: N passed, N failed[, N skipped].
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';

const counts = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const scripts = ['differential.mjs', 'agent-real.mjs', 'quickstart.mjs', 'trigger-real.mjs', 'trigger-example.mjs', 'trigger-kill.mjs', 'telephone.mjs'];

/** Runs a script, shows what it prints, and reads the counts in its last line. */
async function countsOf(script) {
	console.log(`\n${script}`);
	const child = spawn(process.execPath, [join(repoRoot, 'test', 'e2e', script)], { stdio: ['ignore', 'pipe', 'inherit'] });
	const chunks = [];
	child.stdout.on('data', (chunk) => {
		chunks.push(chunk);
		process.stdout.write(chunk);
	});
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	const last = Buffer.concat(chunks).toString().trimEnd().split('\n').at(-1);
	const [passed = 0, failed = 0, skipped = 0] = (counts.exec(last) ?? []).slice(1).map((count) => Number(count ?? 0));
	// A script that counted nothing, or ended badly without a failed check, did not do its work.
	const broken = failed === 0 && (code !== 0 || passed + skipped === 0);
	return { passed, failed: failed + (broken ? 1 : 0), skipped };
}

await ensureDependencies();
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const script of scripts) {
	const counted = await countsOf(script);
	for (const kind of Object.keys(sum)) sum[kind] += counted[kind];
}
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : '';
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`);
process.exitCode = sum.failed === 0 ? 0 : 1;
