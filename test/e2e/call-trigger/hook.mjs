// A workflow that a call trigger starts, in a real n8n.
import { randomUUID } from 'node:crypto';
import { outputsOf } from '../../../local/n8n/quickstart.mjs';
import { until } from '../until.mjs';
import { post } from './delivery.mjs';

const mostExecutions = 100;

const workflowWith = (name, webhookId, credential, parameters) => ({
	name,
	active: false,
	nodes: [
		{
			id: webhookId,
			webhookId,
			name: 'Calls',
			type: 'n8n-nodes-livekit-sip.liveKitCallTrigger',
			typeVersion: 2,
			position: [0, 0],
			parameters,
			credentials: { liveKitApi: credential },
		},
		{
			id: '5e0c1d00-0000-4000-8000-000000000302',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	],
	connections: { Calls: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

/** A stored workflow whose trigger has a URL, and what it has started. */
export class Hook {
	#n8n;
	#stored;
	#items = new Map();

	/** Use `store` or `activate`. */
	constructor(n8n, stored, webhookId) {
		this.#n8n = n8n;
		this.#stored = stored;
		this.path = `/webhook/${webhookId}/webhook`;
		this.url = `${n8n.url}${this.path}`;
	}

	/**
	 * Stores the workflow, which gets no events yet.
	 *
	 * @param {import('../../../local/n8n/instance.mjs').N8nInstance} n8n with its owner signed in
	 * @param {{id: string, name: string}} credential
	 * @param {Record<string, unknown>} parameters of the trigger
	 */
	static async store(n8n, credential, parameters) {
		const webhookId = randomUUID();
		const workflow = workflowWith(`calls ${webhookId}`, webhookId, credential, parameters);
		return new Hook(n8n, await n8n.rest.request('POST', '/workflows', workflow), webhookId);
	}

	/** Asks n8n to activate the workflow. n8n 2.x may answer before it has done so. */
	async activate() {
		const { id, versionId } = this.#stored;
		await this.#n8n.rest.request('POST', `/workflows/${id}/activate`, { versionId });
	}

	/** Waits until the URL answers: n8n answers 404 before. */
	async registered(url = this.url) {
		const answers = async () => (await post(url, '{}', 'x')).status === 401;
		await until('n8n has registered the webhook', answers);
	}

	/** Stores and activates the workflow, and waits until it gets events. */
	static async start(n8n, credential, parameters) {
		const hook = await Hook.store(n8n, credential, parameters);
		await hook.activate();
		await hook.registered();
		return hook;
	}

	/**
	 * What the trigger has started.
	 *
	 * @returns {Promise<{id: string, status: string, stoppedAt?: string}[]>}
	 */
	async executions() {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.#stored.id }));
		const found = new Map();
		for (let next = ''; ; ) {
			const path = `/executions?filter=${filter}&limit=${mostExecutions}${next}`;
			const { results, nextCursor } = await this.#n8n.rest.request('GET', path);
			// One that ends meanwhile may be told twice.
			for (const one of results) found.set(one.id, one);
			const isWhole = nextCursor === undefined ? results.length < mostExecutions : !nextCursor;
			if (isWhole) return [...found.values()];
			// n8n 1.x goes on behind an ID, 2.x behind what it gave.
			next = nextCursor
				? `&cursor=${encodeURIComponent(nextCursor)}`
				: `&lastId=${results.at(-1).id}`;
		}
	}

	/** Forgets what it has read: n8n is asked for it again, as after a crash, which may have lost it. */
	forget() {
		this.#items.clear();
	}

	/** The trigger's items of all executions that have ended, one list per execution. */
	async items() {
		for (const { id, stoppedAt } of await this.executions()) {
			if (!stoppedAt || this.#items.has(id)) continue;
			const execution = await this.#n8n.rest.request('GET', `/executions/${id}`);
			this.#items.set(id, (await outputsOf(execution)).Calls ?? []);
		}
		return [...this.#items.values()];
	}
}
