import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

type Functions = IExecuteFunctions | IExecuteSingleFunctions;

/** How often the node has run in this execution before, as in a loop. */
export function runIndexOf(functions: Functions): unknown {
	return functions.getWorkflowDataProxy(0).$runIndex;
}

/** n8n instance, execution, node and run of a request, see `requestId`. */
export function originOf(functions: Functions, runIndex: unknown): string {
	return JSON.stringify([
		functions.getInstanceId(),
		functions.getExecutionId(),
		functions.getWorkflow().id,
		functions.getNode().id,
		runIndex,
	]);
}

/** This n8n and the workflow, see `Row`. */
export function homeOf(functions: Functions): string {
	return JSON.stringify([functions.getInstanceId(), functions.getWorkflow().id]);
}
