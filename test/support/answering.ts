import type { IDataObject } from 'n8n-workflow';

import { type LiveKit, picked } from './livekit';

/** A trunk as LiveKit takes it; its name stands for its ID. */
export type NamedTrunk = IDataObject & { name: string };

/** A rule as LiveKit takes it, with the names of its trunks; by default it brings all callers into a room of its own name. */
export type NamedRule = IDataObject & { name: string; on?: readonly string[] };

/** IDs of trunks and rules, by name. */
export type IdsByName = Readonly<Record<string, string>>;

/** A rule that brings callers into one room. */
export function direct(room_name: string, pin = ''): IDataObject {
	return { dispatch_rule_direct: { room_name, pin } };
}

/** Makes trunks and rules on a local LiveKit past the node. */
export async function makeProject(
	livekit: LiveKit,
	trunks: readonly NamedTrunk[],
	rules: readonly NamedRule[],
): Promise<IdsByName> {
	const ids: Record<string, string> = {};
	for (const trunk of trunks) {
		const made = await livekit.call('SIP/CreateSIPInboundTrunk', { trunk });
		ids[trunk.name] = made.sip_trunk_id;
	}
	for (const { on = [], ...rule } of rules) {
		const trunk_ids = on.map((name) => ids[name]);
		const dispatch_rule = { rule: direct(rule.name), ...rule, trunk_ids };
		const made = await livekit.call('SIP/CreateSIPDispatchRule', { dispatch_rule });
		ids[rule.name] = made.sip_dispatch_rule_id;
	}
	livekit.forget();
	return ids;
}

/** The parameters of Test Route. */
export function testRoute(
	called: string,
	callerNumber = '',
	additionalFields: IDataObject = {},
): IDataObject {
	return {
		resource: 'dispatchRule',
		operation: 'testRoute',
		calledNumber: { ...picked(called), mode: 'number' },
		callerNumber,
		additionalFields,
	};
}
