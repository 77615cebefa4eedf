import { spawn } from 'node:child_process';

const spinner = ['|', '/', '-', '\\'];

/** Seconds since `start` (a `performance.now()` value), as `12.3 s`. */
export function secondsSince(start) {
	return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/**
 * Runs `work` and shows that it goes on: a spinner with the elapsed seconds on a terminal, a line
 * every 15 seconds elsewhere (a CI log), and one closing line with the time it took.
 *
 * @template T
 * @param {string} title what happens, such as `Installing n8n 2.41.1`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
	const start = performance.now();
	const terminal = process.stderr.isTTY;
	let turn = 0;
	const show = () => {
		const text = `${title} ... ${Math.round((performance.now() - start) / 1000)} s`;
		process.stderr.write(
			terminal ? `\r${spinner[turn++ % spinner.length]} ${text}` : `  ${text}\n`,
		);
	};
	if (!terminal) process.stderr.write(`  ${title} ...\n`);
	const timer = setInterval(show, terminal ? 200 : 15_000);
	const clear = () => {
		clearInterval(timer);
		if (terminal) process.stderr.write('\r\x1b[K');
	};
	try {
		const result = await work();
		clear();
		process.stderr.write(`  ${title}: done in ${secondsSince(start)}\n`);
		return result;
	} catch (cause) {
		clear();
		throw cause;
	}
}

const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill()));

/**
 * Runs a program to its end, keeping what it prints. It ends with this process at the latest.
 *
 * @param {string} command a program on the PATH or an absolute path
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{code: number, output: string}>} exit code (1 when a signal ended it) and both streams in order
 */
export async function run(command, args, options = {}) {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
		const chunks = [];
		children.add(child);
		child.stdout?.on('data', (chunk) => chunks.push(chunk));
		child.stderr?.on('data', (chunk) => chunks.push(chunk));
		child.on('error', reject);
		child.on('close', () => children.delete(child));
		child.on('close', (code) =>
			resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
		);
	});
}

/** The end of a long output, for a message that says what a program complained about. */
export function lastLines(output, count = 25) {
	return output.trimEnd().split('\n').slice(-count).join('\n');
}
