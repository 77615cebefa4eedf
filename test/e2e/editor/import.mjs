// A person imports the campaign from its file.
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';
import { same } from '../checks.mjs';
import { example } from '../campaign/template.mjs';

/** Imports an example through the editor's menu and shows all of it. */
export async function importExample(page, file) {
	await page.goto('/workflow/new');
	await page.getByTestId('canvas-plus-button').first().waitFor();
	await page.getByTestId('workflow-import-input').setInputFiles(join(repoRoot, 'examples', file));
	await page.getByTestId('canvas-node').first().waitFor();
	await page.getByTestId('zoom-to-fit').click();
}

export async function checkCampaign(checks, { page, credentials }) {
	await importExample(page, 'campaign.json');
	const { name, nodes } = await example('campaign.json', credentials);
	await checks.run('the campaign is imported whole, every node of it known', async () => {
		same(await page.getByTestId('workflow-name-input').innerText(), name);
		const isNote = ({ type }) => type === 'n8n-nodes-base.stickyNote';
		const shown = page.getByTestId('canvas-node');
		await shown.nth(nodes.filter((node) => !isNote(node)).length - 1).waitFor();
		const names = await shown.evaluateAll((elements) =>
			elements.map(({ dataset }) => dataset.nodeName),
		);
		same(
			names.toSorted(),
			nodes
				.filter((node) => !isNote(node))
				.map((node) => node.name)
				.toSorted(),
		);
		same(await page.getByText('Install this node to use it').count(), 0);
		same(await page.getByTestId('sticky').count(), nodes.filter(isNote).length);
	});
	await checks.run('no note of the campaign is longer than its place', async () => {
		const overfull = await page
			.getByTestId('sticky')
			.evaluateAll((notes) =>
				notes
					.filter((note) =>
						[...note.querySelectorAll('*')].some(
							({ scrollHeight, clientHeight }) => clientHeight > 0 && scrollHeight > clientHeight,
						),
					)
					.map(({ innerText }) => innerText.split('\n')[0]),
			);
		same(overfull, []);
	});
}
