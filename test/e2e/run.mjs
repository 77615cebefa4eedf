// npm run test:e2e: the end-to-end scripts one after the other, and a report. `--short`: as in `.ci/run`.
// `--only=campaign,queue` runs some. Ends with: N passed, N failed[, N skipped].
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, start } from '../../local/child.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';

/**
 * All scripts. `minutes`: after so many, or 20, the script hangs, on a machine of two cores where nothing is there yet (the
 * first one builds livekit-server, quickstart installs two versions of n8n); the whole run has three times as many.
 * `whole`, `short`: what the script is given.
 */
const scripts = [
	{ name: 'differential' },
	{ name: 'routing', whole: ['--all'] },
	{ name: 'test-server' },
	{ name: 'agent-real' },
	{ name: 'old-server' },
	{ name: 'real-errors' },
	{ name: 'trigger-real' },
	{ name: 'quickstart', minutes: 40 },
	{ name: 'matrix', short: ['--short'] },
	{ name: 'trigger-example' },
	{ name: 'business-hours' },
	{ name: 'call-trigger' },
	{ name: 'call-examples' },
	{ name: 'call-endings', short: ['--short'] },
	{ name: 'call-queue', short: ['--short'] },
	{ name: 'trigger-kill', whole: ['--all'] },
	{ name: 'campaign', whole: ['--all'] },
	{ name: 'queue', short: ['--short'] },
	{ name: 'telephone' },
	{ name: 'routing-calls' },
	{ name: 'editor' },
];
const wholeTakes = 3;
/** Variables by which the user names programs for the scripts. */
const programs = /^(CHROMIUM|LIVEKIT_\w+)_BIN$/;

const short = process.argv.includes('--short');
const graceMs = 20_000;
const counts = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
// The telephone's scenarios stand in a table of their own.
const scenario = /^(?: {2})?(passed|failed|skipped) {2,}(.*)$/i;

/** The script that runs now. */
let current;

/** Ends the process group of the current script: in order, and by force after a while. */
function endCurrent() {
	const { pid } = current;
	const signal = (name) => {
		try {
			process.kill(-pid, name);
		} catch (cause) {
			if (cause.code !== 'ESRCH') throw cause;
		}
	};
	signal('SIGTERM');
	setTimeout(signal, graceMs, 'SIGKILL').unref();
}

/** Runs a script to its end, or for so many minutes; gives what it printed and its exit code, none if it was ended. */
async function run(name, given, minutes) {
	// A group of its own, so that it can be ended with all that it has started.
	current = start(process.execPath, [join(repoRoot, 'test', 'e2e', `${name}.mjs`), ...given], {
		stdio: ['ignore', 'pipe', 'inherit'],
		detached: true,
		env: childEnvironment({}, (name) => programs.test(name)),
	});
	const lines = [];
	// Indented, so that its last line is not taken for the one of all scripts.
	createInterface({ input: current.stdout }).on('line', (line) => {
		lines.push(line);
		console.log(`  ${line}`);
	});
	const timer = setTimeout(() => {
		console.log(`  ${name} is ended: it has run for ${minutes} minutes`);
		endCurrent();
	}, minutes * 60_000);
	const code = await new Promise((resolve, reject) => {
		current.on('error', reject);
		current.on('close', resolve);
	});
	clearTimeout(timer);
	return { lines, code };
}

/** What a script came to, by the counts in its last line. */
async function outcomeOf({ name, minutes = 20, whole = [], short: brief = [] }) {
	console.log(`\n${name}`);
	const begun = performance.now();
	const { lines, code } = short
		? await run(name, brief, minutes)
		: await run(name, whole, minutes * wholeTakes);
	const [passed = 0, failed = 0, skipped = 0] = (counts.exec(lines.at(-1) ?? '') ?? [])
		.slice(1)
		.map((count) => Number(count ?? 0));
	// A script that counted nothing, or ended badly without a failed check, did not do its work.
	const broken = failed === 0 && (code !== 0 || passed + skipped === 0);
	return {
		name,
		passed,
		failed: failed + (broken ? 1 : 0),
		skipped,
		seconds: Math.round((performance.now() - begun) / 1000),
		scenarios: lines.flatMap((line) => scenario.exec(line)?.slice(1, 3).join('  ') ?? []),
	};
}

function wanted() {
	const only = process.argv
		.find((given) => given.startsWith('--only='))
		?.slice('--only='.length)
		.split(',');
	const unknown = only?.find((name) => !scripts.some((script) => script.name === name));
	if (unknown !== undefined)
		throw new Error(
			`There is no end-to-end script "${unknown}". Known: ${scripts.map(({ name }) => name).join(', ')}`,
		);
	return only ? scripts.filter(({ name }) => only.includes(name)) : scripts;
}

/** The report, and the line with the sums, whose form `.ci/run` and its users know. */
function report(outcomes) {
	console.log('\nReport');
	for (const { name, scenarios } of outcomes.filter((outcome) => outcome.scenarios.length > 0)) {
		console.log(`\n${name}`);
		for (const line of scenarios) console.log(`  ${line}`);
	}
	console.log();
	for (const { name, passed, failed, skipped, seconds } of outcomes) {
		const cells = [
			`  ${name.padEnd(16)}`,
			`${String(passed).padStart(5)} passed`,
			`${String(failed).padStart(5)} failed`,
			`${String(skipped).padStart(5)} skipped`,
			`${String(seconds).padStart(6)} s`,
		];
		console.log(cells.join(' '));
	}
	const sum = (kind) => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
	const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
	console.log(`\n${sum('seconds')} s in all`);
	console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
	process.exitCode = sum('failed') === 0 ? 0 : 1;
}

await ensureDependencies();
let ended = false;
for (const signal of ['SIGTERM', 'SIGINT'])
	process.once(signal, () => {
		ended = true;
		if (current) endCurrent();
	});
const outcomes = [];
for (const script of wanted()) if (!ended) outcomes.push(await outcomeOf(script));
report(outcomes);
if (ended) process.exitCode = 1;
