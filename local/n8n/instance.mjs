import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureN8n } from './install.mjs';
import { lastLines, run } from './progress.mjs';
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

/** n8n reads hundreds of variables: those of another n8n that the user runs must not reach this one. */
function inheritedEnvironment() {
	const ofN8n =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL|GENERIC_TIMEZONE|NODE_OPTIONS|NODE_ENV|npm_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofN8n.test(name)));
}

/** A quiet n8n that talks to nobody: no diagnostics, version checks, templates, banners, licence renewal. */
function n8nEnvironment({ version, userFolder, port, brokerPort, node }) {
	return {
		...inheritedEnvironment(),
		PATH: [dirname(node), process.env.PATH].join(delimiter),
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		// This module of 2.x fetches a list of servers from n8n at every start.
		...(version.startsWith('1.') ? {} : { N8N_DISABLED_MODULES: 'mcp-registry' }),
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		DB_SQLITE_POOL_SIZE: '2',
		NO_COLOR: '1',
	};
}

/** What makes an n8n process a worker of queue mode that tells over HTTP on loopback when it is ready. */
function workerEnvironment(port) {
	return {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
}

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
	constructor({ installation, userFolder, port, env, concurrency }) {
		this.#installation = installation;
		this.#env = env;
		this.#command = concurrency ? ['worker', `--concurrency=${concurrency}`] : ['start'];
		// `/rest/settings` answers only when all modules are up; `/healthz` alone answers earlier.
		this.#readyPaths = concurrency ? ['/healthz/readiness'] : ['/healthz', '/rest/settings'];
		this.userFolder = userFolder;
		this.logFile = join(userFolder, 'n8n.log');
		this.url = `http://127.0.0.1:${port}`;
		this.rest = new N8nRest(this.url);
	}

	/**
	 * @param {{version: string, userFolder: string, port?: number, env?: Record<string, string>, concurrency?: number}} options
	 *   port: taken when it is free, another one otherwise; env: wins over the settings of this file; concurrency: makes it
	 *   a worker of queue mode that runs so many executions at once
	 */
	static async create({ version, userFolder, port, env = {}, concurrency }) {
		const installation = await ensureN8n(version);
		await mkdir(userFolder, { recursive: true });
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
		return new N8nInstance({ installation, userFolder, port: ownPort, env: all, concurrency });
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
		const { code, output } = await run(node, [bin, ...args], { cwd: this.userFolder, env });
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
		const log = openSync(this.logFile, 'w');
		// A group of its own: Ctrl-C on the terminal reaches only this process, which then stops n8n in order.
		this.#child = spawn(node, [bin, ...this.#command], {
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

	/** Asks n8n to end, and ends it after 10 seconds. Resolves when it is gone. */
	async stop() {
		const child = this.#child;
		if (!child?.pid) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const timer = setTimeout(() => endGroup(child.pid), stopWithinMs);
		await gone;
		clearTimeout(timer);
	}
}
