import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { start } from '../../../local/child.mjs';

const killWithinMs = 30_000;

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
		this.#child = start(program, args, { stdio: ['ignore', log, log], cwd });
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
		if (this.ended !== undefined) return this.ended;
		this.#child.kill(signal);
		const timer = setTimeout(this.#killNow, withinMs);
		await once(this.#child, 'exit');
		clearTimeout(timer);
		return this.ended;
	}
}
