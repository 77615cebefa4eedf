import { checkBody } from '../../../livekit/checks';
import type { JsonObject } from '../../../livekit/json';
import type { MessageName } from '../../../livekit/schema';

/** The faults of a request's body, each with its path. */
export function faults(message: MessageName, body: JsonObject, hostNames = false): string[] {
	return checkBody(message, body, { hostNames }).faults.map(
		({ path, message: text }) => `${path} ${text}`,
	);
}

/** The warnings of a body that has no faults. */
export function warnings(message: MessageName, body: JsonObject, hostNames = false): string[] {
	expect(faults(message, body, hostNames)).toEqual([]);
	return checkBody(message, body, { hostNames }).warnings;
}

export const inbound = (fields: JsonObject): JsonObject => ({
	trunk: { numbers: ['+1'], ...fields },
});
export const outbound = (fields: JsonObject): JsonObject => ({
	trunk: { address: 'sip.example.com', numbers: ['+1'], ...fields },
});
export const rule = (fields: JsonObject): JsonObject => ({
	dispatch_rule: { rule: { dispatch_rule_individual: {} }, ...fields },
});
export const place = (fields: JsonObject): JsonObject => ({
	sip_trunk_id: 'ST_1',
	sip_call_to: '+1',
	room_name: 'r',
	...fields,
});
export const transfer = (to: string): JsonObject => ({
	room_name: 'r',
	participant_identity: 'p',
	transfer_to: to,
});

export const createInbound = 'CreateSIPInboundTrunkRequest';
export const createOutbound = 'CreateSIPOutboundTrunkRequest';
export const createRule = 'CreateSIPDispatchRuleRequest';
export const placeCall = 'CreateSIPParticipantRequest';
export const transferCall = 'TransferSIPParticipantRequest';
