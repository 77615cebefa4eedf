// n8n in queue mode: one main, workers and webhook processes, each with a user folder of its own and the packed tarball in it.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nInstance } from '../../../local/n8n/instance.mjs';
import { installPackage } from '../../../local/n8n/package.mjs';

/** Who owns each of them. */
export const owner = {
	email: 'owner@n8n.local',
	firstName: 'Queue',
	lastName: 'Mode',
	password: 'Queue-mode-1',
};

/** A worker that is gone shows after the lock of its jobs has run out: n8n's 60 and 30 seconds, shortened for the test. */
const impatient = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/**
 * Starts all of them and signs the owner in.
 *
 * @param {{version: string, folder: string, tarball: string, workers: number, concurrency: number,
 *   env: Record<string, string>, receivers?: number}} options folder: absolute, for the user folders; env: the services of
 *   queue mode, and more settings; receivers: how many webhook processes
 * @returns {Promise<{main: N8nInstance, workers: N8nInstance[], receivers: N8nInstance[], executionsStartedBy(worker: N8nInstance): Promise<string[]>, stop(): Promise<void>}>}
 */
export async function startCluster({
	version,
	folder,
	tarball,
	workers: count,
	concurrency,
	env,
	receivers: receiverCount = 0,
}) {
	const all = {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
		...impatient,
		...env,
	};
	const make = async (name, more) => {
		const userFolder = join(folder, name);
		const n8n = await N8nInstance.create({ version, userFolder, env: all, ...more });
		await installPackage(tarball, userFolder);
		return n8n;
	};
	const main = await make('main', {});
	const workers = [];
	const receivers = [];
	const stop = async () => {
		await Promise.all([main, ...workers, ...receivers].map(async (n8n) => await n8n.stop()));
	};
	try {
		// One after the other: the main brings the database up to date, which workers wait for.
		await main.start();
		await main.rest.signIn(owner);
		for (let index = 0; index < count; index++)
			workers.push(await make(`worker-${index + 1}`, { concurrency }));
		for (let index = 0; index < receiverCount; index++)
			receivers.push(await make(`receiver-${index + 1}`, { webhooks: true }));
		await Promise.all([...workers, ...receivers].map(async (one) => await one.start()));
	} catch (cause) {
		await stop();
		throw cause;
	}
	const executionsStartedBy = async (worker) =>
		[...(await readFile(worker.logFile, 'utf8')).matchAll(/Worker started execution (\d+)/g)].map(
			([, id]) => id,
		);
	return { main, workers, receivers, executionsStartedBy, stop };
}
