// n8n killed (kill -9) in the middle of a batch and started again; then a person looks at what is unknown.
import { setTimeout as delay } from 'node:timers/promises';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { Campaign, nobodyWrongly, statuses, wronglyDialled } from './campaign.mjs';
import { everySeconds } from './template.mjs';

const batchSize = 4;
const answerAfterMs = 1500;

/** Moments of a batch: between the claim and the first dial, between two dials, while all ring, after the last answer. */
const everyMoment = {
	'claimed, nobody dialled': async ({ livekit }, before) => {
		livekit.faults.push({ method: 'GetParticipant', kind: 'delay', delayMs: 3000, times: 1 });
		await until('a batch is claimed', () =>
			livekit.requests.slice(before.requests).some(({ method }) => method === 'GetParticipant'),
		);
	},
	'two of four dialled': async ({ livekit }, before) =>
		await until('two are dialled', () => livekit.dials().length >= before.dials + 2),
	'all four ring': async ({ livekit }, before) =>
		await until('four are dialled', () => livekit.dials().length >= before.dials + batchSize),
	'the last is just answered': async ({ livekit }, before) => {
		await until('four are dialled', () => livekit.dials().length >= before.dials + batchSize);
		await delay(answerAfterMs + 5);
	},
};

/** Rows that were claimed when n8n died, as they are afterwards. */
async function killAt(world, campaign, moment) {
	const before = { dials: world.livekit.dials().length, requests: world.livekit.requests.length };
	await everyMoment[moment](world, before);
	await world.kill();
	await world.start();
	return (await campaign.rows()).filter(({ status }) => status === 'dialing');
}

/** What became of the crashed executions when a person retried them: statuses, or what n8n said. */
async function retryCrashed(world, campaign) {
	const crashed = (await campaign.executions()).filter(({ status }) => status === 'crashed');
	const outcomes = [];
	for (const { id } of crashed) {
		const retried = await world
			.request('POST', `/executions/${id}/retry`, { loadWorkflow: true })
			.catch(({ message }) => ({ status: message }));
		outcomes.push(retried.status);
	}
	return outcomes;
}

export async function checkKills(checks, world, { all }) {
	const moments = all ? Object.keys(everyMoment) : ['two of four dialled'];
	world.livekit.options.answerAfterMs = answerAfterMs;
	const campaign = await Campaign.create(world, {
		name: 'kill',
		contacts: Array.from(
			{ length: batchSize * (moments.length + 3) },
			(_, index) => `+1202555${String(1200 + index)}`,
		),
		schedule: everySeconds(2),
		keepsProgress: true,
		// A batch takes 3 seconds here: a row that is claimed for 25 is nobody's any longer, on a busy machine too.
		settings: { batch_size: batchSize, review_after_minutes: 25 / 60 },
		// Calls that n8n left behind have ended before their contacts are called again.
		limits: { callsPerSecond: 4, maxCallDuration: 3 },
	});
	await campaign.activate();
	const lost = [];
	for (const moment of moments) {
		const claimed = await killAt(world, campaign, moment);
		lost.push(...claimed.map(({ phone }) => phone));
		console.log(`          killed: ${moment}, ${claimed.length} contacts were claimed`);
	}
	await checks.run(`${world.label}, killed: the kills met claimed contacts`, () => lost.length > 0);
	const rows = await campaign.settled();
	const dials = await campaign.dials();
	const unknown = rows.filter(({ status }) => status === 'unknown').map(({ phone }) => phone);
	await checks.run(
		`${world.label}, killed: contacts of a killed batch wait for review, all others have an outcome`,
		() => {
			same(unknown.toSorted(), [...new Set(lost)].toSorted());
			same(
				rows.filter(({ status }) => !['unknown', 'answered'].includes(status)),
				[],
			);
		},
	);
	await checks.run(`${world.label}, killed: nobody is called twice`, () => {
		const numbers = dials.map(({ number }) => number);
		same(
			numbers.filter((number, index) => numbers.indexOf(number) !== index),
			[],
		);
		same(
			rows.filter(({ status, phone }) => status === 'answered' && !numbers.includes(phone)),
			[],
		);
	});
	await checks.run(
		`${world.label}, killed: an execution that crashed, retried by hand outside the calling hours, calls nobody and puts nobody back`,
		async () => {
			// It is between 12 and 13 o'clock there.
			await campaign.change({
				Call: (parameters) => ({
					...parameters,
					hours: { rows: [{ ...parameters.hours.rows[0], from: '03:00', until: '04:00' }] },
				}),
			});
			const outcomes = await retryCrashed(world, campaign);
			console.log(`          retried: ${outcomes.join(', ')}`);
			same((await campaign.dials()).length, dials.length);
			same(
				(await campaign.rows()).filter(({ status }) => !['unknown', 'answered'].includes(status)),
				[],
			);
			// They did go on from where they were, so they could have called.
			if (outcomes.filter((status) => status === 'success').length < moments.length)
				throw new Error('The retries did not run.');
		},
	);

	await campaign.deactivate();
	await campaign.change({});
	await campaign.activate();
	// A retry that went on after the calls has stored what came of them.
	const open = (await campaign.rows())
		.filter(({ status }) => status === 'unknown')
		.map(({ phone }) => phone);
	await campaign.queueAgain('unknown');
	const reviewed = await campaign.settled();
	await checks.run(
		`${world.label}, killed: after the review they are called as the next attempt`,
		async () => {
			same(statuses(reviewed), { answered: rows.length });
			const after = await campaign.dials();
			same(
				after
					.slice(dials.length)
					.map(({ number }) => number)
					.toSorted(),
				open.toSorted(),
			);
			same(wronglyDialled([], after).rooms, nobodyWrongly.rooms);
			same(
				reviewed
					.filter(({ attempts }) => attempts === 2)
					.map(({ phone }) => phone)
					.toSorted(),
				open.toSorted(),
			);
		},
	);
	await campaign.deactivate();
}
