// npm run fuzz: 100,000 hostile inputs through livekit/ and n8n's engine.
//   npm run fuzz -- --inputs 5000 --seed 42 --seconds 120 --only "pasted JSON"
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureBuilt } from '../../local/n8n/build.mjs';
import { ensureDependencies } from '../../local/n8n/dependencies.mjs';

// Longer than any input may take, shrinking and loading n8n included.
const longestSilenceMs = 120_000;

const { values } = parseArgs({
	options: {
		inputs: { type: 'string', default: '100000' },
		seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
		seconds: { type: 'string', default: '1500' },
		only: { type: 'string', default: '' },
	},
});
const counter = new Int32Array(new SharedArrayBuffer(4));
const order = {
	seed: Number(values.seed),
	inputs: Number(values.inputs),
	mostMs: Number(values.seconds) * 1000,
	only: values.only,
	counter,
};

/** Runs the order in a thread; resolves with the outcomes, and with where it hung if it did. */
async function runInThread() {
	const outcomes = [];
	let current = 'loading';
	return await new Promise((resolve, reject) => {
		const worker = new Worker(new URL('thread.mjs', import.meta.url), { workerData: order });
		let [seen, since] = [0, Date.now()];
		const watch = setInterval(() => {
			if (counter[0] !== seen) [seen, since] = [counter[0], Date.now()];
			if (Date.now() - since > longestSilenceMs)
				finish(`${current}: no input came to an end for ${longestSilenceMs / 1000} s`);
		}, 1000);
		const finish = (hung) => {
			clearInterval(watch);
			void worker.terminate();
			resolve({ outcomes, hung });
		};
		worker.on('error', (cause) => {
			clearInterval(watch);
			reject(cause);
		});
		worker.on('message', ({ name, outcome, done }) => {
			since = Date.now();
			if (name) current = name;
			if (outcome) {
				outcomes.push(outcome);
				print(outcome);
			}
			if (done) finish();
		});
	});
}

function print({ name, inputs, seconds, failure }) {
	const rate = Math.round(inputs / Math.max(seconds, 0.001));
	console.log(
		`${name.padEnd(28)} ${String(inputs).padStart(7)} inputs  ${seconds.toFixed(1).padStart(6)} s  ${String(rate).padStart(6)}/s  ${failure ? 'FOUND' : 'ok'}`,
	);
	if (failure) console.log(`${failure}\n`);
}

await ensureDependencies();
await ensureBuilt();
console.log(
	`Seed ${order.seed} (--seed repeats it), ${order.inputs} inputs, ${values.seconds} s at most`,
);
const start = performance.now();
const { outcomes, hung } = await runInThread();
const seconds = (performance.now() - start) / 1000;
const inputs = outcomes.reduce((sum, outcome) => sum + outcome.inputs, 0);
console.log(
	`\n${inputs} inputs in ${seconds.toFixed(0)} s, ${Math.round(inputs / seconds)} a second, seed ${order.seed}`,
);
const found = outcomes.filter(({ failure }) => failure).length;
console.log(
	found > 0
		? `${found} target(s) FOUND something`
		: 'No crash, no input over 3 s of CPU, nothing dropped in silence, no prototype touched, no secret shown.',
);
if (hung) console.log(`HUNG ${hung}`);
process.exit(hung || outcomes.some(({ failure }) => failure) ? 1 : 0);
