import { setTimeout as delay } from 'node:timers/promises';

/** How long something takes depends on the machine. After this long it hangs. */
const patienceMs = 180_000;

/**
 * Asks again until the answer is a yes.
 *
 * @template T
 * @param {string} what for the message
 * @param {() => Promise<T> | T} ask
 * @param {number} [pauseMs] between two questions
 * @returns {Promise<T>} the answer
 * @throws when there was none for three minutes, and what `ask` throws
 */
export async function until(what, ask, pauseMs = 100) {
	const deadline = performance.now() + patienceMs;
	for (;;) {
		const answer = await ask();
		if (answer) return answer;
		if (performance.now() > deadline)
			throw new Error(`${what}: not within ${patienceMs / 60_000} minutes.`);
		await delay(pauseMs);
	}
}
