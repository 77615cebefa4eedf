import type { INode, NodeApiError } from 'n8n-workflow';
import { readRefusal } from '../../livekit/outcome/refusals';
import type { Refusal } from '../../livekit/http/twirp';
import { apiError } from './errors';
import { withLabels } from './labels';

// `error_details` is a protobuf message in base64, which nobody can read.
function readable(meta: Refusal['meta']): Record<string, string> {
	return Object.fromEntries(Object.entries(meta).filter(([name]) => name !== 'error_details'));
}

/** n8n's error for a request that LiveKit refused, in LiveKit's words and with what to do. */
export function refusalError(node: INode, refusal: Refusal, itemIndex?: number): NodeApiError {
	const { message, advice } = readRefusal(refusal);
	return apiError(
		node,
		{ code: refusal.code, msg: refusal.message, meta: readable(refusal.meta) },
		{
			message: withLabels(message),
			description: withLabels(advice),
			httpCode: refusal.status > 0 ? String(refusal.status) : 'none',
			itemIndex,
		},
	);
}
