import {
	JobRestartPolicy,
	SIPHeaderOptions,
	SIPMediaEncryption,
	SIPTransport,
	ListUpdate,
	RoomAgentDispatch,
	RoomConfiguration,
	SIPMediaConfig,
	SIPDispatchRuleIndividual,
	SIPDispatchRule,
	SIPOutboundConfig,
} from '@livekit/protocol';
import { AgentDispatchClient, SipClient } from 'livekit-server-sdk';

import { readChanges } from '../../livekit/objects/change';
import { addOlderForms } from '../../livekit/codec/olderForms';
import { encode } from '../../livekit/codec/encode';
import type { JsonObject } from '../../livekit/json';
import { callRpcs, storedObjects } from '../../livekit/schema/rpc';
import { unwrapCreate, unwrapFlat, unwrapReplace, unwrapUpdate } from '../../livekit/codec/unwrap';
import { type LocalLiveKit, startLocalLiveKit } from '../../local/livekit/server';
import { read } from './oracle';
import type { MessageName } from '../../livekit/schema';

const { inboundTrunk, outboundTrunk, dispatchRule } = storedObjects;

let livekit: LocalLiveKit;
let client: SipClient;

beforeAll(async () => {
	livekit = await startLocalLiveKit({ answerAfterMs: 0, noResponseAfterMs: 0 });
	client = new SipClient(livekit.url, livekit.key, livekit.secret);
});

afterAll(async () => await livekit.close());

/** The body that the SDK sent, as LiveKit reads it. What the local server says to it is none of this test's business. */
async function sent(
	message: MessageName,
	method: string,
	call: (client: SipClient) => Promise<unknown>,
): Promise<unknown> {
	livekit.requests.length = 0;
	await call(client).catch((error: unknown) => error);
	const request = livekit.requests.find((candidate) => candidate.method === method);
	expect(request?.headers['content-type']).toMatch(/json/);
	return read(message, request?.body);
}

function ours(message: MessageName, given: unknown): unknown {
	const { body, faults } = encode(message, given);
	expect(faults).toEqual([]);
	return read(message, body);
}

const media = {
	onlyListedCodecs: true,
	codecs: [{ name: 'PCMU', rate: 8000 }],
	encryption: SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE,
};
const inbound = {
	metadata: '{"a":1}',
	allowedAddresses: ['192.0.2.0/24'],
	allowedNumbers: ['+14155550123'],
	authUsername: 'user',
	authPassword: 'pä$$"word',
	headers: { 'X-A': '1' },
	headersToAttributes: { 'X-B': 'b' },
	includeHeaders: SIPHeaderOptions.SIP_ALL_HEADERS,
	krispEnabled: true,
	ringingTimeout: 45,
};
const outbound = {
	metadata: 'm',
	transport: SIPTransport.SIP_TRANSPORT_TLS,
	destinationCountry: 'DE',
	authUsername: 'u',
	authPassword: 'p',
	headers: { 'X-A': '1' },
	includeHeaders: SIPHeaderOptions.SIP_X_HEADERS,
};
const ruleOptions = {
	name: 'Rule',
	metadata: 'm',
	trunkIds: ['ST_1'],
	hidePhoneNumber: true,
	roomPreset: 'p',
	attributes: { a: 'b' },
};
const agents = [{ agentName: 'inbound-agent', metadata: '{}' }];

describe('bodies agree with livekit-server-sdk for the same options', () => {
	it('createSipInboundTrunk', async () => {
		const given = { name: 'In', numbers: ['+15105550100'], ...inbound, media };
		const theirs = await sent('CreateSIPInboundTrunkRequest', 'CreateSIPInboundTrunk', (sdk) =>
			sdk.createSipInboundTrunk('In', given.numbers, {
				...inbound,
				media: new SIPMediaConfig(media),
			}),
		);
		expect(ours('CreateSIPInboundTrunkRequest', { trunk: given })).toEqual(theirs);
	});

	it('createSipOutboundTrunk', async () => {
		const given = {
			name: 'Out',
			address: 'sip.example.com',
			numbers: ['+15105550100'],
			...outbound,
		};
		const theirs = await sent('CreateSIPOutboundTrunkRequest', 'CreateSIPOutboundTrunk', (sdk) =>
			sdk.createSipOutboundTrunk('Out', given.address, given.numbers, outbound),
		);
		expect(ours('CreateSIPOutboundTrunkRequest', { trunk: given })).toEqual(theirs);
	});

	it.each([
		{ type: 'direct' as const, roomName: 'r', pin: '1234' },
		{ type: 'individual' as const, roomPrefix: 'call-', pin: '1234' },
		{ type: 'callee' as const, roomPrefix: 'line-', randomize: true },
	])(
		'createSipDispatchRule, $type: the same rule, in dispatch_rule instead of the deprecated flat form',
		async (rule) => {
			const roomConfig = new RoomConfiguration({
				agents: agents.map((agent) => new RoomAgentDispatch(agent)),
			});
			const theirs = await sent('CreateSIPDispatchRuleRequest', 'CreateSIPDispatchRule', (sdk) =>
				sdk.createSipDispatchRule(rule, { ...ruleOptions, roomConfig }),
			);
			expect(
				ours('CreateSIPDispatchRuleRequest', {
					dispatch_rule: { rule, ...ruleOptions, roomConfig: { agents } },
				}),
			).toEqual({ dispatch_rule: theirs });
		},
	);

	it('updateSipInboundTrunkFields', async () => {
		const theirs = await sent('UpdateSIPInboundTrunkRequest', 'UpdateSIPInboundTrunk', (sdk) =>
			sdk.updateSipInboundTrunkFields('ST_1', {
				name: 'New',
				numbers: new ListUpdate({ add: ['+1'], remove: ['+2'] }),
				authUsername: '',
			}),
		);
		const { fields } = readChanges(
			inboundTrunk.info,
			{ name: 'New', numbers: { add: ['+1'], remove: ['+2'] }, authUsername: '' },
			'update',
		);
		expect(ours('UpdateSIPInboundTrunkRequest', { sip_trunk_id: 'ST_1', update: fields })).toEqual(
			theirs,
		);
	});

	it('updateSipOutboundTrunkFields', async () => {
		const theirs = await sent('UpdateSIPOutboundTrunkRequest', 'UpdateSIPOutboundTrunk', (sdk) =>
			sdk.updateSipOutboundTrunkFields('ST_1', {
				name: 'New',
				numbers: new ListUpdate({ set: ['+1', '+2'] }),
				authPassword: 'x',
			}),
		);
		const { fields } = readChanges(
			outboundTrunk.info,
			{ name: 'New', numbers: '+1, +2', authPassword: 'x' },
			'update',
		);
		expect(ours('UpdateSIPOutboundTrunkRequest', { sip_trunk_id: 'ST_1', update: fields })).toEqual(
			theirs,
		);
	});

	it('updateSipDispatchRuleFields', async () => {
		const rule = new SIPDispatchRule({
			rule: {
				case: 'dispatchRuleIndividual',
				value: new SIPDispatchRuleIndividual({ roomPrefix: 'c-' }),
			},
		});
		const theirs = await sent('UpdateSIPDispatchRuleRequest', 'UpdateSIPDispatchRule', (sdk) =>
			sdk.updateSipDispatchRuleFields('SDR_1', {
				name: 'New',
				rule,
				attributes: { gone: '' },
				trunkIds: new ListUpdate({ clear: true }),
			}),
		);
		const { fields } = readChanges(
			dispatchRule.info,
			{
				name: 'New',
				rule: { case: 'dispatchRuleIndividual', value: { roomPrefix: 'c-' } },
				attributes: { gone: '' },
				trunkIds: [],
			},
			'update',
		);
		expect(
			ours('UpdateSIPDispatchRuleRequest', { sip_dispatch_rule_id: 'SDR_1', update: fields }),
		).toEqual(theirs);
	});

	it('lists with filters, and deletions', async () => {
		expect(ours('ListSIPInboundTrunkRequest', { trunk_ids: 'ST_1, ST_2', numbers: '+1' })).toEqual(
			await sent('ListSIPInboundTrunkRequest', 'ListSIPInboundTrunk', (sdk) =>
				sdk.listSipInboundTrunk({ trunkIds: ['ST_1', 'ST_2'], numbers: ['+1'] }),
			),
		);
		expect(
			ours('ListSIPDispatchRuleRequest', { dispatch_rule_ids: 'SDR_1', trunk_ids: 'ST_1' }),
		).toEqual(
			await sent('ListSIPDispatchRuleRequest', 'ListSIPDispatchRule', (sdk) =>
				sdk.listSipDispatchRule({ dispatchRuleIds: ['SDR_1'], trunkIds: ['ST_1'] }),
			),
		);
		expect({ sip_trunk_id: 'ST_1' }).toEqual(
			await sent('DeleteSIPTrunkRequest', 'DeleteSIPTrunk', (sdk) => sdk.deleteSipTrunk('ST_1')),
		);
		expect({ sip_dispatch_rule_id: 'SDR_1' }).toEqual(
			await sent('DeleteSIPDispatchRuleRequest', 'DeleteSIPDispatchRule', (sdk) =>
				sdk.deleteSipDispatchRule('SDR_1'),
			),
		);
	});

	it('createSipParticipant', async () => {
		const options = {
			fromNumber: '+15105550100',
			participantIdentity: 'callee-1',
			participantName: 'Callee',
			displayName: '',
			participantMetadata: 'm',
			participantAttributes: { a: 'b' },
			dtmf: 'ww1#',
			playDialtone: true,
			headers: { 'X-A': '1' },
			hidePhoneNumber: true,
			includeHeaders: SIPHeaderOptions.SIP_X_HEADERS,
			ringingTimeout: 20,
			maxCallDuration: 600,
			krispEnabled: true,
			waitUntilAnswered: true,
		};
		const theirs = await sent('CreateSIPParticipantRequest', 'CreateSIPParticipant', (sdk) =>
			sdk.createSipParticipant('ST_1', '+1333', 'r1', { ...options }),
		);
		expect(
			ours('CreateSIPParticipantRequest', {
				sipTrunkId: 'ST_1',
				callTo: '+1333',
				roomName: 'r1',
				...options,
			}),
		).toEqual(theirs);
	});

	it('createSipParticipant with an inline trunk', async () => {
		const trunk = {
			hostname: 'sip.example.com',
			transport: SIPTransport.SIP_TRANSPORT_TCP,
			authUsername: 'u',
			authPassword: 'p',
		};
		const options = { fromNumber: '+15105550100', participantIdentity: 'c' };
		const theirs = await sent('CreateSIPParticipantRequest', 'CreateSIPParticipant', (sdk) =>
			sdk.createSipParticipant('', '+1333', 'r1', options, new SIPOutboundConfig(trunk)),
		);
		expect(
			ours('CreateSIPParticipantRequest', {
				trunk,
				sip_call_to: '+1333',
				room_name: 'r1',
				...options,
			}),
		).toEqual(theirs);
	});

	it('transferSipParticipant', async () => {
		const options = { playDialtone: true, headers: { 'X-A': '1' }, ringingTimeout: 15 };
		const theirs = await sent('TransferSIPParticipantRequest', 'TransferSIPParticipant', (sdk) =>
			sdk.transferSipParticipant('r1', 'callee-1', 'tel:+1444', { ...options }),
		);
		expect(
			ours('TransferSIPParticipantRequest', {
				roomName: 'r1',
				participantIdentity: 'callee-1',
				transferTo: 'tel:+1444',
				...options,
			}),
		).toEqual(theirs);
	});

	it('createDispatch', async () => {
		const options = {
			metadata: '{"a":1}',
			restartPolicy: JobRestartPolicy.JRP_NEVER,
			deployment: 'blue',
		};
		const agents = new AgentDispatchClient(livekit.url, livekit.key, livekit.secret);
		const theirs = await sent('CreateAgentDispatchRequest', 'CreateDispatch', () =>
			agents.createDispatch('r1', 'helper', options),
		);
		expect(
			ours('CreateAgentDispatchRequest', { roomName: 'r1', agentName: 'helper', ...options }),
		).toEqual(theirs);
	});

	it('a whole SDK message as JSON of @livekit/protocol', () => {
		const config = SIPMediaConfig.fromJson({ ...media, mediaTimeout: '12.5s' });
		const plain: unknown = JSON.parse(JSON.stringify(config));
		expect(ours('SIPMediaConfig', plain)).toEqual({
			only_listed_codecs: true,
			codecs: [{ name: 'PCMU', rate: 8000 }],
			encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
			media_timeout: '12.500s',
		});
	});
});

// Shapes of the LiveKit documentation and of files of its CLI (`lk sip inbound create FILE` and the like).
describe("JSON of LiveKit's documentation, CLI files and SDK examples", () => {
	const rule = {
		name: 'R',
		rule: { dispatch_rule_individual: { room_prefix: 'call-' } },
		room_config: { agents: [{ agent_name: 'a', metadata: 'm' }] },
	};
	const trunk = { name: 'T', numbers: ['+15105550100'], krisp_enabled: true };

	const creates: ReadonlyArray<
		readonly [string, JsonObject, 'trunk' | 'dispatch_rule', JsonObject]
	> = [
		['CLI file, trunk', { trunk }, 'trunk', trunk],
		['documentation, flat trunk', trunk, 'trunk', trunk],
		[
			'CLI file, camelCase',
			{ trunk: { name: 'T', numbers: ['+15105550100'], krispEnabled: true } },
			'trunk',
			trunk,
		],
		['CLI file, rule', { dispatch_rule: rule }, 'dispatch_rule', rule],
		['documentation, flat rule', rule, 'dispatch_rule', rule],
		[
			'documentation, camelCase',
			{
				dispatchRule: {
					name: 'R',
					rule: { dispatchRuleIndividual: { roomPrefix: 'call-' } },
					roomConfig: { agents: [{ agentName: 'a', metadata: 'm' }] },
				},
			},
			'dispatch_rule',
			rule,
		],
		[
			'JavaScript options',
			{
				rule: { type: 'individual', roomPrefix: 'call-' },
				name: 'R',
				roomConfig: { agents: [{ agentName: 'a', metadata: 'm' }] },
			},
			'dispatch_rule',
			rule,
		],
		['Python keywords in req', { req: { dispatch_rule: rule } }, 'dispatch_rule', rule],
		[
			'Go struct',
			{
				Rule: { Rule: { DispatchRuleIndividual: { RoomPrefix: 'call-' } } },
				Name: 'R',
				RoomConfig: { Agents: [{ AgentName: 'a', Metadata: 'm' }] },
			},
			'dispatch_rule',
			rule,
		],
		[
			'Go struct as encoding/json writes it',
			{
				rule: { Rule: { DispatchRuleIndividual: { room_prefix: 'call-' } } },
				name: 'R',
				room_config: { agents: [{ agent_name: 'a', metadata: 'm' }] },
			},
			'dispatch_rule',
			rule,
		],
		[
			'answer of a server, copied',
			{
				sip_dispatch_rule_id: 'SDR_1',
				...rule,
				created_at: null,
				updated_at: '2026-01-01T00:00:00Z',
			},
			'dispatch_rule',
			rule,
		],
	];
	it.each(creates)('create: %s', (_title, given, wrapper, wanted) => {
		const { info, id, rpcs } = wrapper === 'trunk' ? inboundTrunk : dispatchRule;
		const { value, faults } = unwrapCreate(info, wrapper, id, given);
		expect(faults).toEqual([]);
		expect(ours(rpcs.create.request, { [wrapper]: value })).toEqual(
			read(rpcs.create.request, { [wrapper]: wanted }),
		);
	});

	it('update and replace with the id inside, in req and action', () => {
		const update = { sip_trunk_id: 'ST_1', action: { update: { numbers: { add: ['+1'] } } } };
		expect(
			unwrapUpdate(inboundTrunk.info, inboundTrunk.wrapper, inboundTrunk.id, update),
		).toMatchObject({
			id: 'ST_1',
			value: { numbers: { add: ['+1'] } },
			faults: [],
		});
		const replace = { req: { sipTrunkId: 'ST_1', replace: trunk } };
		expect(unwrapReplace(inboundTrunk.info, 'trunk', inboundTrunk.id, replace)).toMatchObject({
			id: 'ST_1',
			value: trunk,
			faults: [],
		});
		expect(
			unwrapReplace(inboundTrunk.info, 'trunk', inboundTrunk.id, {
				trunk: { ...trunk, sip_trunk_id: 'ST_1' },
			}),
		).toMatchObject({ id: 'ST_1', value: trunk, faults: [] });
	});

	it('the deprecated fields of the documentation, with the form newer servers take beside them', () => {
		const { body, faults } = encode(
			callRpcs.place.request,
			unwrapFlat({
				req: {
					sip_trunk_id: 'ST_1',
					sip_call_to: '+1',
					room_name: 'r',
					media_encryption: 1,
					play_dialtone: true,
				},
			}).value,
		);
		expect(faults).toEqual([]);
		expect(addOlderForms(callRpcs.place.request, body)).toEqual([]);
		expect(body).toMatchObject({
			media_encryption: 'SIP_MEDIA_ENCRYPT_ALLOW',
			media: { encryption: 'SIP_MEDIA_ENCRYPT_ALLOW' },
			play_dialtone: true,
		});
	});

	it('headers on a rule, as the documentation lists them, get a word of their own', () => {
		const { faults } = encode(dispatchRule.rpcs.create.request, {
			dispatch_rule: { ...rule, headers: { 'X-A': '1' } },
		});
		expect(faults).toEqual([
			{
				path: 'dispatch_rule.headers',
				message: expect.stringContaining('Set headers on the trunk'),
			},
		]);
	});
});
