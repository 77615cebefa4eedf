// npm test: on a fresh clone it first installs what it needs, says how long that took, then runs jest.
// Arguments go to jest (npm test -- test/livekit).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from '../local/n8n/dependencies.mjs';
import { repoRoot } from '../local/n8n/paths.mjs';
import { secondsSince } from '../local/n8n/progress.mjs';

/** Runs jest with the terminal of this process; resolves with its exit code (1 if a signal ended it). */
async function jest(args) {
	const bin = join(repoRoot, 'node_modules', 'jest', 'bin', 'jest.js');
	return await new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [bin, ...args], { cwd: repoRoot, stdio: 'inherit' });
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

try {
	const engineOf1x = join(repoRoot, 'test', 'engine', 'core-1x');
	const installing = (await ensureDependencies()) + (await ensureDependencies(engineOf1x));
	if (installing > 0)
		console.log(`Installing took ${installing.toFixed(1)} s, the tests start now.`);
	const start = performance.now();
	process.exitCode = await jest(process.argv.slice(2));
	console.log(`\nnpm test took ${secondsSince(start)}, installing apart.`);
} catch (cause) {
	console.error(cause.message);
	process.exitCode = 1;
}
