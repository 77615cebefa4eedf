import type { JsonObject } from '../../../livekit/json';
import type { RouteReason } from '../../../livekit/routing/reasons';
import { type InboundCall, routingOf } from '../../../livekit/routing/route';

export const called = '+15105550100';
export const caller = '+4915112345678';

/** An inbound trunk with the called number. */
export function trunk(id: string, given: JsonObject = {}): JsonObject {
	return { sip_trunk_id: `ST_${id}`, name: id, numbers: [called], ...given };
}

/** A rule for the trunk `main`, that brings all callers into a room with its own name. */
export function rule(id: string, given: JsonObject = {}): JsonObject {
	const own = direct(id).rule;
	return {
		sip_dispatch_rule_id: `SDR_${id}`,
		name: id,
		rule: own,
		trunk_ids: ['ST_main'],
		...given,
	};
}

/** One room for all callers. */
export function direct(room_name: string, pin = '') {
	return { rule: { dispatch_rule_direct: { room_name, pin } } };
}

export const main = trunk('main');
export const lobby = rule('lobby');
export const pinned = rule('pinned', direct('conference', '1234'));
export const forAll = { trunk_ids: [] };

/** A call and what becomes of it: `ST_main SDR_lobby` says which trunk and rule take it, as far as it comes. */
export type CallCase = readonly [
	title: string,
	trunks: JsonObject[],
	rules: JsonObject[],
	call: Partial<InboundCall>,
	reason: RouteReason,
	taken: string,
];

/** Tests that a call gets to a verdict. */
export function testCalls(verdict: string, cases: readonly CallCase[]): void {
	it.each(cases)(`${verdict}: %s`, (_title, trunks, rules, call, reason, taken) => {
		const route = routingOf(trunks, rules).route({ called, caller, ...call });
		expect([route.verdict, route.reason]).toEqual([verdict, reason]);
		const ids = [route.trunk?.id, route.rule?.id].filter((id) => id !== undefined);
		expect(ids.join(' ')).toBe(taken);
	});
}
