// One campaign of examples/campaign.json in a world: its workflow, its tables, and what its contacts came to.
import { setTimeout as delay } from 'node:timers/promises';
import { failedNodes } from '../../../local/n8n/quickstart.mjs';
import { until } from '../until.mjs';
import { csvOf, example, fields, given, hesitateBetween } from './template.mjs';

const file = 'campaign.json';
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * An IANA zone in which it is this hour now, so that neither midnight nor the calling hours depend on when a test runs.
 *
 * @param {number} hour 1 to 23
 */
export function zoneAt(hour) {
	const offset = ((hour - new Date().getUTCHours() + 36) % 24) - 12;
	return offset === 0 ? 'Etc/UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

export class Campaign {
	/** Use `create`. */
	constructor(world, options, tables) {
		this.world = world;
		this.options = options;
		this.tables = tables;
		this.dialsBefore = world.livekit.dials().length;
	}

	/**
	 * Stores the template, makes its tables and runs Load Contacts.
	 *
	 * @param {import('./world.mjs').World} world
	 * @param {{name: string, contacts: string[] | string, schedule: (parameters: object) => object, settings?: object, call?: object, limits?: object, hesitates?: boolean, keepsProgress?: boolean}} options
	 *   contacts: numbers, or CSV text; schedule: see `everySeconds`; call: parameters of Call; limits: of its Pace and Limits; hesitates: every other run pauses before it claims;
	 *   keepsProgress: n8n stores what each node put out, so that a crashed execution can be retried from where it was
	 */
	static async create(world, options) {
		const names = {
			contacts_table: `${options.name} contacts`,
			do_not_call_table: `${options.name} stop list`,
		};
		const campaign = new Campaign(
			world,
			options,
			world.isOld ? await Campaign.#tablesByHand(world, names) : names,
		);
		campaign.stored = await world.store(await campaign.workflow());
		campaign.loading = await world.run(campaign.stored.id);
		campaign.table = world.isOld
			? campaign.tables.contacts_table_id
			: await world.tableNamed(names.contacts_table);
		return campaign;
	}

	/** The one step that a person has to do in n8n 1.x, with the columns that the template names. */
	static async #tablesByHand(world, names) {
		const { nodes } = await example(file, world.credentials);
		const columnsOf = (node) => nodes.find(({ name }) => name === node).parameters.columns.column;
		return {
			contacts_table_id: await world.createTable(names.contacts_table, columnsOf('Contacts Table')),
			do_not_call_table_id: await world.createTable(
				names.do_not_call_table,
				columnsOf('Do-Not-Call Table'),
			),
		};
	}

	async workflow(changes = {}) {
		const {
			name,
			contacts,
			schedule,
			settings = {},
			call = {},
			limits = {},
			hesitates = false,
			keepsProgress = false,
		} = this.options;
		const csv = Array.isArray(contacts) ? csvOf(contacts, zoneAt(12)) : contacts;
		const webhook = { path: `opt-out-${name.replaceAll(' ', '-')}` };
		const workflow = await example(file, this.world.credentials, {
			'Every Minute': schedule,
			'Opt Out': given(webhook),
			Settings: fields({ ...this.tables, ...settings }),
			CSV: fields({ csv }),
			Call: (parameters) => ({
				...parameters,
				...call,
				limits: { ...parameters.limits, callsPerSecond: 20, ...limits },
				hours: { rows: [{ ...parameters.hours.rows[0], days: everyDay }] },
			}),
			...changes,
		});
		if (keepsProgress) workflow.settings.saveExecutionProgress = true;
		return hesitates ? hesitateBetween(workflow, 'Go On', 'Claim') : workflow;
	}

	async activate() {
		await this.world.activate(this.stored);
	}

	async deactivate() {
		await this.world.deactivate(this.stored);
	}

	/** Puts another version of the workflow in its place. */
	async change(changes) {
		this.stored = await this.world.replace(this.stored.id, await this.workflow(changes));
	}

	/** Sends an opt-out as an agent or a web page does; gives status and answer. n8n 2 opens the webhook a moment after the activation. */
	async optOut(phone) {
		const address = `${this.world.url}/webhook/opt-out-${this.options.name.replaceAll(' ', '-')}`;
		return await until('the webhook takes an opt-out', async () => {
			const answer = await fetch(address, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ phone }),
			});
			return answer.status === 404
				? undefined
				: { status: answer.status, body: await answer.json() };
		});
	}

	async rows() {
		return await this.world.rowsOf(this.table);
	}

	async executions() {
		return await this.world.executions(this.stored.id);
	}

	/** What a person does with contacts that were reviewed. */
	async queueAgain(status) {
		await this.world.setRows(this.table, 'status', status, { status: 'queued' });
	}

	/** The rows once nobody is dialled, claimed or due. */
	async settled() {
		return await until(`${this.options.name}: nobody is due any longer`, async () => {
			const rows = await this.rows();
			const soon = Date.now() + 60_000;
			const open = rows.some(
				({ status, next_attempt_at: at }) =>
					status === 'dialing' || (status === 'queued' && Date.parse(at) < soon),
			);
			if (open) await delay(400);
			return open ? undefined : rows;
		});
	}

	/** Dials of this campaign's contacts. */
	async dials() {
		const numbers = new Set((await this.rows()).map(({ number }) => number));
		return this.world.livekit
			.dials()
			.slice(this.dialsBefore)
			.filter(({ number }) => numbers.has(number.replace('+', '')));
	}
}

/** Contacts whose phone rang another number of times than their row says, and rooms that were called twice. */
export function wronglyDialled(rows, dials) {
	const rings = (called) => dials.filter(({ number }) => number.replace('+', '') === called).length;
	const rooms = dials.map(({ room }) => room);
	return {
		contacts: rows
			.filter(({ number, attempts }) => rings(number) !== attempts)
			.map(({ number, phone, status, attempts }) => ({
				phone,
				status,
				attempts,
				rings: rings(number),
			})),
		rooms: rooms.filter((room, index) => rooms.indexOf(room) !== index),
	};
}

export const nobodyWrongly = { contacts: [], rooms: [] };

/** How many rows have each status. */
export function statuses(rows) {
	const counts = {};
	for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
}

/** Nodes of an execution that failed, but those that n8n 1.x does not have. */
async function failuresOf(world, { id }) {
	const failed = await failedNodes(await world.request('GET', `/executions/${id}`));
	return failed.map(({ node }) => node).filter((node) => !node.endsWith(' Table'));
}

/** Runs the campaign until an execution fails at a node; gives that execution. */
export async function failedAt(campaign, node) {
	await campaign.activate();
	const failed = await until(`an execution fails at ${node}`, async () => {
		for (const execution of await campaign.executions()) {
			if (
				execution.status === 'error' &&
				(await failuresOf(campaign.world, execution)).includes(node)
			)
				return execution;
		}
	});
	await campaign.deactivate();
	await until('the others end', async () =>
		(await campaign.executions()).every(({ stoppedAt }) => stoppedAt),
	);
	return failed;
}
