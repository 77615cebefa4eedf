import { newId } from './ids';
import type { DispatchRule, InboundTrunk } from './messages';
import type { SipStore } from './store';

const MEDIA_OFF = 'SIP_MEDIA_ENCRYPT_DISABLE';

/** Stores `count` inbound trunks `Trunk 1` ... with one number each, without the RPC. Returns their ids. */
export function seedTrunks(store: SipStore, count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const trunk: InboundTrunk = {
			sip_trunk_id: newId('ST'),
			name: `Trunk ${index + 1}`,
			metadata: '',
			numbers: [`+1510${String(index + 1).padStart(7, '0')}`],
			allowed_addresses: [],
			allowed_numbers: [],
			auth_username: '',
			auth_password: '',
			auth_realm: '',
			headers: {},
			headers_to_attributes: {},
			attributes_to_headers: {},
			media_encryption: MEDIA_OFF,
		};
		store.inbound.put(trunk.sip_trunk_id, trunk);
		return trunk.sip_trunk_id;
	});
}

/** Stores `count` dispatch rules `Rule 1` ... into rooms `room-1` ..., each for one called number. Returns their ids. */
export function seedRules(store: SipStore, count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const rule: DispatchRule = {
			sip_dispatch_rule_id: newId('SDR'),
			rule: { dispatch_rule_direct: { room_name: `room-${index + 1}`, pin: '' } },
			trunk_ids: [],
			hide_phone_number: false,
			inbound_numbers: [],
			numbers: [`+1510${String(index + 1).padStart(7, '0')}`],
			name: `Rule ${index + 1}`,
			metadata: '',
			attributes: {},
			room_preset: '',
			media: { only_listed_codecs: false, codecs: [] },
			media_encryption: MEDIA_OFF,
		};
		store.rules.put(rule.sip_dispatch_rule_id, rule);
		return rule.sip_dispatch_rule_id;
	});
}
