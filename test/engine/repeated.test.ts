import { provision } from '../support/cases';
import { picked, useLiveKit } from '../support/livekit';

const livekit = useLiveKit();

const repeats = (text: string) => ({
	kind: 'status' as const,
	status: 400,
	contentType: 'application/json',
	body: JSON.stringify({ code: 'invalid_argument', msg: `no: ${text}`, meta: { got: text } }),
});

it.each([
	['a PIN', '4711', { rule: { dispatch_rule_direct: { room_name: 'r', pin: '4711' } } }],
	[
		'a stream key',
		'K3y-of-stream',
		{
			rule: { dispatch_rule_direct: { room_name: 'r' } },
			room_config: {
				egress: { room: { stream_outputs: [{ urls: ['rtmp://h/app/K3y-of-stream'] }] } },
			},
		},
	],
])('a refusal that repeats %s does not show it', async (_name, secret, rule) => {
	const refusal = repeats(`"${secret}" in ${JSON.stringify(rule)}`);
	livekit.server.faults.push({ ...refusal, method: 'CreateSIPDispatchRule' });
	const { error } = await livekit.run({
		resource: 'dispatchRule',
		operation: 'create',
		inputMode: 'json',
		jsonBody: JSON.stringify(rule),
	});
	expect(error?.message).toContain('no: "**hidden**"');
	expect(JSON.stringify(error)).not.toContain(secret);
});

it('an update in the wrapper of Create changes the trunk', async () => {
	const { inbound } = await provision(livekit);
	const { json, error } = await livekit.run({
		resource: 'inboundTrunk',
		operation: 'update',
		trunkId: picked(inbound),
		inputMode: 'json',
		jsonBody: '{"trunk": {"name": "Renamed"}}',
	});
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ name: 'Renamed' }]);
});

it('a rule as LiveKit documents it is created, and says what was left out', async () => {
	const { json, error } = await livekit.run({
		resource: 'dispatchRule',
		operation: 'create',
		inputMode: 'json',
		jsonBody:
			'{"name": "R", "type": "direct", "roomName": "support", "created_at": "2025-01-01T00:00:00Z"}',
	});
	expect(error).toBeUndefined();
	expect(JSON.stringify(json)).toContain('support');
	expect(JSON.stringify(json)).toContain('created_at was left out');
});
