import type {
	IAllExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { foreignAnswer } from '../../livekit/codec/answer';
import { withoutRepeated } from '../../livekit/codec/repeated';
import { type Reply, readResponse } from '../../livekit/codec/response';
import { type Answer, type Refusal, readAnswer } from '../../livekit/http/twirp';
import { type JsonObject, isObject } from '../../livekit/json';
import { aboutRoom } from '../../livekit/outcome/missingRoom';
import { type Rpc, onlyReads, rpcPath } from '../../livekit/schema/rpc';
import {
	connectionRefusal,
	naming,
	proxyRefusal,
	stoppedRefusal,
	unansweredRefusal,
} from './connection';
import { type Allowance, type Limit, limit, longestTimerMs, mostOfAnswer } from './limits';
import { isStream, mostOfForeign, readBody } from './readBody';
import { whileWaiting } from './trouble';

/** How a request is sent, besides its body. */
export interface SendOptions {
	/** `X-Livekit-Request-Id`: newer servers carry out the same request once. */
	readonly requestId?: string;
	/** Shortest timeout in milliseconds. A shorter one of the user's is raised to it. */
	readonly atLeastMs?: number;
	/** Timeout in milliseconds if the user has set none, five minutes unless given. */
	readonly usualMs?: number;
	/** `X-Twirp-Timeout-Ms`: the server's own deadline, for requests that its default is too short for. */
	readonly serverDeadlineMs?: number;
	/** What this request and others may take together. */
	readonly allowance?: Allowance;
	/** Sent and answered also if the execution is cancelled meanwhile, or was before: what tidies up. */
	readonly evenIfCancelled?: boolean;
}

/** n8n's functions that can send a request with the credential. Only those of an execution know whether it was cancelled. */
export type Sender = IAllExecuteFunctions & {
	helpers: Pick<IExecuteSingleFunctions['helpers'], 'httpRequestWithAuthentication'>;
	getExecutionCancelSignal?(): AbortSignal | undefined;
};

// n8n's own default for routed requests.
const defaultTimeoutMs = 300_000;

/** The same functions of n8n, whose requests do not end with the execution. n8n asks them for its signal before each request. */
function unstoppable(sender: Sender): Sender {
	return Object.create(sender, { getExecutionCancelSignal: { value: () => undefined } }) as Sender;
}

/** How long a request or a list may take where nothing else is said: the user's Timeout, or n8n's five minutes. */
export function timeoutOf(
	{ timeout }: Partial<IHttpRequestOptions>,
	usualMs = defaultTimeoutMs,
): number {
	return Number.isFinite(timeout) ? Math.min(Number(timeout), longestTimerMs) : usualMs;
}

/**
 * The one function through which every request of this node goes.
 *
 * HTTP statuses are read here and not by n8n, whose words would hide LiveKit's, and which sends a request again after a
 * 401. Redirects are not followed: a redirected POST could dial again. The body is sent as text, since n8n drops empty
 * objects. The answer is read here too, as it arrives: n8n would read any amount, for any time.
 *
 * @param server what n8n prepared: base URL, proxy, TLS settings, allowed domains, the user's timeout
 */
export async function send(
	sender: Sender,
	server: Partial<IHttpRequestOptions>,
	rpc: Rpc,
	body: JsonObject,
	options: SendOptions = {},
): Promise<Answer> {
	const answer = await asked(sender, server, rpc, body, options);
	if (!('refusal' in answer)) return answer;
	const refusal = withoutRepeated(answer.refusal, rpc.request, body);
	return { refusal: { ...naming(refusal, server.baseURL ?? ''), asked: textsIn(body) } };
}

/** The IDs and names by which a request says what it is about. Secrets are never among its outermost fields. */
function textsIn(body: JsonObject): Record<string, string> {
	const texts = Object.entries(body).filter(
		(entry): entry is [string, string] =>
			/(^|_)(id|identity|room|room_name)$/.test(entry[0]) && typeof entry[1] === 'string',
	);
	return Object.fromEntries(texts);
}

async function asked(
	sender: Sender,
	server: Partial<IHttpRequestOptions>,
	rpc: Rpc,
	body: JsonObject,
	options: SendOptions,
): Promise<Answer> {
	const { allowance } = options;
	const timeout = Math.min(
		Math.max(timeoutOf(server, options.usualMs), options.atLeastMs ?? 0),
		allowance?.leftMs ?? Infinity,
	);
	const functions = options.evenIfCancelled ? unstoppable(sender) : sender;
	const bounds = limit(timeout, functions.getExecutionCancelSignal?.());
	if (bounds.stopped()) return { refusal: stoppedRefusal('canceled', true) };
	const request: IHttpRequestOptions = {
		...server,
		method: 'POST',
		url: rpcPath(rpc),
		headers: {
			...server.headers,
			'Content-Type': 'application/json',
			...(options.requestId ? { 'X-Livekit-Request-Id': options.requestId } : {}),
			...(options.serverDeadlineMs
				? { 'X-Twirp-Timeout-Ms': String(Math.ceil(options.serverDeadlineMs)) }
				: {}),
		},
		body: JSON.stringify(body),
		timeout: Math.ceil(timeout),
		abortSignal: bounds.signal,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const responding: Promise<unknown> = sender.helpers.httpRequestWithAuthentication.call(
		functions,
		'liveKitApi',
		request,
	);
	try {
		const response = (await bounds.orStop(responding)) as IN8nHttpFullResponse;
		return await readWithin(response, bounds, onlyReads(rpc), allowance);
	} catch (error) {
		const stopped = bounds.stopped();
		if (!stopped) return { refusal: connectionRefusal(error, onlyReads(rpc)) };
		void responding.then(discard, () => undefined);
		return { refusal: stoppedRefusal(stopped, onlyReads(rpc)) };
	} finally {
		bounds.forget();
	}
}

/** Ends the connection of an answer that nobody waits for any more. */
function discard(response: unknown): void {
	const body = isObject(response) ? response.body : undefined;
	if (isStream(body)) body.destroy();
}

async function readWithin(
	{ statusCode: status, body }: IN8nHttpFullResponse,
	bounds: Limit,
	reads: boolean,
	allowance: Allowance | undefined,
): Promise<Answer> {
	if (!isStream(body)) return readAnswer({ status, body });
	const refused = proxyRefusal(status, body);
	const most = status === 200 ? (allowance?.leftBytes ?? mostOfAnswer) : mostOfForeign;
	const { text, bytes, end } = await readBody(body, most, bounds);
	allowance?.spend(bytes);
	if (refused) return { refusal: refused };
	// Of a refusal the status alone tells something, even if its words broke off.
	if (status !== 200 || end === 'whole') return readAnswer({ status, body: text });
	return end === 'cut' ? tooLong(text) : { refusal: lostAnswer(bounds, reads) };
}

function tooLong(text: string): Answer {
	return text.trimStart().startsWith('{')
		? { refusal: foreignAnswer('an answer that is longer than this node reads') }
		: readAnswer({ status: 200, body: text });
}

function lostAnswer(bounds: Limit, reads: boolean): Refusal {
	const stopped = bounds.stopped();
	return stopped ? stoppedRefusal(stopped, reads) : unansweredRefusal(whileWaiting(''), reads);
}

/** The response of a method, or the refusal. If the server that holds the room did not answer, it says that there is none. */
export function replyOf(rpc: Rpc, answer: Answer): Reply {
	const reply = readResponse(rpc, answer);
	return 'refusal' in reply && rpc.inRoom ? { refusal: aboutRoom(reply.refusal) } : reply;
}

/** Sends one request and reads its response, see {@link send}. */
export async function sendAndRead(
	sender: Sender,
	server: Partial<IHttpRequestOptions>,
	rpc: Rpc,
	body: JsonObject,
	options?: SendOptions,
): Promise<Reply> {
	return replyOf(rpc, await send(sender, server, rpc, body, options));
}
