// npm run test:e2e: the end-to-end scripts, and a report: first those that must be alone, then two at a time, since most of
// them wait half of their time. `--short`: as in `.ci/run`. `--only=campaign,queue` runs some.
// Ends with: N passed, N failed[, N skipped].
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, start } from '../../local/child.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';

/**
 * All scripts. `alone`: it brings what others need, or it makes real calls or races, in which time counts; those
 * come first. The others begin in this order, the long ones first. `minutes`: after so many, or 20, the script hangs, on a
 * machine of two cores where nothing is there yet (the first one builds livekit-server, quickstart installs two versions of
 * n8n); the whole run has three times as many. `whole`, `short`: what the script is given. `isLong`: the short run
 * leaves it out, unless it is asked for.
 */
const scripts = [
	{ name: 'differential', alone: true },
	{ name: 'old-server', alone: true },
	{ name: 'quickstart', alone: true, minutes: 40 },
	{ name: 'agent-real', alone: true },
	{ name: 'telephone', alone: true },
	{ name: 'routing-calls', alone: true },
	{ name: 'call-endings', alone: true, short: ['--short'] },
	{ name: 'call-outage', alone: true, isLong: true },
	{ name: 'campaign', alone: true, whole: ['--all'] },
	{ name: 'trigger-kill', whole: ['--all'] },
	{ name: 'editor', whole: ['--all'] },
	{ name: 'call-examples' },
	{ name: 'call-queue', short: ['--short'] },
	{ name: 'queue', short: ['--short'] },
	{ name: 'matrix', short: ['--short'] },
	{ name: 'business-hours' },
	{ name: 'call-trigger' },
	{ name: 'trigger-example' },
	{ name: 'real-errors' },
	{ name: 'routing', whole: ['--all'] },
	{ name: 'test-server' },
	{ name: 'trigger-real' },
];
const atATime = 2;
const wholeTakes = 3;
/** Variables by which the user names programs for the scripts. */
const programs = /^(CHROMIUM|LIVEKIT_\w+)_BIN$/;

const short = process.argv.includes('--short');
const graceMs = 20_000;
const counts = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
// The telephone's scenarios stand in a table of their own.
const scenario = /^(?: {2})?(passed|failed|skipped) {2,}(.*)$/i;

/** The scripts that run now. */
const running = new Set();

/** Ends the process group of a script: in order, and by force after a while. */
function end({ pid }) {
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
	const script = start(process.execPath, [join(repoRoot, 'test', 'e2e', `${name}.mjs`), ...given], {
		stdio: ['ignore', 'pipe', 'inherit'],
		detached: true,
		env: childEnvironment({}, (name) => programs.test(name)),
	});
	running.add(script);
	const lines = [];
	// With its name, so that nobody takes its last line for the one of all scripts, or for that of the other one.
	createInterface({ input: script.stdout }).on('line', (line) => {
		lines.push(line);
		console.log(`  ${name} | ${line}`);
	});
	const timer = setTimeout(() => {
		console.log(`  ${name} | is ended: it has run for ${minutes} minutes`);
		end(script);
	}, minutes * 60_000);
	const code = await new Promise((resolve, reject) => {
		script.on('error', reject);
		script.on('close', resolve);
	});
	clearTimeout(timer);
	running.delete(script);
	return { lines, code };
}

/** What a script came to, by the counts in its last line. */
async function outcomeOf({ name, minutes = 20, whole = [], short: brief = [] }) {
	console.log(`  ${name} | begins`);
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
	return scripts.filter(({ name, isLong }) => (only ? only.includes(name) : !(short && isLong)));
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
	console.log(`\n${Math.round(performance.now() / 1000)} s in all`);
	console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
	process.exitCode = sum('failed') === 0 ? 0 : 1;
}

/** Runs scripts in their order, so many at a time. */
async function runAll(waiting, lanes, outcomes) {
	const queue = [...waiting];
	const lane = async () => {
		for (let script = queue.shift(); script && !ended; script = queue.shift())
			outcomes.push(await outcomeOf(script));
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}

await ensureDependencies();
let ended = false;
for (const signal of ['SIGTERM', 'SIGINT'])
	process.once(signal, () => {
		ended = true;
		for (const script of running) end(script);
	});
const outcomes = [];
const chosen = wanted();
await runAll(
	chosen.filter(({ alone }) => alone),
	1,
	outcomes,
);
await runAll(
	chosen.filter(({ alone }) => !alone),
	atATime,
	outcomes,
);
report(outcomes);
if (ended) process.exitCode = 1;
