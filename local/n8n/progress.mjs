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

/** The end of a long output, for a message that says what a program complained about. */
export function lastLines(output, count = 25) {
	return output.trimEnd().split('\n').slice(-count).join('\n');
}
