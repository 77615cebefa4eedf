// Pictures of examples after a run: some nodes of the canvas with what went through them, or the table of an output.
import { startModel } from '../campaign/model.mjs';
import { example, fields } from '../campaign/template.mjs';
import { until } from '../until.mjs';
import { pictureNodes, pictureTable, sharpPage } from './camera.mjs';
import { callList, storeExample } from './first-hour.mjs';
import { Person } from './person.mjs';

/** The model of the AI agent: one number that answers, one that is busy. */
const script = [[{ number: '+12025550111' }], [{ number: '+12025550486' }]];

/** Stores an example and opens it, all of it on the screen. */
async function show({ page, n8n, credentials }, file, changes) {
	const id = await storeExample(n8n, await example(file, credentials, changes));
	await page.goto(`/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
	return id;
}

/** Runs what is shown, from a trigger if there are several, to its end. */
async function run({ page, n8n }, id, from) {
	if (from) await page.locator(`[data-test-id=canvas-node][data-node-name="${from}"]`).hover();
	await page
		.getByTestId(from ? `execute-workflow-button-${from}` : 'execute-workflow-button')
		.click();
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	await until('the run has ended', async () => {
		const { results } = await n8n.rest.request('GET', `/executions?filter=${filter}&limit=1`);
		return results[0]?.stoppedAt;
	});
	await page.getByTestId('canvas-node-status-success').last().waitFor();
}

/** Shows and runs an example. */
async function ran(stage, file, { changes, from } = {}) {
	await run(stage, await show(stage, file, changes), from);
}

const rules = [
	'Create Inbound Trunk',
	'Create Outbound Trunk',
	'One Fixed Room',
	'One Fixed Room with a PIN',
	'New Room per Caller with an Agent',
	'Room per Called Number',
];
const outcomes = ['Call', 'Outcome', 'Answered', 'Call Again Later', 'Declined', 'Wrong Number'];

/** The runs, in an order in which each finds what it needs: the quickstart makes trunk and rules. Each by the file that it writes. */
export const pictureRuns = {
	'quickstart.png': async (stage, name) => {
		await ran(stage, 'quickstart.json');
		await pictureNodes(stage.page, name, rules);
	},
	'first-call.png': async (stage, name) => {
		await ran(stage, 'first-call.json');
		await pictureNodes(stage.page, name, [...outcomes, 'Read the Message']);
	},
	'call-list.png': async (stage, name) => {
		const { page, n8n, credentials } = stage;
		await storeExample(n8n, await example('call-list.json', credentials));
		await callList(new Person(), stage, 'Call everybody');
		await page.getByTestId('canvas-node-status-success').last().waitFor();
		await pictureNodes(page, name);
		await pictureTable(page, 'Call', 'call-list-sheet.png');
	},
	'business-hours.png': async (stage, name) => {
		const night = { open_from: '00:00', open_until: '00:01' };
		const changes = { Settings: fields(night) };
		await ran(stage, 'business-hours.json', { changes, from: 'Every Five Minutes' });
		await pictureNodes(stage.page, name, [
			'Find Rule',
			'What to Change',
			'Switch Agent',
			'Send It Here',
		]);
	},
	'handover.png': async (stage, name) => {
		const changes = { Settings: fields({ seconds_with_agent: 1 }) };
		await ran(stage, 'agent-handover.json', { changes });
		await pictureTable(stage.page, 'Result', name, 4);
	},
	'ai-tool.png': async (stage, name) => {
		const { n8n, credentials } = stage;
		const model = await startModel(script);
		const { id, name: called } = await n8n.rest.request('POST', '/credentials', {
			name: 'OpenAI',
			type: 'openAiApi',
			data: { apiKey: 'none', url: model.url },
		});
		try {
			const all = { ...credentials, openAiApi: { id, name: called } };
			await ran({ ...stage, credentials: all }, 'ai-tool.json');
			await pictureNodes(stage.page, name);
		} finally {
			await model.close();
		}
	},
	'route-result.png': async ({ page, open }, name) => {
		const panel = await open(page, 'Who Answers', 'liveKitSip', {
			resource: 'dispatchRule',
			operation: 'testRoute',
			calledNumber: { __rl: true, mode: 'number', value: '+12025550103' },
		});
		await panel.ready('calledNumber');
		await panel.execute((row) => 'answered_by' in row);
		await pictureTable(page, undefined, name, 4);
	},
};

/** Takes those that are wanted; what makes trunks and rules runs for all. */
export async function takeRuns(stage, isWanted) {
	Object.assign(stage.livekit.options, { agents: 'any', hangUpAfterMs: 4000 });
	const wanted = Object.keys(pictureRuns).filter(isWanted);
	if (wanted.length === 0) return;
	const page = await sharpPage(stage.page, { width: 2000, height: 1200 });
	for (const name of new Set(['quickstart.png', ...wanted]))
		await pictureRuns[name]({ ...stage, page }, name);
}
