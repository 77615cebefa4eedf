import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheRoot } from './paths.mjs';
import { privateFolder } from './private.mjs';

const fileOf = (folder) => join(folder, 'start.json');

/**
 * The folder in which the start command keeps its n8n from one start to the next, so that workflows
 * made in the editor survive. Each LiveKit server has its own: credentials of one never meet another.
 *
 * @param {string} [serverUrl] a real server; the local one when left out
 * @returns {string} absolute path
 */
export function homeFolder(serverUrl) {
	if (!serverUrl) return join(cacheRoot, 'home-local');
	const { host } = new URL(serverUrl);
	const hash = createHash('sha256').update(serverUrl).digest('hex').slice(0, 8);
	return join(cacheRoot, `home-${host.replace(/[^\w.-]/g, '_')}-${hash}`);
}

/**
 * Says so if a folder that the user named holds something else than a home: it is going to be closed for all other users,
 * and `--reset` removes it.
 *
 * @param {string} folder absolute path
 * @throws when it is neither new, nor empty, nor a home of an earlier start
 */
export async function checkHome(folder) {
	const names = await readdir(folder).catch((cause) => {
		if (cause.code === 'ENOENT') return [];
		throw cause;
	});
	if (names.length > 0 && !names.includes(basename(fileOf(folder))))
		throw new Error(`${folder} holds other things. Name a folder that is new or empty: --home DIR`);
}

/**
 * What the start command remembers about a home: the owner's login, what it imported, who runs.
 *
 * @param {string} folder from `homeFolder`
 * @returns {Promise<{owner: {email: string, firstName: string, lastName: string, password: string},
 *   imported: Record<string, string>, running?: {pid: number, url: string}, liveKitPort?: number}>}
 */
export async function readState(folder) {
	await privateFolder(folder);
	const stored = await readFile(fileOf(folder), 'utf8').then(JSON.parse, () => ({}));
	const owner = {
		email: 'owner@n8n.local',
		firstName: 'LiveKit',
		lastName: 'Quickstart',
		password: `Quickstart-${randomBytes(5).toString('hex')}`,
	};
	const state = { owner, imported: {}, ...stored };
	// At once: by this file a start that was interrupted knows the folder for its own.
	await writeState(folder, state);
	return state;
}

/** Writes the state down, readable for its owner only: it holds a password. */
export async function writeState(folder, state) {
	await writeFile(fileOf(folder), JSON.stringify(state, null, '\t'), { mode: 0o600 });
}

/**
 * Whether another start command uses this home. Two would share one database.
 *
 * @param {{running?: {pid: number, url: string}}} state
 */
export async function isInUse({ running }) {
	if (!running || running.pid === process.pid) return false;
	try {
		process.kill(running.pid, 0);
		return (await fetch(`${running.url}/healthz`)).ok;
	} catch {
		return false;
	}
}

/** Forgets everything that was kept, the user's own workflows too. */
export async function removeHome(folder) {
	await rm(folder, { recursive: true, force: true });
}
