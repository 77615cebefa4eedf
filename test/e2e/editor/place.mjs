// A person fills the form of a call, tries it dry, then calls.
import { same } from '../checks.mjs';
import { zoneAt } from '../campaign/campaign.mjs';
import { Panel } from './panel.mjs';

const number = '+12025550123';
const labels = [
	'Resource',
	'Operation',
	'Input Mode',
	'Carrier',
	'Outbound Trunk',
	'Number to Call',
	'Caller ID',
	'Room',
	'Ring the Callee For (Seconds)',
	'Maximum Call Duration (Seconds)',
	'Wait For',
	'On Unanswered',
	'Calls per Second',
	'Maximum Simultaneous Calls',
	'Dry Run',
	'Agent',
	'Who May Be Called',
	'Calling Hours',
	'Additional Fields',
	'Carrier Options',
	'Options',
];
const defaults = { ringFor: '30', maxCallDuration: '3600', waitFor: 'Answer', onUnanswered: 'Return Outcome', callsPerSecond: '1', maxSimultaneous: '10' };
const collections = {
	Agent: ['Agent Name', 'Agent Metadata', 'Wait for the Agent (Seconds)'],
	'Who May Be Called': [
		'Allow Emergency Numbers',
		'Allow Repeated Numbers',
		'Allow SIP User Names',
		'Allowed Destinations',
		'Default Country',
		'Do Not Call',
		'Maximum Calls per Execution',
		'Prevent Second Call',
	],
	'Calling Hours': ['Days', 'From', 'Until', 'Time Zone', 'Excluded Dates'],
	Options: ['Allow Other Caller IDs', 'Attempt', 'Contact Key', 'Include Input Fields', 'Same Room', 'Stop After Carrier Failures'],
};
const collectionDefaults = { agentWait: '10', maxCalls: '100', from: '09:00', until: '20:00', circuitBreaker: '10' };
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const valuesOf = async (panel, names) => Object.fromEntries(await Promise.all(Object.keys(names).map(async (name) => [name, await panel.valueOf(name)])));

async function fillCall(panel) {
	await panel.fill('callTo', number);
	await panel.fill('agentName', 'appointment-agent');
	await panel.fill('allowedDestinations', '+1');
	await panel.fill('timeZone', zoneAt(12));
	await panel.fill('contactKey', '42');
	await panel.fill('attempt', '1');
}

export async function checkPlace(checks, { page, livekit, open }) {
	const panel = await open(page, 'Place Call', 'liveKitSip', { resource: 'call', operation: 'place' });
	await panel.ready('callTo');
	await checks.run('the form of a call has its fields in order, with their defaults', async () => {
		same(await panel.labels(), labels);
		same(await valuesOf(panel, defaults), defaults);
	});
	await checks.run('the trunks are offered by name', async () => {
		same(await panel.pick('trunk', 'Example Carrier'), ['Example Carrier (sip.example.com)', 'Spare Carrier (sip.example.net)']);
	});
	await checks.run('its collections offer their fields in order, with their defaults', async () => {
		const offered = {};
		for (const label of Object.keys(collections)) offered[label] = await panel.addAll(label);
		same(offered, collections);
		same(await valuesOf(panel, collectionDefaults), collectionDefaults);
	});
	await checks.run('the days of the week stand in their order', async () => {
		same(await panel.optionsOf('days'), week);
		for (const day of week.slice(5)) await page.getByRole('option', { name: day }).click();
		await page.keyboard.press('Escape');
	});
	await checks.run('no label and no value is cut off', async () => same(await panel.cutOff(), []));
	await checks.run('a dry run shows what would be called, and calls nobody', async () => {
		await fillCall(panel);
		await panel.toggle('dryRun');
		const { outcome, reason, called_number } = await panel.execute((row) => 'outcome' in row);
		same({ outcome, reason, called_number }, { outcome: 'skipped', reason: 'dry_run', called_number: number });
		same(livekit.dials(), []);
	});
	await checks.run('the call is placed once and its outcome shown', async () => {
		await panel.toggle('dryRun');
		const { outcome, answered, retryable, called_number, contact_key } = await panel.execute(({ reason }) => reason !== 'dry_run');
		same({ outcome, answered, retryable, called_number, contact_key }, { outcome: 'answered', answered: 'true', retryable: 'false', called_number: number, contact_key: '42' });
		same(livekit.dials().map(({ number: dialled }) => dialled), [number]);
	});
}
