/**
 * The messages of a file that sipp wrote with -trace_msg.
 *
 * @param {string} text
 * @returns {{direction: 'received' | 'sent', start: string, headers: [string, string][]}[]} start: request or status line;
 *   headers: names in lower case
 */
export function messagesOf(text) {
	return text
		.split(/^-{20,} .*$/m)
		.map((part) => /^\s*\w+ message (received|sent)[^\n]*\n\s*\n([\s\S]*)$/.exec(part))
		.filter(Boolean)
		.map(([, direction, message]) => {
			const [start, ...lines] = message.split(/\r?\n/);
			const end = lines.indexOf('');
			const headers = lines.slice(0, end < 0 ? undefined : end).map((line) => {
				const colon = line.indexOf(':');
				return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
			});
			return { direction, start: start.trim(), headers };
		});
}

/** The value of a message's header, undefined when it has none of that name. */
export function headerOf(message, name) {
	return message?.headers.find(([header]) => header === name.toLowerCase())?.[1];
}

const countOf = (values) => new Set(values).size;

/**
 * What a phone saw of the calls to it. Repeated packets of one request count once, as in SIP itself.
 *
 * @param {ReturnType<typeof messagesOf>} messages
 */
export class Trace {
	constructor(messages) {
		this.messages = messages;
	}

	/** Requests of a method from LiveKit, without repetitions. */
	requests(method) {
		const seen = new Set();
		return this.messages.filter((message) => {
			if (message.direction !== 'received' || !message.start.startsWith(`${method} `)) return false;
			const key = `${headerOf(message, 'call-id')} ${headerOf(message, 'cseq')}`;
			if (seen.has(key)) return false;
			seen.add(key);
			return true;
		});
	}

	/** How many calls began: distinct Call-IDs of INVITEs from LiveKit. */
	get calls() {
		return countOf(this.requests('INVITE').map((message) => headerOf(message, 'call-id')));
	}

	/** The requests from LiveKit and how often, such as `1 Call-ID, INVITE 1, ACK 1, BYE 1`. */
	toString() {
		const methods = this.messages
			.filter(({ direction, start }) => direction === 'received' && !start.startsWith('SIP/'))
			.map(({ start }) => start.split(' ')[0]);
		const shown = [...new Set(methods)].map(
			(method) => `${method} ${this.requests(method).length}`,
		);
		return [...(this.calls > 0 ? [`${this.calls} Call-ID`] : []), ...shown].join(', ');
	}
}
