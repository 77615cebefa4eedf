// A sender that treats a receiver as LiveKit does, for more events than a real LiveKit can be made to have.
import { setTimeout as delay } from 'node:timers/promises';
import { post } from './delivery.mjs';

/** go-retryablehttp's defaults, which LiveKit keeps: four more attempts, each pause twice as long (livekit/protocol webhook). */
const pausesMs = [1000, 2000, 4000, 8000];

/** Only these statuses are tried again; all others are final. */
const isPassing = (status) => status === 429 || (status >= 500 && status !== 501);

/**
 * Delivers one event as LiveKit does.
 *
 * @returns {Promise<{status: number, tries: number}>} status of the last answer, 0 if there was none
 */
export async function deliver(url, body) {
	for (let tries = 1; ; tries++) {
		const { status } = await post(url, body).catch(() => ({ status: 0 }));
		const isFinal = status !== 0 && !isPassing(status);
		if (isFinal || tries > pausesMs.length) return { status, tries };
		await delay(pausesMs[tries - 1]);
	}
}

/**
 * Delivers all events: those of a room one after the other, the rooms at the same time.
 *
 * @param {string} url
 * @param {string[]} bodies
 * @returns {Promise<{body: string, status: number, tries: number, waitedMs: number}[]>} waitedMs: until its turn came
 */
export async function deliverAll(url, bodies) {
	const rooms = new Map();
	for (const body of bodies) {
		const room = JSON.parse(body).room?.name;
		rooms.set(room, [...(rooms.get(room) ?? []), body]);
	}
	const begun = performance.now();
	const inOrder = async (some) => {
		const done = [];
		for (const body of some) {
			const waitedMs = performance.now() - begun;
			done.push({ body, waitedMs, ...(await deliver(url, body)) });
		}
		return done;
	};
	return (await Promise.all([...rooms.values()].map(inOrder))).flat();
}
