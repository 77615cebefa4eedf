import { type Refusal, readAnswer } from '../../livekit/http/twirp';
import type { SetupFault } from '../../livekit/outcome/entry';
import { readRefusal } from '../../livekit/outcome/refusals';

/** What a server answered: HTTP status, the `Location` header (or ''), and the body as text. */
export interface Answer {
	status: number;
	location: string;
	text: string;
}

export const NOT_LIVEKIT =
	'The Server URL answers, but not as a LiveKit server does. Check host, port and path of the Server URL.';
export const NO_SIP_API =
	'URL, API Key and API Secret are right, but this LiveKit server has no SIP API. Update the server to a version with SIP.';

/** Whether this is LiveKit's answer to a list call: a JSON object with that list, or `{}` from servers that leave empty lists out. */
export function isListOf(name: string, { status, text }: Answer): boolean {
	const answer = readAnswer({ status, body: text });
	return (
		'value' in answer &&
		(Array.isArray(answer.value[name]) || Object.keys(answer.value).length === 0)
	);
}

// What LiveKit's own texts show. The credential's fields stand in them as its form names them.
const setupWords: Readonly<Record<SetupFault, string>> = {
	key: 'This LiveKit server does not know the API Key. Check API Key and Server URL.',
	secret:
		'The API Secret does not belong to this API Key. Copy the secret again, or create a new key.',
	clock:
		'The clocks of n8n and of the LiveKit server differ by more than a minute. Set both to the right time.',
	grant:
		'The LiveKit server received no permission for SIP. If a proxy stands in front of it, let it pass the Authorization header on.',
	redis:
		'URL, API Key and API Secret are right, but SIP is not available on this LiveKit server: it runs without Redis, which SIP needs. Add Redis to the configuration of the server.',
};

function unauthorized({ code }: Refusal): string {
	return code === 'unauthenticated'
		? 'LiveKit refuses the API Key or the API Secret. Check both.'
		: "The Server URL answers, but refuses the API Key or the API Secret in words that are not LiveKit's. Check the Server URL, then both.";
}

const longestHost = 80;

function redirected(location: string): string {
	const host = URL.canParse(location) ? new URL(location).host : '';
	// A host is in lower case, and so would be a token in it.
	const isPlain = host !== '' && host.length <= longestHost && !host.includes('eyj');
	return `The Server URL redirects${isPlain ? ` to ${host}` : ''}. Enter the address of the LiveKit server itself.`;
}

// Shorter ones are not masked: they would be found in words, and are no secrets that keep anybody out.
const shortestSecret = 8;

function withoutSecret(text: string, secret: string): string {
	return secret.length < shortestSecret ? text : text.replaceAll(secret, '[secret]');
}

/**
 * Why this answer to a signed list call is no success, in words for the user. Of the answer's own words only those that came
 * under one of LiveKit's codes are shown, shortened. `secret` never shows, nor does a token.
 */
export function refusal({ status, location, text }: Answer, secret: string): string {
	if (status >= 300 && status < 400) return redirected(location);
	const answer = readAnswer({ status, body: text });
	// JSON with status 200, but not the list.
	if ('value' in answer) return NOT_LIVEKIT;
	const { code, message } = answer.refusal;
	const { setup } = readRefusal(answer.refusal);
	if (setup) return setupWords[setup];
	if (status === 401) return unauthorized(answer.refusal);
	if (status === 429) return 'The Server URL answers "too many requests". Try again in a minute.';
	const isTwirp = text.trimStart().startsWith('{') && code !== 'foreign';
	if (status >= 502 && status <= 504 && !isTwirp) {
		return `The gateway at the Server URL answers ${status}: the server behind it is not available. Start it, or check the Server URL.`;
	}
	if (!isTwirp || status < 400) return NOT_LIVEKIT;
	const words = withoutSecret(message, secret).slice(0, 200);
	return `The Server URL answers ${status} (${code}): ${words}. Check that it is the address of a LiveKit server.`;
}
