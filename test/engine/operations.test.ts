import { decodeProtectedHeader } from 'jose';

import { operationCases, provision } from '../support/cases';
import { useLiveKit, withoutIds } from '../support/livekit';
import { differences, schemaFor } from '../support/outputSchema';

const livekit = useLiveKit();

describe.each(operationCases)('$resource: $operation', (operation) => {
	const parametersOf = (own: object) => ({
		resource: operation.resource,
		operation: operation.operation,
		...own,
	});
	const request = () => livekit.server.requests.find(({ method }) => method === operation.method);

	it('sends what the form says and nothing else, with the least token', async () => {
		const ids = await provision(livekit);
		const result = await livekit.run(parametersOf(operation.form(ids)));
		expect(result.error).toBeUndefined();
		expect(result.json).toHaveLength(1);
		expect(result.json[0].warnings ?? []).toEqual(
			(operation.warnings ?? []).map((words) => expect.stringContaining(words)),
		);
		const schema = schemaFor(operation.resource, operation.operation);
		expect(differences(result.json[0], schema, 'item')).toEqual([]);
		expect(request()?.body).toEqual(operation.body(ids));

		const claims = request()?.claims ?? {};
		const { iss, nbf, exp, ...grant } = claims;
		expect(grant).toEqual(operation.grant);
		expect(iss).toBe(livekit.server.key);
		expect(Number(exp) - Number(nbf)).toBe(660);
		expect(
			decodeProtectedHeader(String(request()?.headers.authorization).replace('Bearer ', '')),
		).toEqual({ alg: 'HS256' });
	});

	it('gives the same items from camelCase answers that leave defaults out', async () => {
		const outputs = [];
		for (const style of ['snake', 'camel'] as const) {
			livekit.server.reset();
			livekit.server.options.style = style;
			const ids = await provision(livekit);
			const parameters = parametersOf(operation.form(ids));
			const raw = await livekit.run({
				...parameters,
				simplify: false,
				options: { includeSecrets: true },
			});
			expect(raw.error).toBeUndefined();
			outputs.push(withoutIds(raw.json));
		}
		expect(outputs[1]).toEqual(outputs[0]);
		expect(outputs[0]).toHaveLength(1);
	});

	if (operation.json) {
		const { json } = operation;
		it('sends the same for JSON', async () => {
			const ids = await provision(livekit);
			const { picked = {}, body } = json(ids);
			const result = await livekit.run(
				parametersOf({ ...picked, inputMode: 'json', jsonBody: JSON.stringify(body) }),
			);
			expect(result.error).toBeUndefined();
			expect(request()?.body).toEqual(operation.body(ids));
		});
	}
});

it.each([
	['inboundTrunk', { numbers: '+15105550150' }, { trunk: { numbers: ['+15105550150'] } }],
	[
		'outboundTrunk',
		{ address: 'sip.example.com', numbers: '+15105550150' },
		{ trunk: { address: 'sip.example.com', numbers: ['+15105550150'] } },
	],
	[
		'dispatchRule',
		{ ruleType: 'direct', roomName: 'support' },
		{ dispatch_rule: { rule: { dispatch_rule_direct: { room_name: 'support' } } } },
	],
	[
		'dispatchRule',
		{ ruleType: 'individual' },
		{ dispatch_rule: { rule: { dispatch_rule_individual: { room_prefix: 'call-' } } } },
	],
	[
		'dispatchRule',
		{ ruleType: 'callee', roomPrefix: 'line-' },
		{ dispatch_rule: { rule: { dispatch_rule_callee: { room_prefix: 'line-' } } } },
	],
])('sends only what the user set: %s %j', async (resource, form, body) => {
	const result = await livekit.run({ resource, operation: 'create', ...form });
	expect(result.error).toBeUndefined();
	// One list is read first, which is empty here.
	expect(livekit.bodies()).toEqual([{ page: { limit: 1000 } }, body]);
});

it('takes values of the input rows', async () => {
	const parameters = {
		resource: 'inboundTrunk',
		operation: 'create',
		name: '={{ $json.name }}',
		numbers: '={{ $json.numbers }}',
	};
	const result = await livekit.run(parameters, [
		{ name: 'A', numbers: ['+15105550161', '+15105550162'] },
		{ name: 'B', numbers: 15105550163 },
	]);
	expect(livekit.bodies('CreateSIPInboundTrunk')).toEqual([
		{ trunk: { name: 'A', numbers: ['+15105550161', '+15105550162'] } },
		{ trunk: { name: 'B', numbers: ['15105550163'] } },
	]);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
});
