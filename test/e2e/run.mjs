// npm run test:e2e: all end-to-end scripts, one after the other, and one report of every scenario. `--short`: as in `.ci/run`.
// `--only=campaign,queue` runs some. Ends with: N passed, N failed[, N skipped].
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';

const counts = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
// The telephone's scenarios stand in a table of their own.
const scenario = /^(?: {2})?(passed|failed|skipped) {2,}(.*)$/i;

/** Name of the script, and what it is given for the whole and for the short run. */
const scripts = [
	['differential'],
	['test-server'],
	['agent-real'],
	['old-server'],
	['real-errors'],
	['quickstart'],
	['matrix', [], ['--short']],
	['trigger-real'],
	['trigger-example'],
	['trigger-kill', ['--all'], []],
	['campaign', ['--all'], []],
	['queue', [], ['--short']],
	['telephone'],
	['editor'],
];

/** Runs a script, shows what it prints, and reads its scenarios and the counts in its last line. */
async function outcomeOf(name, given) {
	console.log(`\n${name}`);
	const begun = Date.now();
	const child = spawn(process.execPath, [join(repoRoot, 'test', 'e2e', `${name}.mjs`), ...given], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const chunks = [];
	child.stdout.on('data', (chunk) => {
		chunks.push(chunk);
		process.stdout.write(chunk);
	});
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	const lines = Buffer.concat(chunks).toString().trimEnd().split('\n');
	const [passed = 0, failed = 0, skipped = 0] = (counts.exec(lines.at(-1)) ?? [])
		.slice(1)
		.map((count) => Number(count ?? 0));
	// A script that counted nothing, or ended badly without a failed check, did not do its work.
	const broken = failed === 0 && (code !== 0 || passed + skipped === 0);
	const scenarios = lines.flatMap((line) => scenario.exec(line)?.slice(1, 3).join('  ') ?? []);
	return {
		name,
		passed,
		failed: failed + (broken ? 1 : 0),
		skipped,
		scenarios,
		seconds: Math.round((Date.now() - begun) / 1000),
	};
}

function wanted() {
	const only = process.argv
		.find((given) => given.startsWith('--only='))
		?.slice('--only='.length)
		.split(',');
	const unknown = only?.find((name) => !scripts.some(([script]) => script === name));
	if (unknown !== undefined)
		throw new Error(
			`There is no end-to-end script "${unknown}". Known: ${scripts.map(([name]) => name).join(', ')}`,
		);
	return only ? scripts.filter(([name]) => only.includes(name)) : scripts;
}

await ensureDependencies();
const short = process.argv.includes('--short');
const outcomes = [];
for (const [name, whole = [], brief = whole] of wanted())
	outcomes.push(await outcomeOf(name, short ? brief : whole));

console.log('\nReport');
for (const { name, passed, failed, skipped, scenarios, seconds } of outcomes) {
	console.log(`\n${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`);
	for (const line of scenarios) console.log(`  ${line}`);
}
const sum = (kind) => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
console.log(`\n${sum('seconds')} s in all`);
console.log(
	`${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`,
);
process.exitCode = sum('failed') === 0 ? 0 : 1;
