import type {
	IAllExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { type Reply, readResponse } from '../../livekit/codec/response';
import { type Answer, readAnswer } from '../../livekit/http/twirp';
import type { JsonObject } from '../../livekit/json';
import { aboutRoom } from '../../livekit/outcome/missingRoom';
import { type Rpc, rpcPath } from '../../livekit/schema/rpc';
import { connectionRefusal } from './connection';

/** How a request is sent, besides its body. */
export interface SendOptions {
	/** `X-Livekit-Request-Id`: newer servers carry out the same request once. */
	readonly requestId?: string;
	/** Shortest HTTP timeout in milliseconds. A shorter one of the user's is raised to it. */
	readonly atLeastMs?: number;
	/** `X-Twirp-Timeout-Ms`: the server's own deadline, for requests that its default is too short for. */
	readonly serverDeadlineMs?: number;
}

/** n8n's functions that can send a request with the credential. */
export type Sender = IAllExecuteFunctions & {
	helpers: Pick<IExecuteSingleFunctions['helpers'], 'httpRequestWithAuthentication'>;
};

// n8n's own default for routed requests.
const defaultTimeoutMs = 300_000;

/**
 * The one function through which every request of this node goes.
 *
 * HTTP statuses are read here and not by n8n, whose words would hide LiveKit's, and which sends a request again after a
 * 401. Redirects are not followed: a redirected POST could dial again. The body is sent as text, since n8n drops empty
 * objects.
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
		timeout: Math.max(server.timeout ?? defaultTimeoutMs, options.atLeastMs ?? 0),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const response = (await sender.helpers.httpRequestWithAuthentication.call(
			sender,
			'liveKitApi',
			request,
		)) as IN8nHttpFullResponse;
		return readAnswer({ status: response.statusCode, body: response.body });
	} catch (error) {
		return { refusal: connectionRefusal(error) };
	}
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
