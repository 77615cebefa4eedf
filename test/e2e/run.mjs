// npm run test:e2e: all end-to-end scripts, one after the other. Ends with: N passed, N failed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';

const counts = /^(\d+) passed, (\d+) failed$/;

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
	const [, passed = 0, failed = 0] = (counts.exec(last) ?? []).map(Number);
	// A script that counted nothing, or ended badly without a failed check, did not do its work.
	const broken = failed === 0 && (code !== 0 || passed === 0);
	return { passed, failed: failed + (broken ? 1 : 0) };
}

await ensureDependencies();
const sum = { passed: 0, failed: 0 };
for (const script of ['differential.mjs', 'quickstart.mjs']) {
	const { passed, failed } = await countsOf(script);
	sum.passed += passed;
	sum.failed += failed;
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
