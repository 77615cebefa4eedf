import type { IDataObject } from 'n8n-workflow';

import { type LiveKit, listChange, pairs, picked } from './livekit';
import { camel } from './camel';
import {
	dispatchBody,
	dispatchForm,
	dispatchRule,
	type Ids,
	inboundForm,
	inboundTrunk,
	outboundForm,
	outboundTrunk,
	placeBody,
	placeForm,
	ruleForm,
} from './values';

/** One operation of the node: how the form and the JSON ask for it, and what LiveKit gets. */
export interface OperationCase {
	readonly resource: string;
	readonly operation: string;
	/** The request that counts; others may come before it. */
	readonly method: string;
	readonly form: (ids: Ids) => IDataObject;
	/** The same request as JSON, in a spelling that somebody would paste. */
	readonly json?: (ids: Ids) => { picked?: IDataObject; body: IDataObject };
	readonly body: (ids: Ids) => IDataObject;
	readonly grant: IDataObject;
	/** Words of the warnings that its item holds, one for each; none if left out. */
	readonly warnings?: readonly string[];
}

const admin = { sip: { admin: true } };
const roomAdmin = { video: { roomAdmin: true, room: 'call-1' } };
const callGrant = { sip: { call: true } };

/** An inbound trunk, an outbound trunk, a rule, and a call in the room `call-1` from the identity `caller`, with an agent dispatch. */
export async function provision(livekit: LiveKit): Promise<Ids> {
	const { style } = livekit.server.options;
	livekit.server.options.style = 'snake';
	const inbound = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name: 'In', numbers: ['+15105550100'], auth_username: 'u', auth_password: 'p' },
	});
	const outbound = await livekit.call('SIP/CreateSIPOutboundTrunk', {
		trunk: { name: 'Out', address: 'sip.example.com', numbers: ['+15105550101'] },
	});
	const rule = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: {
			name: 'Rule',
			rule: { dispatch_rule_direct: { room_name: 'room', pin: '99' } },
			trunk_ids: [inbound.sip_trunk_id],
		},
	});
	await livekit.call('SIP/CreateSIPParticipant', {
		sip_trunk_id: outbound.sip_trunk_id,
		sip_call_to: '+14155550199',
		room_name: 'call-1',
		participant_identity: 'caller',
		wait_until_answered: true,
	});
	const dispatch = await livekit.call(
		'AgentDispatchService/CreateDispatch',
		{ room: 'call-1', agent_name: 'helper' },
		roomAdmin,
	);
	livekit.forget();
	livekit.server.options.style = style;
	return {
		inbound: inbound.sip_trunk_id,
		outbound: outbound.sip_trunk_id,
		rule: rule.sip_dispatch_rule_id,
		dispatch: dispatch.id,
	};
}

/** Every operation of the node. */
export const operationCases: readonly OperationCase[] = [
	{
		resource: 'agentDispatch',
		operation: 'create',
		method: 'CreateDispatch',
		grant: roomAdmin,
		form: () => dispatchForm,
		json: () => ({ body: camel(dispatchBody) }),
		body: () => dispatchBody,
	},
	{
		resource: 'agentDispatch',
		operation: 'getAll',
		method: 'ListDispatch',
		grant: roomAdmin,
		form: (ids) => ({ room: picked('call-1'), filters: { dispatchId: ids.dispatch } }),
		body: (ids) => ({ room: 'call-1', dispatch_id: ids.dispatch }),
	},
	{
		resource: 'agentDispatch',
		operation: 'delete',
		method: 'DeleteDispatch',
		grant: roomAdmin,
		form: (ids) => ({ room: picked('call-1'), dispatchId: picked(ids.dispatch) }),
		body: (ids) => ({ room: 'call-1', dispatch_id: ids.dispatch }),
	},
	{
		resource: 'inboundTrunk',
		operation: 'create',
		method: 'CreateSIPInboundTrunk',
		grant: admin,
		form: () => inboundForm,
		json: () => ({ body: inboundTrunk }),
		body: () => ({ trunk: inboundTrunk }),
	},
	{
		resource: 'inboundTrunk',
		operation: 'replace',
		method: 'UpdateSIPInboundTrunk',
		grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound), ...inboundForm }),
		json: (ids) => ({ body: { sipTrunkId: ids.inbound, replace: camel(inboundTrunk) } }),
		body: (ids) => ({ sip_trunk_id: ids.inbound, replace: inboundTrunk }),
	},
	{
		resource: 'inboundTrunk',
		operation: 'update',
		method: 'UpdateSIPInboundTrunk',
		grant: admin,
		form: (ids) => ({
			trunkId: picked(ids.inbound),
			updateFields: { name: 'New', metadata: '', allowedAddresses: listChange('set', '192.0.2.1') },
		}),
		json: (ids) => ({
			picked: { trunkId: picked(ids.inbound) },
			body: { update: { name: 'New', metadata: '', allowedAddresses: { set: ['192.0.2.1'] } } },
		}),
		body: (ids) => ({
			sip_trunk_id: ids.inbound,
			update: { name: 'New', metadata: '', allowed_addresses: { set: ['192.0.2.1'] } },
		}),
	},
	{
		resource: 'inboundTrunk',
		operation: 'get',
		method: 'GetSIPInboundTrunk',
		grant: admin,
		form: (ids) => ({ trunkId: picked(ids.inbound) }),
		body: (ids) => ({ sip_trunk_id: ids.inbound }),
	},
	{
		resource: 'inboundTrunk',
		operation: 'getAll',
		method: 'ListSIPInboundTrunk',
		grant: admin,
		form: (ids) => ({ limit: 1, filters: { numbers: '+15105550100', trunkIds: ids.inbound } }),
		body: (ids) => ({ numbers: ['+15105550100'], trunk_ids: [ids.inbound], page: { limit: 1000 } }),
	},
	{
		resource: 'inboundTrunk',
		operation: 'delete',
		method: 'DeleteSIPTrunk',
		grant: admin,
		warnings: ['names this trunk only'],
		form: (ids) => ({ trunkId: picked(ids.inbound) }),
		body: (ids) => ({ sip_trunk_id: ids.inbound }),
	},
	{
		resource: 'outboundTrunk',
		operation: 'create',
		method: 'CreateSIPOutboundTrunk',
		grant: admin,
		form: () => outboundForm,
		json: () => ({ body: { req: { trunk: camel(outboundTrunk) } } }),
		body: () => ({ trunk: outboundTrunk }),
	},
	{
		resource: 'outboundTrunk',
		operation: 'replace',
		method: 'UpdateSIPOutboundTrunk',
		grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound), ...outboundForm }),
		json: (ids) => ({ picked: { trunkId: picked(ids.outbound) }, body: outboundTrunk }),
		body: (ids) => ({ sip_trunk_id: ids.outbound, replace: outboundTrunk }),
	},
	{
		resource: 'outboundTrunk',
		operation: 'update',
		method: 'UpdateSIPOutboundTrunk',
		grant: admin,
		form: (ids) => ({
			trunkId: picked(ids.outbound),
			updateFields: {
				address: 'new.example.com',
				transport: 'SIP_TRANSPORT_TCP',
				numbers: listChange('add', '+15105550140'),
				destinationCountry: 'FR',
				fromHost: '',
			},
		}),
		json: (ids) => ({
			body: {
				sip_trunk_id: ids.outbound,
				update: {
					address: 'new.example.com',
					transport: 2,
					numbers: { add: ['+15105550140'] },
					destination_country: 'FR',
					from_host: '',
				},
			},
		}),
		body: (ids) => ({
			sip_trunk_id: ids.outbound,
			update: {
				address: 'new.example.com',
				transport: 'SIP_TRANSPORT_TCP',
				numbers: { add: ['+15105550140'] },
				destination_country: 'FR',
				from_host: '',
			},
		}),
	},
	{
		resource: 'outboundTrunk',
		operation: 'get',
		method: 'GetSIPOutboundTrunk',
		grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound) }),
		body: (ids) => ({ sip_trunk_id: ids.outbound }),
	},
	{
		resource: 'outboundTrunk',
		operation: 'getAll',
		method: 'ListSIPOutboundTrunk',
		grant: admin,
		form: () => ({ limit: 1 }),
		body: () => ({ page: { limit: 1000 } }),
	},
	{
		resource: 'outboundTrunk',
		operation: 'delete',
		method: 'DeleteSIPTrunk',
		grant: admin,
		form: (ids) => ({ trunkId: picked(ids.outbound) }),
		body: (ids) => ({ sip_trunk_id: ids.outbound }),
	},
	{
		resource: 'dispatchRule',
		operation: 'create',
		method: 'CreateSIPDispatchRule',
		grant: admin,
		form: ruleForm,
		json: (ids) => ({ body: { dispatchRule: camel(dispatchRule(ids)) } }),
		body: (ids) => ({ dispatch_rule: dispatchRule(ids) }),
	},
	{
		resource: 'dispatchRule',
		operation: 'replace',
		method: 'UpdateSIPDispatchRule',
		grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule), ...ruleForm(ids) }),
		json: (ids) => ({ body: { sip_dispatch_rule_id: ids.rule, ...dispatchRule(ids) } }),
		body: (ids) => ({ sip_dispatch_rule_id: ids.rule, replace: dispatchRule(ids) }),
	},
	{
		resource: 'dispatchRule',
		operation: 'update',
		method: 'UpdateSIPDispatchRule',
		grant: admin,
		form: (ids) => ({
			dispatchRuleId: picked(ids.rule),
			updateFields: {
				name: 'New',
				metadata: 'x',
				trunkIds: listChange('clear'),
				attributes: pairs({ 'a.b': 'c' }),
			},
		}),
		json: (ids) => ({
			picked: { dispatchRuleId: picked(ids.rule) },
			body: { name: 'New', metadata: 'x', trunk_ids: { clear: true }, attributes: { 'a.b': 'c' } },
		}),
		body: (ids) => ({
			sip_dispatch_rule_id: ids.rule,
			update: {
				name: 'New',
				metadata: 'x',
				trunk_ids: { clear: true },
				attributes: { 'a.b': 'c' },
			},
		}),
	},
	{
		resource: 'dispatchRule',
		operation: 'get',
		method: 'ListSIPDispatchRule',
		grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule) }),
		body: (ids) => ({ dispatch_rule_ids: [ids.rule], page: { limit: 1000 } }),
	},
	{
		resource: 'dispatchRule',
		operation: 'getAll',
		method: 'ListSIPDispatchRule',
		grant: admin,
		form: () => ({ limit: 1 }),
		body: () => ({ page: { limit: 1000 } }),
	},
	{
		resource: 'dispatchRule',
		operation: 'delete',
		method: 'DeleteSIPDispatchRule',
		grant: admin,
		form: (ids) => ({ dispatchRuleId: picked(ids.rule) }),
		body: (ids) => ({ sip_dispatch_rule_id: ids.rule }),
	},
	{
		resource: 'dispatchRule',
		operation: 'testRoute',
		method: 'ListSIPDispatchRule',
		grant: admin,
		form: () => ({
			calledNumber: picked('+15105550100'),
			callerNumber: '+14155550123',
			additionalFields: { pin: '99', sourceAddress: '203.0.113.7', serverVersion: '1.13.9' },
		}),
		body: () => ({ page: { limit: 1000 } }),
		warnings: [
			'The rule calls no agent',
			'user name and password',
			'Every entry of Allowed Addresses',
		],
	},
	{
		resource: 'phoneNumber',
		operation: 'getAll',
		method: 'ListSIPDispatchRule',
		grant: admin,
		form: () => ({ returnAll: true }),
		body: () => ({ page: { limit: 1000 } }),
		warnings: ['The rule calls no agent', 'user name and password'],
	},
	{
		resource: 'call',
		operation: 'place',
		method: 'CreateSIPParticipant',
		grant: callGrant,
		form: placeForm,
		json: (ids) => ({ body: camel(placeBody(ids)) }),
		body: placeBody,
	},
	{
		resource: 'call',
		operation: 'transfer',
		method: 'TransferSIPParticipant',
		grant: { ...callGrant, ...roomAdmin },
		form: () => ({
			room: picked('call-1'),
			participant: picked('caller'),
			transferTo: '+1 (415) 555-0188',
			additionalFields: {
				dialtone: 'SIP_DIALTONE_DISABLED',
				headers: pairs({ 'X-Foo': 'bar' }),
				ringFor: 20,
			},
		}),
		json: () => ({
			body: {
				roomName: 'call-1',
				participantIdentity: 'caller',
				transferTo: 'tel:+14155550188',
				playDialtone: false,
				headers: { 'X-Foo': 'bar' },
				ringingTimeout: '20s',
			},
		}),
		body: () => ({
			room_name: 'call-1',
			participant_identity: 'caller',
			transfer_to: 'tel:+14155550188',
			headers: { 'X-Foo': 'bar' },
			ringing_timeout: '20s',
		}),
	},
	{
		resource: 'call',
		operation: 'get',
		method: 'GetParticipant',
		grant: roomAdmin,
		form: () => ({ room: picked('call-1'), participant: picked('caller') }),
		body: () => ({ room: 'call-1', identity: 'caller' }),
	},
	{
		resource: 'call',
		operation: 'getAll',
		method: 'ListParticipants',
		grant: roomAdmin,
		form: () => ({ room: picked('call-1') }),
		body: () => ({ room: 'call-1' }),
	},
	{
		resource: 'call',
		operation: 'hangUp',
		method: 'RemoveParticipant',
		grant: roomAdmin,
		form: () => ({ room: picked('call-1'), participant: picked('caller') }),
		body: () => ({ room: 'call-1', identity: 'caller' }),
	},
	{
		resource: 'call',
		operation: 'hangUpAll',
		method: 'ListRooms',
		grant: { video: { roomList: true } },
		form: () => ({ roomPrefix: 'call-' }),
		body: () => ({}),
	},
];
