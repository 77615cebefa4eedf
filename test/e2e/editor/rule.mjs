// A person adds the node to an empty workflow and creates a dispatch rule with a PIN.
import { call } from '../../../local/n8n/sip.mjs';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Panel } from './panel.mjs';

const item = (page, text) => page.getByTestId('node-creator-item-name').filter({ hasText: text });

/** The names of the list, which n8n draws as far as somebody scrolls. */
async function allNames(page) {
	const items = page.getByTestId('node-creator-item-name');
	return await until('the list is drawn to its end', async () => {
		const before = await items.count();
		await items.last().scrollIntoViewIfNeeded();
		const names = await items.allInnerTexts();
		return names.length === before && names.includes('Get many phone numbers') && names;
	});
}

/** Opens an empty workflow and what the package offers in the list of nodes. */
export async function openActions(page) {
	await page.goto('/workflow/new');
	await page.getByTestId('canvas-plus-button').first().click();
	await page.getByTestId('node-creator-search-bar').fill('LiveKit SIP');
	await item(page, /^LiveKit SIP$/).click();
	await item(page, 'On rule or trunk created').waitFor();
}

export async function checkRule(checks, { page, livekit }) {
	await openActions(page);
	await checks.run('the list of nodes names the events and the actions', async () => {
		await page.getByText(/^Actions \(\d+\)$/).click();
		const names = await allNames(page);
		same(names.slice(0, 5), [
			'On rule or trunk created',
			'On rule or trunk deleted',
			'On rule or trunk updated',
			'Make a call',
			'Transfer a call',
		]);
		for (const name of [
			'Hang up all calls',
			'Create a dispatch rule',
			'Get many outbound trunks',
			'Test who answers a call',
			'Get many phone numbers',
		]) {
			if (!names.includes(name)) throw new Error(`${name} is missing in ${names.join(', ')}`);
		}
	});
	await item(page, /^Create a dispatch rule$/).click();
	const panel = new Panel(page);
	await panel.ready('ruleType');
	await checks.run('the form of a dispatch rule follows the rule type', async () => {
		same(await panel.optionsOf('ruleType'), [
			'New Room per Caller',
			'One Fixed Room',
			'Room per Called Number',
		]);
		await panel.choose('ruleType', 'One Fixed Room');
		await panel.ready('roomName');
		same((await panel.labels()).slice(0, 11), [
			'Resource',
			'Operation',
			'Input Mode',
			'Name',
			'Trunks',
			'For Called Numbers',
			'Agents',
			'Rule Type',
			'Room Name',
			'PIN',
			'Additional Fields',
		]);
		same(await panel.cutOff(), []);
	});
	await checks.run('a trunk is picked by its name', async () => {
		await panel.addRow('trunkIds');
		same(await panel.pick('trunk', 'Support Line'), ['Support Line (+15105550110)']);
	});
	await checks.run(
		'the rule is created as it was filled in, its PIN is shown nowhere',
		async () => {
			await panel.fill('name', 'Support calls with PIN');
			await panel.fill('roomName', 'support-room');
			await panel.fill('pin', '4711');
			same(await panel.field('pin').locator('input').getAttribute('type'), 'password');
			const { name, rule_type, room, pin } = await panel.execute(
				(row) => 'sip_dispatch_rule_id' in row,
			);
			same(
				{ name, rule_type, room, pin },
				{
					name: 'Support calls with PIN',
					rule_type: 'direct',
					room: 'support-room',
					pin: '**hidden**',
				},
			);
			const {
				items: [stored],
			} = await call(livekit, 'ListSIPDispatchRule', {});
			same(stored.rule, { dispatch_rule_direct: { room_name: 'support-room', pin: '4711' } });
			same(stored.trunk_ids.length, 1);
		},
	);
}
