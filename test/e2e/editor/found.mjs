// A person who has never heard of SIP looks for the package in the list of nodes.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repoRoot } from '../../../local/n8n/paths.mjs';
import { until } from '../until.mjs';
import { same } from '../checks.mjs';

const file = join(repoRoot, 'test', 'support', 'searchWords.json');
const more = ['telephony', 'SIP', 'VoIP', 'call list'];

export async function checkFound(checks, { page }) {
	await page.goto('/workflow/new');
	await page.getByTestId('canvas-plus-button').first().click();
	const search = page.getByTestId('node-creator-search-bar');
	const names = page.getByTestId('node-creator-item-name');
	const words = JSON.parse(await readFile(file, 'utf8'));
	for (const word of [...words, ...more]) {
		await checks.run(`"${word}" finds the package`, async () => {
			const isListed = async () => (await names.allInnerTexts()).includes('LiveKit SIP');
			// n8n searches a moment after the last key: what it found before must be gone first.
			await search.fill('a word of no node');
			await until('the list is empty', async () => !(await isListed()));
			await search.fill(word);
			await until(`LiveKit SIP is listed for "${word}"`, isListed);
		});
	}
	await checks.run('its description is true for all that is in it', async () => {
		await search.fill('LiveKit');
		const item = page.getByTestId('item-iterator-item').filter({ hasText: 'LiveKit SIP' });
		await item.first().waitFor();
		same((await item.first().innerText()).split(/\n+/).slice(0, 2), [
			'LiveKit SIP',
			'Make, transfer and end phone calls with LiveKit SIP, set up its trunks and dispatch rules, and start workflows when those change',
		]);
	});
}
