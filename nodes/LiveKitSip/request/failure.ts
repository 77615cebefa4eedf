import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { explain } from '../../../livekit/explain';
import type { Fault } from '../../../livekit/json';
import type { Refusal } from '../../../livekit/twirp';
import { labelOf } from './labels';
import type { Row } from './row';

/** What a row came to: its items' JSON, or n8n's error for it. */
export type Outcome<T> = { readonly value: T } | { readonly failure: NodeApiError | NodeOperationError };

/**
 * The node for an error of n8n, without its parameters: n8n logs and stores the whole node with an error, and a
 * password or PIN that is typed into the form stands among them.
 */
export function quietly(node: INode): INode {
	return { ...node, parameters: {} };
}

/** A place in the body as the form calls it, its wire path behind. */
function named(row: Row, path: string): string {
	// An update may have to send a replace; the form knows its fields as changes.
	const place = row.operation === 'update' ? path.replace(/^replace\b/, 'update') : path;
	const label = labelOf(row.resource, row.operation, place);
	return label ? `${label} (${path})` : path;
}

function sentence(row: Row, { path, message }: Fault): string {
	return path === '' ? `The JSON ${message}` : `${named(row, path)} ${message}`;
}

/** A warning `path: words` with the label of the form in front. */
export function labelled(row: Row, warning: string): string {
	const [, path, words] = /^([\w.[\]]+): (.*)$/s.exec(warning) ?? [];
	return path ? `${named(row, path)}: ${words}` : warning;
}

/** The failure of input that is not right. Nothing was sent; all faults are named. */
export function inputFailure(row: Row, faults: readonly Fault[]): { failure: NodeOperationError } {
	const [first, ...others] = faults.map((fault) => sentence(row, fault));
	return {
		failure: new NodeOperationError(quietly(row.node), first, {
			itemIndex: row.itemIndex,
			description: [...others, 'Nothing was sent to LiveKit.'].join('\n'),
		}),
	};
}

// `error_details` is a protobuf message in base64, which nobody can read.
function readable(meta: Refusal['meta']): Record<string, string> {
	return Object.fromEntries(Object.entries(meta).filter(([name]) => name !== 'error_details'));
}

/** n8n's error for a request that LiveKit refused, in LiveKit's words and with what to do. */
export function refusalError(node: INode, refusal: Refusal, itemIndex?: number): NodeApiError {
	const { message, advice } = explain(refusal);
	return new NodeApiError(
		quietly(node),
		{ code: refusal.code, msg: refusal.message, meta: readable(refusal.meta) },
		{
			message,
			description: advice,
			httpCode: refusal.status > 0 ? String(refusal.status) : 'none',
			itemIndex,
		},
	);
}

/** The failure of a row whose request LiveKit refused. */
export function refusalFailure(row: Row, refusal: Refusal): { failure: NodeApiError } {
	return { failure: refusalError(row.node, refusal, row.itemIndex) };
}

/** Does something for a row; what it throws, such as an expression that cannot be evaluated, becomes its failure. */
export async function guarded<T>(node: INode, itemIndex: number, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
	try {
		return await work();
	} catch (error) {
		const cause = error instanceof Error ? error : new Error(String(error));
		return { failure: new NodeOperationError(quietly(node), cause, { itemIndex }) };
	}
}
