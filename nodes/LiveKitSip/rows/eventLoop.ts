import { sleep } from 'n8n-workflow';

const mostBlockingMs = 20;

/** Lets n8n do other work between rows that need no waiting, such as rows that are all skipped. */
export class EventLoop {
	private since = performance.now();

	/** Waits for the other work if the last pause is more than 20 ms ago. */
	async giveWay(): Promise<void> {
		if (performance.now() - this.since < mostBlockingMs) return;
		await sleep(0);
		this.since = performance.now();
	}
}
