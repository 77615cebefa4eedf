import type { INode, INodeProperties } from 'n8n-workflow';
import { isObject } from '../../livekit/json';
import { operationError } from './errors';
import { nothingFound } from './nothingFound';

/** What n8n offers a trigger to read its parameters: in a poll, in a webhook, at the activation. */
export interface ParameterFunctions {
	getNode(): INode;
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue: boolean }): unknown;
}

/**
 * Refuses a filter or a switch of a trigger that finds nothing: it would let every event through.
 *
 * @param shown the parameters of the trigger
 * @throws NodeOperationError that names the parameter
 */
export function refuseNothing(
	functions: ParameterFunctions,
	shown: readonly INodeProperties[],
): void {
	const node = functions.getNode();
	const [fault] = nothingFound({
		shown,
		parameters: node.parameters,
		read: (path, options) => functions.getNodeParameter(path, undefined, options),
		whenNothing: () => 'stops',
		where: '',
		clears: false,
	});
	if (fault) throw operationError(node, `${fault.label} ${fault.message}`);
}

/** The text in a field of a collection, also in a picker, whose value n8n does not take out there; else an empty one. */
export function textIn(value: unknown): string {
	const inner = isObject(value) && '__rl' in value ? value.value : value;
	return typeof inner === 'string' ? inner.trim() : '';
}
