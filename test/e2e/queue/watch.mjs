// The trigger in queue mode: who polls, and how often.
import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../../../local/n8n/sip.mjs';
import { same } from '../checks.mjs';

const activeWithinMs = 30_000;
const reportedWithinMs = 130_000;
/** n8n polls once a minute, at a second that it chooses by chance. */
const leastGapMs = 55_000;

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
	#begin = Date.now();

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
		while (watch.#polls().length === 0 && Date.now() < watch.#begin + activeWithinMs)
			await delay(100);
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
		const deadline = this.#begin + reportedWithinMs;
		while ((await this.#executions()).every(({ stoppedAt }) => !stoppedAt) && Date.now() < deadline)
			await delay(500);
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
				const gaps = scheduled.slice(1).map((at, index) => at - scheduled[index]);
				same(
					gaps.filter((gap) => gap < leastGapMs),
					[],
				);
			},
		);
	}
}
