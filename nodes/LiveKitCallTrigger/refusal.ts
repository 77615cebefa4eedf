import type { INode, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { type NotGenuine, claimedKey } from '../../livekit/events/delivery';
import { Recent } from '../../livekit/events/recent';
import { plainLine } from '../../livekit/plain';
import { operationError } from '../shared/errors';

const shownOfKey = 6;
const counts = new Recent<number>(1000);

/** Counts what a trigger has refused, and tells the log now and then: a flood must not fill it. */
function count(functions: IWebhookFunctions): void {
	const { id, name } = functions.getWorkflow();
	const node = functions.getNode();
	const key = JSON.stringify([id, node.id]);
	const refused = (counts.get(key) ?? 0) + 1;
	counts.set(key, refused);
	if (!/^10*$/.test(String(refused))) return;
	const words = `"${node.name}" of the workflow "${name}" (${id}) has refused ${refused} request(s) since n8n has started.`;
	functions.logger.warn(plainLine(words));
}

/** Answers a request that starts nothing, and says nothing about the reason. */
export function refuse(functions: IWebhookFunctions, status: number): IWebhookResponseData {
	count(functions);
	functions.getResponseObject().writeHead(status).end();
	return { noWebhookResponse: true };
}

function beginOf(key: string): string {
	return `${plainLine(key).slice(0, shownOfKey)}...`;
}

const clock =
	'Set the clocks of n8n and of the LiveKit server by a time server; they may differ by a minute.';

function otherKey(token: string): string {
	return `Its API key begins with ${beginOf(claimedKey(token) ?? '')} Choose the API key of the credential where the webhook is set up in LiveKit (the signing key in the project's settings, "api_key" under "webhook" of an own server), or a credential with that key in this node.`;
}

/** What is told of a delivery that LiveKit seems to have sent. */
const told: Readonly<
	Partial<
		Record<
			NotGenuine,
			{ readonly message: string; readonly advice: string | ((token: string) => string) }
		>
	>
> = {
	other_key: {
		message: 'This event is signed with another API key than that of the credential',
		advice: otherKey,
	},
	other_secret: {
		message: 'This event is signed with another secret than that of the credential',
		advice:
			'The API key is that of the credential. Copy its secret from LiveKit into the credential again.',
	},
	too_early: { message: 'The signature of this event is not valid yet', advice: clock },
	too_late: { message: 'The signature of this event has expired', advice: clock },
};

/**
 * Tells the person who listens for a test event that the signature is not the credential's.
 *
 * @throws NodeOperationError unless LiveKit does not seem to be the sender
 */
export function tellTester(node: INode, reason: NotGenuine, token: string): void {
	const words = told[reason];
	if (words === undefined) return;
	const { message, advice } = words;
	const description = typeof advice === 'string' ? advice : advice(token);
	throw operationError(node, message, { description });
}
