// examples/ai-tool.json with a scripted model: what a model asks for and must not get.
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';
import { startModel } from './model.mjs';
import { example } from './template.mjs';

// Two may be called. The others: abroad, an emergency number, one more than the limit.
const script = [
	[{ number: '+12025550111' }, { number: '+4930123456' }],
	[{ number: '911' }],
	[{ number: '+1 (202) 555-0112' }],
	[{ number: '+12025550113' }],
];

/** Agents of version 2 run tools themselves, those of version 3 let n8n's engine do it. */
const everyAgent = [3, 2.2];

export async function checkAiTool(checks, world, { all }) {
	Object.assign(world.livekit.options, { answerAfterMs: 50, agents: ['call-agent'] });
	for (const typeVersion of all ? everyAgent : everyAgent.slice(0, 1)) {
		const label = `${world.label}, AI agent ${typeVersion}`;
		const model = await startModel(script);
		const before = world.livekit.dials().length;
		const requestsBefore = world.livekit.requests.length;
		try {
			await world.addCredential('openAiApi', { apiKey: 'none', url: model.url });
			const workflow = await example('ai-tool.json', world.credentials);
			workflow.nodes.find(({ name }) => name === 'AI Agent').typeVersion = typeVersion;
			const stored = await world.store(workflow);
			const execution = await world.run(stored.id);
			await checks.run(
				`${label}: runs to the end and offers the number alone to the model`,
				async () => {
					same(await failedNodes(execution), []);
					same(
						model.tools.map(({ function: { parameters } }) => Object.keys(parameters.properties)),
						[['number']],
					);
				},
			);
			await checks.run(`${label}: allowed numbers are called, once, up to the limit`, () => {
				same(
					world.livekit
						.dials()
						.slice(before)
						.map(({ number }) => number),
					['+12025550111', '+12025550112'],
				);
			});
			await checks.run(
				`${label}: the LiveKit agent of Task speaks in each call, with its task`,
				() => {
					const sent = world.livekit.requests
						.slice(requestsBefore)
						.filter(({ method }) => method === 'CreateDispatch')
						.map(({ body }) => [body.agent_name, JSON.parse(body.metadata)]);
					const task = 'Say that the parcel is ready to be picked up. Thank them and say goodbye.';
					same(sent, [
						['call-agent', { task }],
						['call-agent', { task }],
					]);
				},
			);
			await checks.run(`${label}: the model hears what was refused and why`, () => {
				const whys = ['Allowed Destinations', 'emergency number', 'Maximum Calls per Execution'];
				const told = model.heard.map(
					(text) =>
						whys.find((words) => text.includes(words)) ??
						/"outcome":\s*"(\w+)"/.exec(text)?.[1] ??
						text,
				);
				same(told, [
					'answered',
					'Allowed Destinations',
					'emergency number',
					'answered',
					'Maximum Calls per Execution',
				]);
			});
		} finally {
			await model.close();
		}
	}
}
