import { isObject } from '../../livekit/json';
import { type Refusal, readAnswer } from '../../livekit/http/twirp';
import type { SetupFault } from '../../livekit/outcome/entry';
import { readRefusal } from '../../livekit/outcome/refusals';
import { field, hostUnknown, untrusted } from './connection';

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

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Whether this is LiveKit's answer to a list call: a JSON object with that list, or `{}` from servers that leave empty lists out. */
export function isListOf(name: string, { status, text }: Answer): boolean {
	const json = status === 200 ? jsonOf(text) : undefined;
	return json !== undefined && (Array.isArray(json[name]) || Object.keys(json).length === 0);
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

function redirected(location: string): string {
	const target = URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
	return `The Server URL redirects${target}. Enter the address of the LiveKit server itself.`;
}

/** Why this answer to a signed list call is no success, in words for the user. `secret` never shows, nor does a token. */
export function refusal({ status, location, text }: Answer, secret: string): string {
	if (status >= 300 && status < 400) return redirected(location);
	const json = jsonOf(text);
	const answer = readAnswer({ status, body: json ?? text });
	// JSON with status 200, but not the list.
	if ('value' in answer) return NOT_LIVEKIT;
	const { code, message } = answer.refusal;
	const { setup } = readRefusal(answer.refusal);
	if (setup) return setupWords[setup];
	if (status === 401) return unauthorized(answer.refusal);
	if (status === 429) return 'The Server URL answers "too many requests". Try again in a minute.';
	const isTwirp = typeof json?.code === 'string' && typeof json.msg === 'string';
	if (status >= 502 && status <= 504 && !isTwirp) {
		return `The gateway at the Server URL answers ${status}: the server behind it is not available. Start it, or check the Server URL.`;
	}
	if (!isTwirp || status < 400) return NOT_LIVEKIT;
	const words = message.replaceAll(secret, '[secret]').slice(0, 200);
	return `The Server URL answers ${status} (${code}): ${words}. Check that it is the address of a LiveKit server.`;
}

const NO_PROXY = 'n8n tests this credential without a proxy.';

function reasonOf(thrown: unknown): string {
	if (field(thrown, 'name') === 'TimeoutError') return 'ETIMEDOUT';
	const cause = field(thrown, 'cause');
	return String(field(cause, 'code') ?? field(cause, 'message') ?? field(thrown, 'message'));
}

/** Why no answer came from `url`, in words for the user; `thrown` is what fetch rejected with. */
export function unreachable(thrown: unknown, url: URL): string {
	const reason = reasonOf(thrown);
	if (hostUnknown.test(reason))
		return `The host ${url.hostname} was not found. Check the spelling of the Server URL. ${NO_PROXY}`;
	if (/TIMEDOUT|TIMEOUT/.test(reason))
		return `${url.host} does not answer in time. Check host and port of the Server URL, and the firewall. ${NO_PROXY}`;
	if (/ECONNREFUSED|UNREACH/.test(reason)) {
		return `Nothing listens at ${url.host}. Check host and port of the Server URL; inside a container, localhost is the container itself. ${NO_PROXY}`;
	}
	if (untrusted.test(reason)) {
		return `The TLS certificate of ${url.host} is not trusted (${reason}). Use the host name that the certificate is for, or let Node trust its issuer (NODE_EXTRA_CA_CERTS).`;
	}
	if (/SSL|EPROTO/.test(reason))
		return `${url.host} does not speak TLS. Start the Server URL with ws:// or http://, or check its port.`;
	if (/ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_/.test(reason)) {
		return `${url.host} does not speak plain HTTP. Start the Server URL with wss:// or https://, or check its port.`;
	}
	return `No answer from ${url.host} (${reason}). Check the Server URL. ${NO_PROXY}`;
}
