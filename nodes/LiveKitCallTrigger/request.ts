import { type Delivery, mostOfDelivery } from '../../livekit/events/delivery';

/** What n8n hands to a webhook, of Node's request. */
interface WebhookRequest {
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The body as it came, if n8n has read it already. */
	readonly rawBody?: unknown;
	/** Reads it. */
	readRawBody?(): Promise<void>;
}

/**
 * The token and the raw body of a request. n8n knows no `application/webhook+json`: it parses it into `{}`, and reads the
 * raw body of nodes of version 1 only (webhook-helpers.js, body-parser.js of n8n). What is too long is not even read.
 *
 * @returns the delivery, or the HTTP status that refuses the request
 */
export async function readDelivery(
	request: WebhookRequest,
): Promise<Delivery | { readonly refusedAs: number }> {
	const { authorization: token, 'content-length': length } = request.headers;
	if (typeof token !== 'string' || token === '') return { refusedAs: 401 };
	if (Number(length) > mostOfDelivery) return { refusedAs: 413 };
	try {
		if (!Buffer.isBuffer(request.rawBody)) await request.readRawBody?.();
	} catch {
		// It is longer than n8n allows, was broken off, or read by somebody else: nothing of LiveKit's.
		return { refusedAs: 400 };
	}
	const { rawBody: body } = request;
	if (!Buffer.isBuffer(body)) return { refusedAs: 401 };
	return body.length > mostOfDelivery ? { refusedAs: 413 } : { token, body };
}
