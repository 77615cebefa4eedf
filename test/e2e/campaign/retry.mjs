// A failed execution that a person retries from n8n's list of executions.
import { same } from '../checks.mjs';
import { Campaign, failedAt, nobodyWrongly, statuses, wronglyDialled } from './campaign.mjs';
import { everySeconds, given } from './template.mjs';

const numbersFrom = (first) =>
	Array.from({ length: 3 }, (_, index) => `+1202555${String(first + index)}`);

/** A person's retry of an execution with the workflow as it is now; gives how it ended. */
export async function retry(world, { id }) {
	const { status } = await world.request('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	return status;
}

async function checkAfterCalls(checks, world) {
	const label = `${world.label}, failed after the calls`;
	const campaign = await Campaign.create(world, {
		name: 'retry after',
		contacts: numbersFrom(1300),
		// One run only: two that share the contacts would each fail with a part of them.
		schedule: everySeconds(20),
	});
	await campaign.change({
		'What Next': given({ jsonOutput: '={{ "what a mistake leaves" }}' }),
	});
	const failed = await failedAt(campaign, 'What Next');
	await campaign.change({});
	await checks.run(
		`${label}: the retry stores what the calls came to and calls nobody`,
		async () => {
			const dials = (await campaign.dials()).length;
			same(dials, 3);
			same(await retry(world, failed), 'success');
			const rows = await campaign.rows();
			same(statuses(rows), { answered: 3 });
			same((await campaign.dials()).length, dials);
			same(wronglyDialled(rows, await campaign.dials()), nobodyWrongly);
		},
	);
}

export async function checkRetries(checks, world) {
	world.livekit.options.answerAfterMs = 50;
	await checkAfterCalls(checks, world);
}
