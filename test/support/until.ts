import { setTimeout as sleep } from 'node:timers/promises';

const mostTries = 30_000;

/** Waits until the condition holds; throws after half a minute, which says that it never will. */
export async function until(holds: () => unknown): Promise<void> {
	for (let tries = 0; !holds(); tries++) {
		if (tries === mostTries) throw new Error(`This never came true: ${String(holds)}`);
		await sleep(1);
	}
}
