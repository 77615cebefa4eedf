// The tool variant in n8n's AI Agent: version 2 runs tools itself, version 3 lets the engine run them.
import { randomUUID } from 'node:crypto';
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { startModel } from '../campaign/model.mjs';
import { same } from '../checks.mjs';

const number = '+12025550142';

function workflowOf(version, { trunkId, credential, model }) {
	const node = (name, type, typeVersion, parameters, credentials) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		credentials,
	});
	return {
		name: `agent ${version}`,
		active: false,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('AI Agent', '@n8n/n8n-nodes-langchain.agent', version, {
				promptType: 'define',
				text: 'Call the customer.',
				options: {},
			}),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				{ openAiApi: model },
			),
			node(
				'Call a Number',
				'n8n-nodes-livekit-sip.liveKitSipTool',
				1,
				{
					descriptionType: 'manual',
					toolDescription: 'Calls a telephone number',
					resource: 'call',
					operation: 'place',
					trunk: { __rl: true, mode: 'list', value: trunkId, cachedResultName: 'carrier' },
					callTo: "={{ $fromAI('number', 'The number to call', 'string') }}",
				},
				{ liveKitApi: credential },
			),
		],
		connections: {
			Start: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'AI Agent', type: 'ai_languageModel', index: 0 }]] },
			'Call a Number': { ai_tool: [[{ node: 'AI Agent', type: 'ai_tool', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/**
 * An agent calls a number once; its tool's trunk was picked from the list.
 *
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object, livekit: object, trunkId: string, credential: {id: string, name: string}}} world
 */
export async function checkAgents(checks, { label, rest, livekit, trunkId, credential }) {
	for (const version of [2.2, 3]) {
		const model = await startModel([[{ number }]]);
		try {
			const { id, name } = await rest.request('POST', '/credentials', {
				name: 'Model',
				type: 'openAiApi',
				data: { apiKey: 'none', url: model.url },
			});
			const before = livekit.dials().length;
			const stored = await rest.request(
				'POST',
				'/workflows',
				workflowOf(version, { trunkId, credential, model: { id, name } }),
			);
			const execution = await rest.runWorkflow(stored.id);
			const title = `${label}: AI Agent ${version}`;
			await checks.run(`${title} runs with the tool, its trunk picked from the list`, async () =>
				same(await failedNodes(execution), []),
			);
			await checks.run(`${title} is offered the tool with the number it decides on`, () => {
				same(
					model.tools.map((tool) => [
						tool.function.name,
						Object.keys(tool.function.parameters.properties),
					]),
					[['Call_a_Number', ['number']]],
				);
			});
			await checks.run(`${title} dials once and hears the outcome`, () => {
				same(
					livekit
						.dials()
						.slice(before)
						.map((dial) => dial.number),
					[number],
				);
				same(
					model.heard.map((text) => /"outcome":\s*"(\w+)"/.exec(text)?.[1] ?? text),
					['answered'],
				);
			});
		} finally {
			await model.close();
		}
	}
}
