import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 2000;
const nodeType = /\.liveKitCallTrigger$/;

/** The URLs of a node, production and test: the test URL answers 404 while nobody listens, and LiveKit goes on. */
function urlsOf({ url }, { webhookId }) {
	return ['webhook', 'webhook-test'].map((kind) => `${url}/${kind}/${webhookId}/webhook`);
}

/**
 * Where the call triggers of an n8n listen, whether their workflows are active or not.
 *
 * @param {import('./instance.mjs').N8nInstance} n8n one that runs and is signed in to
 * @param {Map<string, {stamp: string, urls: string[]}>} known what was read before, by workflow; it is kept up to date
 * @returns {Promise<string[]>} URLs
 */
export async function callTriggerUrls(n8n, known = new Map()) {
	const workflows = await n8n.rest.request('GET', '/workflows');
	for (const { id, updatedAt, versionId } of workflows) {
		const stamp = `${updatedAt} ${versionId}`;
		if (known.get(id)?.stamp === stamp) continue;
		const { nodes } = await n8n.rest.request('GET', `/workflows/${id}`);
		const triggers = nodes.filter((node) => nodeType.test(node.type) && node.webhookId);
		known.set(id, { stamp, urls: triggers.flatMap((node) => urlsOf(n8n, node)) });
	}
	return workflows.flatMap(({ id }) => known.get(id)?.urls ?? []);
}

/**
 * Lets a local LiveKit tell the call triggers of an n8n, those too that are made later: a real LiveKit has their URLs from
 * a person. Goes on until the process ends.
 *
 * @param {{options: {webhookUrls: string[]}}} livekit
 * @param {import('./instance.mjs').N8nInstance} n8n one that runs and is signed in to
 * @param {AbortSignal} [signal] stops it
 */
export async function tellCallTriggers(livekit, n8n, signal) {
	const known = new Map();
	const look = async () => {
		// An n8n that does not answer now may answer in two seconds. The URLs stay as they were.
		livekit.options.webhookUrls = await callTriggerUrls(n8n, known).catch(
			() => livekit.options.webhookUrls,
		);
	};
	await look();
	const goOn = async () => {
		while (!signal?.aborted) {
			await look();
			await delay(everyMs, undefined, { ref: false });
		}
	};
	void goOn();
}
