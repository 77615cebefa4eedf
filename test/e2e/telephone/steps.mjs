// Workflows of LiveKit SIP nodes in one line, for calls.

/** Reference to a picked object, by its ID. */
export const byId = (value) => ({ __rl: true, mode: 'id', value });

/** Reference to a room, by its name. */
export const byName = (value) => ({ __rl: true, mode: 'name', value });

/** Reference to a participant, by identity. */
export const byIdentity = (value) => ({ __rl: true, mode: 'identity', value });

/** Rows of a map field, such as headers. */
export const rowsOf = (map) => ({
	rows: Object.entries(map).map(([name, value]) => ({ name, value })),
});

const callStep = (name, operation) => (parameters, settings) => ({
	name,
	parameters: { resource: 'call', operation, ...parameters },
	settings,
});

/** The steps; each makes a node of that name. `settings` are the node's, such as Retry On Fail. */
export const place = callStep('Place', 'place');
export const transfer = callStep('Transfer', 'transfer');
export const hangUp = callStep('Hang Up', 'hangUp');
export const hangUpAll = callStep('Hang Up All', 'hangUpAll');
export const get = callStep('Get', 'get');
export const getMany = callStep('Get Many', 'getAll');
export const create = (name, resource, parameters) => ({
	name,
	parameters: { resource, operation: 'create', ...parameters },
});

/** A workflow of the steps, one after the other. */
export function workflowOf(name, steps, credential) {
	const trigger = {
		id: 'trigger',
		name: 'Trigger',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const nodes = steps.map(({ name: step, parameters, settings }, index) => ({
		id: `step-${index}`,
		name: step,
		type: 'n8n-nodes-livekit-sip.liveKitSip',
		typeVersion: 1,
		position: [220 * (index + 1), 0],
		parameters,
		credentials: { liveKitApi: credential },
		...settings,
	}));
	const line = [trigger, ...nodes];
	const connections = Object.fromEntries(
		nodes.map(({ name: to }, index) => [
			line[index].name,
			{ main: [[{ node: to, type: 'main', index: 0 }]] },
		]),
	);
	return { name, active: false, nodes: line, connections, settings: { executionOrder: 'v1' } };
}
