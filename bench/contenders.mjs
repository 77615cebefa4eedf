const locator = (value) => ({ __rl: true, mode: 'id', value });

/** What is measured, each through all contenders with one expression of the user's in the parameters. */
export const OPERATIONS = [
	'create rule',
	'get trunk',
	'place without wait',
	'place until answered',
	'place into a room of the row',
];

const isAwaited = (operation) => operation !== 'place without wait';

/** A number that the local LiveKit has answered: one that ends in 0486 would get that SIP status. */
export const numberOf = (index) => `+1510${String(index).padStart(5, '0')}77`;

/** The contenders, the yardstick first. */
export const CONTENDERS = ['lean', 'http', 'ours'];

const NAMES = {
	lean: 'leanest declarative node',
	http: 'HTTP Request node, hand-made header',
	ours: 'LiveKit SIP',
};

/** @param {string} contender */
export const nameOf = (contender) => NAMES[contender];

const REQUESTS = {
	'create rule': {
		method: 'CreateSIPDispatchRule',
		body: '={"dispatch_rule": {"name": "bench", "rule": {"dispatch_rule_direct": {"room_name": "bench"}}, "numbers": ["{{ $json.number }}"]}}',
	},
	'get trunk': { method: 'GetSIPInboundTrunk', body: '={"sip_trunk_id": "{{ $json.inbound }}"}' },
};

function httpParameters(server, operation, outbound) {
	const { method, body } = REQUESTS[operation] ?? {
		method: 'CreateSIPParticipant',
		body: `={"sip_trunk_id": "${outbound}", "sip_call_to": "{{ $json.number }}", "room_name": "{{ $json.room }}", "ringing_timeout": "30s", "max_call_duration": "3600s", "wait_until_answered": ${isAwaited(operation)}}`,
	};
	return {
		method: 'POST',
		url: `${server.url}/twirp/livekit.SIP/${method}`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${server.token}` }] },
		sendBody: true,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: body,
		options: {},
	};
}

const placedLean = (waits) => (outbound) => ({
	operation: 'place',
	outboundTrunk: outbound,
	callTo: '={{ $json.number }}',
	callRoom: '={{ $json.room }}',
	ringingTimeout: '30s',
	longest: '3600s',
	waits,
});

const LEAN = {
	'create rule': () => ({
		operation: 'createRule',
		name: 'bench',
		room: 'bench',
		number: '={{ $json.number }}',
	}),
	'get trunk': () => ({ operation: 'getTrunk', trunk: '={{ $json.inbound }}' }),
	'place without wait': placedLean(false),
	'place until answered': placedLean(true),
	'place into a room of the row': placedLean(true),
	'10,000 rules': () => ({ operation: 'listRules' }),
};

// Calls per Second and Maximum Simultaneous Calls are off, as the other contenders have neither. Our node makes a fresh room
// for each call; where a room is given, it has two expressions to the one text with both of the HTTP Request node.
const placed = (waitFor, room) => (outbound) => ({
	resource: 'call',
	operation: 'place',
	trunk: locator(outbound),
	callTo: '={{ $json.number }}',
	waitFor,
	limits: { callsPerSecond: 0, maxSimultaneous: 0 },
	options: room ? { room: locator(room) } : {},
});

const OURS = {
	'create rule': () => ({
		resource: 'dispatchRule',
		operation: 'create',
		name: 'bench',
		ruleType: 'direct',
		roomName: 'bench',
		numbers: '={{ $json.number }}',
	}),
	'get trunk': () => ({
		resource: 'inboundTrunk',
		operation: 'get',
		trunkId: locator('={{ $json.inbound }}'),
	}),
	'place without wait': placed('nothing', ''),
	'place until answered': placed('answer', ''),
	'place into a room of the row': placed('answer', '={{ $json.room }}'),
	'10,000 rules': () => ({ resource: 'dispatchRule', operation: 'getAll', returnAll: true }),
	'test route': () => ({
		resource: 'dispatchRule',
		operation: 'testRoute',
		calledNumber: { ...locator('={{ $json.called }}'), mode: 'number' },
		callerNumber: '={{ $json.number }}',
	}),
	'phone numbers': () => ({ resource: 'phoneNumber', operation: 'getAll', returnAll: true }),
};

/**
 * Node type, version and parameters of one contender for one operation.
 *
 * @param {string} contender
 * @param {string} operation
 * @param {{url: string, token: string}} server
 * @param {string} outbound id of the outbound trunk
 */
export function nodeOf(contender, operation, server, outbound) {
	if (contender === 'http') {
		return {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: httpParameters(server, operation, outbound),
		};
	}
	if (contender === 'lean') {
		return {
			type: 'n8n-nodes-lean-livekit.leanLiveKit',
			typeVersion: 1,
			parameters: LEAN[operation](outbound),
			credentials: { leanLiveKitApi: { id: '2', name: 'Lean' } },
		};
	}
	return {
		type: 'n8n-nodes-livekit-sip.liveKitSip',
		typeVersion: 1,
		parameters: OURS[operation](outbound),
		credentials: { liveKitApi: { id: '1', name: 'LiveKit' } },
	};
}
