// What thousands of calls cost n8n besides time, each measured by scale.mjs in a process of its own.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repoRoot } from '../local/n8n/paths.mjs';
import { nameOf } from './contenders.mjs';

const MANY = 10_000;
const FEW = 1000;
const OPERATION = 'place until answered';
const LIST = '={{ $("List").all().map((item) => item.json.number) }}';

// The HTTP Request node sends all its requests in one turn, so that fewer rows say enough.
const TURNS = [
	{ name: 'Dry Run', contender: 'ours', rows: MANY, change: { dryRun: true } },
	{
		name: 'Dry Run, 100,000 numbers not to call',
		contender: 'ours',
		rows: MANY,
		change: { dryRun: true, guards: { doNotCall: LIST } },
		list: true,
	},
	{ name: OPERATION, contender: 'ours', rows: MANY },
	{ name: `${OPERATION}, ${nameOf('http')}`, contender: 'http', rows: FEW },
];

const MEMORY = ['ours', 'http'].flatMap((contender) =>
	[FEW, MANY].map((rows) => ({ name: nameOf(contender), contender, rows })),
);

const PACES = [10, 50].map((callsPerSecond) => ({
	name: `${callsPerSecond} calls per second`,
	contender: 'ours',
	rows: 20 * callsPerSecond,
	change: { limits: { callsPerSecond, maxSimultaneous: 0 } },
}));

const PROJECT = { trunks: 1000, rules: 2000 };
const ROUTES = [
	{ name: 'Test Route', operation: 'test route', rows: FEW },
	{ name: 'Phone Number: Get Many', operation: 'phone numbers', rows: 1 },
].map((task) => ({ ...task, contender: 'ours', project: PROJECT }));

async function scaled(node, task) {
	return await new Promise((resolve, reject) => {
		const child = spawn(node, ['--expose-gc', join(repoRoot, 'bench', 'scale.mjs')], {
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
			env: { ...process.env, BENCH_SCALE: JSON.stringify(task) },
		});
		let result;
		child.on('message', (message) => {
			result = message;
		});
		child.on('error', reject);
		child.on('close', (code) =>
			result ? resolve(result) : reject(new Error(`scale.mjs ended with ${code}: ${task.name}`)),
		);
	});
}

/**
 * Measures thousands of calls.
 *
 * @param {string} node path of the Node that n8n runs on
 * @param {string} host folder whose node_modules hold n8n
 * @param {boolean} hasHttp whether the HTTP Request node is among them
 * @returns {Promise<{turns: object[], memory: object[], pace: object[], routes: object[]}>} milliseconds of the event
 *   loop's longest turns; bytes per row; what `paceOf` tells; turns and requests over many trunks and rules
 */
export async function benchScale(node, host, hasHttp) {
	const found = { turns: [], memory: [], pace: [], routes: [] };
	for (const [measure, tasks] of [
		['turns', TURNS],
		['memory', MEMORY],
		['pace', PACES],
		['routes', ROUTES],
	]) {
		for (const task of tasks.filter(({ contender }) => hasHttp || contender !== 'http')) {
			const result = await scaled(node, { operation: OPERATION, ...task, host, measure });
			found[measure].push({
				name: task.name,
				rows: task.rows,
				ours: task.contender === 'ours',
				...result,
			});
			console.error(`${measure}: ${task.name}, ${task.rows} rows`);
		}
	}
	return found;
}
