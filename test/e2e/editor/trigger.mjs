// A person starts a workflow with the trigger and looks at a test event.
import { same } from '../checks.mjs';
import { Panel } from './panel.mjs';
import { openActions } from './rule.mjs';

export async function checkTrigger(checks, { page }) {
	await openActions(page);
	await page
		.getByTestId('node-creator-item-name')
		.filter({ hasText: 'On rule or trunk updated' })
		.click();
	const panel = new Panel(page);
	await panel.ready('watch');
	await checks.run(
		'the form of the trigger has its fields in order, with the chosen event',
		async () => {
			same(await panel.labels(), [
				'Poll Times',
				'Mode',
				'Watch',
				'Trigger On',
				'Simplify',
				'Filters',
				'Options',
			]);
			same((await panel.field('watch').innerText()).trim(), 'Dispatch Rules');
			same((await panel.field('events').innerText()).trim(), 'Updated');
			await page.getByText('Starts on changes of the configuration, not on phone calls.').waitFor();
		},
	);
	await checks.run('its collections offer their fields', async () => {
		same(await panel.addFields('Filters', ['Name Contains', 'Trunk']), [
			'Agent',
			'Name Contains',
			'Room Name or Prefix',
			'Trunk',
		]);
		same(await panel.addFields('Options', ['Ignore SSL Issues (Insecure)']), [
			'Emit Existing on Activation',
			'Ignore Fields',
			'Ignore SSL Issues (Insecure)',
		]);
		same(await panel.cutOff(), []);
	});
	await checks.run('a test event shows the rule, its PIN hidden', async () => {
		await panel.fill('nameContains', 'SUPPORT');
		await panel.pick('trunk', 'Support Line');
		const row = await panel.execute((found) => 'event' in found);
		same(row.event, 'updated');
		const shown = await panel.output.innerText();
		if (!shown.includes('Support calls with PIN') || shown.includes('4711')) throw new Error(shown);
	});
}
