import type {
	IAllExecuteFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { JsonObject } from '../../livekit/json';
import { type Rpc, rpcPath } from '../../livekit/schema/rpc';
import { type Answer, type HttpAnswer, type Refusal, readAnswer } from '../../livekit/http/twirp';
import { connectionRefusal } from './connection';
import type { SendOptions } from '../LiveKitSip/rows/row';

/** n8n's functions that can send a request with the credential. */
export type Sender = IAllExecuteFunctions & {
	helpers: Pick<IExecuteSingleFunctions['helpers'], 'httpRequestWithAuthentication'>;
};

// n8n's own default for routed requests.
const defaultTimeoutMs = 300_000;

/**
 * The one function through which every request of this node goes.
 *
 * HTTP statuses are read here and not by n8n, whose words would hide LiveKit's (and which sends a 401 twice). Redirects
 * are not followed: a redirected POST could dial again. An empty body is sent as text, since n8n drops empty objects.
 *
 * @param base what n8n prepared: base URL, proxy, TLS settings, allowed domains, the user's timeout
 */
export async function send(
	sender: Sender,
	base: Partial<IHttpRequestOptions>,
	rpc: Rpc,
	body: JsonObject,
	options: SendOptions = {},
): Promise<HttpAnswer | { readonly refusal: Refusal }> {
	const request: IHttpRequestOptions = {
		...base,
		method: 'POST',
		url: rpcPath(rpc),
		headers: {
			...base.headers,
			'Content-Type': 'application/json',
			...(options.requestId ? { 'X-Livekit-Request-Id': options.requestId } : {}),
			...(options.serverDeadlineMs
				? { 'X-Twirp-Timeout-Ms': String(Math.ceil(options.serverDeadlineMs)) }
				: {}),
		},
		body: JSON.stringify(body),
		timeout: Math.max(base.timeout ?? defaultTimeoutMs, options.atLeastMs ?? 0),
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
		return { status: response.statusCode, body: response.body };
	} catch (error) {
		return { refusal: connectionRefusal(error) };
	}
}

/** Sends one request and reads its answer, see {@link send}. */
export async function exchange(...request: Parameters<typeof send>): Promise<Answer> {
	const answer = await send(...request);
	return 'refusal' in answer ? answer : readAnswer(answer);
}
