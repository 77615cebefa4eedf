// A person fills the form of a call, tries it dry, then calls.
import { same } from '../checks.mjs';
import { zoneAt } from '../campaign/campaign.mjs';

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
const defaults = {
	ringFor: '30',
	maxCallDuration: '3600',
	waitFor: 'Answer',
	onUnanswered: 'Return Outcome',
	callsPerSecond: '1',
	maxSimultaneous: '10',
};
const collections = {
	Agent: {
		offered: ['Agent Name', 'Agent Metadata', 'Wait for the Agent (Seconds)'],
		added: ['Agent Name'],
	},
	'Who May Be Called': {
		offered: [
			'Allow Emergency Numbers',
			'Allow Repeated Numbers',
			'Allow SIP User Names',
			'Allow Unusual Numbers',
			'Allowed Destinations',
			'Default Country',
			'Do Not Call',
			'Internal Extensions',
			'Maximum Calls per Execution',
			'Prevent Second Call',
		],
		added: ['Allowed Destinations', 'Maximum Calls per Execution'],
	},
	'Calling Hours': {
		offered: ['Days', 'From', 'Until', 'Time Zone', 'Excluded Dates'],
		added: ['Days', 'From', 'Until', 'Time Zone'],
	},
	Options: {
		offered: [
			'Allow Other Caller IDs',
			'Attempt',
			'Contact Key',
			'Include Input Fields',
			'Same Room',
			'Stop After Carrier Failures',
		],
		added: ['Contact Key'],
	},
};
const collectionDefaults = { maxCalls: '100', from: '09:00', until: '20:00' };
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const valuesOf = async (panel, names) =>
	Object.fromEntries(
		await Promise.all(Object.keys(names).map(async (name) => [name, await panel.valueOf(name)])),
	);

async function fillCall(panel) {
	await panel.fill('callTo', number);
	await panel.fill('agentName', 'appointment-agent');
	await panel.fill('allowedDestinations', '+1');
	await panel.fill('timeZone', zoneAt(12));
	await panel.fill('contactKey', '42');
}

/** Every optional field of Place at once, to see what fits. */
async function checkWidths(checks, { page, open, n8n }) {
	const panel = await open(page, 'Place Call, all fields', 'liveKitSip', await allFields(n8n.rest));
	await panel.ready('circuitBreaker');
	await checks.run('no label and no value of a call is cut off', async () =>
		same(await panel.cutOff(), []),
	);
}

/** Parameters of Place in which each collection holds all its fields. */
async function allFields(rest) {
	const types = await rest.file('/types/nodes.json');
	const { properties } = types.find(({ name }) => name === 'n8n-nodes-livekit-sip.liveKitSip');
	const ofPlace = ({ displayOptions: { show } = {} }) =>
		show?.resource?.includes('call') && show.operation?.includes('place') && !show.trunkSource;
	const filled = properties
		.filter((property) => property.type === 'collection' && ofPlace(property))
		.map(({ name, options }) => [
			name,
			Object.fromEntries(options.map((field) => [field.name, field.default])),
		]);
	return { resource: 'call', operation: 'place', ...Object.fromEntries(filled) };
}

export async function checkPlace(checks, stage) {
	const { page, livekit, open } = stage;
	await checkWidths(checks, stage);
	const panel = await open(page, 'Place Call', 'liveKitSip', {
		resource: 'call',
		operation: 'place',
	});
	await panel.ready('callTo');
	await checks.run('the form of a call has its fields in order, with their defaults', async () => {
		same(await panel.labels(), labels);
		same(await valuesOf(panel, defaults), defaults);
	});
	await checks.run('the trunks are offered by name', async () => {
		same(await panel.pick('trunk', 'Example Carrier'), [
			'Example Carrier (+15105550100)',
			'Spare Carrier (+15105550101)',
		]);
	});
	await checks.run('its collections offer their fields in order, with their defaults', async () => {
		for (const [label, { offered, added }] of Object.entries(collections))
			same(await panel.addFields(label, added), offered);
		same(await valuesOf(panel, collectionDefaults), collectionDefaults);
	});
	await checks.run('the days of the week stand in their order', async () => {
		same(await panel.optionsOf('days'), week);
		for (const day of week.slice(5)) await panel.choose('days', day);
		await panel.closeList('days');
	});
	await checks.run('a dry run shows what would be called, and calls nobody', async () => {
		await fillCall(panel);
		await panel.toggle('dryRun');
		const { outcome, reason, called_number } = await panel.execute((row) => 'outcome' in row);
		same(
			{ outcome, reason, called_number },
			{ outcome: 'skipped', reason: 'dry_run', called_number: number },
		);
		same(livekit.dials(), []);
	});
	await checks.run('the call is placed once and its outcome shown', async () => {
		await panel.toggle('dryRun');
		const { outcome, answered, retryable, called_number, contact_key } = await panel.execute(
			({ reason }) => reason !== 'dry_run',
		);
		same(
			{ outcome, answered, retryable, called_number, contact_key },
			{
				outcome: 'answered',
				answered: 'true',
				retryable: 'false',
				called_number: number,
				contact_key: '42',
			},
		);
		same(
			livekit.dials().map(({ number: dialled }) => dialled),
			[number],
		);
	});
}
