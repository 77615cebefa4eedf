import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (cause) {
		return cause.code === 'EPERM';
	}
}

/**
 * Fills a folder once, whatever happens in between: the work goes on under a temporary name and the
 * folder appears, complete, by one rename. What an interrupted run left behind is removed.
 *
 * @param {string} folder absolute path that is to exist
 * @param {(unfinished: string) => Promise<void>} fill fills the (empty, existing) folder given to it
 * @returns {Promise<string>} `folder`
 */
export async function fillOnce(folder, fill) {
	if (existsSync(folder)) return folder;
	const parent = dirname(folder);
	const prefix = `${basename(folder)}.unfinished-`;
	await mkdir(parent, { recursive: true });
	for (const name of await readdir(parent)) {
		const abandoned = name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)));
		if (abandoned) await rm(join(parent, name), { recursive: true, force: true });
	}
	const unfinished = join(parent, `${prefix}${process.pid}`);
	await rm(unfinished, { recursive: true, force: true });
	await mkdir(unfinished);
	await fill(unfinished);
	try {
		await rename(unfinished, folder);
	} catch (cause) {
		// Another process was faster; its folder is as good as ours.
		if (!existsSync(folder)) throw cause;
		await rm(unfinished, { recursive: true, force: true });
	}
	return folder;
}
