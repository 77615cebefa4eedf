// What LiveKit's log says of the webhooks that it has sent.

const line = /^(\S+)\t.*\t(sent|failed to send|dropped) webhook\t(\{.*\})$/gm;

/**
 * What became of each event, by LiveKit's log.
 *
 * @param {string} log of livekit-server
 * @returns {Map<string, {event: string, room: string, at: number, isDelivered: boolean, how: string}>} by the ID of the
 *   event; at: when LiveKit was done with it, in Unix milliseconds; how: the status of the answer, or why LiveKit gave up
 */
export function toldBy(log) {
	const found = new Map();
	for (const [, time, what, text] of log.matchAll(line)) {
		const { id, event, room, statusCode, reason } = JSON.parse(text);
		const ways = { sent: `answered ${statusCode}`, dropped: `dropped for ${reason}` };
		found.set(id, {
			event,
			room,
			at: Date.parse(time),
			isDelivered: what === 'sent' && statusCode < 300,
			how: ways[what] ?? 'given up',
		});
	}
	return found;
}
