import { scrub } from '../../livekit/http/token';
import type { Refusal } from '../../livekit/http/twirp';
import type { Stopped } from './limits';
import { type Trouble, beforeSending, refusedByProxy, whileWaiting } from './trouble';

/** A property of what was thrown, by shape and not by class: it may come from another realm. */
function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function listed(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

const deepest = 4;
const mostRead = 5000;

// n8n 1.x replaces the message of a known code by its own words and keeps no cause: the code is in `httpCode`, the texts in
// `messages`. Node tries all addresses of a host, and what happened at each is in `errors`.
function textsOf(thrown: unknown, depth = deepest): unknown[] {
	if (depth === 0 || typeof thrown !== 'object' || thrown === null) return [];
	return [
		...['code', 'httpCode', 'message', 'description'].map((name) => field(thrown, name)),
		...listed(field(thrown, 'messages')).slice(0, 10),
		...textsOf(field(thrown, 'cause'), depth - 1),
		...listed(field(thrown, 'errors'))
			.slice(0, 10)
			.flatMap((error) => textsOf(error, depth - 1)),
	];
}

function detailsOf(thrown: unknown): string {
	return [...new Set(textsOf(thrown).filter(isText))].join(' ').slice(0, mostRead);
}

function refusalOf(code: string, { message, advice }: Trouble): Refusal {
	return { status: 0, code, message, advice, meta: {} };
}

/**
 * The refusal of a request of which nobody knows whether it arrived. One that only reads has changed nothing, so it is as if
 * it had not been sent.
 */
export function unansweredRefusal({ message, advice }: Trouble, reads: boolean): Refusal {
	return reads
		? refusalOf('no_answer', { message, advice })
		: { status: 0, code: 'unknown_fate', message, meta: {} };
}

const stops: Readonly<Record<Stopped, Trouble>> = {
	time: whileWaiting('timeout'),
	canceled: {
		message: 'The execution was cancelled before LiveKit answered',
		advice: 'Nothing has changed at LiveKit.',
	},
};

/** The refusal of a request that was ended here. */
export function stoppedRefusal(why: Stopped, unsent: boolean): Refusal {
	return unansweredRefusal(stops[why], unsent);
}

const askedForPassword = 407;

/**
 * The refusal of a request for which a proxy would not open the way, undefined if it may have gone its way. A proxy that asks
 * for a password has passed nothing on. On the way to a TLS server it answers in place of the server, on a connection on which
 * the request was never written (https-proxy-agent): n8n 1.x gives that connection, n8n 2.x only the answer.
 */
export function proxyRefusal(status: number, answer: unknown): Refusal | undefined {
	return status === askedForPassword || field(field(answer, 'socket'), 'bytesWritten') === 0
		? refusalOf('no_answer', refusedByProxy(status))
		: undefined;
}

/**
 * The same refusal, with the host that was asked: the Server URL stands in the credential, which not everybody may see.
 *
 * @param address of the server, a URL
 */
export function naming(refusal: Refusal, address: string): Refusal {
	return refusal.advice === undefined || !URL.canParse(address)
		? refusal
		: { ...refusal, advice: `${refusal.advice} The host asked was ${new URL(address).host}.` };
}

/**
 * The refusal that stands for a request without an answer, in words and without anything secret.
 *
 * @param thrown what n8n's function threw
 * @param reads whether the request changes nothing
 */
export function connectionRefusal(thrown: unknown, reads: boolean): Refusal {
	const details = detailsOf(thrown);
	// n8n wraps what the credential's own code throws.
	const incomplete = /Fill in API Key and API Secret[^.F]*\./.exec(details);
	if (incomplete)
		return { status: 0, code: 'no_credential', message: scrub(incomplete[0]), meta: {} };
	const trouble = beforeSending(details);
	return trouble
		? refusalOf('no_answer', trouble)
		: unansweredRefusal(whileWaiting(details), reads);
}
