import type { IDataObject, IExecuteFunctions, INode, INodeType } from 'n8n-workflow';

import { additionalDataOf, type Credential, engine, type NodeSettings } from './harness';

/** One use of the tool: what the agent reads of it, or what was thrown at the agent. */
export interface Used {
	answer?: IDataObject[];
	thrown?: string;
}

interface Tool {
	invoke(values: IDataObject): Promise<string>;
}

/**
 * Lets an agent use the LiveKit SIP node as its tool, once for each of the given values of `$fromAI`, on n8n's older
 * path: n8n makes the tool from the node (`getInputConnectionData`), starts each use anew, routes it, and hands it the
 * agent's execute data.
 */
export async function useAsTool(
	credential: Credential,
	parameters: IDataObject,
	uses: IDataObject[],
	settings: NodeSettings = {},
): Promise<Used[]> {
	const parts = await engine();
	const { core, workflow, loader } = parts;
	const { RoutingNode } = parts.inside('./execution-engine/routing-node') as {
		RoutingNode: new (context: object, type: INodeType) => { runNode(): Promise<unknown> };
	};
	const own = workflow.NodeHelpers.getVersionedNodeType(loader.getNode('liveKitSip').type);
	// As n8n's server prepares declarative nodes and their tools (packages/cli node-types.ts, load-nodes-and-credentials.ts).
	const tool = {
		description: { ...own.description, inputs: [], outputs: ['ai_tool'] },
		async execute(this: object) {
			return await new RoutingNode(this, own).runNode();
		},
	};
	const used: Used[] = [];
	const agent = {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			inputs: ['main', { type: 'ai_tool' }],
			outputs: ['main'],
			properties: [],
			defaults: {},
		},
		async execute(this: IExecuteFunctions) {
			const [callable] = (await this.getInputConnectionData('ai_tool', 0)) as Tool[];
			for (const values of uses) {
				used.push(
					await callable.invoke(values).then(
						(answer) => ({ answer: JSON.parse(answer) as IDataObject[] }),
						(error: unknown) => ({ thrown: String(error) }),
					),
				);
			}
			return [this.getInputData()];
		},
	};
	const typeOf = (name: string) => (name === 'test.agent' ? agent : tool);
	const nodes = [
		{
			id: '0',
			name: 'Agent',
			type: 'test.agent',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'node-1',
			name: 'LiveKit',
			type: 'n8n-nodes-livekit-sip.liveKitSip',
			typeVersion: 1,
			position: [0, 0],
			credentials: { liveKitApi: { id: '1', name: 'LiveKit' } },
			parameters,
			...settings,
		},
	] as INode[];
	const connections = {
		LiveKit: { ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] },
	};
	const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
	const flow = new workflow.Workflow({
		id: 'workflow-1',
		name: 'test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes as never,
		settings: { executionOrder: 'v1' },
	});
	const additionalData = additionalDataOf(parts, credential, '1', parameters, {
		nodes,
		connections,
	});
	const data = {
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node: nodes[0], data: { main: [[{ json: {} }]] }, source: null }],
		},
	};
	const execution = workflow.createRunExecutionData
		? workflow.createRunExecutionData(data as never)
		: data;
	const run = await new core.WorkflowExecute(
		additionalData,
		'trigger',
		execution as never,
	).processRunExecutionData(flow);
	if (run.data.resultData.error) throw run.data.resultData.error;
	return used;
}
