// What an n8n that starts answers to events before its webhooks are there.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { post, recordedBodies } from '../call-trigger/delivery.mjs';

const everyMs = 200;
const untilTaken = 10;

const ended = (await recordedBodies()).find((body) => body.includes('"participant_left"'));

/** Whether an answer is the one to an event that starts a workflow. n8n has other ones of 200. */
export function isTaken({ status, how }) {
	return status === 200 && how.includes('Workflow was started');
}

/** Delivers an event of its own, and tells how it was answered. */
async function deliver(url) {
	const id = `EV_${randomUUID()}`;
	const body = ended.replace(/"id":\s*"EV_\w+"/, `"id":"${id}"`);
	return await post(url, body).then(
		({ status, text }) => ({ id, status, how: `${status} ${text.slice(0, 40)}`.trim() }),
		() => ({ id, status: 0, how: 'no connection' }),
	);
}

/**
 * Kills n8n, starts it, and delivers events all along, each once.
 *
 * @param {import('../../../local/n8n/instance.mjs').N8nInstance} n8n
 * @param {string} url of the trigger
 * @returns {Promise<{id: string, status: number, how: string, at: number}[]>} at: milliseconds since the start
 */
export async function deliverWhileStarting(n8n, url) {
	await n8n.kill();
	const begun = performance.now();
	let isUp = false;
	const starting = n8n.start().then(() => {
		isUp = true;
	});
	const answers = [];
	while (!isUp || answers.filter(isTaken).length < untilTaken) {
		const at = Math.round(performance.now() - begun);
		answers.push({ ...(await deliver(url)), at });
		await delay(everyMs);
	}
	await starting;
	return answers;
}

/** The answers by their kind: how many, and from when to when. */
export function phasesOf(answers) {
	return [...new Set(answers.map(({ how }) => how))].map((how) => {
		const some = answers.filter((one) => one.how === how);
		const [from, to] = [some[0].at / 1000, some.at(-1).at / 1000];
		return { how, events: some.length, 'from s': from, 'to s': to };
	});
}
