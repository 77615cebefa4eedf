// LiveKit tells the campaign how its calls ended, while no run waits for them.
import { SipClient } from 'livekit-server-sdk';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Campaign, statuses } from './campaign.mjs';
import { everySeconds } from './template.mjs';

const contacts = ['+12025551801', '+12025551802', '+12025551803'];

export async function checkEnds(checks, world) {
	const { livekit } = world;
	const label = `${world.label}, ends of calls`;
	Object.assign(livekit.options, { answerAfterMs: 50, hangUpAfterMs: 1500 });
	const campaign = await Campaign.create(world, {
		name: 'ends',
		contacts,
		schedule: everySeconds(5),
		settings: { batch_size: contacts.length },
	});
	const workflow = await campaign.workflow();
	const { webhookId } = workflow.nodes.find(({ name }) => name === 'Call Ended');
	const url = `${world.url}/webhook/${webhookId}/webhook`;
	await campaign.activate();
	await until(
		'the campaign listens',
		async () => (await fetch(url, { method: 'POST' })).status === 401,
	);
	livekit.options.webhookUrls = [url];
	// A call that is not the campaign's must not change a row.
	await new SipClient(livekit.url, livekit.key, livekit.secret).createSipParticipant(
		world.trunkId,
		contacts[0],
		'outbound-other',
	);

	await checks.run(`${label}: each row says how its call ended and how long it was`, async () => {
		const rows = await until('all calls have ended', async () => {
			const found = await campaign.rows();
			return found.every(({ ended_at: at }) => at) && found;
		});
		same(statuses(rows), { answered: contacts.length });
		for (const row of rows) {
			same([row.ended_as, row.talk_seconds >= 1], ['completed', true]);
			same(Date.parse(row.ended_at) > Date.parse(row.claimed_at), true);
		}
	});
	livekit.options.webhookUrls = [];
	livekit.options.hangUpAfterMs = 0;
	await campaign.deactivate();
}
