import type { MessageName } from './index';

/** A method of LiveKit's API. */
export interface Rpc {
	readonly service: 'SIP' | 'RoomService' | 'AgentDispatchService';
	readonly name: string;
	readonly request: MessageName;
	readonly response: MessageName;
	/** Set if the server that holds the room answers: that nobody answered then means that the room does not exist. */
	readonly inRoom?: true;
}

type MethodOf<Request> = Request extends `${infer Method}Request` ? Method : never;

/** Name of a method whose request message is named after it. */
type Method = MethodOf<MessageName>;

function sip(name: Method, response: MessageName): Rpc {
	return { service: 'SIP', name, request: `${name}Request`, response };
}

function room(name: string, request: MessageName, response: MessageName): Rpc {
	return { service: 'RoomService', name, request, response };
}

function dispatch(verb: 'Create' | 'Delete' | 'List', response: MessageName): Rpc {
	return {
		service: 'AgentDispatchService',
		name: `${verb}Dispatch`,
		request: `${verb}AgentDispatchRequest`,
		response,
		inRoom: true,
	};
}

/** Path of a method below the server's URL. */
export function rpcPath(rpc: Rpc): string {
	return `/twirp/livekit.${rpc.service}/${rpc.name}`;
}

/** Whether a method only reads: whatever became of its answer, nothing has changed. */
export function onlyReads({ name }: Rpc): boolean {
	return name.startsWith('List') || name.startsWith('Get');
}

/** A kind of object that LiveKit stores. */
export interface StoredObject {
	/** What it is called in sentences, such as `inbound trunk`. */
	readonly noun: string;
	/** Message of the object itself. */
	readonly info: MessageName;
	/** Message of the partial update, which has only some of the fields. */
	readonly update: MessageName;
	/** Name of the field that holds its ID. */
	readonly id: string;
	/** Field of the create request that holds the object. */
	readonly wrapper: string;
	/** Field of the list request that asks for certain IDs. */
	readonly idFilter: string;
	readonly rpcs: {
		readonly create: Rpc;
		readonly update: Rpc;
		readonly list: Rpc;
		readonly delete: Rpc;
		/** Undefined for dispatch rules, which are found through their list. */
		readonly get?: Rpc;
	};
}

function trunkObject(direction: 'Inbound' | 'Outbound'): StoredObject {
	const info: MessageName = `SIP${direction}TrunkInfo`;
	return {
		noun: `${direction.toLowerCase()} trunk`,
		info,
		update: `SIP${direction}TrunkUpdate`,
		id: 'sip_trunk_id',
		wrapper: 'trunk',
		idFilter: 'trunk_ids',
		rpcs: {
			create: sip(`CreateSIP${direction}Trunk`, info),
			update: sip(`UpdateSIP${direction}Trunk`, info),
			get: sip(`GetSIP${direction}Trunk`, `GetSIP${direction}TrunkResponse`),
			list: sip(`ListSIP${direction}Trunk`, `ListSIP${direction}TrunkResponse`),
			delete: sip('DeleteSIPTrunk', 'SIPTrunkInfo'),
		},
	};
}

/** The kinds of stored objects, by the value of the Resource parameter. */
export const storedObjects: Readonly<Record<string, StoredObject>> = {
	inboundTrunk: trunkObject('Inbound'),
	outboundTrunk: trunkObject('Outbound'),
	dispatchRule: {
		noun: 'dispatch rule',
		info: 'SIPDispatchRuleInfo',
		update: 'SIPDispatchRuleUpdate',
		id: 'sip_dispatch_rule_id',
		wrapper: 'dispatch_rule',
		idFilter: 'dispatch_rule_ids',
		rpcs: {
			create: sip('CreateSIPDispatchRule', 'SIPDispatchRuleInfo'),
			update: sip('UpdateSIPDispatchRule', 'SIPDispatchRuleInfo'),
			list: sip('ListSIPDispatchRule', 'ListSIPDispatchRuleResponse'),
			delete: sip('DeleteSIPDispatchRule', 'SIPDispatchRuleInfo'),
		},
	},
};

/** The methods that calls need. */
export const callRpcs = {
	place: sip('CreateSIPParticipant', 'SIPParticipantInfo'),
	transfer: sip('TransferSIPParticipant', 'TransferSIPParticipantResponse'),
	hangUp: room('RemoveParticipant', 'RoomParticipantIdentity', 'RemoveParticipantResponse'),
	get: room('GetParticipant', 'RoomParticipantIdentity', 'ParticipantInfo'),
	getAll: room('ListParticipants', 'ListParticipantsRequest', 'ListParticipantsResponse'),
	rooms: room('ListRooms', 'ListRoomsRequest', 'ListRoomsResponse'),
	perform: room('PerformRpc', 'PerformRpcRequest', 'PerformRpcResponse'),
} as const;

/** The methods that agent dispatches need. */
export const agentRpcs = {
	create: dispatch('Create', 'AgentDispatch'),
	delete: dispatch('Delete', 'AgentDispatch'),
	getAll: dispatch('List', 'ListAgentDispatchResponse'),
} as const;
