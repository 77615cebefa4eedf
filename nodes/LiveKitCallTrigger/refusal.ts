import type {
	INode,
	IWebhookFunctions,
	IWebhookResponseData,
	NodeOperationError,
} from 'n8n-workflow';
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

/** What to tell the person who listens for a test event; undefined if LiveKit does not seem to be the sender. */
export function testError(
	node: INode,
	reason: NotGenuine,
	token: string,
): NodeOperationError | undefined {
	switch (reason) {
		case 'other_key':
			return operationError(
				node,
				'This event is signed with another API key than that of the credential',
				{
					description: `Its API key begins with ${beginOf(claimedKey(token) ?? '')} Choose the API key of the credential where the webhook is set up in LiveKit (Signing API key in the project's settings, "api_key" under "webhook" of an own server), or a credential with that key in this node.`,
				},
			);
		case 'other_secret':
			return operationError(
				node,
				'This event is signed with another secret than that of the credential',
				{
					description:
						'The API key is that of the credential. Copy its secret from LiveKit into the credential again.',
				},
			);
		case 'too_early':
			return operationError(node, 'The signature of this event is not valid yet', {
				description: clock,
			});
		case 'too_late':
			return operationError(node, 'The signature of this event has expired', {
				description: clock,
			});
		default:
			return undefined;
	}
}
