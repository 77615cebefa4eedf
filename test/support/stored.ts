import type { LiveKit } from './livekit';

/** The number of the trunks that are made here. */
export const calledNumber = '+15105550100';

/** Makes an inbound trunk on the server. @returns its ID */
export async function makeTrunk(livekit: LiveKit, name: string, own: object = {}): Promise<string> {
	const created = await livekit.call('SIP/CreateSIPInboundTrunk', {
		trunk: { name, numbers: [calledNumber], ...own },
	});
	return created.sip_trunk_id;
}

/** Makes a dispatch rule for rooms per caller. @returns its ID */
export async function makeRule(livekit: LiveKit, name: string, own: object = {}): Promise<string> {
	const created = await livekit.call('SIP/CreateSIPDispatchRule', {
		dispatch_rule: { name, rule: { dispatch_rule_individual: {} }, ...own },
	});
	return created.sip_dispatch_rule_id;
}
