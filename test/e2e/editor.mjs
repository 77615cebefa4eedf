// n8n's real editor in headless Chromium, driven as a person does: the node added, a trunk picked by name, a dispatch rule
// and calls executed, the triggers, the campaign imported, names and phrases of strangers shown. `--pictures` takes the pictures
// of docs/ again; words run only the parts, and take only the pictures, whose name holds them all.
// Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { Checks } from './checks.mjs';
import { findChromium, openEditor } from './editor/browser.mjs';
import { checkCallTrigger } from './editor/call-trigger.mjs';
import { checkFound } from './editor/found.mjs';
import { checkCampaign } from './editor/import.mjs';
import { takePictures } from './editor/pictures.mjs';
import { checkPlace } from './editor/place.mjs';
import { checkRoute } from './editor/route.mjs';
import { checkRule } from './editor/rule.mjs';
import { checkStrangers } from './editor/strangers.mjs';
import { startStage } from './editor/stage.mjs';
import { checkTrigger } from './editor/trigger.mjs';

const parts = {
	'search for the package': checkFound,
	'dispatch rule': checkRule,
	// After it, since it asks about that rule.
	'dispatch rule and who answers': checkRoute,
	call: checkPlace,
	trigger: checkTrigger,
	'call trigger': checkCallTrigger,
	campaign: checkCampaign,
	"strangers' text": checkStrangers,
};

await ensureDependencies();
await ensureBuilt();
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isWanted = (name) => words.every((word) => name.includes(word));
const checks = new Checks();
const ending = [];

async function checkEditor(executable) {
	const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-editor-'));
	ending.push(async () => await rm(folder, { recursive: true, force: true }));
	const stage = await startStage({ folder, ending });
	const page = await openEditor({ executable, url: stage.n8n.url, ending });
	for (const [name, check] of Object.entries(parts)) {
		if (!isWanted(name)) continue;
		await checks.run(
			`the ${name} runs to its end`,
			async () => await check(checks, { page, ...stage }),
		);
	}
	if (process.argv.includes('--pictures')) await takePictures({ page, ...stage }, isWanted);
}

try {
	const executable = await findChromium();
	if (executable)
		await checks.run(
			'the editor tests run to their end',
			async () => await checkEditor(executable),
		);
	else
		checks.skip('the editor', [
			'Chromium (Debian: apt-get install chromium), on the PATH or in CHROMIUM_BIN',
		]);
} finally {
	for (const end of ending.reverse()) await end();
	checks.finish();
}
