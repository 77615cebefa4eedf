// Compares our reading of trunks and rules with LiveKit's own functions, which a small Go program calls, on random projects
// and calls. Run: node test/e2e/routing.mjs [calls] [--seed=N], 2,000 calls by default; `--all` for 20,000. Needs Go.
// Ends with: N passed, N failed[, N skipped].
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { goEnvironment, printed, run, start } from '../../local/child.mjs';
import { loadTs } from '../../local/load-ts.mjs';
import { repoRoot } from '../../local/n8n/paths.mjs';
import { Checks } from './checks.mjs';

const folder = join(repoRoot, 'test', 'e2e', 'routing', 'oracle');
const callsOfWorld = 5;
const shownDifferences = 5;

/** The protocol of a server, by the file that pins it, and the server whose reading it has. */
const PROTOCOLS = [
	{ name: 'livekit/protocol v1.54.0', args: [] },
	{
		name: 'that of livekit-server v1.9.12',
		args: ['-modfile=older.mod', '-tags=older'],
		version: '1.9.12',
	},
];

/** Reasons that have to be among the calls, or the comparison says little. */
const REASONS = [
	'routed pin_required bad_source_address no_trunk caller_not_allowed address_not_allowed no_rule no_rule_for_caller',
	'no_rule_for_number wrong_pin no_pin no_room unknown_rule two_trunks two_trunks_for_all two_rules',
].flatMap((line) => line.split(' '));

function wanted() {
	const [, seed] =
		/^--seed=(\d+)$/.exec(process.argv.find((given) => given.startsWith('--seed=')) ?? '') ?? [];
	const count = process.argv.slice(2).find((given) => /^\d+$/.test(given));
	return {
		calls: process.argv.includes('--all') ? 20_000 : Number(count ?? 2000),
		seed: Number(seed ?? 20_261_130),
	};
}

/** Builds the oracle with a protocol, and gives its program. */
async function build(args, to) {
	const { code, output } = await run('go', ['build', ...args, '-o', to, '.'], {
		cwd: folder,
		env: goEnvironment(),
	});
	if (code !== 0) throw new Error(`The oracle cannot be built:\n${output}`);
	return to;
}

/** What LiveKit's functions say of each world. */
async function ask(program, worlds, oracleCall) {
	const child = start(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
	const chunks = [];
	child.stdout.on('data', (chunk) => chunks.push(chunk));
	child.stdin.end(
		worlds
			.map((world) => JSON.stringify({ ...world, calls: world.calls.map(oracleCall) }))
			.join('\n'),
	);
	const code = await new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code !== 0) throw new Error(`The oracle ended with ${code}`);
	return Buffer.concat(chunks)
		.toString()
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

/** Throws with the first differences, if there are any. */
function none(found) {
	if (found.length === 0) return;
	const shown = found
		.slice(0, shownDifferences)
		.map(({ text, world }) => `${text}\n    in ${JSON.stringify(world)}`);
	throw new Error(`${found.length} differences:\n${shown.join('\n')}`);
}

/** Whether a check of the local LiveKit refuses what it is given. */
function accepts(check, given) {
	try {
		check(given);
		return true;
	} catch {
		return false;
	}
}

const byId = (objects, id) => [...objects].sort((one, other) => (one[id] < other[id] ? -1 : 1));

/** What the local LiveKit, which has a reading of its own, says of the trunks and rules of a world, against LiveKit's. */
function localDifferences(local, world, answer) {
	const { checkTrunkConflicts, checkRuleConflicts } = local;
	const trunks = accepts(checkTrunkConflicts, byId(world.trunks, 'sip_trunk_id'));
	const rules = accepts(checkRuleConflicts, byId(world.rules, 'sip_dispatch_rule_id'));
	return [
		...(trunks === answer.trunks.valid ? [] : [`trunks: accepted ${trunks}`]),
		...(rules === answer.rules.valid ? [] : [`rules: accepted ${rules}`]),
	];
}

async function compare(checks, { name, args, version }, worlds, kit, program) {
	const calls = worlds.length * callsOfWorld;
	const reading = kit.readingOf(version);
	const answers = await ask(await build(args, program), worlds, kit.oracleCall);
	const found = (differences) =>
		worlds.flatMap((world, index) =>
			differences(world, answers[index]).map((text) => ({ text, world })),
		);
	await checks.run(`${calls} calls and ${worlds.length} projects, with ${name}`, () =>
		none(found((world, answer) => kit.differences(world, answer, reading))),
	);
	return found;
}

const checks = new Checks();
const { calls, seed } = wanted();
const hasGo = (() => {
	try {
		return printed('go', ['version']) !== '';
	} catch {
		return false;
	}
})();
if (!hasGo) {
	checks.skip("our reading of calls against LiveKit's own", [
		'Go 1.26 or newer (apt: golang-go when new enough)',
	]);
} else {
	const kit = await loadTs('test/e2e/routing/compare.ts');
	const local = await loadTs('local/livekit/conflicts.ts');
	const worlds = kit.sampleWorlds(Math.ceil(calls / callsOfWorld), seed);
	const built = mkdtempSync(join(tmpdir(), 'routing-'));
	try {
		const [newest, older] = PROTOCOLS;
		const found = await compare(checks, newest, worlds, kit, join(built, 'newest'));
		await checks.run('the local LiveKit accepts and refuses the same trunks and rules', () =>
			none(found((world, answer) => localDifferences(local, world, answer))),
		);
		// The older protocol knows no strict mode, and panics at a caller without a name whose number is hidden.
		const olderWorlds = worlds
			.filter(({ strict }) => !strict)
			.map((world) => ({
				...world,
				calls: world.calls.map((call) => ({ ...call, caller: call.caller || 'anonymous' })),
			}));
		await compare(checks, older, olderWorlds, kit, join(built, 'older'));
		await checks.run('every reason is among the calls', () => {
			const seen = new Set(worlds.flatMap((world) => kit.reasonsOf(world)));
			const missing = REASONS.filter((reason) => !seen.has(reason));
			if (missing.length > 0) throw new Error(`not seen: ${missing.join(', ')}`);
		});
	} finally {
		rmSync(built, { recursive: true, force: true });
	}
}
checks.finish();
