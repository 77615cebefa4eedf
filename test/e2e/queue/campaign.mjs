// A campaign as n8n users build it: each webhook call starts an execution that marks its contacts as "dialing" in a Data
// Table, calls them, and writes down what became of each.
import { until } from '../until.mjs';

const webhookPath = 'campaign';
const pageSize = 50;
const ended = ['success', 'error', 'crashed', 'canceled'];

/** Last digits that the local LiveKit's telephones understand, with the outcome that Place then gives. */
const refusing = [
	['0486', 'busy'],
	['0603', 'declined'],
	['0404', 'invalid_number'],
];

/**
 * Contacts with numbers of their own; every tenth is busy, declines or does not exist.
 *
 * @param {number} count at most 600
 * @returns {{contact: string, number: string, expected: string}[]} expected: the outcome of a call
 */
export function contactsOf(count) {
	return Array.from({ length: count }, (_, index) => {
		const [digits, expected] =
			index % 10 === 7 ? refusing[Math.floor(index / 10) % refusing.length] : ['0100', 'answered'];
		return { contact: `c${index}`, number: `+1202${300 + index}${digits}`, expected };
	});
}

const node = (name, index, type, typeVersion, parameters, more = {}) => ({
	id: `5e0c1d00-0000-4000-8000-00000000010${index}`,
	name,
	type,
	typeVersion,
	position: [220 * index, 0],
	parameters,
	...more,
});

/** An update of the contact's row; with `onlyQueued` it finds no row that was dialled before. */
function update(tableId, { values, contact, onlyQueued }) {
	const equal = (keyName, keyValue) => ({ keyName, condition: 'eq', keyValue });
	return {
		resource: 'row',
		operation: 'update',
		dataTableId: { __rl: true, mode: 'id', value: tableId },
		matchType: 'allConditions',
		filters: {
			conditions: [equal('contact', contact), ...(onlyQueued ? [equal('state', 'queued')] : [])],
		},
		columns: { mappingMode: 'defineBelow', value: values, matchingColumns: [], schema: [] },
		options: {},
	};
}

/**
 * The workflow: Webhook, Split Out, Mark (Data Table), Place, Store (Data Table).
 *
 * @param {{tableId: string, trunkId: string, credential: {id: string, name: string}, claims: boolean, guards: object,
 *   callsPerSecond: number}} options claims: Mark takes only rows that are still queued, so that a second run of the execution
 *   finds none; guards: Place's Who May Be Called
 */
export function campaignWorkflow({ tableId, trunkId, credential, claims, guards, callsPerSecond }) {
	const nodes = [
		node(
			'Webhook',
			0,
			'n8n-nodes-base.webhook',
			2,
			{ httpMethod: 'POST', path: webhookPath, responseMode: 'onReceived', options: {} },
			{ webhookId: '5e0c1d00-0000-4000-8000-0000000000aa' },
		),
		node('Split Out', 1, 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.contacts',
			options: {},
		}),
		node(
			'Mark',
			2,
			'n8n-nodes-base.dataTable',
			1,
			update(tableId, {
				values: { state: 'dialing', run: '={{ $execution.id }}' },
				contact: '={{ $json.contact }}',
				onlyQueued: claims,
			}),
		),
		node(
			'Place',
			3,
			'n8n-nodes-livekit-sip.liveKitSip',
			1,
			{
				resource: 'call',
				operation: 'place',
				trunk: { __rl: true, mode: 'id', value: trunkId },
				callTo: '={{ $json.number }}',
				limits: { callsPerSecond },
				guards,
				options: { contactKey: '={{ $json.contact }}', simplify: false, includeInput: 'no' },
			},
			{ credentials: { liveKitApi: credential } },
		),
		node(
			'Store',
			4,
			'n8n-nodes-base.dataTable',
			1,
			update(tableId, {
				values: { state: 'done', outcome: '={{ $json.outcome }}' },
				contact: '={{ $json.contact_key }}',
			}),
		),
	];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	return {
		name: 'campaign',
		active: false,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	};
}

/** A campaign in an n8n: its table and its executions, over n8n's REST. */
export class Campaign {
	#rest;
	#table;
	#workflowId;
	#url;

	/**
	 * Makes the table with all contacts in it, and the active workflow.
	 *
	 * @param {import('../../../local/n8n/instance.mjs').N8nInstance} main signed in
	 * @param {{contacts: {contact: string, number: string}[], trunkId: string, credential: object, claims: boolean, guards: object,
	 *   callsPerSecond: number}} options see `campaignWorkflow`
	 */
	static async create(main, { contacts, ...options }) {
		const campaign = new Campaign();
		const { rest } = main;
		campaign.#rest = rest;
		const { id: projectId } = await rest.request('GET', '/projects/personal');
		const columns = ['contact', 'number', 'state', 'outcome', 'run'].map((name) => ({
			name,
			type: 'string',
		}));
		const { id: tableId } = await rest.request('POST', `/projects/${projectId}/data-tables`, {
			name: 'contacts',
			columns,
		});
		campaign.#table = `/projects/${projectId}/data-tables/${tableId}`;
		const data = contacts.map(({ contact, number }) => ({
			contact,
			number,
			state: 'queued',
			outcome: null,
			run: null,
		}));
		await rest.request('POST', `${campaign.#table}/insert`, { data, returnType: 'count' });
		const stored = await rest.request(
			'POST',
			'/workflows',
			campaignWorkflow({ tableId, ...options }),
		);
		await rest.request('POST', `/workflows/${stored.id}/activate`, { versionId: stored.versionId });
		campaign.#workflowId = stored.id;
		campaign.#url = `${main.url}/webhook/${webhookPath}`;
		return campaign;
	}

	/** Starts an execution with some contacts. */
	async start(contacts) {
		const body = JSON.stringify({ contacts: contacts.map(({ contact }) => ({ contact })) });
		// n8n 2.x publishes a workflow after it has answered the request to do so.
		const answer = await until('the webhook is there', async () => {
			const given = await fetch(this.#url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', connection: 'close' },
				body,
			});
			return given.status !== 404 && given;
		});
		if (!answer.ok)
			throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
	}

	/** The rows of the table: contact, number, state, outcome, run (the execution that dialled). */
	async rows() {
		const rows = [];
		for (;;) {
			const { data } = await this.#rest.request(
				'GET',
				`${this.#table}/rows?take=${pageSize}&skip=${rows.length}&sortBy=id:asc`,
			);
			rows.push(...data);
			if (data.length < pageSize) return rows;
		}
	}

	/** All executions: id, status, stoppedAt. */
	async executions() {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.#workflowId }));
		const { results } = await this.#rest.request('GET', `/executions?filter=${filter}&limit=100`);
		return results;
	}

	/**
	 * Waits until so many executions have ended.
	 *
	 * @returns {Promise<{id: string, status: string}[]>} all executions
	 */
	async end(count) {
		return await until(`${count} executions have ended`, async () => {
			const executions = await this.executions();
			const over = executions.filter(({ status }) => ended.includes(status)).length >= count;
			return over && executions;
		});
	}
}
