import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

/** n8n instance, execution, node and run of a request, see `requestId`. */
export function originOf(functions: IExecuteFunctions | IExecuteSingleFunctions, itemIndex: number): string {
	const { $runIndex: runIndex } = functions.getWorkflowDataProxy(itemIndex);
	const node = functions.getNode();
	return JSON.stringify([functions.getInstanceId(), functions.getExecutionId(), functions.getWorkflow().id, node.id, runIndex]);
}
