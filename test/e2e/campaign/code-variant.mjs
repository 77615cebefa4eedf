// examples/campaign-code.json, whose contacts live in the workflow's static data: runs that overlap, kill -9 in a batch,
// a failed execution retried by hand, contacts called again after a review.
import { outputsOf } from '../../../local/n8n/quickstart.mjs';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';
import { zoneAt } from './campaign.mjs';
import { csvOf, everySeconds, example, fields, given } from './template.mjs';

const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const busy = '+12025550486';
const stopped = '+12025551499';
const rules = { busy: { again_after_minutes: 0.02, at_most: 2 } };

class CodeCampaign {
	constructor(world, numbers, seconds) {
		this.world = world;
		this.numbers = numbers;
		this.seconds = seconds;
	}

	async workflow(settings = {}, changes = {}) {
		return await example('campaign-code.json', this.world.credentials, {
			'Every Five Minutes': everySeconds(this.seconds),
			Settings: fields({
				csv: csvOf(this.numbers, zoneAt(12)),
				do_not_call: stopped,
				batch_size: 4,
				rules: JSON.stringify(rules),
				...settings,
			}),
			Call: (parameters) => ({
				...parameters,
				limits: { ...parameters.limits, callsPerSecond: 4, maxCallDuration: 3 },
				hours: { rows: [{ ...parameters.hours.rows[0], days: everyDay }] },
			}),
			...changes,
		});
	}

	async store(changes) {
		this.stored = await this.world.store(await this.workflow({}, changes));
		await this.world.activate(this.stored);
	}

	/** What a person does in the editor: the active workflow is changed and published. */
	async change(settings, changes) {
		await this.world.deactivate(this.stored);
		this.stored = await this.world.replace(this.stored.id, await this.workflow(settings, changes));
		await this.world.activate(this.stored);
	}

	/** The contacts as n8n has them stored. */
	async contacts() {
		const { staticData } = await this.world.request('GET', `/workflows/${this.stored.id}`);
		const { global = {} } =
			(typeof staticData === 'string' ? JSON.parse(staticData) : staticData) ?? {};
		return Object.values(global.contacts ?? {});
	}

	/** The contacts once each has an outcome or is unknown, but none of the given ones is. */
	async settled(reviewed = []) {
		return await until('every contact is done', async () => {
			const contacts = await this.contacts();
			const open = contacts.filter(
				({ status, phone }) =>
					status === 'queued' || (status === 'unknown' && reviewed.includes(phone)),
			);
			return contacts.length === this.numbers.length && open.length === 0 ? contacts : undefined;
		});
	}

	dials() {
		return this.world.livekit.dials().filter(({ number }) => this.numbers.includes(number));
	}

	/** Rooms that were called twice: a room is one attempt of one contact. */
	calledTwice() {
		const rooms = this.dials().map(({ room }) => room);
		return rooms.filter((room, index) => rooms.indexOf(room) !== index);
	}

	async end() {
		await this.world.deactivate(this.stored);
	}
}

const numbersFrom = (first, count) =>
	Array.from({ length: count }, (_, index) => `+1202555${String(first + index)}`);

/** What holds for every contact, whatever happened. */
async function checkContacts(checks, label, campaign, contacts) {
	await checks.run(`${label}: no contact is called twice for one attempt`, () =>
		same(campaign.calledTwice(), []),
	);
	await checks.run(`${label}: every contact has an outcome or waits for review`, () => {
		const dialled = new Set(campaign.dials().map(({ number }) => number));
		same(
			contacts.filter(({ phone, status }) => status === 'answered' && !dialled.has(phone)),
			[],
		);
		same(
			contacts.filter(
				({ status }) => !['unknown', 'answered', 'stopped', 'do_not_call'].includes(status),
			),
			[],
		);
		same(
			[...dialled].filter((number) => !contacts.some(({ phone }) => phone === number)),
			[],
		);
		same(dialled.has(stopped), false);
	});
}

async function checkCrash(checks, world) {
	const label = `${world.label}, without Data Tables, killed`;
	// A batch takes 3 seconds.
	const campaign = new CodeCampaign(world, [...numbersFrom(1400, 10), busy, stopped], 5);
	const before = campaign.dials().length;
	await campaign.store();
	await until('the second batch is called', () => campaign.dials().length >= before + 6);
	await world.kill();
	await world.start();
	const contacts = await campaign.settled();
	await checkContacts(checks, label, campaign, contacts);
	const unknown = contacts.filter(({ status }) => status === 'unknown');
	await checks.run(`${label}: the contacts of the batch wait for review`, () =>
		same(unknown.length, 4),
	);
	await checks.run(`${label}: after the review they are called as the next attempt`, async () => {
		const asked = campaign.dials().length;
		await campaign.change({
			call_again: unknown.map(({ phone, attempt }) => `${phone}:${attempt}`).join('\n'),
		});
		const phones = unknown.map(({ phone }) => phone);
		const after = await campaign.settled(phones);
		const called = campaign
			.dials()
			.slice(asked)
			.map(({ number }) => number);
		same(
			called.filter((number) => number !== busy).toSorted(),
			phones.filter((phone) => phone !== busy).toSorted(),
		);
		same(
			after.filter(({ status }) => status === 'unknown'),
			[],
		);
		same(campaign.calledTwice(), []);
	});
	await campaign.end();
}

async function checkOverlap(checks, world) {
	const campaign = new CodeCampaign(world, [...numbersFrom(1420, 12), stopped], 2);
	await campaign.store();
	await checkContacts(
		checks,
		`${world.label}, without Data Tables, runs that overlap`,
		campaign,
		await campaign.settled(),
	);
	await campaign.end();
}

async function checkRetry(checks, world) {
	const label = `${world.label}, without Data Tables, failed after the calls`;
	const campaign = new CodeCampaign(world, numbersFrom(1450, 3), 2);
	const { parameters } = (await campaign.workflow()).nodes.find(({ name }) => name === 'Store');
	await campaign.store({ Store: given({ jsCode: 'throw new Error("out of luck");' }) });
	const failed = await until('an execution fails', async () =>
		(await world.executions(campaign.stored.id)).find(({ status }) => status === 'error'),
	);
	await campaign.end();
	campaign.stored = await world.replace(
		campaign.stored.id,
		await campaign.workflow({}, { Store: () => parameters }),
	);
	await checks.run(
		`${label}: the retry with the saved workflow stores the results and calls nobody`,
		async () => {
			same(campaign.dials().length, 3);
			const { id } = await world.request('POST', `/executions/${failed.id}/retry`, {
				loadWorkflow: true,
			});
			const [report] = (await outputsOf(await world.request('GET', `/executions/${id}`)))[
				'Send It Here'
			];
			same({ ...report.by_status }, { answered: 3 });
			same(
				(await campaign.contacts()).map(({ status }) => status),
				['answered', 'answered', 'answered'],
			);
			same(campaign.dials().length, 3);
		},
	);
}

/** A mistake that meets everybody, then a row that only its contact's list can mend. */
async function checkMended(checks, world) {
	const label = `${world.label}, without Data Tables`;
	const numbers = numbersFrom(1460, 3);
	const campaign = new CodeCampaign(world, numbers, 2);
	const withoutZone = csvOf(numbers, zoneAt(12)).replace(/(,[^,]*),[^,]*$/, '$1,');
	campaign.stored = await world.store(
		await campaign.workflow({ csv: withoutZone, do_not_call: 'nobody' }),
	);
	await world.activate(campaign.stored);
	await until('an execution fails', async () =>
		(await world.executions(campaign.stored.id)).some(({ status }) => status === 'error'),
	);
	await checks.run(
		`${label}: an entry of do_not_call that cannot be read calls nobody and costs no try`,
		async () => {
			same(
				(await campaign.contacts()).map(({ status, reason, tries }) => [status, reason, tries]),
				Array(3).fill(['queued', 'setup', {}]),
			);
			same(campaign.dials().length, 0);
		},
	);
	await campaign.change({ csv: withoutZone, do_not_call: '' });
	const waiting = await until('two are answered', async () => {
		const contacts = await campaign.contacts();
		return contacts.filter(({ status }) => status === 'answered').length === 2
			? contacts
			: undefined;
	});
	await checks.run(`${label}: a contact that waits for review is mended in the list`, async () => {
		const [review] = waiting.filter(({ status }) => status === 'review');
		same(review.reason, 'time_zone_missing');
		await campaign.change({ do_not_call: '', call_again: `${review.key}:${review.attempt}` });
		await until('it is answered', async () =>
			(await campaign.contacts()).every(({ status }) => status === 'answered'),
		);
		same(
			campaign
				.dials()
				.map(({ number }) => number)
				.toSorted(),
			numbers,
		);
	});
	await campaign.end();
}

export async function checkCodeVariant(checks, world, { all }) {
	world.livekit.options.answerAfterMs = 1500;
	await checkCrash(checks, world);
	if (all) await checkOverlap(checks, world);
	world.livekit.options.answerAfterMs = 50;
	await checkRetry(checks, world);
	await checkMended(checks, world);
}
