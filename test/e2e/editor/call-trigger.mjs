// A person listens for a test event of the call trigger while somebody calls.
import { SipClient } from 'livekit-server-sdk';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Panel } from './panel.mjs';

const webhookId = '5e0c1d00-0000-4000-8000-000000000777';
const callee = '+15551234';

const workflow = (credentials) => ({
	name: 'Calls',
	settings: {},
	nodes: [
		{
			id: webhookId,
			webhookId,
			name: 'LiveKit Call Trigger',
			type: 'n8n-nodes-livekit-sip.liveKitCallTrigger',
			typeVersion: 2,
			position: [0, 0],
			parameters: { events: ['call_ended'] },
			credentials,
		},
	],
	connections: {},
});

/** Opens the panel of the trigger in a workflow of its own. */
async function open({ page, n8n, credentials }) {
	const { id } = await n8n.rest.request('POST', '/workflows', workflow(credentials));
	await page.goto(`/workflow/${id}/${webhookId}`);
	const panel = new Panel(page);
	await panel.ready('events');
	return panel;
}

/** Listens for a test event, and lets somebody call: the row of its output. */
export async function listen(stage) {
	const { n8n, livekit } = stage;
	const panel = await open(stage);
	const url = `${n8n.url}/webhook-test/${webhookId}/webhook`;
	livekit.options.webhookUrls = [url];
	livekit.options.hangUpAfterMs = 300;
	const executed = panel.execute((found) => 'event' in found);
	await until('n8n listens', async () => (await fetch(url, { method: 'POST' })).status === 401);
	const sip = new SipClient(livekit.url, livekit.key, livekit.secret);
	const [trunk] = await sip.listSipOutboundTrunk();
	await sip.createSipParticipant(trunk.sipTrunkId, callee, 'outbound-test');
	try {
		return { panel, row: await executed };
	} finally {
		livekit.options.webhookUrls = [];
		livekit.options.hangUpAfterMs = 0;
	}
}

export async function checkCallTrigger(checks, stage) {
	const { page } = stage;
	const form = await open(stage);
	await checks.run('the form of the call trigger says where its URL goes', async () => {
		same(await form.labels(), ['Events', 'Simplify', 'Filters']);
		same((await form.field('events').innerText()).trim(), 'Call Ended');
		await page.getByText('Paste the URL above into LiveKit.').waitFor();
		same(await form.addFields('Filters', ['Direction', 'Phone Numbers']), [
			'Answered',
			'Direction',
			'Dispatch Rule',
			'Phone Numbers',
			'Room Prefix',
			'Trunk',
		]);
		same(await form.cutOff(), []);
	});
	await checks.run('"Listen for test event" shows the end of a real call', async () => {
		const { row, panel } = await listen(stage);
		same([row.event, row.phone_number, row.answered], ['call_ended', callee, 'true']);
		same((await panel.output.innerText()).includes('turn_password'), false);
	});
}
