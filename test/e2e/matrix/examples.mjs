// Every workflow of examples/ as it is, run in an n8n that imported it.
import { quickstartId, readExamples } from '../../../local/n8n/contents.mjs';
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { startModel } from '../campaign/model.mjs';
import { same } from '../checks.mjs';
import { DataTables } from '../data-tables.mjs';

const calls = [[{ number: '+12025550111' }]];

/** What the editor's button can start. A webhook waits for its call, a form for its file: call-examples.mjs has some. */
const startable = ({ type }) =>
	/Trigger$/.test(type) && !/(liveKitCallTrigger|formTrigger)$/.test(type);

/** The model of the test in the place of the one that the user has to choose. */
function useModel(workflow, credential) {
	for (const { credentials } of workflow.nodes)
		if (credentials?.openAiApi) credentials.openAiApi = credential;
}

/** Does what a user has to do after the import, as far as there is something to do. */
async function prepare(rest, id, { credential, isOld }) {
	const workflow = await rest.request('GET', `/workflows/${id}`);
	useModel(workflow, credential);
	// n8n 1.x cannot make tables: docs/campaign.md tells what to do there.
	const made = isOld ? await (await DataTables.create(rest)).makeFor(workflow) : [];
	const { nodes, connections, settings, versionId } = workflow;
	await rest.request('PATCH', `/workflows/${id}`, { nodes, connections, settings, versionId });
	return made;
}

/**
 * @param {import('../checks.mjs').Checks} checks
 * @param {{label: string, rest: object, isOld: boolean}} world its n8n has imported the examples; isOld: it is n8n 1.x
 */
export async function checkExamples(checks, { label, rest, isOld }) {
	const examples = await readExamples();
	// The others call over the trunk that it makes.
	examples.sort(
		([, one], [, other]) => Number(other.id === quickstartId) - Number(one.id === quickstartId),
	);
	const model = await startModel(calls);
	try {
		const { id: modelId, name } = await rest.request('POST', '/credentials', {
			name: 'Model',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		for (const [file, { id, nodes }] of examples) {
			const unable = await prepare(rest, id, { credential: { id: modelId, name }, isOld });
			for (const trigger of nodes.filter(startable)) {
				await checks.run(
					`${label}: examples/${file} runs to its end from "${trigger.name}"`,
					async () => {
						const execution = await rest.runWorkflow(id, trigger.name);
						same(
							(await failedNodes(execution)).filter(({ node }) => !unable.includes(node)),
							[],
						);
						same(execution.status, 'success');
					},
				);
			}
		}
	} finally {
		await model.close();
	}
}
