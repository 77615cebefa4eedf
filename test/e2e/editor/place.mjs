// A person fills the form of a call, tries it dry, then calls.
import { same } from '../checks.mjs';
import { zoneAt } from '../campaign/campaign.mjs';

const number = '+12025550123';
const labels = [
	'Resource',
	'Operation',
	'Outbound Trunk',
	'Number to Call',
	'Country of the Numbers',
	'Agent Name',
	'Agent Options',
	'Caller ID',
	'Wait For',
	'Dry Run',
	'Pace and Limits',
	'Who May Be Called',
	'Calling Hours',
	'Call Again',
	'Additional Fields',
	'Carrier Options',
	'Options',
	'Input Mode',
];
const defaults = { waitFor: 'Answer' };
const collections = {
	'Agent Options': {
		offered: ['Agent Metadata', 'Wait for the Agent (Seconds)'],
		added: ['Agent Metadata'],
	},
	'Pace and Limits': {
		offered: [
			'Calls per Second',
			'Give Up Waiting After (Seconds)',
			'Max Call Duration (Seconds)',
			'Maximum Calls per Execution',
			'Maximum Simultaneous Calls',
			'One Live Call per Caller ID',
			'Ring the Callee For (Seconds)',
			'Stop After Carrier Failures',
			'Stop at Failure Rate (%)',
			'Stop at Failure Rate From (Calls)',
			'Stop at Failure Rate in (Minutes)',
		],
		added: [
			'Calls per Second',
			'Max Call Duration (Seconds)',
			'Maximum Calls per Execution',
			'Maximum Simultaneous Calls',
			'Ring the Callee For (Seconds)',
		],
	},
	'Who May Be Called': {
		offered: [
			'Allowed Destinations',
			'Do Not Call',
			'Internal Extensions',
			'Prevent Second Call',
			'Unlock Emergency Numbers',
			'Unlock Repeated Numbers',
			'Unlock SIP User Names',
			'Unlock Unusual Numbers',
		],
		added: ['Allowed Destinations'],
	},
	Options: {
		offered: [
			'Attempt',
			'Contact Key',
			'Include Input Fields',
			'Mark Call with Contact Key',
			'On Unanswered',
			'Room',
			'Same Room',
			'Simplify',
			'Unlock Other Caller IDs',
		],
		added: ['Contact Key'],
	},
};
const collectionDefaults = {
	callsPerSecond: '1',
	maxCallDuration: '3600',
	maxCalls: '100',
	maxSimultaneous: '10',
	ringFor: '30',
};
const usualHours = { from: '09:00', until: '20:00' };
const week = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const valuesOf = async (panel, names) =>
	Object.fromEntries(
		await Promise.all(Object.keys(names).map(async (name) => [name, await panel.valueOf(name)])),
	);

async function fillCall(panel) {
	await panel.fill('callTo', number);
	await panel.fill('agentName', 'appointment-agent');
	await panel.fill('agentMetadata', 'a note');
	await panel.fill('allowedDestinations', '+1');
	await panel.choose('timeZone', 'By Name');
	await panel.fill('timeZoneName', zoneAt(12));
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
		show?.resource?.includes('call') && show.operation?.includes('place') && !show['/trunk.mode'];
	const filled = properties
		.filter((property) => property.type === 'collection' && ofPlace(property))
		.map(({ name, options }) => [
			name,
			Object.fromEntries(options.map((field) => [field.name, field.default])),
		]);
	return { resource: 'call', operation: 'place', ...Object.fromEntries(filled) };
}

/** A carrier that is typed into the picker has fields of its own. */
async function checkCarrier(checks, { page, open }) {
	const panel = await open(page, 'Place Call, typed carrier', 'liveKitSip', {
		resource: 'call',
		operation: 'place',
		trunk: { __rl: true, mode: 'carrier', value: 'sip.example.com' },
	});
	await panel.ready('callTo');
	await checks.run('a carrier that is typed shows its fields behind the picker', async () => {
		const shown = await panel.labels();
		same(shown[shown.indexOf('Outbound Trunk') + 1], 'Inline Carrier');
		same(await panel.cutOff(), []);
	});
}

export async function checkPlace(checks, stage) {
	const { page, livekit, open } = stage;
	await checkWidths(checks, stage);
	await checkCarrier(checks, stage);
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
	await checks.run('one switch shows usual hours, with the week in its order', async () => {
		await panel.choose('callingHours', 'Only at These Hours');
		await panel.ready('from');
		same(await valuesOf(panel, usualHours), usualHours);
		same(await panel.optionsOf('days'), week);
		for (const day of week.slice(5)) await panel.choose('days', day);
		await panel.closeList('days');
	});
	await checks.run('a dry run shows what would be called, and calls nobody', async () => {
		await fillCall(panel);
		await panel.toggle('dryRun');
		const { outcome, message, called_number } = await panel.execute((row) => 'outcome' in row);
		same(
			{ outcome, message, called_number },
			{
				outcome: 'skipped',
				message: 'Dry Run: this number would be called',
				called_number: number,
			},
		);
		same(livekit.dials(), []);
	});
	await checks.run('the call is placed once and its outcome shown', async () => {
		await panel.toggle('dryRun');
		const { outcome, called_number, agent } = await panel.execute(
			(row) => row.outcome !== 'skipped',
		);
		same(
			{ outcome, called_number, agent },
			{ outcome: 'answered', called_number: number, agent: 'appointment-agent' },
		);
		same(
			livekit.dials().map(({ number: dialled }) => dialled),
			[number],
		);
	});
}
