// The trigger in queue mode: who polls, and how often.
import { call } from '../../../local/n8n/sip.mjs';
import { same } from '../checks.mjs';
import { until } from '../until.mjs';

/** n8n polls once a minute, at a second that it chooses by chance. */
const everyMs = 60_000;

const workflowWith = (credential) => ({
	name: 'watch',
	active: false,
	nodes: [
		{
			id: '5e0c1d00-0000-4000-8000-000000000201',
			name: 'Trigger',
			type: 'n8n-nodes-livekit-sip.liveKitSipTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				watch: ['dispatchRule'],
				events: ['created'],
			},
			credentials: { liveKitApi: credential },
		},
		{
			id: '5e0c1d00-0000-4000-8000-000000000202',
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	],
	connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

/** An active trigger, and the one rule that is made after its activation. */
export class Watch {
	#livekit;
	#rest;
	#workflowId;

	/**
	 * @param {import('../../../local/n8n/instance.mjs').N8nInstance} main
	 * @param {object} livekit the local one
	 * @param {{id: string, name: string}} credential
	 */
	static async start(main, livekit, credential) {
		const watch = new Watch();
		watch.#livekit = livekit;
		watch.#rest = main.rest;
		const stored = await main.rest.request('POST', '/workflows', workflowWith(credential));
		await main.rest.request('POST', `/workflows/${stored.id}/activate`, {
			versionId: stored.versionId,
		});
		watch.#workflowId = stored.id;
		// n8n 2.x activates after it has answered; what is there at the first poll is not reported.
		await until('the trigger polls', () => watch.#polls().length > 0);
		await call(livekit, 'CreateSIPDispatchRule', {
			dispatch_rule: { name: 'new', rule: { dispatch_rule_direct: { room_name: 'r' } } },
		});
		return watch;
	}

	/** Times of the polls: each asks for the first page once. */
	#polls() {
		const lists = this.#livekit.requests.filter(({ method }) => method === 'ListSIPDispatchRule');
		return lists.filter(({ body }) => !body?.page?.after_id).map(({ at }) => at);
	}

	async #executions() {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: this.#workflowId }));
		return (await this.#rest.request('GET', `/executions?filter=${filter}&limit=20`)).results;
	}

	/**
	 * Waits for the poll that reports the rule.
	 *
	 * @param {import('../checks.mjs').Checks} checks
	 */
	async check(checks, label) {
		await until('the new rule is reported', async () =>
			(await this.#executions()).some(({ stoppedAt }) => stoppedAt),
		);
		await checks.run(`${label}: the trigger reports a new rule in one execution`, async () => {
			same(
				(await this.#executions()).map(({ status }) => status),
				['success'],
			);
		});
		await checks.run(
			`${label}: it polls at its activation and then once a minute, not once per worker`,
			() => {
				const [, ...scheduled] = this.#polls();
				if (scheduled.length === 0) throw new Error('It never polled.');
				// A poll may be late on a busy machine, and the next one in time.
				const minutes = Math.round((scheduled.at(-1) - scheduled[0]) / everyMs);
				same(scheduled.length, minutes + 1);
			},
		);
	}
}
