// A failed execution that a person retries from n8n's list of executions: after the calls, and before them.
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';
import { Campaign, nobodyWrongly, statuses, wronglyDialled } from './campaign.mjs';
import { everySeconds, given } from './template.mjs';
import { until } from './world.mjs';

const numbersFrom = (first) => Array.from({ length: 3 }, (_, index) => `+1202555${String(first + index)}`);

/** Nodes of an execution that failed, but those that n8n 1.x does not have. */
async function failuresOf(world, { id }) {
	const failed = await failedNodes(await world.request('GET', `/executions/${id}`));
	return failed.map(({ node }) => node).filter((node) => !node.endsWith(' Table'));
}

/** Runs the campaign until an execution fails at a node; gives that execution. */
async function failedAt(campaign, node) {
	await campaign.activate();
	const failed = await until(`an execution fails at ${node}`, 30, async () => {
		for (const execution of await campaign.executions()) {
			if (execution.status === 'error' && (await failuresOf(campaign.world, execution)).includes(node)) return execution;
		}
	});
	await campaign.deactivate();
	await until('the others end', 30, async () => (await campaign.executions()).every(({ stoppedAt }) => stoppedAt));
	return failed;
}

async function retry(world, { id }) {
	const { status } = await world.request('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	return status;
}

async function checkAfterCalls(checks, world) {
	const label = `${world.label}, failed after the calls`;
	const campaign = await Campaign.create(world, { name: 'retry after', contacts: numbersFrom(1300), schedule: everySeconds(1) });
	await campaign.change({ 'What Next': given({ jsCode: 'throw new Error("the table could not be reached");' }) });
	const failed = await failedAt(campaign, 'What Next');
	await campaign.change({});
	await checks.run(`${label}: the retry stores what the calls came to and calls nobody`, async () => {
		const dials = (await campaign.dials()).length;
		same(dials, 3);
		same(await retry(world, failed), 'success');
		const rows = await campaign.rows();
		same(statuses(rows), { answered: 3 });
		same((await campaign.dials()).length, dials);
		same(wronglyDialled(rows, await campaign.dials()), nobodyWrongly);
	});
}

async function checkBeforeCalls(checks, world) {
	const label = `${world.label}, failed at the call`;
	const { livekit } = world;
	const campaign = await Campaign.create(world, { name: 'retry before', contacts: numbersFrom(1310), schedule: everySeconds(1) });
	// The API key is revoked between the look at the trunk and the first call.
	livekit.faults.push({ method: 'GetParticipant', kind: 'status', status: 401, contentType: 'text/plain', body: 'invalid API key: devkey', times: 100 });
	const failed = await failedAt(campaign, 'Call').finally(() => livekit.faults.splice(0));
	await checks.run(`${label}: the retry calls nobody, its contacts wait for review`, async () => {
		same((await campaign.dials()).length, 0);
		same(await retry(world, failed), 'success');
		same((await campaign.dials()).length, 0);
		same(statuses(await campaign.rows()), { unknown: 3 });
	});
	await campaign.queueAgain('unknown');
	await campaign.activate();
	const rows = await campaign.settled(30);
	await campaign.deactivate();
	await checks.run(`${label}: after the review each is called once`, async () => {
		same(statuses(rows), { answered: 3 });
		const numbers = (await campaign.dials()).map(({ number }) => number);
		same(numbers.toSorted(), rows.map(({ phone }) => phone).toSorted());
	});
}

export async function checkRetries(checks, world) {
	world.livekit.options.answerAfterMs = 50;
	await checkAfterCalls(checks, world);
	await checkBeforeCalls(checks, world);
}
