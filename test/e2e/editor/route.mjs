// Who answers a call, and the numbers of the project, in n8n's own editor.
import { same } from '../checks.mjs';

/** Expects the rule with a PIN that the check of the dispatch rule has made. */
export async function checkRoute(checks, { page, open }) {
	await checks.run('a called number is picked, and it is told who answers it', async () => {
		const panel = await open(page, 'Route', 'liveKitSip', {
			resource: 'dispatchRule',
			operation: 'testRoute',
		});
		await panel.ready('calledNumber');
		same((await panel.labels()).slice(0, 5), [
			'Resource',
			'Operation',
			'Called Number',
			'Caller Number',
			'Additional Fields',
		]);
		await panel.pick('calledNumber', '+15105550110');
		const row = await panel.execute((found) => 'answered_by' in found);
		same(row.verdict, 'pin_required');
		same(row.trunk_name, 'Support Line');
		same(row.rule_name, 'Support calls with PIN');
	});
	await checks.run('the numbers are listed, each with who answers it', async () => {
		const panel = await open(page, 'Numbers', 'liveKitSip', { resource: 'phoneNumber' });
		await panel.ready('returnAll');
		const row = await panel.execute((found) => 'phone_number' in found);
		same(row.phone_number, '+15105550110');
		same(row.pin_required, 'true');
		if (!row.answered_by.includes('once they have typed the PIN')) throw new Error(row.answered_by);
		if (JSON.stringify(row).includes('4711')) throw new Error('The PIN is shown');
	});
}
