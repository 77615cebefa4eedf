// Every workflow of examples/ as it is, run in an n8n that imported it.
import { quickstartId, readExamples } from '../../../local/n8n/contents.mjs';
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { startModel } from '../campaign/model.mjs';
import { same } from '../checks.mjs';

const calls = [[{ number: '+12025550111' }]];

/** What the editor's button can start; a webhook waits for its call. */
const startable = ({ type }) => /Trigger$/.test(type);

/** The model of the test in the place of the one that the user has to choose. */
function useModel(workflow, credential) {
	for (const { credentials } of workflow.nodes)
		if (credentials?.openAiApi) credentials.openAiApi = credential;
}

/** Nodes that make a Data Table, which n8n 1.x cannot: docs/campaign.md tells what to do there. */
const tableNodes = ({ nodes }) =>
	nodes.filter(
		({ type, parameters }) =>
			type === 'n8n-nodes-base.dataTable' && parameters.resource === 'table',
	);

async function makeTables(workflow, rest) {
	const { id: projectId } = await rest.request('GET', '/projects/personal');
	const settings = workflow.nodes.find(({ name }) => name === 'Settings');
	for (const { parameters } of tableNodes(workflow)) {
		const setting = /\.(\w+) }}$/.exec(parameters.tableName)[1];
		const table = { name: setting, columns: parameters.columns.column };
		const { id } = await rest.request('POST', `/projects/${projectId}/data-tables`, table);
		settings.parameters.assignments.assignments.find(({ name }) => name === `${setting}_id`).value =
			id;
	}
}

/** Does what a user has to do after the import, as far as there is something to do. */
async function prepare(rest, id, { credential, isOld }) {
	const workflow = await rest.request('GET', `/workflows/${id}`);
	useModel(workflow, credential);
	if (isOld) await makeTables(workflow, rest);
	const { nodes, connections, settings, versionId } = workflow;
	await rest.request('PATCH', `/workflows/${id}`, { nodes, connections, settings, versionId });
	return isOld ? tableNodes(workflow).map(({ name }) => name) : [];
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
