import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INode } from 'n8n-workflow';

import { credentialOf, engine } from '../support/harness';
import { useLiveKit } from '../support/livekit';
import { Polling } from '../support/polling';

const example = JSON.parse(
	readFileSync(join(__dirname, '..', '..', 'examples', 'rule-changes.json'), 'utf8'),
) as { nodes: INode[]; connections: IDataObject };
const nodeNamed = (name: string) => example.nodes.find((node) => node.name === name)!;
const livekit = useLiveKit();

/** The example's message for an item, evaluated by n8n. */
async function messageOf(json: IDataObject): Promise<unknown> {
	const { workflow } = await engine();
	const description = {
		name: 'set',
		displayName: 'Set',
		group: ['input'],
		version: 3.4,
		inputs: ['main'],
		outputs: ['main'],
		defaults: {},
		properties: [],
	};
	const nodeTypes = {
		getByName: () => ({ description }),
		getByNameAndVersion: () => ({ description }),
		getKnownTypes: () => ({}),
	};
	const flow = new workflow.Workflow({
		id: '1',
		nodes: [structuredClone(nodeNamed('Message'))],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	const [{ value }] = Reflect.get(
		Object(nodeNamed('Message').parameters.assignments),
		'assignments',
	) as Array<{ value: string }>;
	return flow.expression.getParameterValue(value, null, 0, 0, 'Message', [{ json }], 'trigger', {});
}

// The workflow as a whole runs in a real n8n: test/e2e/trigger-example.mjs.
it('turns changes into messages', async () => {
	const polling = new Polling(
		credentialOf(livekit.server),
		nodeNamed('Rules and Trunks Change').parameters as IDataObject,
		'memory',
	);
	await polling.activate();
	const { sip_trunk_id: id } = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name: 'main line', numbers: ['+15105550100'] },
	});
	await polling.poll();
	await livekit.call('SIP/UpdateSIPInboundTrunk', {
		sip_trunk_id: id,
		update: { name: 'second line', metadata: 'm' },
	});
	await polling.poll();
	await livekit.call('SIP/DeleteSIPTrunk', { sip_trunk_id: id });
	await polling.poll();
	expect(await Promise.all(polling.events.map(messageOf))).toEqual([
		"Inbound trunk 'main line' was created",
		"Inbound trunk 'second line' changed: Metadata, Name",
		"Inbound trunk 'second line' was deleted",
	]);
});
