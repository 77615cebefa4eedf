// 1,000 rows at 50 calls per second through one Call: Place in a real n8n; the times are those of the dials themselves.
import { readFile } from 'node:fs/promises';
import { failedNodes, outputsOf } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';

const rows = 1000;
const perSecond = 50;
const tolerance = 0.05;
const windowMs = 5000;

const workflowWith = (credential, trunkId, waitFor) => ({
	name: `pace ${waitFor}`,
	active: false,
	nodes: [
		{
			id: '9a5d2a10-0000-4e8e-9d60-000000000011',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: '9a5d2a10-0000-4e8e-9d60-000000000012',
			name: 'Contacts',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			position: [240, 0],
			parameters: {
				jsCode: `return Array.from({ length: ${rows} }, (_, index) => ({ json: { phone: '+1415555' + (1000 + index) } }));`,
			},
		},
		{
			id: '9a5d2a10-0000-4e8e-9d60-000000000013',
			name: 'Call',
			type: 'n8n-nodes-livekit-sip.liveKitSip',
			typeVersion: 1,
			position: [480, 0],
			parameters: {
				resource: 'call',
				operation: 'place',
				trunk: { __rl: true, mode: 'id', value: trunkId },
				callTo: '={{ $json.phone }}',
				waitFor,
				callsPerSecond: perSecond,
				maxSimultaneous: 0,
			},
			credentials: { liveKitApi: credential },
		},
	],
	connections: {
		Start: { main: [[{ node: 'Contacts', type: 'main', index: 0 }]] },
		Contacts: { main: [[{ node: 'Call', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Dials per second over the whole run and in each full window of 5 seconds, and the gaps between dials in ms. */
function paceOf(times) {
	const first = times[0];
	const last = times.at(-1);
	const windows = Array.from({ length: Math.floor((last - first) / windowMs) }, (_, index) => {
		const from = first + index * windowMs;
		return times.filter((at) => at >= from && at < from + windowMs).length / (windowMs / 1000);
	});
	const gaps = times.slice(1).map((at, index) => at - times[index]);
	return {
		whole: ((times.length - 1) * 1000) / (last - first),
		windows,
		median: median(gaps),
		shortest: Math.min(...gaps),
		longest: Math.max(...gaps),
	};
}

/** The whole run within the tolerance, and no window faster: a slow one is a machine that was busy, and is not made up for. */
function isKept({ whole, windows }) {
	return (
		Math.abs(whole / perSecond - 1) <= tolerance &&
		windows.every((rate) => rate / perSecond - 1 <= tolerance)
	);
}

/** Seconds for which n8n's main thread was ready to run and got no processor; NaN where the system does not tell. */
async function starvedFor(pid) {
	const [, waited] = (await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')).split(' ');
	return Number(waited) / 1e9;
}

export async function checkPace(checks, world, { all }) {
	const { livekit } = world;
	livekit.options.answerAfterMs = 2000;
	for (const waitFor of all ? ['nothing', 'answer'] : ['answer']) {
		const label = `${world.label}, ${rows} calls at ${perSecond} per second, waiting for ${waitFor}`;
		const before = livekit.dials().length;
		const stored = await world.store(
			workflowWith(world.credentials.liveKitApi, world.trunkId, waitFor),
		);
		const starvedBefore = await starvedFor(world.pid);
		const execution = await world.run(stored.id);
		const starved = (await starvedFor(world.pid)) - starvedBefore;
		const dials = livekit.dials().slice(before);
		await checks.run(`${label}: every row has its result`, async () => {
			same(await failedNodes(execution), []);
			const { Contacts: contacts, Call: calls } = await outputsOf(execution);
			same(
				calls.map(({ called_number: number }) => number),
				contacts.map(({ phone }) => phone),
			);
			same(
				[...new Set(calls.map(({ outcome }) => outcome))],
				[waitFor === 'answer' ? 'answered' : 'dialing'],
			);
		});
		await checks.run(`${label}: every number is dialled once`, () => {
			same([dials.length, new Set(dials.map(({ number }) => number)).size], [rows, rows]);
		});
		await checks.run(`${label}: the pace is within 5 %`, () => {
			const pace = paceOf(dials.map(({ at }) => at));
			const shown = Object.entries(pace).map(
				([name, value]) =>
					`${name} ${[value]
						.flat()
						.map((number) => number.toFixed(1))
						.join(' ')}`,
			);
			console.log(`          ${shown.join(', ')}`);
			if (!isKept(pace))
				throw new Error(
					`Not within 5 %. n8n waited ${starved.toFixed(1)} s for a processor: on a busy machine nothing can keep a pace.`,
				);
		});
	}
}
