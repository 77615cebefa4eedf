// The thread in which the inputs run, so that an endless loop can be ended from outside.
import { parentPort, workerData } from 'node:worker_threads';
import { loadTs } from '../../local/load-ts.mjs';

const { runAll } = await loadTs('test/fuzz/worker.ts');
await runAll(
	workerData,
	(name) => parentPort.postMessage({ name }),
	(outcome) => parentPort.postMessage({ outcome }),
);
parentPort.postMessage({ done: true });
