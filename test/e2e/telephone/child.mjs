import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const killWithinMs = 5_000;

/**
 * Waits until `probe` gives something else than undefined or false.
 *
 * @template T
 * @param {string} what what is waited for, for the message
 * @param {() => T | Promise<T>} probe
 * @param {number} withinMs
 * @returns {Promise<T>}
 * @throws when the time is over
 */
export async function waitFor(what, probe, withinMs) {
	const deadline = performance.now() + withinMs;
	for (;;) {
		const found = await probe();
		if (found !== undefined && found !== false) return found;
		if (performance.now() > deadline)
			throw new Error(`After ${withinMs / 1000} s still no ${what}.`);
		await delay(50);
	}
}

/** A program that runs beside the test, its output in a file. It ends with this process at the latest. */
export class Child {
	#child;
	#fault;
	#killNow = () => this.#child.kill('SIGKILL');

	/**
	 * @param {string} program
	 * @param {string[]} args
	 * @param {string} logFile takes both streams
	 * @param {string} [cwd]
	 */
	constructor(program, args, logFile, cwd) {
		const log = openSync(logFile, 'w');
		this.logFile = logFile;
		this.#child = spawn(program, args, { stdio: ['ignore', log, log], cwd });
		closeSync(log);
		process.once('exit', this.#killNow);
		this.#child.on('error', (cause) => (this.#fault = cause));
		this.#child.on('exit', () => process.off('exit', this.#killNow));
	}

	/** What it has printed so far. */
	get output() {
		return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
	}

	/** Exit code or signal, undefined while it runs. */
	get ended() {
		return this.#fault?.message ?? this.#child.exitCode ?? this.#child.signalCode ?? undefined;
	}

	/**
	 * Asks it to end, and ends it when it has not within the time.
	 *
	 * @param {NodeJS.Signals} [signal]
	 * @param {number} [withinMs]
	 * @returns {Promise<number | string>} exit code or signal
	 */
	async stop(signal = 'SIGTERM', withinMs = killWithinMs) {
		if (this.ended === undefined) this.#child.kill(signal);
		await waitFor('end', () => this.ended, withinMs).catch(() => this.#killNow());
		return await waitFor('end after SIGKILL', () => this.ended, killWithinMs);
	}
}
