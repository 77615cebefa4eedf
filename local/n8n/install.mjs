import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from '../child.mjs';
import { ensureNode24 } from './node24.mjs';
import { npm } from './npm.mjs';
import { fillOnce } from './once.mjs';
import { cacheRoot } from './paths.mjs';
import { withProgress } from './progress.mjs';

/** The newest 2.x and 1.x that the package is run on. */
export const n8nVersions = { newest: '2.41.1', oldest: '1.123.81' };

/** n8n 1.x names an xlsx that is not on npm; the newest one there does for us. */
const overrides = { '1.123.81': { xlsx: '0.18.5' } };

/** node-gyp takes Node's headers from here and downloads nothing, where the running Node came with them. */
function headersOfRunningNode() {
	const folder = dirname(dirname(process.execPath));
	return existsSync(join(folder, 'include', 'node', 'node.h'))
		? { npm_config_nodedir: folder }
		: {};
}

async function missingBuildTools() {
	const missing = [];
	for (const tool of ['python3', 'make', 'g++']) {
		const found = await run(tool, ['--version']).then(
			({ code }) => code === 0,
			() => false,
		);
		if (!found) missing.push(tool);
	}
	return missing;
}

/** The scripts of n8n's packages stay off; sqlite3 alone needs its own, for the database binding. */
async function buildSqlite(folder) {
	try {
		const env = headersOfRunningNode();
		await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
			cwd: folder,
			env,
		});
	} catch (cause) {
		const missing = process.platform === 'win32' ? [] : await missingBuildTools();
		if (missing.length === 0) throw cause;
		throw new Error(
			`n8n keeps its data in SQLite. There is no ready-made SQLite binding for this machine within reach, ` +
				`and building one needs tools that are missing here: ${missing.join(', ')}. Install them ` +
				`(Debian and Ubuntu: apt-get install ${missing.join(' ')}) and start again.`,
			{ cause },
		);
	}
}

/**
 * Installs a real n8n into the cache folder, once (3 to 4 minutes, up to 2.9 GB).
 *
 * @param {string} version one of `n8nVersions`
 * @returns {Promise<{node: string, bin: string, folder: string}>} the Node it runs on and its start script
 */
export async function ensureN8n(version) {
	const folder = join(cacheRoot, `n8n-${version}`);
	await fillOnce(folder, async (unfinished) => {
		const manifest = {
			private: true,
			dependencies: { n8n: version },
			overrides: overrides[version],
		};
		await writeFile(join(unfinished, 'package.json'), JSON.stringify(manifest, null, '\t'));
		await withProgress(
			`Installing n8n ${version} (only this once, takes some minutes)`,
			async () => {
				await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
					cwd: unfinished,
				});
			},
		);
	});
	// Apart from the install: when a compiler is missing here, the minutes above are not lost.
	const binding = join(folder, 'sqlite-is-ready');
	if (!existsSync(binding)) {
		await withProgress(
			`Preparing the database binding of n8n ${version}`,
			async () => await buildSqlite(folder),
		);
		await writeFile(binding, '');
	}
	// n8n 1.123 names Node 20.19 as enough, but its expression engine (isolated-vm 6) needs 22 or newer.
	const node = await ensureNode24();
	return { node, bin: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'), folder };
}
