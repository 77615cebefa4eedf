import { scrub } from '../../livekit/http/token';
import type { Refusal } from '../../livekit/http/twirp';

function field(value: unknown, name: string): string {
	const inner: unknown =
		typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
	return typeof inner === 'string' ? inner : '';
}

// n8n 1.x replaces the message of a known code by its own words and keeps no cause: the code is in `httpCode`, the text in
// `messages`.
function detailsOf(error: unknown): string {
	const inner = (name: string): unknown =>
		typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
	const texts = [error, inner('cause')].flatMap((part) =>
		['code', 'httpCode', 'message', 'description'].map((name) => field(part, name)),
	);
	const messages = inner('messages');
	const earlier = Array.isArray(messages)
		? messages.filter((text) => typeof text === 'string')
		: [];
	return [...new Set([...texts, ...earlier].filter((text) => text !== ''))].join(' ');
}

// Words of Node's and axios's codes. Those of the first group prove that the request never left.
const neverSent: ReadonlyArray<readonly [RegExp, string]> = [
	[/ENOTFOUND|EAI_AGAIN/, 'The host of the LiveKit server was not found'],
	[/ECONNREFUSED/, 'The LiveKit server refused the connection: nothing listens there'],
	[/connect (EHOSTUNREACH|ENETUNREACH)/, 'The LiveKit server cannot be reached over the network'],
	[
		/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/,
		'The TLS certificate of the LiveKit server is not trusted',
	],
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
