// The one place from which local/ and test/e2e/ start programs: none of them sees a variable that it has no use for.
import { execFileSync, spawn } from 'node:child_process';

/**
 * Variables that a program needs to be found, to find its files, to speak the user's language, and to reach the network.
 * A list of what is allowed, not of what is kept back: nobody knows the names of all secrets that a shell may hold
 * (LIVEKIT_API_SECRET, NPM_TOKEN, AWS_SECRET_ACCESS_KEY, GITHUB_TOKEN, those of the user's own programs ...).
 */
const allowed = new Set(
	[
		'PATH HOME USER LOGNAME SHELL TERM TMPDIR TZ LANG LANGUAGE CI NO_COLOR FORCE_COLOR',
		'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR LD_LIBRARY_PATH DYLD_LIBRARY_PATH',
		'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY NODE_EXTRA_CA_CERTS NODE_USE_SYSTEM_CA SSL_CERT_FILE SSL_CERT_DIR',
		// Windows starts hardly a program without these.
		'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT TEMP TMP USERNAME USERPROFILE HOMEDRIVE HOMEPATH APPDATA LOCALAPPDATA',
		'PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432 COMMONPROGRAMFILES OS NUMBER_OF_PROCESSORS',
		'PROCESSOR_ARCHITECTURE',
	].flatMap((names) => names.split(' ')),
);
const isAllowed = (name) => allowed.has(name.toUpperCase()) || name.startsWith('LC_');

/**
 * The environment for a program that is started.
 *
 * @param {Record<string, string>} [own] what this program gets besides, wins over the rest
 * @param {(name: string) => boolean} [alsoAllowed] names that this program may inherit too
 * @param {NodeJS.ProcessEnv} [from] where it inherits from
 * @returns {Record<string, string>}
 */
export function childEnvironment(own = {}, alsoAllowed = () => false, from = process.env) {
	const inherited = Object.entries(from).filter(([name]) => isAllowed(name) || alsoAllowed(name));
	return { ...Object.fromEntries(inherited), ...own };
}

/**
 * The environment for Go. Variables that switch the comparison of downloads with Go's checksum database off are not among
 * it: no go.sum of ours covers what is built here, so that comparison is what pins it.
 *
 * @param {Record<string, string>} [own] what it gets besides
 */
export function goEnvironment(own = {}, from = process.env) {
	const unchecked = /^(GOFLAGS|GONOSUMDB|GONOSUMCHECK|GOINSECURE|GOPRIVATE|GOSUMDB)$/;
	return childEnvironment(
		{ GOSUMDB: 'sum.golang.org', GOFLAGS: '-mod=readonly', ...own },
		(name) => /^(GO[A-Z0-9]+|CGO_\w+|CC|CXX|PKG_CONFIG_PATH)$/.test(name) && !unchecked.test(name),
		from,
	);
}

/**
 * Starts a program, as `spawn` does.
 *
 * @param {string} command a program on the PATH or an absolute path
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] env: `childEnvironment()` by default
 */
export function start(command, args, options = {}) {
	return spawn(command, args, { ...options, env: options.env ?? childEnvironment() });
}

/**
 * Runs a program and waits for it, with everything else standing still: for those that answer at once.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {string} what it printed to its standard output
 * @throws as `execFileSync` does, when it cannot be started or ends with another code than 0
 */
export function printed(command, args) {
	return execFileSync(command, args, {
		env: childEnvironment(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
}

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill()));

/**
 * Runs a program to its end, keeping what it prints. It ends with this process at the latest.
 *
 * @param {string} command a program on the PATH or an absolute path
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] env: `childEnvironment()` by default
 * @returns {Promise<{code: number, output: string, printed: string}>} exit code (1 when a signal ended it), both streams in
 *   order, and the standard output alone
 */
export async function run(command, args, options = {}) {
	return await new Promise((resolve, reject) => {
		const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		const chunks = [];
		const own = [];
		children.add(child);
		child.stdout?.on('data', (chunk) => (chunks.push(chunk), own.push(chunk)));
		child.stderr?.on('data', (chunk) => chunks.push(chunk));
		child.on('error', reject);
		child.on('close', () => children.delete(child));
		const text = (parts) => Buffer.concat(parts).toString();
		child.on('close', (code) =>
			resolve({ code: code ?? 1, output: text(chunks), printed: text(own) }),
		);
	});
}
