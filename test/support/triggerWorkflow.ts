import type { IDataObject, INode, Workflow } from 'n8n-workflow';

import { credentialsHelper, engine } from './harness';

/**
 * A trigger of the built package, alone in an active workflow of n8n's engine.
 *
 * @param name of the node type, such as `liveKitSipTrigger`
 * @param about what the node has of its own
 */
export async function triggerWorkflow(
	name: string,
	about: Partial<Omit<INode, 'parameters'>> & { parameters: IDataObject },
	staticData?: object,
) {
	const { workflow: n8nWorkflow, loader } = await engine();
	const type = n8nWorkflow.NodeHelpers.getVersionedNodeType(loader.getNode(name).type);
	const node = {
		id: 'node-1',
		type: `n8n-nodes-livekit-sip.${name}`,
		typeVersion: 1,
		position: [0, 0],
		credentials: { liveKitApi: { id: '1', name: 'LiveKit' } },
		...about,
	} as INode;
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow: Workflow = new n8nWorkflow.Workflow({
		id: 'workflow-1',
		name: 'test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: nodeTypes as never,
		staticData: staticData as never,
	});
	return { type, node, workflow };
}

/** What n8n hands to a node beside its workflow. */
export async function hostData(credential: Parameters<typeof credentialsHelper>[1]) {
	const base = 'http://127.0.0.1:5678';
	return {
		credentialsHelper: credentialsHelper(await engine(), credential),
		variables: {},
		restApiUrl: base,
		instanceBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
		formWaitingBaseUrl: base,
	};
}
