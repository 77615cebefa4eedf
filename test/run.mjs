// npm test: on a fresh clone it first installs what it needs, says how long that took, then runs jest.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../local/n8n/build.mjs';
import { ensureDependencies } from '../local/n8n/dependencies.mjs';
import { repoRoot } from '../local/n8n/paths.mjs';
import { secondsSince } from '../local/n8n/progress.mjs';

// What the tests leave behind goes with this folder: a worker that jest ends cannot clear up after itself.
const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-livekit-sip-tests-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));

const engineOf1x = join(repoRoot, 'test', 'engine', 'core-1x');

const ignore = (pattern) => `--testPathIgnorePatterns=<rootDir>/test/${pattern}`;

/** Runs jest with the terminal of this process; resolves with its exit code (1 when a signal ended it). */
async function jest(args, env = {}) {
	const bin = join(repoRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	return await new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [bin, '-c', join(repoRoot, 'jest.config.cjs'), ...args], {
			cwd: repoRoot,
			stdio: 'inherit',
			env: { ...process.env, TMPDIR: temporary, ...env },
		});
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

try {
	const installing = (await ensureDependencies()) + (await ensureDependencies(engineOf1x));
	if (installing > 0)
		console.log(`Installing took ${installing.toFixed(1)} s, the tests start now.`);
	const start = performance.now();
	await ensureBuilt();

	const passedOn = process.argv.slice(2);
	// All of it runs in groups (test/engine/together), a chosen file by itself.
	const grouping =
		passedOn.length === 0 ? ignore('engine/[^/]*\\.test\\.ts$') : ignore('engine/together/');
	const everything = await jest([...passedOn, '--testPathIgnorePatterns=/node_modules/', grouping]);
	// The engine tests once more on the engine of n8n 1.x, which keeps timers running: hence --forceExit.
	console.log('\nThe engine tests on the engine of n8n 1.x:');
	const on1x = await jest(
		[
			...passedOn,
			'--forceExit',
			'--testPathIgnorePatterns=/node_modules/',
			grouping,
			ignore('(?!engine/)'),
			ignore('engine/together/newest'),
			// A file named on the command line may be none of them.
			...(passedOn.length > 0 ? ['--passWithNoTests'] : []),
		],
		{ N8N_CORE_FOLDER: engineOf1x },
	);
	console.log(`\nnpm test took ${secondsSince(start)}, installing apart.`);
	process.exitCode = everything || on1x;
} catch (cause) {
	console.error(cause.message);
	process.exitCode = 1;
}
