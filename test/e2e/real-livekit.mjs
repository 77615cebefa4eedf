// Starts a real livekit-server with a Redis of its own, for tests that want LiveKit's word rather than ours.
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	closeSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer, connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { goEnvironment, printed, run, start } from '../../local/child.mjs';

const MODULE = 'github.com/livekit/livekit-server/cmd/server';
const DEFAULT_VERSION = 'v1.13.5';
const KEY = 'devkey';
const SECRET = 'secret-of-at-least-32-characters-long';
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 30_000;
const BUILD_TIMEOUT_MS = 15 * 60_000;

/** Folder of a livekit-server version outside the repo; the binary in it is called `server`, as `go install` names it. */
export function serverFolder(version, cacheDir) {
	const root =
		cacheDir ??
		join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-livekit-sip');
	return join(root, `livekit-${version}`);
}

/** The user's own binary, for the default version alone: in the place of others it would be tested under their name. */
function givenBinary(version) {
	return (version === DEFAULT_VERSION && process.env.LIVEKIT_SERVER_BIN) || undefined;
}

function onPath(program, args) {
	try {
		printed(program, args);
		return true;
	} catch (fault) {
		return fault.code !== 'ENOENT';
	}
}

/**
 * What this machine lacks to run a real LiveKit, one line each with the way to get it. Empty means: ready.
 * @returns {string[]}
 */
export function missing({ version = DEFAULT_VERSION, cacheDir } = {}) {
	const lacking = [];
	const given = givenBinary(version);
	const binary = given ?? join(serverFolder(version, cacheDir), 'server');
	if (given && !existsSync(given))
		lacking.push(
			`livekit-server ${version}: LIVEKIT_SERVER_BIN is ${given}, where there is no file`,
		);
	else if (!existsSync(binary) && !onPath('go', ['version'])) {
		const other = version === DEFAULT_VERSION ? ', or set LIVEKIT_SERVER_BIN' : '';
		lacking.push(
			`livekit-server ${version}: no binary at ${binary} and no Go to build it. Install Go 1.26 or newer (apt: golang-go when new enough)${other}`,
		);
	}
	if (!onPath('redis-server', ['--version'])) {
		lacking.push(
			'redis-server: install the apt package redis-server (apt-get install redis-server)',
		);
	}
	return lacking;
}

/** What a binary says of itself, such as `v1.13.5`. */
function versionOf(binary) {
	const said = printed(binary, ['--version']);
	const [, number] = /\bversion v?(\S+)/.exec(said) ?? [];
	return number ? `v${number}` : said.trim();
}

/**
 * Path of the livekit-server binary, built with `go install` into the cache folder when it is not there yet.
 *
 * @throws when the binary is not of that version: what is tested on it would be told of another one
 */
export async function serverBinary({ version = DEFAULT_VERSION, cacheDir } = {}) {
	const folder = serverFolder(version, cacheDir);
	const binary = givenBinary(version) ?? join(folder, 'server');
	if (!existsSync(binary)) await build(version, folder);
	const found = versionOf(binary);
	if (found !== version)
		throw new Error(
			`${binary} is livekit-server ${found}, wanted is ${version}. Set LIVEKIT_SERVER_BIN to a livekit-server ${DEFAULT_VERSION}, or remove the one in the cache.`,
		);
	return binary;
}

async function build(version, folder) {
	mkdirSync(folder, { recursive: true });
	await goInstall(`${MODULE}@${version}`, folder, BUILD_TIMEOUT_MS);
}

/**
 * Builds a program from Go's module proxy.
 *
 * @param {string} target package and version, such as `example.com/cmd/server@v1.0.0`
 * @param {string} folder takes the program
 * @throws with what Go said
 */
export async function goInstall(target, folder, timeout) {
	const env = goEnvironment({ GOBIN: folder });
	const { code, output } = await run('go', ['install', target], { env, timeout });
	if (code !== 0) throw new Error(`go install ${target}: ${output}`);
}

/** A TCP port on 127.0.0.1 that nobody listens on at this moment. */
export function freePort() {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address();
			probe.close(() => resolve(port));
		});
	});
}

/** Sends one inline Redis command and resolves to the first line of the reply. */
function redisCommand(port, command) {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
		socket.setTimeout(20_000, () => socket.destroy(new Error(`redis on port ${port} is silent`)));
		socket.once('error', reject);
		socket.once('data', (data) => {
			socket.end();
			resolve(data.toString().split('\r\n')[0]);
		});
	});
}

async function until(ready, child, what, logFile) {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) break;
		if (await ready().catch(() => false)) return;
		await sleep(50);
	}
	throw new Error(
		`${what} did not start. Its log ends with:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`,
	);
}

function launch(program, args, logFile) {
	const log = openSync(logFile, 'a');
	const child = start(program, args, { stdio: ['ignore', log, log] });
	closeSync(log);
	child.on('error', (fault) => appendFileSync(logFile, `${fault}\n`)); // until() shows the log
	return child;
}

async function end(child) {
	if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await Promise.race([gone, sleep(STOP_TIMEOUT_MS)]);
	if (child.exitCode === null && child.signalCode === null) {
		child.kill('SIGKILL');
		await gone;
	}
}

function configuration({ port, redisPort, tcpPort, udpPort, extra }) {
	return [
		`port: ${port}`,
		'bind_addresses: ["127.0.0.1"]',
		`keys: {${KEY}: ${SECRET}}`,
		...(redisPort ? [`redis: {address: "127.0.0.1:${redisPort}"}`] : []),
		`rtc: {tcp_port: ${tcpPort}, udp_port: ${udpPort}, use_external_ip: false, node_ip: 127.0.0.1, enable_loopback_candidate: true}`,
		'logging: {level: info}',
		...(extra ? [extra] : []),
		'',
	].join('\n');
}

/**
 * Starts redis-server and livekit-server on free loopback ports. Nothing is kept on disk but logs in a temporary folder.
 * @param {object} [options]
 * @param {string} [options.cacheDir] root of the cache (default `~/.cache/n8n-nodes-livekit-sip`)
 * @param {string} [options.version] tag of livekit-server
 * @param {boolean} [options.redis] false: no Redis, every SIP call then answers "sip not connected"
 * @param {string} [options.config] more YAML for the server's configuration, for example a `webhook:` block
 * @returns {Promise<{url: string, wsUrl: string, port: number, key: string, secret: string, redisPort: number | undefined,
 *   pids: number[], log(): string, flush(): Promise<void>, stop(): Promise<void>}>}
 */
export async function startRealLiveKit({
	cacheDir,
	version = DEFAULT_VERSION,
	redis = true,
	config,
} = {}) {
	const lacking = missing({ version, cacheDir });
	if (lacking.length)
		throw new Error(`A real LiveKit cannot run here. Missing:\n- ${lacking.join('\n- ')}`);
	const binary = await serverBinary({ version, cacheDir });
	const folder = mkdtempSync(join(tmpdir(), 'livekit-real-'));
	const [port, tcpPort, udpPort, redisPort] = await Promise.all([
		freePort(),
		freePort(),
		freePort(),
		redis ? freePort() : undefined,
	]);
	const children = [];
	// A script that ends without stop() must not leave the two running.
	const endNow = () => children.forEach((child) => child.kill('SIGKILL'));
	process.once('exit', endNow);
	const stop = async () => {
		process.off('exit', endNow);
		for (const child of children.reverse().splice(0)) await end(child);
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		if (redisPort) {
			const redisLog = join(folder, 'redis.log');
			const child = launch(
				'redis-server',
				[
					'--port',
					`${redisPort}`,
					'--bind',
					'127.0.0.1',
					'--save',
					'',
					'--appendonly',
					'no',
					'--dir',
					folder,
				],
				redisLog,
			);
			children.push(child);
			await until(
				async () => (await redisCommand(redisPort, 'PING')) === '+PONG',
				child,
				'redis-server',
				redisLog,
			);
		}
		const serverLog = join(folder, 'livekit-server.log');
		const configFile = join(folder, 'livekit.yaml');
		writeFileSync(configFile, configuration({ port, redisPort, tcpPort, udpPort, extra: config }));
		const child = launch(binary, ['--config', configFile], serverLog);
		children.push(child);
		const url = `http://127.0.0.1:${port}`;
		await until(async () => (await fetch(url)).ok, child, 'livekit-server', serverLog);
		return {
			url,
			wsUrl: `ws://127.0.0.1:${port}`,
			port,
			key: KEY,
			secret: SECRET,
			redisPort,
			pids: children.map(({ pid }) => pid),
			log: () => readFileSync(serverLog, 'utf8'),
			flush: async () => {
				// The node's own registration lives in Redis too: without it the server finds no node for a new room.
				for (const key of [
					'sip_trunk',
					'sip_inbound_trunk',
					'sip_outbound_trunk',
					'sip_dispatch_rule',
				]) {
					await redisCommand(redisPort, `DEL ${key}`);
				}
			},
			stop,
		};
	} catch (fault) {
		await stop();
		throw fault;
	}
}
