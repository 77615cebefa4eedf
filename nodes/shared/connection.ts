import { scrub } from '../../livekit/http/token';
import type { Refusal } from '../../livekit/http/twirp';

/** A property of what was thrown, by shape and not by class: it may come from another realm. */
export function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

// n8n 1.x replaces the message of a known code by its own words and keeps no cause: the code is in `httpCode`, the text in
// `messages`.
function detailsOf(error: unknown): string {
	const texts = [error, field(error, 'cause')].flatMap((part) =>
		['code', 'httpCode', 'message', 'description'].map((name) => field(part, name)),
	);
	const messages = field(error, 'messages');
	const earlier: unknown[] = Array.isArray(messages) ? messages : [];
	return [...new Set([...texts, ...earlier].filter(isText))].join(' ');
}

/** Node's codes for a host name that cannot be resolved (`getaddrinfo`). */
export const hostUnknown = /ENOTFOUND|EAI_/;

/** Node's codes for a certificate that it does not trust; nothing is sent before it is checked. */
export const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/;

// Words of Node and axios that prove that the request never left.
const neverSent: ReadonlyArray<readonly [RegExp, string]> = [
	[hostUnknown, 'The host of the LiveKit server was not found'],
	[/ECONNREFUSED/, 'The LiveKit server refused the connection: nothing listens there'],
	[/connect (EHOSTUNREACH|ENETUNREACH)/, 'The LiveKit server cannot be reached over the network'],
	[untrusted, 'The TLS certificate of the LiveKit server is not trusted'],
	[
		/wrong version number|unknown protocol|packet length too long|http_request/i,
		'The LiveKit server does not speak TLS there',
	],
	[
		/Invalid URL|ERR_INVALID_URL|ERR_INVALID_PROTOCOL|Unsupported protocol/i,
		'Server URL in the LiveKit API credential is no web address',
	],
	[/domain[\w\s"'.:-]* not allowed/i, 'The credential does not allow this host'],
];

/** The refusal that stands for a request without an answer, in words and without anything secret. */
export function connectionRefusal(error: unknown): Refusal {
	const details = detailsOf(error);
	// n8n wraps what the credential's own code throws.
	const incomplete = /Fill in API Key and API Secret[^.]*\./.exec(details);
	if (incomplete)
		return { status: 0, code: 'no_credential', message: scrub(incomplete[0]), meta: {} };
	const known = neverSent.find(([pattern]) => pattern.test(details));
	if (known) return { status: 0, code: 'no_answer', message: known[1], meta: {} };
	const timeout = /ETIMEDOUT|ECONNABORTED|timeout|timed out/i.test(details);
	const message = timeout
		? 'LiveKit did not answer in time'
		: 'The connection to LiveKit broke off';
	return { status: 0, code: 'unknown_fate', message, meta: {} };
}
