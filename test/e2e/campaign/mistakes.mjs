// Mistakes that meet every contact: in Call, in the credential, at the carrier. They must cost no contact anything.
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Campaign, failedAt, statuses, zoneAt } from './campaign.mjs';
import { retry } from './retry.mjs';
import { everySeconds } from './template.mjs';

const messageOf = async (world, { id }) =>
	(await failedNodes(await world.request('GET', `/executions/${id}`))).find(
		({ node }) => node === 'Stop Calling',
	).message;

/** What a person sees, and that the contacts are called once it is mended. */
async function checkMistake(checks, campaign, label, mistake, mended) {
	const { world } = campaign;
	const failed = await failedAt(campaign, 'Stop Calling');
	await checks.run(
		`${label}: the run ends with what is wrong, and every contact is as before`,
		async () => {
			const message = await messageOf(world, failed);
			if (!mistake.test(message)) throw new Error(message);
			same(
				(await campaign.rows()).map(({ status, attempts, tries }) => [status, attempts, tries]),
				Array(3).fill(['queued', 0, null]),
			);
			same((await campaign.dials()).length, 0);
		},
	);
	await checks.run(`${label}: retried by hand it calls nobody`, async () => {
		same(await retry(world, failed), 'error');
		same((await campaign.dials()).length, 0);
	});
	await mended();
	await campaign.activate();
	const rows = await campaign.settled();
	await campaign.deactivate();
	await checks.run(`${label}: mended, each is called once`, async () => {
		same(statuses(rows), { answered: 3 });
		same(
			(await campaign.dials()).map(({ number }) => number).toSorted(),
			rows.map(({ phone }) => phone).toSorted(),
		);
	});
}

async function checkRevoked(checks, world) {
	const contacts = ['+12025551310', '+12025551311', '+12025551312'];
	const campaign = await Campaign.create(world, {
		name: 'revoked',
		contacts,
		schedule: everySeconds(1),
	});
	// The API key is revoked between the look at the trunk and the first call.
	world.livekit.faults.push({
		method: 'GetParticipant',
		kind: 'status',
		status: 401,
		contentType: 'text/plain',
		body: 'invalid API key: devkey',
		times: 1000,
	});
	await checkMistake(
		checks,
		campaign,
		`${world.label}, API key revoked before the calls`,
		/does not know the API key/,
		() => world.livekit.faults.splice(0),
	).finally(() => world.livekit.faults.splice(0));
}

async function checkParameter(checks, world) {
	const contacts = ['+12025551320', '+12025551321', '+12025551322'];
	const campaign = await Campaign.create(world, {
		name: 'parameter',
		contacts,
		schedule: everySeconds(1),
	});
	await campaign.change({
		Call: (parameters) => ({
			...parameters,
			guards: { ...parameters.guards, doNotCall: 'somebody' },
		}),
	});
	await checkMistake(
		checks,
		campaign,
		`${world.label}, an entry of Do Not Call that cannot be read`,
		/Do Not Call.*somebody/s,
		async () => await campaign.change({}),
	);
}

/** What every row of a batch meets alike. */
const forAll = {
	'Dry Run left on': { call: { dryRun: true }, says: /Dry Run is on in Call/, attempts: 0 },
	'a caller ID that the trunk does not have': {
		call: { callerId: '+12025559999' },
		says: /caller ID|Caller ID/,
		attempts: 0,
	},
	'a carrier that forbids every call': { digits: '0403', says: /403/, attempts: 1 },
};

async function checkForAll(checks, world, what, prefix) {
	const { call = {}, digits = '0199', says, attempts } = forAll[what];
	const contacts = Array.from({ length: 3 }, (_, index) => `+1202${prefix}${index}${digits}`);
	const campaign = await Campaign.create(world, {
		name: `for all ${prefix}`,
		contacts,
		schedule: everySeconds(1),
		call,
	});
	const failed = await failedAt(campaign, 'Stop Calling');
	await checks.run(
		`${world.label}, ${what}: the run ends with it, and it costs no try`,
		async () => {
			const message = await messageOf(world, failed);
			if (!says.test(message)) throw new Error(message);
			const rows = await campaign.rows();
			same(
				rows.map(({ status, attempts: counted, tries }) => [
					status,
					Math.min(counted, attempts),
					tries ?? '{}',
				]),
				Array(3).fill(['queued', attempts, '{}']),
			);
		},
	);
}

/** A list whose columns have other names, as a spreadsheet with semicolons makes it. */
async function checkColumns(checks, world) {
	const campaign = await Campaign.create(world, {
		name: 'columns',
		contacts: 'Phone;Name\n+12025551330;Ada\n',
		schedule: everySeconds(60),
	});
	await checks.run(
		`${world.label}, a list with other columns: it is refused, and its columns are named`,
		async () => {
			same(campaign.loading.status, 'error');
			same(await campaign.rows(), []);
			const failed = await failedNodes(
				await world.request('GET', `/executions/${campaign.loading.id}`),
			);
			const { message } = failed.find(({ node }) => node === 'Wrong Columns');
			if (!message.includes('Phone;Name')) throw new Error(message);
		},
	);
}

/** A whole batch without a time zone stands before the contact that has one. */
async function checkZoneless(checks, world) {
	const contacts = ['+12025551340,Ada,', '+12025551341,Bob,EST', `+12025551342,Cleo,${zoneAt(12)}`];
	const campaign = await Campaign.create(world, {
		name: 'zoneless',
		contacts: ['phone,name,time_zone', ...contacts, ''].join('\n'),
		schedule: everySeconds(1),
		settings: { batch_size: 2 },
	});
	await campaign.activate();
	const rows = await campaign.settled();
	await campaign.deactivate();
	await checks.run(
		`${world.label}, a batch without a time zone: it waits for a person, the next one is called`,
		async () => {
			same(
				rows.toSorted((a, b) => a.phone.localeCompare(b.phone)).map(({ status }) => status),
				['review', 'review', 'answered'],
			);
			same((await campaign.dials()).length, 1);
		},
	);
}

async function checkOutage(checks, world) {
	const label = `${world.label}, a carrier that fails every call`;
	const contacts = Array.from({ length: 8 }, (_, index) => `+12025${index}20500`);
	// Longer than it takes to store what a batch came to: else the next run finds one contact alone, which proves nothing.
	const rule = { again_after_minutes: 0.1, at_most: 2 };
	const settings = {
		rules: JSON.stringify({ carrier_error: rule, skipped: rule }),
		calls_per_day: 2,
	};
	const campaign = await Campaign.create(world, {
		name: 'outage',
		contacts,
		schedule: everySeconds(2),
		settings,
		limits: { callsPerSecond: 5 },
	});
	await campaign.activate();
	const failed = await until('four runs end at the carrier', async () => {
		const ended = (await campaign.executions()).filter(({ status }) => status === 'error');
		return ended.length >= 4 ? ended : undefined;
	});
	await campaign.deactivate();
	await until('the last run ends', async () =>
		(await campaign.executions()).every(({ stoppedAt }) => stoppedAt),
	);
	await checks.run(`${label}: the runs say so, and no contact loses a try`, async () => {
		const message = await messageOf(world, failed.at(-1));
		if (!/SIP 500/.test(message)) throw new Error(message);
		const rows = await campaign.rows();
		same(statuses(rows), { queued: 8 });
		same(
			rows.filter(({ calls_on_day: calls, tries }) => calls > 0 || (tries ?? '{}') !== '{}'),
			[],
		);
		if (Math.max(...rows.map(({ attempts }) => attempts)) < 2)
			throw new Error('Nobody was called as often as the rule allows.');
	});
}

export async function checkMistakes(checks, world) {
	world.livekit.options.answerAfterMs = 50;
	await checkRevoked(checks, world);
	await checkParameter(checks, world);
	await checkColumns(checks, world);
	for (const [index, what] of Object.keys(forAll).entries())
		await checkForAll(checks, world, what, 60 + index);
	await checkZoneless(checks, world);
	await checkOutage(checks, world);
}
