import type { MessageTable } from './table';

/** Messages of dispatch rules (livekit_sip.proto). */
export const ruleMessages = {
	CreateSIPDispatchRuleRequest: {
		dispatch_rule: 'SIPDispatchRuleInfo',
		rule: 'SIPDispatchRule deprecated',
		trunk_ids: 'string[] deprecated',
		hide_phone_number: 'bool deprecated',
		inbound_numbers: 'string[] deprecated',
		name: 'string deprecated',
		metadata: 'string deprecated json',
		attributes: 'string{} deprecated',
		room_preset: 'string deprecated',
		room_config: 'RoomConfiguration deprecated',
	},
	SIPDispatchRuleInfo: {
		sip_dispatch_rule_id: 'string',
		rule: 'SIPDispatchRule',
		trunk_ids: 'string[]',
		hide_phone_number: 'bool',
		inbound_numbers: 'string[]',
		numbers: 'string[]',
		name: 'string',
		metadata: 'string json',
		attributes: 'string{}',
		room_preset: 'string',
		room_config: 'RoomConfiguration',
		media: 'SIPMediaConfig',
		krisp_enabled: 'bool',
		media_encryption: 'SIPMediaEncryption deprecated',
		created_at: 'timestamp output',
		updated_at: 'timestamp output',
	},
	SIPDispatchRule: {
		dispatch_rule_direct: 'SIPDispatchRuleDirect oneof:rule',
		dispatch_rule_individual: 'SIPDispatchRuleIndividual oneof:rule',
		dispatch_rule_callee: 'SIPDispatchRuleCallee oneof:rule',
	},
	SIPDispatchRuleDirect: {
		room_name: 'string',
		pin: 'string secret',
	},
	SIPDispatchRuleIndividual: {
		room_prefix: 'string',
		pin: 'string secret',
		no_randomness: 'bool',
	},
	SIPDispatchRuleCallee: {
		room_prefix: 'string',
		pin: 'string secret',
		randomize: 'bool',
	},
	UpdateSIPDispatchRuleRequest: {
		sip_dispatch_rule_id: 'string',
		replace: 'SIPDispatchRuleInfo oneof:action',
		update: 'SIPDispatchRuleUpdate oneof:action',
	},
	SIPDispatchRuleUpdate: {
		trunk_ids: 'ListUpdate',
		rule: 'SIPDispatchRule',
		name: 'string optional',
		metadata: 'string optional json',
		attributes: 'string{}',
		media_encryption: 'SIPMediaEncryption optional deprecated',
		media: 'SIPMediaConfig',
	},
	ListSIPDispatchRuleRequest: {
		page: 'Pagination',
		dispatch_rule_ids: 'string[]',
		trunk_ids: 'string[]',
	},
	ListSIPDispatchRuleResponse: {
		items: 'SIPDispatchRuleInfo[]',
	},
	DeleteSIPDispatchRuleRequest: {
		sip_dispatch_rule_id: 'string',
	},
} as const satisfies MessageTable;
