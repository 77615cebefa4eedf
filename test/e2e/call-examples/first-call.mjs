// examples/first-call.json: what npm start opens.
import { failedNodes, outputsOf } from '../../../local/n8n/quickstart.mjs';
import { firstCallId } from '../../../local/n8n/contents.mjs';
import { same } from '../checks.mjs';

/**
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object}} world its n8n has the examples, and the quickstart has run
 */
export async function checkFirstCall(checks, { label, rest }) {
	await checks.run(`${label}: each of the five first calls comes to its own end`, async () => {
		const execution = await rest.runWorkflow(firstCallId);
		same(await failedNodes(execution), []);
		const outputs = await outputsOf(execution);
		const ends = ['Answered', 'Call Again Later', 'Declined', 'Wrong Number', 'Read the Message'];
		same(
			ends.map((end) => [end, outputs[end]?.map(({ name }) => name)]),
			[
				['Answered', ['Ann answers']],
				['Call Again Later', ['Ben is busy']],
				['Declined', ['Dora declines']],
				['Wrong Number', ['Max does not exist']],
				['Read the Message', ['Ann again']],
			],
		);
	});
}

/**
 * The same before the quickstart has run.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object, livekit: object}} world
 */
export async function checkWithoutTrunk(checks, { label, rest, livekit }) {
	await checks.run(`${label}: without its trunk the first call says what is missing`, async () => {
		const failed = await failedNodes(await rest.runWorkflow(firstCallId));
		same(
			failed.map(({ node, message }) => [node, message.split(' is empty')[0]]),
			[['Call', 'Outbound Trunk']],
		);
		same(livekit.dials(), []);
	});
}
