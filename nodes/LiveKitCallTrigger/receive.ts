import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { type Signer, verifyDelivery } from '../../livekit/events/delivery';
import { type WebhookEvent, readEvent } from '../../livekit/events/event';
import { matchesEvent } from '../../livekit/events/filters';
import { eventItem, readCall } from '../../livekit/events/item';
import { kindOf } from '../../livekit/events/kinds';
import { Recent } from '../../livekit/events/recent';
import { Sightings } from '../../livekit/events/sightings';
import { refuse, tellTester } from './refusal';
import { readDelivery } from './request';
import { readEvents, readSettings } from './settings';

/** LiveKit repeats an event for some 40 seconds at most. That many start executions in this time on no n8n. */
const mostStarted = 20_000;

const started = new Recent<true>(mostStarted);
const sightings = new Sightings();

async function signerOf(functions: IWebhookFunctions): Promise<Signer> {
	const { apiKey, apiSecret } = await functions.getCredentials('liveKitApi');
	return { apiKey: String(apiKey ?? '').trim(), apiSecret: String(apiSecret ?? '').trim() };
}

/**
 * Whether an event starts this node's workflow for the first time in this process. If n8n then answers that it could not
 * start it, LiveKit sends the event again, and it counts as new.
 */
function isFirst(functions: IWebhookFunctions, { id }: WebhookEvent): boolean {
	const key = JSON.stringify([functions.getWorkflow().id, functions.getNode().id, id]);
	if (started.get(key)) return false;
	started.set(key, true);
	const response = functions.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode >= 500) started.delete(key);
	});
	return true;
}

function startWith(functions: IWebhookFunctions, event: WebhookEvent): IWebhookResponseData {
	sightings.note(event);
	const events = readEvents(functions);
	const kind = kindOf(event);
	const chosen = kind !== undefined && events.has(kind);
	if (!chosen && !events.has('any')) return {};
	const read = readCall(event, sightings.answeredAt(event));
	const { filters, simplify } = readSettings(functions);
	if (!matchesEvent(filters, read)) return {};
	// Who tests wants to see the event as often as it is sent.
	if (functions.getMode() !== 'manual' && !isFirst(functions, event)) return {};
	return { workflowData: [[{ json: eventItem(read, !simplify || kind === undefined) }]] };
}

/**
 * One delivery of LiveKit: verified, read, filtered, made an item. What is not LiveKit's is refused without a reason; what
 * nobody asked for is answered 200 and starts nothing.
 *
 * @throws NodeOperationError if a parameter cannot be used, and in the editor's test run if the signature is another one's
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const delivery = await readDelivery(this.getRequestObject());
	if ('refusedAs' in delivery) return refuse(this, delivery.refusedAs);
	const verified = await verifyDelivery(delivery, await signerOf(this), Date.now());
	if ('refused' in verified) {
		if (this.getMode() === 'manual') tellTester(this.getNode(), verified.refused, delivery.token);
		return refuse(this, 401);
	}
	const event = readEvent(delivery.body);
	return 'fault' in event ? refuse(this, 400) : startWith(this, event.value);
}
