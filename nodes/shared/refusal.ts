import { type INode, NodeApiError } from 'n8n-workflow';
import { readRefusal } from '../../livekit/outcome/refusals';
import type { Refusal } from '../../livekit/http/twirp';
import { withLabels } from './labels';

/**
 * The node without its parameters, for n8n's errors: n8n logs and stores the whole node with an error, and a password or
 * PIN that is typed into the form would be among them.
 */
export function quietly(node: INode): INode {
	return { ...node, parameters: {} };
}

// `error_details` is a protobuf message in base64, which nobody can read.
function readable(meta: Refusal['meta']): Record<string, string> {
	return Object.fromEntries(Object.entries(meta).filter(([name]) => name !== 'error_details'));
}

/** n8n's error for a request that LiveKit refused, in LiveKit's words and with what to do. */
export function refusalError(node: INode, refusal: Refusal, itemIndex?: number): NodeApiError {
	const { message, advice } = readRefusal(refusal);
	return new NodeApiError(
		quietly(node),
		{ code: refusal.code, msg: refusal.message, meta: readable(refusal.meta) },
		{
			message: withLabels(message),
			description: withLabels(advice),
			httpCode: refusal.status > 0 ? String(refusal.status) : 'none',
			itemIndex,
		},
	);
}
