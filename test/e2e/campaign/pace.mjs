// 1,000 rows at 50 calls per second through one Call: Place in a real n8n.
import { failedNodes, outputsOf } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';

const rows = 1000;
const perSecond = 50;
/** A run may begin as if it had been late by so much (nodes/LiveKitSip/dial/pace.ts). */
const aheadMs = 50;

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
				limits: { callsPerSecond: perSecond, maxSimultaneous: 0 },
				options: { simplify: false },
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

/**
 * Whether a call was sent before its turn. How much later one is depends on the machine, so it says nothing.
 *
 * @param {number[]} times of the dials
 * @param {number} begun when the execution was asked for
 */
function isEarly(times, begun) {
	return times
		.toSorted((a, b) => a - b)
		.some((at, turn) => at < begun + (turn * 1000) / perSecond - aheadMs);
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
		const begun = Date.now();
		const execution = await world.run(stored.id);
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
		await checks.run(`${label}: no call is sent before its turn`, () => {
			const times = dials.map(({ at }) => at);
			const rate = ((rows - 1) * 1000) / (Math.max(...times) - Math.min(...times));
			console.log(`          ${rate.toFixed(1)} per second`);
			same(isEarly(times, begun), false);
		});
	}
}
