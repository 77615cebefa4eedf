import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const executionWithinMs = 300_000;

/** The calls that n8n's own editor makes, with its cookie and browser id. Same on both majors. */
export class N8nRest {
	#url;
	#cookie = '';
	#browserId = randomUUID();

	/** @param {string} url address of the editor, without a trailing slash */
	constructor(url) {
		this.#url = url;
	}

	/** Address of the n8n, without a trailing slash. */
	get url() {
		return this.#url;
	}

	/** A connection for each request: n8n closes idle ones, on a busy machine just as the next request goes out. */
	get #headers() {
		return { 'browser-id': this.#browserId, cookie: this.#cookie, connection: 'close' };
	}

	/**
	 * @param {string} method
	 * @param {string} path below `/rest`
	 * @param {unknown} [body] sent as JSON
	 * @returns {Promise<any>} the `data` of the answer
	 * @throws with n8n's own message on a status of 400 and above
	 */
	async request(method, path, body) {
		const response = await fetch(`${this.#url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', ...this.#headers },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookies = response.headers.getSetCookie();
		if (cookies.length > 0) this.#cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
		const text = await response.text();
		if (!response.ok)
			throw new Error(
				`n8n answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`,
			);
		const answer = text ? JSON.parse(text) : {};
		return 'data' in answer ? answer.data : answer;
	}

	/**
	 * A file that n8n makes for its editor, such as `/types/nodes.json`.
	 *
	 * @param {string} path from the root
	 * @returns {Promise<any>}
	 */
	async file(path) {
		const response = await fetch(`${this.#url}${path}`, { headers: this.#headers });
		if (!response.ok) throw new Error(`n8n answered ${response.status} to GET ${path}.`);
		return await response.json();
	}

	/**
	 * Makes the owner's account on a fresh n8n, and signs in to it on one that has it.
	 *
	 * @param {{email: string, firstName: string, lastName: string, password: string}} owner
	 */
	async signIn(owner) {
		const settings = await this.request('GET', '/settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.request('POST', '/owner/setup', owner);
			return;
		}
		await this.request('POST', '/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	/**
	 * Runs a stored workflow as the editor's button does, and waits for its end (at most 2 minutes).
	 *
	 * @param {string} workflowId
	 * @param {string} [from] name of the trigger to start from, the manual one by default
	 * @returns {Promise<{id: string, status: string, data: string}>} the execution; `data` is n8n's run data, unflattened
	 */
	async runWorkflow(workflowId, from) {
		const workflow = await this.request('GET', `/workflows/${workflowId}`);
		const trigger =
			from ?? workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger').name;
		const { executionId } = await this.request('POST', `/workflows/${workflowId}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger },
		});
		const deadline = performance.now() + executionWithinMs;
		while (performance.now() < deadline) {
			const execution = await this.request('GET', `/executions/${executionId}`);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			await delay(150);
		}
		throw new Error(`The workflow ${workflow.name} was still running after 5 minutes.`);
	}
}
