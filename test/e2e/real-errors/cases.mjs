// Each kind of answer that LiveKit gives in place of what was asked for (reference 1.6), how to make a real server give it, and
// what the node has to say then.
import { SignJWT } from 'jose';

const picked = (value) => ({ __rl: true, mode: 'id', value });
const list = { resource: 'inboundTrunk', operation: 'getAll' };
const inbound = (name, more) => ({ resource: 'inboundTrunk', operation: 'create', name, ...more });
const outbound = {
	resource: 'outboundTrunk',
	operation: 'create',
	name: 'carrier',
	address: 'sip.example.com',
	numbers: '+12025550100',
};
const rule = {
	resource: 'dispatchRule',
	operation: 'create',
	name: 'rule',
	ruleType: 'direct',
	roomName: 'room',
};
const callee = { room: picked('lobby'), participant: picked('somebody') };
const place = (trunk, more) => ({
	resource: 'call',
	operation: 'place',
	trunk: picked(trunk),
	callTo: '+12025550142',
	...more,
});

/** A token that is right in all but its time, in seconds from now. */
async function signed({ key, secret }, { from, until }) {
	const now = Math.floor(Date.now() / 1000);
	const token = new SignJWT({ sip: { admin: true } })
		.setProtectedHeader({ alg: 'HS256' })
		.setIssuer(key);
	return await token
		.setNotBefore(now + from)
		.setExpirationTime(now + until)
		.sign(new TextEncoder().encode(secret));
}

const withToken =
	(times) =>
	(server) =>
	async ({ headers }) => ({
		headers: { ...headers, authorization: `Bearer ${await signed(server, times)}` },
	});
const withHeader =
	(authorization) =>
	() =>
	({ headers }) => ({ headers: { ...headers, authorization } });

/**
 * @typedef {object} Case
 * @property {string} name of the situation
 * @property {object | ((ids: object) => object)} parameters of the node; ids: of what `before` made
 * @property {object[]} [before] parameters of nodes that run first; their ids are `inbound`, `outbound` and `rule`
 * @property {object} [credential] changes of it
 * @property {(server: object) => Function} [change] of the request on its way to the server
 * @property {[number, string]} answer of the server: HTTP status, and a part of its text
 * @property {[number, string]} [older] answer of livekit-server v1.9.12, where it is another
 * @property {RegExp} says what the node has to say, message and advice together
 * @property {string} [world] where it happens: a server without Redis, one without a bridge (both otherwise), one with a bridge, one
 *   whose bridge has another secret, or one whose bridge takes no more calls
 */

/** @type {Case[]} */
export const cases = [
	{
		name: 'no Authorization',
		parameters: list,
		change: withHeader(undefined),
		answer: [401, 'permissions denied'],
		says: /permissions denied.*proxy.*Authorization header/s,
	},
	{
		name: 'Authorization of another kind',
		parameters: list,
		change: withHeader('Basic abc'),
		answer: [401, 'Must start with Bearer'],
		says: /refused the API key and secret/,
	},
	{
		name: 'no token',
		parameters: list,
		change: withHeader('Bearer abc'),
		answer: [401, 'invalid authorization token'],
		says: /refused the API key and secret/,
	},
	{
		name: 'unknown key',
		parameters: list,
		credential: { apiKey: 'no-such-key' },
		answer: [401, 'invalid API key'],
		says: /does not know the API key.*Check the API key/s,
	},
	{
		name: 'wrong secret',
		parameters: list,
		credential: { apiSecret: 'another-secret-of-at-least-32-characters' },
		answer: [401, 'invalid token'],
		says: /refused the API key and secret.*Check the API secret/s,
	},
	{
		name: 'token expired',
		parameters: list,
		change: withToken({ from: -900, until: -300 }),
		answer: [401, 'expired'],
		says: /because of its time.*clock/s,
	},
	{
		name: 'token not valid yet',
		parameters: list,
		change: withToken({ from: 300, until: 900 }),
		answer: [401, 'not valid yet'],
		says: /because of its time.*clock/s,
	},
	{
		name: 'server without Redis',
		world: 'without Redis',
		parameters: list,
		answer: [500, 'sip not connected (redis required)'],
		says: /runs without Redis.*Set redis/s,
	},
	{
		name: 'unknown method',
		parameters: list,
		change:
			() =>
			({ path }) => ({ path: path.replace('ListSIPInboundTrunk', 'ListSIPNothing') }),
		answer: [404, 'bad_route'],
		says: /does not know this operation.*too old/s,
	},
	{
		name: 'unknown service',
		parameters: list,
		change:
			() =>
			({ path }) => ({ path: path.replace('livekit.SIP', 'livekit.PhoneNumberService') }),
		answer: [404, '404 page not found'],
		says: /has no such LiveKit service.*server URL/s,
	},
	{
		name: 'no JSON',
		parameters: list,
		change: () => () => ({ body: '{' }),
		answer: [400, 'malformed'],
		says: /could not read the request/,
	},
	{
		name: 'wrong type',
		parameters: list,
		change: () => () => ({ body: '{"numbers":5}' }),
		answer: [400, 'malformed'],
		says: /could not read the request/,
	},
	{
		name: 'refused object',
		parameters: outbound,
		change: () => () => ({ body: '{"trunk":{"name":"x","numbers":["+12025550100"]}}' }),
		answer: [400, 'no outbound address specified'],
		says: /no outbound address specified/,
	},
	{
		name: 'refused only once the update was applied',
		before: [outbound],
		parameters: ({ outbound: id }) => ({
			resource: 'outboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { metadata: 'x' },
		}),
		change:
			() =>
			({ path, body }) =>
				path.includes('Update')
					? { body: body.replace(/"update":\{.*?\}/, '"update":{"numbers":{"clear":true}}') }
					: {},
		answer: [500, 'no trunk numbers specified'],
		says: /no trunk numbers specified.*at least one number/s,
	},
	{
		name: 'inbound trunk open to everybody',
		before: [inbound('line', { numbers: '+12025550101' })],
		parameters: ({ inbound: id }) => ({
			resource: 'inboundTrunk',
			operation: 'update',
			trunkId: picked(id),
			updateFields: { metadata: 'x' },
		}),
		change:
			() =>
			({ path, body }) =>
				path.includes('Update')
					? { body: body.replace(/"update":\{.*?\}/, '"update":{"numbers":{"clear":true}}') }
					: {},
		answer: [400, 'for security, one of the fields must be set'],
		older: [500, 'for security, one of the fields must be set'],
		says: /for security.*Fill in Your Phone Numbers/s,
	},
	{
		name: 'unknown trunk',
		parameters: { resource: 'inboundTrunk', operation: 'get', trunkId: picked('ST_none') },
		answer: [404, 'requested sip trunk does not exist'],
		says: /trunk does not exist.*Choose the trunk/is,
	},
	{
		name: 'unknown rule',
		parameters: {
			resource: 'dispatchRule',
			operation: 'update',
			dispatchRuleId: picked('SDR_none'),
			updateFields: { name: 'n' },
		},
		answer: [404, 'requested sip dispatch rule does not exist'],
		says: /rule does not exist.*Choose the rule/s,
	},
	{
		name: 'trunks in conflict',
		before: [inbound('one', { numbers: '+12025550102' })],
		parameters: {
			...inbound('two', { numbers: '+12025550102' }),
			options: { allowConflict: true },
		},
		answer: [400, 'Conflicting inbound SIP Trunks'],
		says: /Conflicting inbound SIP Trunks.*same number/s,
	},
	{
		name: 'rules in conflict',
		before: [rule],
		parameters: { ...rule, name: 'other', options: { allowConflict: true } },
		answer: [400, 'Dispatch rule for the same trunk'],
		says: /Dispatch rule for the same trunk.*PIN/s,
	},
	{
		name: 'call over an unknown trunk',
		parameters: place('ST_none'),
		answer: [404, 'requested sip trunk does not exist'],
		says: /trunk does not exist/,
	},
	{
		name: 'call without a bridge',
		before: [outbound],
		parameters: ({ outbound: id }) => place(id),
		answer: [503, 'no response from servers'],
		says: /No LiveKit SIP service answered. Nobody was called/,
	},
	{
		name: 'transfer of somebody who is not there',
		parameters: {
			resource: 'call',
			operation: 'transfer',
			...callee,
			participant: picked('nobody'),
			transferTo: '+12025550143',
		},
		answer: [404, 'participant does not exist'],
		says: /participant does not exist/,
	},
	{
		name: 'transfer of somebody who is no call',
		parameters: { resource: 'call', operation: 'transfer', ...callee, transferTo: '+12025550143' },
		answer: [400, 'no SIP session associated with participant'],
		says: /not a phone call/,
	},
	{
		name: 'dispatch for a room that does not exist',
		parameters: { resource: 'agentDispatch', operation: 'getAll', room: picked('no-such-room') },
		answer: [503, 'no response from servers'],
		says: /room does not exist/i,
	},
	{
		name: 'carrier whose name nobody knows',
		world: 'bridge',
		before: [{ ...outbound, address: 'no-such-host.invalid' }],
		parameters: ({ outbound: id }) => place(id),
		answer: [400, 'no such host'],
		says: /unknown: LiveKit could not reach an address of the carrier/,
	},
	{
		name: 'carrier that refuses the connection',
		world: 'bridge',
		before: [
			{ ...outbound, address: '127.0.0.1:9', additionalFields: { transport: 'SIP_TRANSPORT_TCP' } },
		],
		parameters: ({ outbound: id }) => place(id),
		answer: [412, 'connection refused'],
		says: /unknown: LiveKit could not reach an address of the carrier/,
	},
	{
		name: 'carrier that says nothing, until the ringing ends',
		world: 'bridge',
		before: [{ ...outbound, address: '127.0.0.1:9' }],
		parameters: ({ outbound: id }) => place(id, { limits: { ringFor: 3 } }),
		answer: [408, 'sip request timed out'],
		says: /no_answer: Nobody answered/,
	},
	{
		name: 'bridge that cannot join the room',
		world: 'bridge with another secret',
		before: [outbound],
		parameters: ({ outbound: id }) => place(id),
		answer: [500, 'update room failed'],
		says: /could not join the room.*livekit-sip/s,
	},
	{
		name: 'bridge that takes no more calls',
		world: 'bridge without capacity',
		before: [outbound],
		parameters: ({ outbound: id }) => place(id),
		answer: [503, ''],
		says: /takes no more calls|takes more calls/,
	},
];

/** Answers of table 1.6 that no request of the node to a server of this version brings about, and where they are looked at. */
export const notHere = {
	'ring wait ends by server deadline': 'the node lets the bridge time out first',
	'refused or missing password, codec mismatch, busy and other SIP statuses, transfer while ringing':
		'telephone.mjs, with sipp',
	'rate limits': 'LiveKit Cloud only',
};
