// The campaign, hand-over and AI tool templates in a real n8n of both majors against the local LiveKit: schedules that
// overlap, kill -9 and SIGTERM in the middle of a batch, retries by hand, mistakes that meet everybody, ends of calls
// that LiveKit tells; 1,000 calls at 50 per second. `--all`: every moment of the
// kill and every way of waiting, else one each. `--only=kills,pace` runs some. Ends with: N passed, N failed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { packPackage } from '../../local/n8n/package.mjs';
import { checkAiTool } from './campaign/ai-tool.mjs';
import { checkCodeVariant } from './campaign/code-variant.mjs';
import { checkEnds } from './campaign/ends.mjs';
import { checkHandover } from './campaign/handover.mjs';
import { checkKills } from './campaign/kill.mjs';
import { checkMistakes } from './campaign/mistakes.mjs';
import { checkOverlap } from './campaign/overlap.mjs';
import { checkPace } from './campaign/pace.mjs';
import { checkRetries } from './campaign/retry.mjs';
import { checkStop } from './campaign/stop.mjs';
import { World } from './campaign/world.mjs';
import { Checks } from './checks.mjs';

const parts = {
	handover: checkHandover,
	aiTool: checkAiTool,
	overlap: checkOverlap,
	retries: checkRetries,
	mistakes: checkMistakes,
	kills: checkKills,
	stop: checkStop,
	ends: checkEnds,
	codeVariant: checkCodeVariant,
	pace: checkPace,
};
const option = (name) =>
	process.argv
		.find((given) => given.startsWith(`--${name}=`))
		?.split('=')[1]
		.split(',');
const chosen = option('only') ?? Object.keys(parts);
const versions = option('n8n') ?? Object.values(n8nVersions);
const all = process.argv.includes('--all');

await ensureDependencies();
await ensureBuilt();
const checks = new Checks();
const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-campaign-'));
const ending = [async () => await rm(folder, { recursive: true, force: true })];

async function runPart(world, name, check) {
	await checks.run(
		`${world.label}: ${name} runs to its end`,
		async () => await check(checks, world, { all }),
	);
}

async function checkMajor(version, tarball) {
	const world = await World.create({ version, tarball, folder, ending });
	for (const [name, check] of Object.entries(parts))
		if (chosen.includes(name)) await runPart(world, name, check);
	await world.stop();
}

async function checkAll() {
	const tarball = await packPackage(folder);
	// Both wait for schedules and answers most of the time.
	const majors = await Promise.allSettled(
		versions.map(async (version) => await checkMajor(version, tarball)),
	);
	const failed = majors.find(({ status }) => status === 'rejected');
	if (failed) throw failed.reason;
}

try {
	await checks.run('the campaign tests run to their end', checkAll);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
