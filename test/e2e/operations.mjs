// The trunk and rule operations, as workflows that a real n8n runs, each chain on objects of its own.
import { same } from './checks.mjs';

/** Reference to a picked object, by ID. */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** The same steps for each kind: form and JSON, partial update and replace. */
const kinds = [
	{
		resource: 'inboundTrunk',
		idField: 'sip_trunk_id',
		picker: 'trunkId',
		create: {
			name: 'e2e inbound',
			numbers: '+12025550111, +12025550112',
			additionalFields: { metadata: '{"team": "a"}', allowedNumbers: '+12025550199' },
		},
		// Numbers are patchable in LiveKit, the ringing timeout is not: it takes read, merge and replace.
		update: { updateFields: { name: 'e2e inbound 2', ringingTimeout: 30 } },
		updateJson: '{"numbers": {"add": ["+12025550113"]}}',
		replaceJson:
			'{"trunk": {"name": "e2e inbound 3", "numbers": ["+12025550114"], "maxCallDuration": "60s"}}',
		afterUpdate: {
			name: 'e2e inbound 2',
			metadata: '{"team": "a"}',
			numbers: ['+12025550111', '+12025550112', '+12025550113'],
			ringing_timeout: '30s',
		},
		afterReplace: {
			name: 'e2e inbound 3',
			metadata: '',
			numbers: ['+12025550114'],
			allowed_numbers: [],
			ringing_timeout: null,
			max_call_duration: '60s',
		},
	},
	{
		resource: 'outboundTrunk',
		idField: 'sip_trunk_id',
		picker: 'trunkId',
		create: {
			name: 'e2e outbound',
			address: 'sip.example.com:5070',
			numbers: '+12025550111',
			authUsername: 'user',
			authPassword: 'e2e-password',
			additionalFields: { transport: 'SIP_TRANSPORT_TCP' },
		},
		update: { updateFields: { name: 'e2e outbound 2', destinationCountry: 'DE' } },
		updateJson: '{"numbers": {"set": ["+12025550115", "+12025550116"]}}',
		replaceJson:
			'{"name": "e2e outbound 3", "address": "other.example.com", "numbers": ["+12025550117"]}',
		afterUpdate: {
			name: 'e2e outbound 2',
			transport: 'SIP_TRANSPORT_TCP',
			destination_country: 'DE',
			auth_password: 'e2e-password',
			numbers: ['+12025550115', '+12025550116'],
		},
		afterReplace: {
			name: 'e2e outbound 3',
			address: 'other.example.com',
			transport: 'SIP_TRANSPORT_AUTO',
			auth_username: '',
			auth_password: '',
		},
	},
	{
		resource: 'dispatchRule',
		idField: 'sip_dispatch_rule_id',
		picker: 'dispatchRuleId',
		create: {
			name: 'e2e rule',
			ruleType: 'direct',
			roomName: 'e2e-room',
			pin: '99',
			numbers: '+12025550118',
			additionalFields: { metadata: 'kept' },
		},
		// Called numbers are not patchable in LiveKit.
		update: { updateFields: { name: 'e2e rule 2', hidePhoneNumber: true } },
		updateJson: '{"attributes": {"tier": "gold"}}',
		replaceJson:
			'{"dispatchRule": {"name": "e2e rule 3", "rule": {"dispatchRuleCallee": {"roomPrefix": "line"}}, "numbers": ["+12025550119"]}}',
		afterUpdate: {
			name: 'e2e rule 2',
			metadata: 'kept',
			hide_phone_number: true,
			attributes: { tier: 'gold' },
			rule: { dispatch_rule_direct: { room_name: 'e2e-room', pin: '99' } },
		},
		afterReplace: {
			name: 'e2e rule 3',
			metadata: '',
			hide_phone_number: false,
			numbers: ['+12025550119'],
			attributes: {},
		},
	},
];

function chainOf({ resource, idField, picker, ...kind }, credential) {
	const id = `={{ $('Create').item.json.${idField} }}`;
	const picked = { [picker]: byId(id) };
	const step = (name, operation, parameters) => ({
		name,
		parameters: { resource, operation, ...parameters },
	});
	const all = [
		step('Create', 'create', kind.create),
		step('Update', 'update', { ...picked, ...kind.update }),
		step('Update JSON', 'update', { ...picked, inputMode: 'json', jsonBody: kind.updateJson }),
		step('Get', 'get', { ...picked, simplify: false }),
		step('Get Many', 'getAll', { returnAll: true, filters: { nameContains: 'E2E ' } }),
	];
	const rest = [
		step('Replace', 'replace', {
			[picker]: byId(`={{ $json.id }}`),
			inputMode: 'json',
			jsonBody: kind.replaceJson,
		}),
		step('Get Replaced', 'get', {
			[picker]: byId(`={{ $('Start').item.json.id }}`),
			simplify: false,
		}),
	];
	const end = [step('Delete', 'delete', { [picker]: byId(`={{ $json.id }}`) })];
	return {
		all: workflowOf(all, credential),
		rest: workflowOf(rest, credential),
		end: workflowOf(end, credential),
	};
}

/** A workflow of LiveKit SIP nodes in one line; its item starts as `{id}` where an id is given on running. */
function workflowOf(steps, credential) {
	const nodes = steps.map(({ name, parameters }, index) => ({
		id: `step-${index}`,
		name,
		type: 'n8n-nodes-livekit-sip.liveKitSip',
		typeVersion: 1,
		position: [220 * (index + 2), 0],
		parameters,
		credentials: { liveKitApi: credential },
	}));
	return (id) => {
		const start = [
			{
				id: 'trigger',
				name: 'Trigger',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				position: [220, 0],
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ id }) },
			},
		];
		const line = [...start, ...nodes];
		const connections = Object.fromEntries(
			line
				.slice(1)
				.map(({ name }, index) => [
					line[index].name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		);
		return {
			name: `e2e ${nodes[0].parameters.resource}`,
			active: false,
			nodes: line,
			connections,
			settings: { executionOrder: 'v1' },
		};
	};
}

/** The part of `object` that `expected` names. */
const partOf = (object, expected) =>
	Object.fromEntries(Object.keys(expected).map((key) => [key, object?.[key]]));

/**
 * Runs create, update (form and JSON), get, get many, replace and delete of trunks and rules through n8n, and looks at
 * the LiveKit server itself after each part.
 *
 * @param {import('./checks.mjs').Checks} checks
 * @param {{label: string, credential: {id: string, name: string}, run: (workflow: object) => Promise<{outputs: Record<string, any[]>,
 *   failed: {node: string, message: string}[]}>, list: () => Promise<{id: string, object: any}[]>}} world
 */
export async function checkOperations(checks, { label, credential, run, list }) {
	const onServer = async (id) => (await list()).find((object) => object.id === id)?.object;
	for (const kind of kinds) {
		const title = `${label}: ${kind.resource}`;
		const chain = chainOf(kind, credential);
		const first = await run(chain.all());
		const id = first.outputs.Create?.[0]?.[kind.idField];
		await checks.run(`${title}: create, update, get and get many run`, () =>
			same(first.failed, []),
		);
		await checks.run(`${title}: the server holds what create and both updates set`, async () => {
			same(partOf(await onServer(id), kind.afterUpdate), kind.afterUpdate);
		});
		await checks.run(`${title}: get answers what the server holds, secrets hidden`, async () => {
			const { name } = first.outputs.Get[0];
			same(name, kind.afterUpdate.name);
			if (JSON.stringify(first.outputs).includes('e2e-password'))
				throw new Error('The password stands in an output.');
		});
		await checks.run(`${title}: get many finds it by its name`, () =>
			same(
				first.outputs['Get Many'].map((item) => item[kind.idField]),
				[id],
			),
		);
		const second = await run(chain.rest(id));
		await checks.run(`${title}: replace runs`, () => same(second.failed, []));
		await checks.run(
			`${title}: the server holds what replace set, the rest is cleared`,
			async () => {
				same(partOf(await onServer(id), kind.afterReplace), kind.afterReplace);
			},
		);
		const third = await run(chain.end(id));
		await checks.run(`${title}: delete runs and says what it deleted`, () => {
			same(third.failed, []);
			const { name } = kind.afterReplace;
			same(third.outputs.Delete, [{ deleted: true, existed: true, [kind.idField]: id, name }]);
		});
		await checks.run(`${title}: the server does not hold it any more`, async () => {
			if (!id) throw new Error('It never was there.');
			same(await onServer(id), undefined);
		});
	}
}
