import { chmod, lstat, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const others = 0o077;

/** Takes the rights of all but the owner away, from a folder and all that is in it. Links are left alone. */
async function narrow(path) {
	const found = await lstat(path);
	if (found.isSymbolicLink()) return;
	// From the top: once nobody else can enter, nothing below is in reach while the rest goes on.
	if (found.mode & others) await chmod(path, found.mode & 0o700);
	if (!found.isDirectory()) return;
	for (const name of await readdir(path)) await narrow(join(path, name));
}

/**
 * Makes a folder that only its owner can enter, or makes one that is there so, with all that is in it. On Windows, which
 * has no such modes, a folder below the user's own has their rights.
 *
 * @param {string} folder absolute path
 * @throws when the folder belongs to another user, who could widen it again
 */
export async function privateFolder(folder) {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	if (process.platform === 'win32') return;
	const { mode, uid } = await lstat(folder);
	if (uid !== process.getuid())
		throw new Error(`${folder} belongs to another user. Name a folder of your own.`);
	if (mode & others) await narrow(folder);
}
