// A person who has never heard of SIP looks for the package in the list of nodes.
import { until } from '../until.mjs';
import { same } from '../checks.mjs';

const words = [
	'phone call',
	'make a call',
	'outbound',
	'inbound',
	'transfer',
	'hang up',
	'record',
	'phone number',
	'campaign',
	'conference',
	'voicemail',
	'IVR',
	'dialer',
	'telephony',
	'SIP',
	'VoIP',
	'call list',
];

export async function checkFound(checks, { page }) {
	await page.goto('/workflow/new');
	await page.getByTestId('canvas-plus-button').first().click();
	const search = page.getByTestId('node-creator-search-bar');
	const names = page.getByTestId('node-creator-item-name');
	for (const word of words) {
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
