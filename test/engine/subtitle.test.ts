import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { resources } from '../../nodes/LiveKitSip/operations';
import { engine } from '../support/harness';

/** What stands under a node on the canvas: its subtitle, evaluated as n8n's editor does. */
async function subtitleOf(type: string, parameters: IDataObject): Promise<unknown> {
	const { workflow, loader } = await engine();
	const node = {
		id: 'node-1',
		name: 'LiveKit',
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: parameters as INodeParameters,
	};
	const nodeType = workflow.NodeHelpers.getVersionedNodeType(loader.getNode(type).type);
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const flow = new workflow.Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	const { subtitle } = nodeType.description;
	return flow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

const pairs = resources.flatMap(({ value: resource, operations }) =>
	operations.map(({ value: operation }) => ({ resource, operation })),
);

test('the node says what it does by the labels of operation and resource', async () => {
	const shown = await Promise.all(
		pairs.map(async (parameters) => await subtitleOf('liveKitSip', parameters)),
	);
	expect(shown).toEqual([
		'Place: Call',
		'Transfer: Call',
		'Hang Up: Call',
		'Hang Up All: Calls',
		'Get: Call',
		'Get Many: Calls',
		'Create: Agent Dispatch',
		'Delete: Agent Dispatch',
		'Get Many: Agent Dispatches',
		...['Dispatch Rule', 'Inbound Trunk', 'Outbound Trunk'].flatMap((label) => [
			`Create: ${label}`,
			`Delete: ${label}`,
			`Get: ${label}`,
			`Get Many: ${label}s`,
			`Replace Entirely: ${label}`,
			`Update: ${label}`,
			...(label === 'Dispatch Rule' ? ['Test Route: Dispatch Rule'] : []),
		]),
		'Get Many: Phone Numbers',
	]);
});

test.each([
	['liveKitSipTrigger', ['created', 'deleted'], 'Created, Deleted'],
	['liveKitCallTrigger', ['call_ended', 'any'], 'Call Ended, Any Event (Raw)'],
])('%s says by their labels what it waits for', async (type, events, expected) => {
	expect(await subtitleOf(type, { events })).toBe(expected);
});
