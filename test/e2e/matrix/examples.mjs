// Every workflow of examples/ as it is, run in an n8n that imported it.
import { quickstartId, readExamples } from '../../../local/n8n/contents.mjs';
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { startModel } from '../campaign/model.mjs';
import { same } from '../checks.mjs';

const calls = [[{ number: '+12025550111' }]];

/** What the editor's button can start; a webhook waits for its call. */
const startable = ({ type }) => /Trigger$/.test(type);

/** The model of a test in the place of the one that the user has to choose. */
async function useModel(rest, id, credential) {
	const { nodes, connections, settings, versionId } = await rest.request('GET', `/workflows/${id}`);
	const model = nodes.find(({ credentials }) => credentials?.openAiApi);
	if (!model) return;
	model.credentials.openAiApi = credential;
	await rest.request('PATCH', `/workflows/${id}`, { nodes, connections, settings, versionId });
}

/**
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object}} world its n8n has imported the examples
 */
export async function checkExamples(checks, { label, rest }) {
	const examples = await readExamples();
	// The others call over the trunk that it makes.
	examples.sort(([, one], [, other]) => Number(other.id === quickstartId) - Number(one.id === quickstartId));
	const model = await startModel(calls);
	try {
		const { id: modelId, name } = await rest.request('POST', '/credentials', { name: 'Model', type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
		for (const [file, { id, nodes }] of examples) {
			await useModel(rest, id, { id: modelId, name });
			for (const trigger of nodes.filter(startable)) {
				await checks.run(`${label}: examples/${file} runs to its end from "${trigger.name}"`, async () => {
					const execution = await rest.runWorkflow(id, trigger.name);
					same(await failedNodes(execution), []);
					same(execution.status, 'success');
				});
			}
		}
	} finally {
		await model.close();
	}
}
