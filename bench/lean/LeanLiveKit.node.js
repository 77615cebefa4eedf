const shown = (operation) => ({ show: { operation: [operation] } });
const body = (property) => ({ send: { type: 'body', property } });

function field(operation, name, routing) {
	return {
		displayName: name,
		name,
		type: 'string',
		default: '',
		displayOptions: shown(operation),
		routing,
	};
}

/**
 * The leanest declarative node for the same requests as ours: parameters written into the body by n8n's routing engine,
 * one expression of its own (the URL of the credential), no check, no mask, no conversion of the answer. No two parameters
 * share a name: the engine evaluates a parameter's value once more for every property of its name, shown or hidden.
 */
class LeanLiveKit {
	description = {
		displayName: 'Lean LiveKit',
		name: 'leanLiveKit',
		group: ['output'],
		version: 1,
		description: 'Yardstick of the bench',
		defaults: { name: 'Lean LiveKit' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'leanLiveKitApi', required: true }],
		requestDefaults: {
			baseURL: '={{ $credentials.url }}',
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
		},
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				default: 'createRule',
				options: [
					{
						name: 'Create Rule',
						value: 'createRule',
						routing: { request: { url: '/twirp/livekit.SIP/CreateSIPDispatchRule' } },
					},
					{
						name: 'Get Trunk',
						value: 'getTrunk',
						routing: { request: { url: '/twirp/livekit.SIP/GetSIPInboundTrunk' } },
					},
					{
						name: 'Place',
						value: 'place',
						routing: { request: { url: '/twirp/livekit.SIP/CreateSIPParticipant' } },
					},
					{
						name: 'List Rules',
						value: 'listRules',
						routing: {
							request: {
								url: '/twirp/livekit.SIP/ListSIPDispatchRule',
								body: { page: { limit: 1000 } },
							},
							output: {
								postReceive: [{ type: 'rootProperty', properties: { property: 'items' } }],
							},
						},
					},
				],
			},
			field('createRule', 'name', body('dispatch_rule.name')),
			field('createRule', 'room', body('dispatch_rule.rule.dispatch_rule_direct.room_name')),
			field('createRule', 'number', body('dispatch_rule.numbers[0]')),
			field('getTrunk', 'trunk', body('sip_trunk_id')),
			field('place', 'outboundTrunk', body('sip_trunk_id')),
			field('place', 'callTo', body('sip_call_to')),
			field('place', 'callRoom', body('room_name')),
			field('place', 'ringingTimeout', body('ringing_timeout')),
			field('place', 'longest', body('max_call_duration')),
			{ ...field('place', 'waits', body('wait_until_answered')), type: 'boolean', default: false },
		],
	};
}

module.exports = { LeanLiveKit };
