import { sleep } from 'n8n-workflow';

const mostBlockingMs = 20;

/** Lets n8n do other work between pieces of work that need no waiting, as rows that are all skipped. */
export class Breath {
	private since = Date.now();

	/** Waits for the other work, if the last time is long enough ago. */
	async take(): Promise<void> {
		if (Date.now() - this.since < mostBlockingMs) return;
		await sleep(0);
		this.since = Date.now();
	}
}
