import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { run, start } from '../child.mjs';
import { n8nEnvironment, workerEnvironment } from './environment.mjs';
import { ensureN8n } from './install.mjs';
import { privateFolder } from './private.mjs';
import { lastLines } from './progress.mjs';
import { N8nRest } from './rest.mjs';

const readyWithinMs = 300_000;
const stopWithinMs = 10_000;

/**
 * A free TCP port on loopback.
 *
 * @param {number} [wanted] taken when it is free
 * @returns {Promise<number>}
 */
export async function freePort(wanted = 0) {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', (cause) => (wanted ? resolve(freePort()) : reject(cause)));
		server.listen(wanted, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** Narrows what n8n writes, see there. */
const umask = fileURLToPath(new URL('umask.cjs', import.meta.url));

/** Ends n8n together with its task runner, at once. */
function endGroup(pid) {
	process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
}

/**
 * A real n8n on loopback, with its own user folder.
 *
 * ```js
 * const n8n = await N8nInstance.create({ version: '2.41.1', userFolder });
 * await n8n.cli(['import:workflow', '--input=quickstart.json']);
 * await n8n.start();
 * await n8n.rest.signIn(owner);
 * await n8n.stop();
 * ```
 */
export class N8nInstance {
	#child;
	#command;
	#env;
	#installation;
	#readyPaths;

	/** Use `create`: the ports and the installation come from promises. */
	constructor({ installation, userFolder, port, env, concurrency, webhooks }) {
		this.#installation = installation;
		this.#env = env;
		const besides = webhooks ? ['webhook'] : ['worker', `--concurrency=${concurrency}`];
		const isMain = !webhooks && !concurrency;
		this.#command = isMain ? ['start'] : besides;
		// `/rest/settings` answers only when all modules are up; `/healthz` alone answers earlier.
		this.#readyPaths = isMain ? ['/healthz', '/rest/settings'] : ['/healthz/readiness'];
		this.userFolder = userFolder;
		this.logFile = join(userFolder, 'n8n.log');
		this.url = `http://127.0.0.1:${port}`;
		this.rest = new N8nRest(this.url);
	}

	/**
	 * @param {{version: string, userFolder: string, port?: number, env?: Record<string, string>, concurrency?: number,
	 *   webhooks?: boolean}} options port: taken when it is free, another one otherwise; env: wins over the settings of this
	 *   file; concurrency: makes it a worker of queue mode that runs so many executions at once; webhooks: makes it a process
	 *   of queue mode that only takes webhooks
	 */
	static async create({ version, userFolder, port, env = {}, concurrency, webhooks }) {
		const installation = await ensureN8n(version);
		await privateFolder(userFolder);
		await privateFolder(join(userFolder, '.n8n'));
		const ownPort = await freePort(port);
		const brokerPort = await freePort();
		const own = n8nEnvironment({
			version,
			userFolder,
			port: ownPort,
			brokerPort,
			node: installation.node,
		});
		const all = { ...own, ...(concurrency ? workerEnvironment(ownPort) : {}), ...env };
		return new N8nInstance({
			installation,
			userFolder,
			port: ownPort,
			env: all,
			concurrency,
			webhooks,
		});
	}

	/** Process id of the running n8n, undefined when it does not run. */
	get pid() {
		return this.#child?.pid;
	}

	/**
	 * Runs one of n8n's own commands, such as `import:credentials` or `execute`.
	 *
	 * @param {string[]} args
	 * @returns {Promise<string>} what it printed
	 * @throws when it ends with another code than 0
	 */
	async cli(args) {
		const { node, bin } = this.#installation;
		const brokerPort = String(await freePort());
		const env = { ...this.#env, N8N_RUNNERS_BROKER_PORT: brokerPort };
		const { code, output } = await run(node, ['--require', umask, bin, ...args], {
			cwd: this.userFolder,
			env,
		});
		if (code !== 0)
			throw new Error(`n8n ${args[0]} ended with code ${code}:\n${lastLines(output)}`);
		return output;
	}

	/**
	 * Runs statements on the database of an n8n that is not running, with n8n's own SQLite.
	 *
	 * @param {[string, unknown[]][]} statements SQL with its values
	 */
	async query(statements) {
		const sqlite = createRequire(join(this.#installation.folder, 'package.json'))('sqlite3');
		const database = new sqlite.Database(join(this.userFolder, '.n8n', 'database.sqlite'));
		try {
			for (const [sql, values] of statements) {
				await new Promise((resolve, reject) => {
					database.run(sql, values, (cause) => (cause ? reject(cause) : resolve()));
				});
			}
		} finally {
			await new Promise((resolve) => database.close(resolve));
		}
	}

	/**
	 * Starts n8n and waits until it serves requests. Its output goes to `logFile`. It ends with this process at the latest.
	 *
	 * @throws with the end of the log, when it ends or is not ready within 5 minutes
	 */
	async start() {
		const { node, bin } = this.#installation;
		const log = openSync(this.logFile, 'w', 0o600);
		// A group of its own: Ctrl-C on the terminal reaches only this process, which then stops n8n in order.
		this.#child = start(node, ['--require', umask, bin, ...this.#command], {
			cwd: this.userFolder,
			env: this.#env,
			stdio: ['ignore', log, log],
			detached: process.platform !== 'win32',
		});
		closeSync(log);
		const child = this.#child;
		const endNow = () => endGroup(child.pid);
		process.once('exit', endNow);
		let ended;
		child.on('error', (cause) => (ended = cause.message));
		child.on('exit', (code, signal) => {
			process.off('exit', endNow);
			ended = `it ended with ${signal ?? `code ${code}`}`;
			if (this.#child === child) this.#child = undefined;
		});
		const deadline = performance.now() + readyWithinMs;
		while (!ended && performance.now() < deadline) {
			if (await this.#isReady()) return;
			await delay(200);
		}
		await this.stop();
		const written = await readFile(this.logFile, 'utf8');
		throw new Error(
			`n8n did not start: ${ended ?? 'it was not ready within 5 minutes'}. Its log ends with:\n${lastLines(written)}`,
		);
	}

	async #isReady() {
		try {
			for (const path of this.#readyPaths) {
				const answer = await fetch(`${this.url}${path}`);
				if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return false;
			}
			return true;
		} catch {
			return false;
		}
	}

	/** Ends n8n at once, as a crash does (SIGKILL). Resolves when it is gone. */
	async kill() {
		const child = this.#child;
		if (!child?.pid) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		endGroup(child.pid);
		await gone;
	}

	/**
	 * Asks n8n to end, as a service manager does (SIGTERM), and ends it at once if it still runs after a while. Resolves when
	 * it is gone.
	 *
	 * @param {number} [withinMs] how long n8n may take
	 * @returns {Promise<number | null | undefined>} its exit code, null if it had to be killed, undefined if it did not run
	 */
	async stop(withinMs = stopWithinMs) {
		const child = this.#child;
		if (!child?.pid) return;
		const gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
		child.kill('SIGTERM');
		const timer = setTimeout(() => endGroup(child.pid), withinMs);
		const code = await gone;
		clearTimeout(timer);
		return code;
	}
}
