// examples/agent-handover.json: an agent comes into the room, calls, and the call goes over to a human.
import { failedNodes, outputsOf } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';
import { example, fields } from './template.mjs';

async function runWith(world, settings) {
	const stored = await world.store(
		await example('agent-handover.json', world.credentials, {
			Settings: fields({ seconds_with_agent: 1, ...settings }),
		}),
	);
	const execution = await world.run(stored.id);
	return { failed: await failedNodes(execution), outputs: await outputsOf(execution) };
}

export async function checkHandover(checks, world) {
	const { livekit } = world;
	const label = `${world.label}, hand-over`;
	Object.assign(livekit.options, {
		answerAfterMs: 50,
		agents: ['support-agent'],
		transferAnswer: 'response',
	});
	const dialsBefore = livekit.dials().length;
	const requestsBefore = livekit.requests.length;

	await checks.run(
		`${label}: the agent is there first, then the call, then the transfer`,
		async () => {
			const { failed, outputs } = await runWith(world, {});
			same(failed, []);
			const [call] = outputs['Agent Calls'];
			same([call.outcome, call.agent], ['answered', 'support-agent']);
			same(
				outputs['Hand Over'].map(({ outcome }) => outcome),
				['transferred'],
			);
			const methods = livekit.requests.slice(requestsBefore).map(({ method }) => method);
			const order = ['CreateDispatch', 'CreateSIPParticipant', 'TransferSIPParticipant'].map(
				(method) => methods.indexOf(method),
			);
			same(
				order.toSorted((a, b) => a - b),
				order,
			);
			const transfer = livekit.requests.find(({ method }) => method === 'TransferSIPParticipant');
			same(transfer.body.transfer_to, 'tel:+12025550199');
			same(
				livekit
					.dials()
					.slice(dialsBefore)
					.map(({ number }) => number),
				['+12025550725'],
			);
		},
	);
	await checks.run(`${label}: a busy line ends without a transfer`, async () => {
		const { failed, outputs } = await runWith(world, { call: '+12025550486' });
		same(failed, []);
		same(
			outputs.Result.map(({ outcome }) => outcome),
			['busy'],
		);
		same(Object.hasOwn(outputs, 'Hand Over'), false);
	});
	await checks.run(`${label}: without the agent nobody is called`, async () => {
		livekit.options.agents = [];
		const before = livekit.dials().length;
		const { outputs } = await runWith(world, {});
		same(
			outputs.Result.map(({ outcome, message }) => [
				outcome,
				/under exactly this name/.test(message),
			]),
			[['skipped', true]],
		);
		same(livekit.dials().length, before);
	});
}
