// n8n's real editor in headless Chromium, driven as a person does: the node added, a trunk picked by name, a dispatch rule
// and calls executed, the triggers, the campaign imported, names and phrases of strangers shown. `--pictures` takes the pictures
// of docs/ again; `--all` looks at the notes of all examples, and counts the first hour on the older major too; a word runs
// only the parts whose name holds it.
// Ends with: N passed, N failed[, N skipped].
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';
import { n8nVersions } from '../../local/n8n/install.mjs';
import { Checks } from './checks.mjs';
import { findChromium, openEditor } from './editor/browser.mjs';
import { checkCallTrigger } from './editor/call-trigger.mjs';
import { checkFirstHour } from './editor/first-hour.mjs';
import { checkFound } from './editor/found.mjs';
import { checkCampaign } from './editor/import.mjs';
import { checkNotes } from './editor/notes.mjs';
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
	'notes of the examples': checkNotes,
	// Last, since it adds a trunk.
	'first hour': checkFirstHour,
};
/** With `--all`: what takes long, and what 1.x is looked at for as well. */
const longParts = ['notes of the examples'];
const partsOfBoth = ['first hour'];

await ensureDependencies();
await ensureBuilt();
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** `--pictures` takes all, `--pictures=call-list,trigger` those whose names hold one of these. */
const pictures = process.argv
	.find((given) => /^--pictures(=|$)/.test(given))
	?.split(/[=,]/)
	.slice(1);
const checks = new Checks();

/** The parts of one major, in an n8n of its own. */
async function checkEditor(executable, version, names) {
	const folder = await mkdtemp(join(tmpdir(), 'livekit-sip-editor-'));
	const ending = [async () => await rm(folder, { recursive: true, force: true })];
	try {
		const stage = await startStage({ version, folder, ending });
		const page = await openEditor({ executable, url: stage.n8n.url, ending });
		for (const name of names)
			await checks.run(
				`the ${name} runs to its end`,
				async () => await parts[name](checks, { page, ...stage }),
			);
		if (version === n8nVersions.newest && pictures)
			await takePictures({ page, ...stage }, pictures);
	} finally {
		for (const end of ending.reverse()) await end();
	}
}

async function checkMajors(executable) {
	const all = process.argv.includes('--all');
	const isWanted = (name) =>
		words.every((word) => name.includes(word)) && (all || !longParts.includes(name));
	await checkEditor(executable, n8nVersions.newest, Object.keys(parts).filter(isWanted));
	const again = partsOfBoth.filter(isWanted);
	if (all && again.length > 0) await checkEditor(executable, n8nVersions.oldest, again);
}

try {
	const executable = await findChromium();
	if (executable)
		await checks.run(
			'the editor tests run to their end',
			async () => await checkMajors(executable),
		);
	else
		checks.skip('the editor', [
			'Chromium (Debian: apt-get install chromium), on the PATH or in CHROMIUM_BIN',
		]);
} finally {
	checks.finish();
}
