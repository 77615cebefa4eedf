import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = join(__dirname, '..', '..');

test('output schemas and the tables of the documentation are up to date', async () => {
	// Rejects, with the outdated files in its message, when the exit code is not 0.
	const { stdout } = await run(process.execPath, ['tools/generate.mjs', '--check'], {
		cwd: repository,
	}).catch(({ stdout: files, stderr }: { stdout: string; stderr: string }) =>
		Promise.reject(new Error(files || stderr)),
	);
	expect(stdout).toBe('');
});
