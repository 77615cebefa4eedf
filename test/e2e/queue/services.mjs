// What queue mode needs beside n8n: PostgreSQL and Redis as Debian ships them, on free loopback ports, in a temporary folder.
import {
	chownSync,
	closeSync,
	existsSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { printed, run, start } from '../../../local/child.mjs';
import { freePort } from '../real-livekit.mjs';

const readyWithinMs = 180_000;
const stopWithinMs = 30_000;
const debian = '/usr/lib/postgresql';

/** Folders that may hold a program: those of the PATH, and Debian's own for PostgreSQL, newest version first. */
function folders() {
	const versions = existsSync(debian)
		? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
		: [];
	return [
		...versions.map((version) => join(debian, version, 'bin')),
		...process.env.PATH.split(delimiter),
	];
}

function program(name) {
	return folders()
		.map((folder) => join(folder, name))
		.find((path) => existsSync(path));
}

/** PostgreSQL refuses to run as root: the user that Debian's package makes for it, undefined where nobody is root. */
function databaseUser() {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = (flag) => Number(printed('id', [flag, 'postgres']));
	return { uid: idOf('-u'), gid: idOf('-g') };
}

/**
 * What this machine lacks for queue mode, one line each with the way to get it. Empty means: ready.
 *
 * @returns {string[]}
 */
export function missingServices() {
	const wanted = {
		initdb: 'postgresql',
		postgres: 'postgresql',
		psql: 'postgresql-client',
		'redis-server': 'redis-server',
	};
	const lacking = Object.entries(wanted).filter(([name]) => !program(name));
	return lacking.map(([name, aptPackage]) => `${name}: apt-get install ${aptPackage}`);
}

/** What a program printed to its standard output; throws with all that it printed when it did not end well. */
async function execute(command, args, options) {
	const { code, output, printed: text } = await run(command, args, options);
	if (code !== 0) throw new Error(output);
	return text.trim();
}

async function end(child, signal) {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill(signal);
	await Promise.race([gone, delay(stopWithinMs)]);
	if (child.exitCode === null && child.signalCode === null) {
		child.kill('SIGKILL');
		await gone;
	}
}

async function launch(name, args, { folder, user, isReady, signal = 'SIGTERM' }) {
	const logFile = join(folder, `${name}.log`);
	const log = openSync(logFile, 'a');
	const child = start(program(name), args, { cwd: folder, stdio: ['ignore', log, log], ...user });
	closeSync(log);
	let fault;
	child.on('error', (cause) => (fault = cause));
	const endNow = () => child.kill('SIGKILL');
	process.once('exit', endNow);
	const stop = async () => {
		process.off('exit', endNow);
		await end(child, signal);
	};
	const deadline = performance.now() + readyWithinMs;
	while (!fault && child.exitCode === null && performance.now() < deadline) {
		if (
			await isReady().then(
				() => true,
				() => false,
			)
		)
			return stop;
		await delay(100);
	}
	await stop();
	throw new Error(
		`${name} did not start. ${fault ?? ''} Its log ends with:\n${readFileSync(logFile, 'utf8').slice(-2000)}`,
	);
}

async function startPostgres(folder) {
	const user = databaseUser();
	const port = await freePort();
	const data = join(folder, 'data');
	await execute(
		program('initdb'),
		['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
		{ cwd: folder, ...user },
	);
	// What a crash of the whole machine would cost does not matter here.
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
	const sql = async (database, statement) => {
		const connection = ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'n8n', '-d', database];
		return await execute(
			program('psql'),
			[...connection, '-v', 'ON_ERROR_STOP=1', '-At', '-c', statement],
			{ cwd: folder },
		);
	};
	const stop = await launch('postgres', ['-D', data, '-p', `${port}`, ...args], {
		folder,
		user,
		isReady: async () => await sql('postgres', 'SELECT 1'),
		// Fast shutdown: it ends what is connected instead of waiting for it.
		signal: 'SIGINT',
	});
	return { port, sql, stop };
}

async function startRedis(folder) {
	const port = await freePort();
	const cli = async (...command) =>
		await execute(program('redis-cli'), ['-h', '127.0.0.1', '-p', `${port}`, ...command]);
	const args = [
		'--port',
		`${port}`,
		'--bind',
		'127.0.0.1',
		'--save',
		'',
		'--appendonly',
		'no',
		'--dir',
		folder,
	];
	const stop = await launch('redis-server', args, {
		folder,
		isReady: async () => await cli('PING'),
	});
	return { port, stop };
}

/**
 * Starts PostgreSQL and Redis.
 *
 * @returns {Promise<{environment(database: string): Promise<Record<string, string>>, stop(): Promise<void>}>}
 *   environment: makes a database and gives the variables that let an n8n use it, and Redis with keys of its own
 */
export async function startServices() {
	const folder = mkdtempSync(join(tmpdir(), 'livekit-sip-services-'));
	const user = databaseUser();
	if (user) chownSync(folder, user.uid, user.gid);
	const stops = [];
	const stop = async () => {
		await Promise.all(stops.map((end) => end()));
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const started = await Promise.allSettled([startPostgres(folder), startRedis(folder)]);
		stops.push(...started.filter(({ value }) => value).map(({ value }) => value.stop));
		const broken = started.find(({ reason }) => reason);
		if (broken) throw broken.reason;
		const [postgres, redis] = started.map(({ value }) => value);
		const environment = async (database) => {
			await postgres.sql('postgres', `CREATE DATABASE "${database}"`);
			return {
				DB_TYPE: 'postgresdb',
				DB_POSTGRESDB_HOST: '127.0.0.1',
				DB_POSTGRESDB_PORT: `${postgres.port}`,
				DB_POSTGRESDB_DATABASE: database,
				DB_POSTGRESDB_USER: 'n8n',
				DB_POSTGRESDB_PASSWORD: 'n8n',
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: `${redis.port}`,
				QUEUE_BULL_PREFIX: database,
				N8N_REDIS_KEY_PREFIX: database,
			};
		};
		return { environment, stop };
	} catch (cause) {
		await stop();
		throw cause;
	}
}
